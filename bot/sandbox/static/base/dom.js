// Every element on the page is made here, from nodes and text: what people and bots write never
// passes through an HTML parser, so it can never become HTML. Everybody calls it.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element: h("button", {class: "x", onclick: f}, "text", node, …). */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

/** The same for SVG. */
export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG, tag), props, children);
}

/** Replace everything inside a node. */
export function put(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
  return parent;
}

export function $(selector, root = document) {
  return root.querySelector(selector);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) set(node, name, value);
  append(node, children);
  return node;
}

function set(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
  else if (name === "data") Object.assign(node.dataset, value);
  else if (name === "style") for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
  else if (name === "value" || name === "checked") node[name] = value;
  else node.setAttribute(name, value === true ? "" : String(value));
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) parent.append(child);
  }
}

/**
 * Make parent's children match items, keeping every node whose item did not change, so that focus,
 * open menus and half-chosen values survive a refresh. sign(item) says what a node depends on;
 * update(node, item) runs for every node, for what changes inside.
 */
export function keyed(parent, items, { key, sign, build, update = () => {} }) {
  const old = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const wanted = new Set(items.map((item) => String(key(item))));
  for (const [name, node] of old) if (!wanted.has(name)) node.remove();
  let cursor = parent.firstElementChild;
  for (const item of items) {
    const before = old.get(String(key(item)));
    const node = reuse(before, item, { key, sign, build });
    if (before && before === cursor) cursor = node.nextElementSibling;
    else parent.insertBefore(node, cursor);
    update(node, item);
  }
}

const signs = new WeakMap();

/** The node of before when nothing it depends on changed, else a new one, already in its place. */
function reuse(before, item, { key, sign, build }) {
  const signature = sign(item);
  if (before && signs.get(before) === signature) return before;
  const node = build(item);
  node.dataset.key = String(key(item));
  signs.set(node, signature);
  if (before) swap(before, node);
  return node;
}

function swap(before, node) {
  const focus = before.contains(document.activeElement) ? document.activeElement : null;
  const inside = focus?.closest("[data-focus]")?.dataset.focus;
  before.replaceWith(node);
  if (!focus) return;
  const again = inside ? node.querySelector(`[data-focus="${CSS.escape(inside)}"]`) : null;
  (again ?? (node.tabIndex >= 0 ? node : null))?.focus({ preventScroll: true });
}

/** Words for screen readers only. */
export function hidden(text) {
  return h("span", { class: "visually-hidden" }, text);
}

const SAID = 20_000;

/** Say something to a screen reader without showing it. What follows soon after takes nothing away. */
export function announce(text) {
  const line = h("p", null, text);
  $("#announce").append(line);
  setTimeout(() => line.remove(), SAID);
}

let serial = 0;
export function uid(prefix = "id") {
  serial += 1;
  return `${prefix}-${serial}`;
}
