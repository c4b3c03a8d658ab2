// Secondary attachments with their coloured bar, and forwarded messages. Called by messages and the
// gallery.

import { h } from "../base/dom.js";
import { address, channel, page, zone } from "../base/state.js";
import { stamp } from "../base/zone.js";
import { drawBlocks } from "../blocks/index.js";
import { picture } from "../blocks/media.js";
import { leaf, link } from "../text/inline.js";
import { mrkdwn } from "../text/mrkdwn.js";

const NAMED = { good: "#2eb67d", warning: "#d9a514", danger: "#d13b3b" };

export function attachment(one, place) {
  const forwarded = one.is_msg_unfurl || one.is_share;
  const inside = forwarded ? forward(one, place) : classic(one, place);
  const colour = NAMED[one.color] ?? (one.color ? `#${one.color.replace(/^#/, "")}` : null);
  return h(
    "div",
    { class: "attachment-box" },
    one.pretext && h("div", { class: "text" }, mrkdwn(one.pretext)),
    h(
      "div",
      { class: `attachment${forwarded ? " forwarded" : ""}`, style: colour ? { "--edge": colour } : null },
      inside,
    ),
  );
}

function classic(one, place) {
  return [
    one.author_name && h(
      "div",
      { class: "attachment-author" },
      one.author_link ? link(one.author_link, [one.author_name]) : one.author_name,
    ),
    one.title && h(
      "div",
      { class: "attachment-title" },
      one.title_link ? link(one.title_link, leaf(one.title, { links: false })) : leaf(one.title, { links: false }),
    ),
    words(one, place),
    one.fields?.length && h("div", { class: "fields" }, one.fields.map(field)),
    one.image_url && picture({ image_url: one.image_url, alt_text: one.fallback ?? "" }, "full"),
    foot(one),
  ];
}

/** A forwarded message may keep its words in text, blocks or message_blocks. */
function words(one, place) {
  const blocks = one.blocks ?? one.message_blocks?.flatMap(({ message }) => message?.blocks ?? []);
  if (blocks?.length) return h("div", { class: "blocks" }, drawBlocks(blocks, place));
  return one.text ? h("div", { class: "text" }, mrkdwn(one.text)) : null;
}

function field({ title, value, short }) {
  return h("div", { class: `text${short ? "" : " long"}` }, h("strong", null, title), "\n", mrkdwn(value));
}

function forward(one, place) {
  const from = channel(one.channel_id);
  return [
    one.author_name && h("div", { class: "attachment-author" }, one.author_name),
    words(one, place),
    h(
      "div",
      { class: "attachment-foot" },
      one.footer ?? "Forwarded message",
      from && page.as && [" · ", h("a", { href: address({ channel: from.id }) }, "Go there")],
    ),
  ];
}

function foot(one) {
  if (!one.footer && !one.ts) return null;
  const at = one.ts ? stamp(new Date(Number(one.ts) * 1000), zone()) : null;
  return h("div", { class: "attachment-foot" }, [one.footer, at].filter(Boolean).join(" · "));
}
