// Reactions under a message and the emoji picker. Called by messages, their toolbar and composers.

import { $, h, put } from "../base/dom.js";
import { find, glyph, takesTone } from "../base/emoji.js";
import { icon } from "../base/icons.js";
import { arrows, close, popover } from "../base/popover.js";
import { act, page, person } from "../base/state.js";

/** The row of pills; a click puts mine there or takes it away. */
export function reactions(message, channel) {
  const pills = message.reactions.map((one) => pill(one, message, channel));
  const add = h(
    "button",
    {
      type: "button", class: "pill add", "aria-label": "Add a reaction", "aria-haspopup": "dialog",
      "aria-expanded": "false", data: { focus: "react-add" },
    },
    icon("smile", 16),
  );
  add.addEventListener("click", () => pickReaction(add, message, channel));
  return h("div", { class: "reactions" }, pills, message.ephemeral ? null : add);
}

function pill(one, message, channel) {
  const who = one.users.map((id) => (id === page.as ? "you" : (person(id)?.real_name ?? id))).join(", ");
  return h(
    "button",
    {
      type: "button", class: `pill${one.mine ? " mine" : ""}`, "aria-pressed": String(one.mine),
      title: `${who} reacted with :${one.name}:`,
      "aria-label": `${spoken(one.name)}, ${one.users.length}, by ${who}`, data: { focus: `react-${one.name}` },
      onclick: () => toggle(message, channel, one.name),
    },
    h("span", { class: "emoji", "aria-hidden": "true" }, glyph(one.name) ?? `:${one.name}:`),
    h("span", { class: "count", "aria-hidden": "true" }, one.users.length),
  );
}

export const spoken = (name) => name.replace("::skin-tone-", " skin tone ").replaceAll("_", " ");

/** React, or take the reaction back when it is mine. */
export function toggle(message, channel, name) {
  const mine = message.reactions?.some((one) => one.name === name && one.mine);
  return act(mine ? "unreact" : "react", { channel, ts: message.ts, name });
}

export function pickReaction(anchor, message, channel) {
  pickEmoji(anchor, (name) => toggle(message, channel, name));
}

const TONES = [
  ["", "no tone"], ["2", "light"], ["3", "medium light"], ["4", "medium"], ["5", "medium dark"], ["6", "dark"],
];

/** Open the picker beside anchor; chosen(name) once. */
export function pickEmoji(anchor, chosen) {
  let tone = localStorage.getItem("tone") ?? "";
  const grid = h("div", { class: "emoji-grid", role: "group", "aria-label": "Emoji" });
  const search = h(
    "input",
    { class: "field", type: "text", placeholder: "Search emoji", "aria-label": "Search emoji", autocomplete: "off" },
  );
  const full = (name) => (tone && takesTone(name) ? `${name}::skin-tone-${tone}` : name);
  const take = (name) => { close(); chosen(full(name)); };
  const draw = () => {
    const found = find(search.value).map(({ name }) => h(
      "button",
      {
        type: "button", class: "emoji-choice", title: `:${full(name)}:`, "aria-label": spoken(name),
        onclick: () => take(name),
      },
      glyph(full(name)),
    ));
    put(grid, found.length ? found : h("p", { class: "options-note" }, "No emoji of that name"));
  };
  search.addEventListener("input", draw);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      const [first] = find(search.value);
      if (first) take(first.name);
    }
    if (event.key === "ArrowDown") { event.preventDefault(); $(".emoji-choice", grid)?.focus(); }
  });
  arrows(grid, ".emoji-choice", { columns: 9 });
  draw();
  popover(
    anchor,
    h("div", { class: "emoji-picker" }, search, grid, tones((value) => { tone = value; draw(); }, tone)),
    { label: "Choose an emoji" },
  );
  search.focus();
}

function tones(changed, tone) {
  const buttons = TONES.map(([value, name]) => h(
    "button",
    { type: "button", class: "tone", "aria-label": `Skin tone: ${name}`, "aria-pressed": String(value === tone) },
    glyph(value ? `raised_hand::skin-tone-${value}` : "raised_hand"),
  ));
  for (const [index, button] of buttons.entries()) {
    button.addEventListener("click", () => {
      const value = TONES[index][0];
      localStorage.setItem("tone", value);
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      changed(value);
    });
  }
  return h("div", { class: "tones", role: "group", "aria-label": "Skin tone" }, buttons);
}
