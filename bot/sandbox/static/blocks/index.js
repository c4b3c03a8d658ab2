// From a list of Block Kit blocks to nodes. A block we do not know, or one that is malformed, is a
// visible box that says so: silence would hide a bot's mistake. Called by messages, modals, Home,
// attachments and the gallery.

import { h, keyed } from "../base/dom.js";
import { plain, textBox, words } from "../text/objects.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/richtext.js";
import { alert, card, carousel, container, plan, taskCard } from "./cards.js";
import { chart } from "./charts.js";
import { element } from "./elements.js";
import { fileChip, imageBlock, picture, videoBlock } from "./media.js";
import { inputBlock } from "./input.js";
import { dataTable, table } from "./tables.js";

/** Nodes for blocks. Blocks without a block_id get their place as one. */
export function drawBlocks(blocks, surface) {
  return named(blocks).map((block) => drawBlock(block, surface));
}

/** The same into a parent, keeping the nodes of blocks that did not change. */
export function updateBlocks(parent, blocks, surface) {
  keyed(parent, named(blocks), {
    key: (block) => block.block_id, sign: (block) => JSON.stringify(block), build: (block) => drawBlock(
      block,
      surface,
    ),
  });
}

export const named = (blocks) => (blocks ?? []).map((block, index) => (block.block_id ? block : {
  ...block, block_id: `#${index}`,
}));

function drawBlock(block, surface) {
  const box = h("div", { class: `block block-${block.type}`, data: { block: block.block_id } });
  try {
    box.append(...[DRAW[block.type]?.(block, surface) ?? notDrawn(block)].flat());
  } catch (error) {
    console.warn(error);
    box.append(notDrawn(block, "is not as Slack wants it"));
  }
  return box;
}

function notDrawn(block, why = "is not drawn in this sandbox") {
  const json = h("pre", null, JSON.stringify(block, null, 2));
  return h(
    "details",
    { class: "not-drawn" },
    h("summary", null, h("code", null, String(block?.type ?? "?")), ` ${why}`),
    json,
  );
}

const DRAW = {
  section, header, divider: () => h("hr"), context, actions, input: inputBlock, image: imageBlock, video: videoBlock,
  rich_text: (block) => h("div", { class: "text rich" }, richText(block.elements)),
  markdown: (block) => h("div", { class: "text markdown" }, markdown(block.text)),
  table, data_table: dataTable, data_visualization: chart, alert,
  card: (block, surface) => card(block, surface),
  carousel: (block, surface) => carousel(block, surface),
  container: (block, surface) => container(block, surface, drawBlocks),
  context_actions: (block, surface) => h(
    "div",
    { class: "buttons context-actions" },
    block.elements.map((one) => element(one, { block, surface })),
  ),
  plan, task_card: taskCard,
  file: (block) => fileChip({ name: block.external_id ?? "File", filetype: block.source }),
};

function section(block, surface) {
  const fields = block.fields && h("div", { class: "fields" }, block.fields.map((one) => textBox(one)));
  const main = h("div", { class: "section-main" }, block.text && textBox(block.text), fields);
  if (!block.accessory) return main;
  const side = h(
    "div",
    { class: `accessory accessory-${block.accessory.type}` },
    element(block.accessory, { block, surface }),
  );
  return h("div", { class: "section-with" }, main, side);
}

function header(block) {
  const level = Math.min(4, Math.max(1, block.level ?? 1));
  return h(
    "div",
    { class: `header-block level-${level}`, role: "heading", "aria-level": String(level + 1) },
    plain(block.text),
  );
}

function context(block) {
  const items = block.elements.map((one) => (one.type === "image"
    ? picture(one, "tiny")
    : h("span", { class: "text" }, words(one))));
  return h("div", { class: "context" }, items);
}

function actions(block, surface) {
  return h("div", { class: "buttons" }, block.elements.map((one) => element(one, { block, surface })));
}
