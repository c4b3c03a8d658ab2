// The thread pane: beside the channel on a desktop, over it on a phone. Called once by main.

import { $, h, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { channel, go, on, page, shown, title } from "../base/state.js";
import { composer } from "./composer.js";
import { messageList } from "./list.js";

const list = messageList("thread", "Thread");
const writer = composer({ inThread: true, sent: list.toEnd });
let current = null;

export function threadPane() {
  on("place", draw);
  on("thread", draw);
  $("#thread").addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) leave();
  });
}

/** Close it; the focus goes back to where its thread was opened from. */
export function leave() {
  const { thread } = page.place;
  go({ thread: null });
  const message = $(`#main .message[data-ts="${CSS.escape(thread)}"]`);
  (message?.querySelector("[data-focus='thread-link']") ?? message ?? $("#main .composer-text"))?.focus();
}

function draw() {
  const { thread, kind } = page.place;
  const pane = $("#thread");
  pane.hidden = !thread || kind === "gallery";
  if (pane.hidden) { current = null; return; }
  if (current !== `${page.as}${thread}`) begin(pane, `${page.as}${thread}`);
  if (!page.state) return;
  writer.aim({ channel: shown(), thread, label: "Reply…" });
  if (!page.thread) return;
  list.draw(shown(), withRoot(thread));
}

function begin(pane, key) {
  current = key;
  list.reset();
  const one = channel(shown());
  const close = h(
    "button",
    { type: "button", class: "button icon-only quiet", "aria-label": "Close thread", onclick: leave },
    icon("close"),
  );
  const where = one ? h("span", { class: "thread-where" }, one.kind === "im" ? title(one) : `#${one.name}`) : null;
  put(
    pane,
    h("header", { class: "main-head" }, h("h2", null, "Thread"), where, close),
    list.root,
    h("div", { class: "main-foot" }, writer.root),
  );
  setTimeout(() => writer.focus());
}

/** Replies with the message they belong to on top. */
function withRoot(thread) {
  const all = [...page.thread.messages, ...page.thread.ephemerals.map((one) => ({ ...one, ephemeral: true }))];
  if (!all.some((one) => one.ts === thread)) all.push(...page.messages.filter((one) => one.ts === thread));
  return all.sort((a, b) => (a.ts < b.ts ? -1 : 1));
}
