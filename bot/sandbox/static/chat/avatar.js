// A person as a small coloured tile with initials; the bot as its mark. Called wherever somebody is
// shown.

import { h } from "../base/dom.js";
import { mark } from "../base/icons.js";
import { isBot } from "../base/state.js";

/** A tile of `size` pixels; decorative, the name stands beside it. */
export function avatar(person, size = 36) {
  const style = { "--size": `${size}px` };
  const hide = { style, "aria-hidden": "true" };
  if (isBot(person?.id)) return h("span", { class: "avatar bot", ...hide }, mark(Math.round(size * 0.62)));
  const colour = hex(person?.color);
  style["--tile"] = colour;
  const initials = person?.initials ?? "?"; // drawn by the stylesheet: a picture, no words to be read or found
  return h("span", { class: `avatar${isLight(colour) ? " light" : ""}`, ...hide, data: { initials } });
}

const hex = (color) => (color ? `#${color.replace(/^#/, "")}` : "#7a7f87");

function isLight(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
  return (r * 299 + g * 587 + b * 114) / 1000 > 160;
}
