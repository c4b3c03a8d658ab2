// Short notices at the bottom, and what a phone's lock screen would show at the top right. Both live in
// the browser's top layer, so an open modal does not cover them. Called once by main.

import { $, h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { botChannel, go, on, page } from "../base/state.js";
import { plainly } from "../text/mrkdwn.js";

const NOTE_TIME = 6000;
const PUSH_TIME = 6000;

export function toasts() {
  on("note", note);
  on("push", push);
  on("layer", lift);
}

/** A dialog that opens goes on top; bring ours above it again. */
function lift() {
  for (const layer of [$("#toasts"), $("#pushes")]) {
    if (layer.matches(":popover-open")) layer.hidePopover();
    if (layer.childElementCount) layer.showPopover();
  }
}

function note({ text, tone = "info" }) {
  const layer = $("#toasts");
  if ([...layer.children].some((one) => one.dataset.text === text)) return;
  const close = h(
    "button",
    { type: "button", class: "button icon-only quiet", "aria-label": "Dismiss" },
    icon("close", 16),
  );
  const card = h(
    "div",
    { class: `toast ${tone}`, role: tone === "error" ? "alert" : "status", data: { text } },
    icon(tone === "error" ? "alert" : "check", 18),
    h("p", null, text),
    close,
  );
  show(layer, card, close, tone === "error" ? NOTE_TIME * 2 : NOTE_TIME);
}

function push({ title, text, channel }) {
  const open = h(
    "button",
    { type: "button", class: "push-open" },
    h("span", { class: "push-app", "aria-hidden": "true" }, page.state?.workspace.name.charAt(0)),
    h(
      "span",
      { class: "push-words" },
      h("strong", null, title || page.state?.bot.name),
      h("span", null, plainly(text)),
    ),
    h("small", null, "now"),
  );
  const close = h(
    "button",
    { type: "button", class: "button icon-only quiet", "aria-label": "Dismiss notification" },
    icon("close", 14),
  );
  const card = h("div", { class: "push", role: "status", "aria-label": "What a phone would show" }, open, close);
  const end = show($("#pushes"), card, close, PUSH_TIME);
  open.addEventListener(
    "click",
    () => { end(); go(!channel || channel === botChannel()?.id ? { app: "messages" } : { channel }); },
  );
}

/** Show a card until its time is up; a pointer or the focus on it stops the time. */
function show(layer, card, close, time) {
  layer.append(card);
  while (layer.childElementCount > (innerWidth < 640 ? 1 : 3)) layer.firstElementChild.remove();
  lift();
  let timer = null;
  const end = () => {
    clearTimeout(timer);
    card.remove();
    if (!layer.childElementCount && layer.matches(":popover-open")) layer.hidePopover();
  };
  const run = () => { clearTimeout(timer); timer = setTimeout(end, time); };
  for (const stop of ["pointerenter", "focusin"]) card.addEventListener(stop, () => clearTimeout(timer));
  for (const go of ["pointerleave", "focusout"]) card.addEventListener(go, run);
  close.addEventListener("click", end);
  run();
  return end;
}
