// Slack's mrkdwn, from its escaped wire form to nodes. Tokens in angle brackets and code are taken
// out first, so that no star inside an address can make it bold. Called wherever a text is shown.

import { h } from "../base/dom.js";
import { broadcast, channelLink, dateToken, group, leaf, link, mention, unescape } from "./inline.js";

const OPEN = "\uE000";
const SHUT = "\uE001";

/** Nodes for a mrkdwn text. Where it is `verbatim` a bare address in it stays words. */
export function mrkdwn(text, { verbatim = false } = {}) {
  const parts = String(text ?? "").replace(/[\uE000\uE001]/g, "").split(/```\n?([\s\S]+?)```\n?/);
  return parts.flatMap((part, index) => (index % 2 ? [fence(part)] : lines(part, !verbatim)));
}

function fence(code) {
  return h("pre", null, unescapeTokens(code.replace(/\n$/, "")));
}

// --- lines: quotes, list-like lines, the rest ---------------------------------------------------

const LISTED = /^(\s*)([•◦▪–-]|\d{1,3}[.)])\s+(.*)$/;

function lines(text, links) {
  if (!text) return [];
  const out = [];
  const all = text.split("\n");
  while (all.length) {
    const line = all.shift();
    if (line.startsWith("&gt;&gt;&gt;")) out.push(quote([line.slice(12).trimStart(), ...all.splice(0)], links));
    else if (line.startsWith("&gt;")) out.push(quote([line, ...takeWhile(all, "&gt;")].map(unquoted), links));
    else if (LISTED.test(line)) out.push(listed(line, links));
    else out.push(...inline(line, links), all.length ? "\n" : "");
  }
  return out.filter((node) => node !== "");
}

const unquoted = (line) => line.slice(4).replace(/^ /, "");

function takeWhile(all, prefix) {
  const taken = [];
  while (all.length && all[0].startsWith(prefix)) taken.push(all.shift());
  return taken;
}

function quote(content, links) {
  return h("blockquote", null, lines(content.join("\n"), links));
}

function listed(line, links) {
  const [, indent, bullet, rest] = LISTED.exec(line);
  return h(
    "div",
    { class: "listed", style: { "--indent": String(Math.floor(indent.length / 2)) } },
    h("span", null, bullet),
    h("div", null, inline(rest, links)),
  );
}

// --- inline ---------------------------------------------------------------------------------------

function inline(text, links) {
  const held = [];
  const hold = (node) => { held.push(node); return `${OPEN}${held.length - 1}${SHUT}`; };
  const safe = text
    .replace(/`([^`\n]+)`/g, (_, code) => hold(h("code", null, unescapeTokens(code))))
    .replace(/<([^<>\n]+)>/g, (_, token) => hold(angle(token)));
  return emphasis(safe, held, links);
}

const MARKS = [["*", "strong"], ["_", "em"], ["~", "del"]];
/** A mark opens after no letter and before no space, and closes the other way round. */
const pair = ([mark]) => `(?<![\\w${mark}])\\${mark}(?=\\S)([^\\${mark}\\n]*[^\\s\\${mark}])\\${mark}(?!\\w)`;
const PATTERN = new RegExp(MARKS.map(pair).join("|"));

function emphasis(text, held, links) {
  const match = PATTERN.exec(text);
  if (!match) return restore(text, held, links);
  const which = match.slice(1).findIndex((group) => group !== undefined);
  const node = h(MARKS[which][1], null, emphasis(match[which + 1], held, links));
  const after = text.slice(match.index + match[0].length);
  return [...restore(text.slice(0, match.index), held, links), node, ...emphasis(after, held, links)];
}

function restore(text, held, links) {
  return text.split(new RegExp(`${OPEN}(\\d+)${SHUT}`)).flatMap(
    (part, index) => (index % 2 ? [held[Number(part)]] : leaf(unescape(part), { links })),
  );
}

/** The same on one line and without styles: for previews, notifications and screen readers. */
export const plainly = (text) => h("span", null, mrkdwn(text)).textContent.replace(/\s+/g, " ").trim();

// --- tokens -----------------------------------------------------------------------------------------

function angle(token) {
  const [target, label] = split(token);
  if (/^@[UW]/.test(target)) return mention(target.slice(1), label && unescape(label));
  if (/^#[CG]/.test(target)) return channelLink(target.slice(1), label && unescape(label));
  if (target.startsWith("!")) return special(target.slice(1), label);
  return link(unescape(target), label ? leaf(unescape(label), { links: false }) : null);
}

function split(token) {
  const bar = token.indexOf("|");
  return bar < 0 ? [token, null] : [token.slice(0, bar), token.slice(bar + 1)];
}

function special(name, label) {
  const [kind, ...rest] = name.split("^");
  if (["channel", "here", "everyone"].includes(kind)) return broadcast(kind);
  if (kind === "date") return dateToken(rest[0], rest[1] ?? "", rest[2], unescape(label ?? ""));
  if (kind === "subteam") return group(rest[0], label && unescape(label));
  return h("span", null, unescape(label ?? `<!${name}>`));
}

/** Inside code nothing is styled, but tokens still read as their words. */
function unescapeTokens(text) {
  return unescape(text.replace(/<([^<>\n]+)>/g, (_, token) => split(token)[1] ?? split(token)[0]));
}
