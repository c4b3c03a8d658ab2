// table (static) and data_table (pages, sorting). Wide ones scroll inside their own frame, so the page
// itself never does. Called by index.js.

import { h, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { leaf } from "../text/inline.js";
import { richText } from "../text/richtext.js";

export function table(block) {
  const [head, ...rows] = block.rows;
  const align = (index) => {
    const { align: side, is_wrapped: wrapped } = block.column_settings?.[index] ?? {};
    return { "text-align": side ?? "left", "white-space": wrapped ? "normal" : "nowrap" };
  };
  const cells = (row, tag) => row.map((cell, index) => h(
    tag,
    { scope: tag === "th" ? "col" : null, style: align(index) },
    content(cell),
  ));
  return frame(h(
    "table",
    null,
    h("thead", null, h("tr", null, cells(head, "th"))),
    h("tbody", null, rows.map((row) => h("tr", null, cells(row, "td")))),
  ), "Table");
}

/** A table's own scrolling place. */
export const frame = (node, label) => h(
  "div",
  { class: "table-wrap", role: "group", tabindex: "0", "aria-label": label },
  node,
);

function content(cell) {
  if (cell?.type === "rich_text") return richText(cell.elements);
  if (cell?.type === "raw_number") return number(cell);
  return leaf(String(cell?.text ?? ""));
}

const value = (cell) => cell?.value ?? cell?.number;
const grouped = (plain) => (plain === undefined ? "" : new Intl.NumberFormat("en-GB").format(plain));
const number = (cell) => cell.text ?? grouped(value(cell));

/** Five rows a page unless told otherwise; a click on a column's name sorts. */
export function dataTable(block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const view = { page: 0, by: null, down: false };
  const root = h("div", { class: "data-table" });
  const draw = (focus) => {
    put(root, frame(h(
      "table",
      null,
      h("caption", null, block.caption),
      h("thead", null, h("tr", null, head.map((cell, index) => column(cell, index)))),
      h(
        "tbody",
        null,
        sorted(rows, view).slice(view.page * size, (view.page + 1) * size).map((row) => line(row, block)),
      ),
    ), block.caption), rows.length > size && pager());
    if (focus) root.querySelector(focus)?.focus();
  };
  const column = (cell, index) => {
    const state = view.by === index ? (view.down ? "descending" : "ascending") : "none";
    const sort = () => {
      Object.assign(view, { down: view.by === index && !view.down, by: index, page: 0 });
      draw(`[data-column="${index}"]`);
    };
    return h(
      "th",
      { scope: "col", "aria-sort": state, class: isNumber(rows[0]?.[index]) ? "number" : null },
      h(
        "button",
        { type: "button", class: "sort", data: { column: index }, onclick: sort },
        content(cell),
        h("span", { "aria-hidden": "true" }, { ascending: " ↑", descending: " ↓", none: "" }[state]),
      ),
    );
  };
  const pager = () => {
    const pages = Math.ceil(rows.length / size);
    const turn = (by, name) => h(
      "button",
      {
        type: "button",
        class: "button icon-only quiet",
        "aria-label": name,
        data: { turn: String(by) },
        disabled: view.page + by < 0 || view.page + by >= pages,
        onclick: () => { view.page += by; draw(`[data-turn="${by}"]`); },
      },
      icon(by < 0 ? "left" : "right", 16),
    );
    return h(
      "div",
      { class: "pager" },
      h(
        "span",
        { "aria-live": "polite" },
        `${view.page * size + 1}–${Math.min(rows.length, (view.page + 1) * size)} of ${rows.length}`,
      ),
      turn(-1, "Previous page"),
      turn(1, "Next page"),
    );
  };
  draw();
  return root;
}

const isNumber = (cell) => cell?.type === "raw_number";

function line(row, block) {
  const main = block.row_header_column_index ?? 0;
  return h(
    "tr",
    null,
    row.map((cell, index) => h(
      index === main ? "th" : "td",
      { scope: index === main ? "row" : null, class: isNumber(cell) ? "number" : null },
      content(cell),
    )),
  );
}

function sorted(rows, { by, down }) {
  if (by === null) return rows;
  const words = (cell) => h("span", null, content(cell)).textContent.toLowerCase();
  const key = (row) => (isNumber(row[by]) ? value(row[by]) : words(row[by]));
  const order = (a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
  return [...rows].sort((a, b) => (down ? -order(a, b) : order(a, b)));
}
