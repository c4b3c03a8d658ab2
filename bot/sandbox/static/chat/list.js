// A list of messages with day dividers: the channel's log and a thread's. It keeps to the bottom when
// one is there, moves with the arrow keys, and has new messages spoken as Slack has them: their
// top-level text, not their blocks. Called by the conversation and the thread pane.

import { announce, h, keyed } from "../base/dom.js";
import { page, zone } from "../base/state.js";
import { civil, day, dayTitle } from "../base/zone.js";
import { author, build, spoken, update } from "./message.js";

const CLOSE = 80;

/** {root, draw(channel, messages, {news}), reset(), toEnd()}. */
export function messageList(where, label) {
  const root = h(
    "div",
    {
      class: "log", role: "log", "aria-live": "off", "aria-label": label, // spoken by #announce
      tabindex: "-1",
    },
  );
  let sticky = true;
  let known = null;
  root.addEventListener("scroll", () => { sticky = root.scrollHeight - root.scrollTop - root.clientHeight < CLOSE; });
  root.addEventListener("keydown", walk);
  root.addEventListener("focusin", (event) => { if (event.target.matches(".message")) only(root, event.target); });
  new ResizeObserver(() => { if (sticky) root.scrollTop = root.scrollHeight; }).observe(root);

  const draw = (channel, messages, { news = null } = {}) => {
    const items = withDividers(channel, messages, where, news);
    keyed(root, items, {
      key: (item) => item.key, sign: (item) => item.sign ?? "message",
      build: (item) => (item.message ? build(item) : divider(item)),
      update: (node, item) => { if (item.message) update(node, item); },
    });
    const here = root.contains(document.activeElement) && root.querySelector(".message[tabindex='0']");
    only(root, here || [...root.querySelectorAll(".message")].at(-1)); // one step back from the composer is the last
    if (sticky) root.scrollTop = root.scrollHeight;
    if (known) messages.filter((one) => !known.has(one.ts) && one.user !== page.as).forEach(speak);
    known = new Set(messages.map(({ ts }) => ts));
  };
  const toEnd = () => { sticky = true; root.scrollTop = root.scrollHeight; };
  const reset = () => { sticky = true; known = null; root.replaceChildren(); };
  return { root, draw, reset, toEnd };
}

function speak(message) {
  const to = message.ephemeral ? " only to you" : "";
  announce(`${author(message).name}${to}: ${spoken(message)}`);
}

function withDividers(channel, messages, where, news) {
  const items = [];
  let before = null;
  for (const message of messages) {
    const at = civil(message.at);
    const today = day(at, zone());
    if (where === "channel" && (!before || day(civil(before.at), zone()) !== today)) {
      const words = dayTitle(at, zone());
      items.push({ key: `day-${today}`, sign: words, words });
      before = null;
    }
    if (news === message.ts) { items.push({ key: "new", sign: "new", words: "New", fresh: true }); before = null; }
    items.push({ key: message.ts, message, channel, where, compact: follows(before, message) });
    before = message;
  }
  return items;
}

/** Somebody's next words within five minutes need no second name. */
function follows(before, message) {
  if (!before || message.ephemeral || before.ephemeral || message.pinned) return false;
  const same = before.user === message.user && before.username === message.username
    && Boolean(before.subtype) === Boolean(message.subtype);
  const own = !message.thread_ts || message.thread_ts === message.ts || before.thread_ts === message.thread_ts;
  return same && own && civil(message.at) - civil(before.at) < 300_000;
}

function divider({ words, fresh }) {
  return h(
    "div",
    { class: `day${fresh ? " fresh" : ""}`, role: "separator", "aria-label": words },
    h("span", null, words),
  );
}

function only(root, node) {
  for (const one of root.querySelectorAll(".message[tabindex='0']")) one.tabIndex = -1;
  if (node) node.tabIndex = 0;
}

function walk(event) {
  const node = event.target;
  if (!node.matches?.(".message")) return;
  const all = [...event.currentTarget.querySelectorAll(".message")];
  const to = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.key === "Enter") { event.preventDefault(); node.querySelector(".tool")?.focus(); }
  if (!to) return;
  event.preventDefault();
  all[all.indexOf(node) + to]?.focus();
}
