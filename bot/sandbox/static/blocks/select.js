// Every select there is: static, external, users, conversations, channels, one or many. A button that
// shows the choice and opens a searchable list. Called through elements.js.

import { h, put, uid } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { close, popover } from "../base/popover.js";
import { avatar } from "../chat/avatar.js";
import { plain } from "../text/objects.js";
import { source } from "./sources.js";
import { bind, isMany } from "./states.js";

export function select(element, place) {
  const tied = bind(element, place);
  const many = isMany(element);
  const from = source(element, place);
  const root = h("span", { class: `select${many ? " many" : ""}` });
  const chosen = () => (many ? tied.value() : [tied.value()].filter((one) => one != null)).map(from.item);
  const draw = () => {
    const focused = root.contains(document.activeElement);
    put(root, trigger());
    if (focused) root.querySelector("button").focus();
  };
  const save = async (items) => {
    const values = items.map((item) => item.value);
    await tied.change(many ? values : (values[0] ?? null));
    draw();
  };

  function trigger() {
    const items = chosen();
    const label = items.length ? items.map((one) => one.label).join(", ") : placeholder(element);
    const props = {
      type: "button", class: "select-button", "aria-haspopup": "listbox", "aria-expanded": "false",
      "aria-describedby": place.describedBy, "aria-labelledby": place.label ? `${place.label} ${root.id}-value` : null,
      data: { focus: element.action_id },
    };
    const shown = h(
      "span",
      { class: items.length ? "select-value" : "select-value empty", id: `${root.id}-value` },
      many && items.length ? items.map(chip) : [items[0]?.person && avatar(items[0].person, 18), label],
    );
    const node = h("button", props, shown, icon("down", 16));
    node.addEventListener("click", () => list(node));
    const clear = !many && items.length && place.block.optional ? clearButton() : null;
    return [node, clear];
  }

  function chip(item) {
    const remove = (event) => { event.stopPropagation(); save(chosen().filter((one) => one.key !== item.key)); };
    return h(
      "span",
      { class: "chip" },
      item.person && avatar(item.person, 16),
      item.label,
      h("span", { class: "chip-x", "aria-hidden": "true", onclick: remove }, icon("close", 12)),
    );
  }

  function clearButton() {
    return h(
      "button",
      { type: "button", class: "button icon-only quiet", "aria-label": "Clear", onclick: () => save([]) },
      icon("close", 14),
    );
  }

  function list(anchor) {
    const pick = (item) => {
      if (!many) { close(); save([item]); root.querySelector("button").focus(); return; }
      const now = chosen();
      const on = now.some((one) => one.key === item.key);
      if (!on && element.max_selected_items && now.length >= element.max_selected_items) return;
      save(on ? now.filter((one) => one.key !== item.key) : [...now, item]);
    };
    openList(anchor, from, { many, isOn: (item) => chosen().some((one) => one.key === item.key), pick });
  }

  root.id = uid("select");
  draw();
  return root;
}

const placeholder = (element) => plain(element.placeholder) || (isMany(element) ? "Choose…" : "Choose one…");

/** The open list: a search field that keeps the focus and a listbox it points into. */
function openList(anchor, from, { many, isOn, pick }) {
  const id = uid("list");
  const box = h("ul", { class: "options", role: "listbox", id, "aria-label": "Choices", "aria-multiselectable": many ? "true" : null });
  const input = h(
    "input",
    {
      class: "field", type: "text", role: "combobox", "aria-controls": id, "aria-expanded": "true",
      "aria-autocomplete": "list", "aria-label": "Search", placeholder: "Search", autocomplete: "off",
    },
  );
  let shown = [];
  let active = 0;
  let asked = 0;

  const mark = (to) => {
    active = Math.max(0, Math.min(shown.length - 1, to));
    const nodes = [...box.querySelectorAll("[role=option]")];
    for (const [index, one] of nodes.entries()) one.classList.toggle("active", index === active);
    const node = nodes[active];
    input.setAttribute("aria-activedescendant", node?.id ?? "");
    node?.scrollIntoView({ block: "nearest" });
  };
  const take = (index) => {
    if (!shown[index]) return;
    pick(shown[index]);
    if (many && box.isConnected) { draw(); mark(index); }
  };
  const draw = () => {
    let group = null;
    put(box, shown.flatMap((item, index) => {
      const head = item.group !== group && item.group;
      group = item.group ?? group;
      return [head && groupHead(head), row(item, `${id}-${index}`, isOn(item), () => take(index))];
    }));
  };
  const search = async () => {
    const mine = (asked += 1);
    const hint = from.hint?.(input.value);
    if (!hint) put(box, from.slow ? h("li", { class: "options-note" }, "Looking…") : []);
    const result = hint ? { items: [], note: hint } : await from.search(input.value);
    if (mine !== asked) return;
    shown = result.items;
    draw();
    if (!shown.length) put(box, h("li", { class: "options-note" }, result.note ?? "Nothing found"));
    mark(0);
  };

  let timer = null;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, from.slow ? 200 : 0); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active - 1);
    else if (event.key === "Enter") take(active);
    else return;
    event.preventDefault();
  });
  popover(anchor, h("div", { class: "select-list" }, input, box), { label: "Choose" });
  search();
  input.focus();
}

const groupHead = (name) => h("li", { class: "options-group", role: "presentation" }, name);

function row(item, id, on, take) {
  return h(
    "li",
    { role: "option", id, class: "option", "aria-selected": on ? "true" : "false", onclick: take },
    item.person ? avatar(item.person, 22) : item.icon ? icon(item.icon, 16) : null,
    h("span", { class: "option-label" }, item.label, item.hint && h("small", null, item.hint)),
    on && icon("check", 16),
  );
}
