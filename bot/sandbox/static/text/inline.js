// The pieces every text renderer shares: leaves with emoji and bare links, mentions, channels,
// safe links, dates. Called by mrkdwn, rich text and markdown.

import { h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { glyph } from "../base/emoji.js";
import { address, channel, isBot, me, page, person, zone } from "../base/state.js";
import { inside } from "../chat/permalink.js";
import { fillDate } from "./dates.js";

const SAFE = /^(https?:|mailto:|tel:)/i;

/** A link where it is safe, else just its words. */
export function link(url, label) {
  const words = label ?? [url.replace(/^mailto:/, "")];
  if (!SAFE.test(url)) return h("span", null, words);
  const here = inside(url);
  if (here) return h("a", { href: here, title: url }, words);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, words);
}

export function emoji(name, fallback = `:${name}:`) {
  const char = glyph(name);
  if (!char) return fallback;
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`, title: `:${name}:` },
    char,
  );
}

export function mention(id, label = "somebody") {
  const known = person(id);
  const words = `@${isBot(id) ? page.state.bot.name : (known?.real_name ?? (label || "somebody"))}`;
  return h("span", { class: `mention${id === me()?.id ? " mine" : ""}`, data: { user: id } }, words);
}

export function group(id, label) {
  const known = page.state?.groups.find((one) => one.id === id);
  return h("span", { class: "mention", title: known?.name }, label ?? `@${known?.handle ?? "group"}`);
}

export function broadcast(range) {
  return h("span", { class: "mention mine" }, `@${range}`);
}

export function channelLink(id, label) {
  const known = channel(id);
  if (!known && !label) return h("span", { class: "mention" }, icon("lock", 13), "private channel");
  const words = [known?.kind === "private" ? icon("lock", 13) : "#", known?.name ?? label];
  if (!known) return h("span", { class: "mention" }, words);
  return h("a", { class: "mention", href: address({ channel: id }) }, words);
}

export function dateToken(seconds, pattern, url, fallback) {
  const text = fillDate(seconds, pattern, zone());
  const shown = h("time", { datetime: isoOrNull(seconds), title: fallback }, text ?? fallback);
  return url ? link(url, [shown]) : shown;
}

function isoOrNull(seconds) {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

const PIECE = /:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):|(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)'"\]])/g;

/** Plain words: emoji names become glyphs and, unless told otherwise, bare addresses become links. */
export function leaf(text, { links = true } = {}) {
  const nodes = [];
  let last = 0;
  for (const match of text.matchAll(PIECE)) {
    const node = match[1] ? emoji(match[1]) : links ? link(match[2]) : match[2];
    nodes.push(text.slice(last, match.index), node);
    last = match.index + match[0].length;
  }
  nodes.push(text.slice(last));
  return nodes.filter((node) => node !== "");
}

/** Undo the three escapes Slack has. */
export const unescape = (text) => text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
