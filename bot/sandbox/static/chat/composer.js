// Where one writes. Each conversation and thread has its own draft, kept over refreshes, reloads and
// a change of person; nothing typed is thrown away until the server has it. Called by the
// conversation and the thread pane.

import { h, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { menu } from "../base/popover.js";
import { act, attempt, complain, page } from "../base/state.js";
import { isCommand, run, usage } from "./commands.js";
import { completion } from "./completion.js";
import { pickEmoji } from "./reactions.js";

/** {root, aim({channel, thread, label}), fill(text), focus()}; sent() runs when something was written. */
export function composer({ inThread = false, sent }) {
  const place = { channel: null, thread: null, key: null };
  const area = h("textarea", { class: "composer-text", rows: "1", "aria-haspopup": "listbox" });
  const complete = completion(area);
  const hint = h("div", { class: "composer-hint", "aria-live": "polite", hidden: true });
  const sendButton = button("Send", icon("send"), () => send());
  sendButton.classList.add("send");
  const root = h(
    "form",
    { class: "composer", onsubmit: (event) => { event.preventDefault(); send(); } },
    complete.box,
    hint,
    h("div", { class: "composer-box" }, area, row()),
  );

  function row() {
    const bolt = button("Shortcuts", icon("bolt"), () => shortcuts(bolt));
    bolt.setAttribute("aria-haspopup", "menu");
    const smile = button("Emoji", icon("smile"), () => pickEmoji(smile, (name) => insert(`:${name}: `)));
    const at = button("Mention somebody", icon("at"), () => insert("@"));
    return h(
      "div",
      { class: "composer-row" },
      inThread ? null : bolt,
      smile,
      at,
      h("span", { class: "composer-keys", "aria-hidden": "true" }, "Shift + Enter for a new line"),
      sendButton,
    );
  }

  function insert(text) {
    const before = area.value.slice(0, area.selectionStart);
    area.setRangeText(
      /\S$/.test(before) && text === "@" ? ` ${text}` : text,
      area.selectionStart,
      area.selectionEnd,
      "end",
    );
    area.focus();
    area.dispatchEvent(new Event("input"));
  }

  function changed() {
    area.style.setProperty("height", "auto");
    area.style.setProperty("height", `${Math.min(area.scrollHeight, 220)}px`);
    const empty = !area.value.trim();
    sendButton.disabled = empty;
    if (!place.key) return;
    if (area.value) sessionStorage.setItem(place.key, area.value);
    else sessionStorage.removeItem(place.key);
    showUsage();
  }

  function showUsage() {
    const known = usage(area.value);
    hint.hidden = !known;
    if (!known) return;
    put(hint, h("code", null, `${known.command} ${known.usage_hint ?? ""}`.trim()), ` ${known.description}`);
  }

  function warn(text) {
    hint.hidden = false;
    put(hint, h("span", { class: "composer-warning" }, icon("alert", 16), text));
  }

  async function send() {
    const text = area.value.trim();
    if (!text || !place.key) return;
    const key = place.key;
    write("");
    sent();
    try {
      if (isCommand(text)) await run(text, place.channel, place.thread);
      else await attempt("message", { channel: place.channel, text, thread_ts: place.thread ?? undefined });
    } catch (error) {
      giveBack(key, text, error);
    }
  }

  /** What could not be sent comes back, unless something new was typed meanwhile. */
  function giveBack(key, text, error) {
    if (key !== place.key) { sessionStorage.setItem(key, text); complain(error); return; }
    if (!area.value) write(text);
    warn(error.message);
  }

  function write(text) {
    area.value = text;
    changed();
  }

  area.addEventListener("input", changed);
  area.addEventListener("keydown", (event) => {
    if (complete.key(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });

  const aim = ({ channel, thread = null, label }) => {
    const key = `draft/${page.as}/${channel}/${thread ?? ""}`;
    area.placeholder = label;
    area.setAttribute("aria-label", label);
    if (key === place.key) return;
    const early = place.key ? "" : area.value; // typed before the page knew where
    Object.assign(place, { channel, thread, key });
    write(early || (sessionStorage.getItem(key) ?? ""));
  };
  return {
    root,
    aim,
    fill: (text) => { write(text); area.focus(); area.dispatchEvent(new Event("input")); },
    focus: () => area.focus(),
  };
}

function button(label, face, run) {
  return h(
    "button",
    {
      type: "button", class: "composer-tool", "aria-label": label, title: label, "aria-expanded": "false",
      onclick: run,
    },
    face,
  );
}

function shortcuts(anchor) {
  const all = page.state.shortcuts.filter(({ type }) => type === "global");
  const entries = all.map(({ name, callback_id: id }) => ({
    label: name,
    hint: page.state.bot.name,
    icon: "bolt",
    act: () => act("shortcut", { callback_id: id }),
  }));
  menu(anchor, "Shortcuts", entries.length ? entries : [{ heading: "The app has no shortcuts yet." }]);
}
