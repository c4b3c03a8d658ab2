// One message as people know it: who, when, words, attachments, reactions, thread. Its parts are keyed
// by themselves, so a new reaction does not redraw (or re-read aloud) the words. Called by lists.

import { h, keyed } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { act, address, isBot, page, person, zone } from "../base/state.js";
import { civil, stamp, time } from "../base/zone.js";
import { drawBlocks } from "../blocks/index.js";
import { fileChip } from "../blocks/media.js";
import { picture, surface } from "../blocks/surface.js";
import { mrkdwn, plainly } from "../text/mrkdwn.js";
import { attachment } from "./attachments.js";
import { avatar } from "./avatar.js";
import { editor, isEditing } from "./editing.js";
import { reactions } from "./reactions.js";
import { toolbar } from "./toolbar.js";

/** How a list draws its messages: build once per ts, update its parts on every refresh. */
export function build(item) {
  const { message } = item;
  return h(
    "article",
    { class: "message", tabindex: "-1", data: { ts: message.ts, focus: `m-${message.ts}` } },
    h("div", { class: "gutter" }),
    h("div", { class: "message-main" }),
  );
}

export function update(node, item) {
  const { message, compact, where } = item;
  node.classList.toggle("compact", compact);
  node.classList.toggle("ephemeral", message.ephemeral);
  node.classList.toggle("system", Boolean(message.subtype) && !message.blocks);
  label(node, message);
  keyed(node.firstElementChild, [item], { key: () => "gutter", sign: gutterSign, build: gutter });
  keyed(
    node.querySelector(":scope > .message-main"),
    parts(item),
    { key: ({ part }) => part, sign: ({ sign }) => sign, build: ({ make }) => make() },
  );
  keyed(
    toolbarBox(node),
    message.ephemeral ? [] : [item],
    {
      key: () => "toolbar",
      sign: () => `${message.ts}${where}${message.user}`,
      build: () => toolbar(message, where),
    },
  );
}

/** What a screen reader says of a message: its text; only where there is none, the words of its blocks. */
export function spoken(message) {
  if (message.text) return plainly(message.text);
  const drawn = h("div", null, drawBlocks(message.blocks, picture("spoken")), attached(message, picture("spoken")));
  return [...drawn.querySelectorAll(".text, .header-block")].map((one) => one.textContent.trim()).join(" ");
}

const labels = new WeakMap();

function label(node, message) {
  const { name } = author(message);
  const sign = JSON.stringify([name, message.at, zone(), message.text, message.edited]);
  if (labels.get(node) === sign) return;
  labels.set(node, sign);
  const only = message.ephemeral ? ", only visible to you" : "";
  node.setAttribute("aria-label", `${name}, ${time(civil(message.at), zone())}${only}: ${spoken(message)}`);
}

const attached = (message, place) => (message.attachments ?? []).map((one) => attachment(one, place));

function toolbarBox(node) {
  const box = node.querySelector(":scope > .toolbar-box") ?? h("div", { class: "toolbar-box" });
  if (!box.isConnected) node.append(box);
  return box;
}

// --- who and when -----------------------------------------------------------------------------------

/** Name, tile and badge of whoever wrote it. */
export function author(message) {
  const one = person(message.user);
  const badge = message.bot ? "App" : { guest: "Guest", stranger: "External" }[one?.kind];
  const own = isBot(message.user) ? page.state.bot.name : one?.real_name;
  return {
    name: message.username || own || message.user || "App",
    tile: one ?? { initials: (message.username ?? "A").charAt(0) },
    badge,
  };
}

const gutterSign = ({ message, compact }) => `${compact}${message.at}${message.user}${message.ephemeral}${zone()}`;

function gutter({ message, compact }) {
  if (!compact) return avatar(author(message).tile, 38);
  return h("time", { class: "small-time", datetime: message.at }, time(civil(message.at), zone()));
}

function head(message) {
  const { name, badge } = author(message);
  const at = civil(message.at);
  return h(
    "header",
    { class: "message-head" },
    h("strong", { class: "author" }, name),
    badge && h("span", { class: "badge" }, badge),
    h("time", { datetime: message.at, title: stamp(at, zone()) }, time(at, zone())),
  );
}

// --- the parts ----------------------------------------------------------------------------------------

function parts(item) {
  const { message, compact, where } = item;
  const ephemeral = { part: "only-you", sign: "e", make: () => onlyYou(item) };
  const list = [
    message.ephemeral && ephemeral,
    message.pinned && {
      part: "pinned",
      sign: "p",
      make: () => h("p", { class: "only-you" }, icon("pin", 14), "Pinned"),
    },
    isBroadcast(message, where) && { part: "from", sign: message.thread_ts, make: () => broadcastLine(message) },
    !compact && {
      part: "head",
      sign: JSON.stringify([author(message), message.at, zone()]),
      make: () => head(message),
    },
    bodyPart(item),
    message.files?.length && {
      part: "files",
      sign: JSON.stringify(message.files),
      make: () => h("div", { class: "files" }, message.files.map(fileChip)),
    },
    message.reactions?.length && {
      part: "reactions",
      sign: JSON.stringify([message.reactions, page.as]),
      make: () => reactions(message, item.channel),
    },
    message.reply_count > 0 && where === "channel" && {
      part: "thread",
      sign: JSON.stringify([message.reply_count, message.reply_users]),
      make: () => threadLink(message),
    },
  ];
  return list.filter(Boolean);
}

function onlyYou({ message, channel }) {
  const dismiss = h(
    "button",
    { type: "button", class: "link-like", onclick: () => act("delete", { channel, ts: message.ts }) },
    "Dismiss message",
  );
  return h("p", { class: "only-you" }, icon("info", 14), "Only visible to you", " · ", dismiss);
}

const isBroadcast = ({ thread_ts: thread, ts }, where) => where === "channel" && thread && thread !== ts;

function broadcastLine(message) {
  return h(
    "p",
    { class: "only-you" },
    icon("thread", 14),
    "replied to a ",
    h("a", { href: address({ thread: message.thread_ts }) }, "thread"),
  );
}

function bodyPart(item) {
  const { message } = item;
  if (isEditing(message)) return { part: "editor", sign: "editing", make: () => editor(message, item.channel) };
  const sign = JSON.stringify([
    message.text, message.blocks, message.attachments, message.edited, zone(), page.as, page.state.people.length,
  ]);
  return { part: "body", sign, make: () => body(item) };
}

function body({ message, channel: id }) {
  const source = { message: { channel: id, ts: message.ts, ...(message.ephemeral ? { ephemeral: true } : {}) } };
  const place = surface("message", `${id}/${message.ts}`, source);
  const main = message.blocks?.length
    ? h("div", { class: "blocks" }, drawBlocks(message.blocks, place))
    : message.text && h("div", { class: "text" }, mrkdwn(message.text));
  return h("div", { class: "body" }, main, message.edited && h("small", { class: "edited" }, " (edited)"), attached(message, place));
}

function threadLink(message) {
  const count = `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`;
  const faces = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(person(id), 22));
  return h(
    "a",
    { class: "thread-link", href: address({ thread: message.ts }), data: { focus: "thread-link" } },
    h("span", { class: "faces" }, faces),
    h("strong", null, count),
    h("span", { class: "thread-open" }, "View thread"),
  );
}
