// The newer frames: alert, card, carousel, container, plan and task_card. Called by index.js.

import { h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { link } from "../text/inline.js";
import { textBox, words } from "../text/objects.js";
import { richText } from "../text/richtext.js";
import { element } from "./elements.js";
import { picture } from "./media.js";

const LEVELS = { info: "info", warning: "alert", error: "alert", success: "check", default: "info" };

export function alert(block) {
  const level = LEVELS[block.level] ? block.level : "default";
  return h("div", { class: `alert ${level}`, role: "note" }, icon(LEVELS[level], 18), textBox(block.text));
}

export function card(block, surface) {
  const head = h(
    "div",
    { class: "card-head" },
    block.icon && picture(block.icon, "icon"),
    h(
      "div",
      null,
      block.title && h("div", { class: "card-title text" }, words(block.title)),
      block.subtitle && h("div", { class: "card-sub text" }, words(block.subtitle)),
    ),
  );
  return h(
    "div",
    { class: "card" },
    block.hero_image && picture(block.hero_image, "hero"),
    h(
      "div",
      { class: "card-body" },
      head,
      block.body && textBox(block.body),
      block.actions && h("div", { class: "buttons" }, block.actions.map((one) => element(one, { block, surface }))),
    ),
  );
}

export function carousel(block, surface) {
  const cards = block.elements.map((one, index) => card(
    { ...one, block_id: one.block_id ?? `${block.block_id}-${index}` },
    surface,
  ));
  return h(
    "div",
    { class: "carousel", tabindex: "0", role: "group", "aria-label": `${cards.length} cards, scroll sideways` },
    cards,
  );
}

export function container(block, surface, drawBlocks) {
  const title = block.rich_text_title ? richText(block.rich_text_title.elements) : words(block.title);
  const head = [
    block.icon && picture(block.icon, "icon"),
    h(
      "div",
      null,
      h("div", { class: "container-title" }, title),
      block.subtitle && h("div", { class: "card-sub text" }, words(block.subtitle)),
    ),
  ];
  const body = h("div", { class: "container-body" }, drawBlocks(block.child_blocks, surface));
  const shape = `container width-${block.width ?? "standard"}${block.has_header_divider ? " divided" : ""}`;
  if (!block.is_collapsible) return h("section", { class: shape }, h("div", { class: "container-head" }, head), body);
  return h(
    "details",
    { class: shape, open: !block.default_collapsed },
    h("summary", { class: "container-head" }, head, icon("down", 16)),
    body,
  );
}

const STATUS = {
  pending: ["○", "to do"], in_progress: ["◐", "in progress"], complete: ["●", "done"], error: ["✕", "failed"],
};

export function taskCard(block) {
  const [sign, name] = STATUS[block.status] ?? STATUS.pending;
  const rich = (value) => value && h("div", { class: "text rich" }, richText(value.elements));
  const sources = (block.sources ?? []).map((one) => link(one.url, [one.text ?? one.url]));
  return h(
    "div",
    { class: `task ${block.status}` },
    h("span", { class: "task-sign", role: "img", "aria-label": name }, sign),
    h(
      "div",
      null,
      h("strong", null, block.title),
      rich(block.details),
      rich(block.output),
      sources.length > 0 && h("div", { class: "task-sources" }, sources),
    ),
  );
}

export function plan(block) {
  return h("section", { class: "plan" }, h("h4", null, block.title), (block.tasks ?? []).map(taskCard));
}
