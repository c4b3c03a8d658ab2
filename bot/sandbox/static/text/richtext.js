// rich_text: what Slack's own composer writes, and what bots may write too. Called by the rich_text
// block and by table cells.

import { h } from "../base/dom.js";
import { broadcast, channelLink, dateToken, emoji, group, leaf, link, mention } from "./inline.js";

/** Nodes for the elements of a rich_text block. */
export function richText(elements) {
  return (elements ?? []).map((element) => (PARTS[element.type] ?? unknown)(element));
}

const PARTS = {
  rich_text_section: (part) => h("div", { class: "rich-section" }, part.elements.map(inline)),
  rich_text_quote: (part) => h("blockquote", null, part.elements.map(inline)),
  rich_text_preformatted: (part) => h("pre", { data: { language: part.language ?? "" } }, part.elements.map(inline)),
  rich_text_list: list,
};

function list(part) {
  const ordered = part.style === "ordered";
  const props = {
    class: `rich-list${part.border ? " bordered" : ""}`,
    style: { "--indent": String(part.indent ?? 0) },
  };
  if (ordered) props.start = (part.offset ?? 0) + 1;
  const items = part.elements.map((item) => h("li", null, (item.elements ?? []).map(inline)));
  return h(ordered ? "ol" : "ul", props, items);
}

const INLINE = {
  text: (part) => leaf(part.text, { links: false }),
  link: (part) => link(part.url, part.text ? leaf(part.text, { links: false }) : null),
  user: (part) => mention(part.user_id),
  channel: (part) => channelLink(part.channel_id),
  usergroup: (part) => group(part.usergroup_id),
  broadcast: (part) => broadcast(part.range),
  emoji: (part) => emoji(part.skin_tone ? `${part.name}::skin-tone-${part.skin_tone}` : part.name, fromCode(part)),
  date: (part) => dateToken(part.timestamp, part.format, part.url, part.fallback ?? ""),
  color: (part) => [
    /^#[0-9a-f]{3,8}$/i.test(part.value) && h("span", { class: "swatch", style: { background: part.value } }),
    part.value,
  ],
};

function inline(part) {
  const nodes = INLINE[part.type] ? INLINE[part.type](part) : unknown(part);
  return style(nodes, part.style);
}

const TAGS = [["bold", "strong"], ["italic", "em"], ["strike", "del"], ["underline", "u"], ["code", "code"],
  ["highlight", "mark"], ["client_highlight", "mark"]];

function style(nodes, wanted) {
  return TAGS.reduce((inner, [name, tag]) => (wanted?.[name] ? h(tag, null, inner) : inner), nodes);
}

function fromCode(part) {
  if (!part.unicode) return `:${part.name}:`;
  return String.fromCodePoint(...part.unicode.split("-").map((code) => parseInt(code, 16)));
}

function unknown(part) {
  return h("span", { class: "not-drawn" }, `“${part.type}” is not drawn here`);
}
