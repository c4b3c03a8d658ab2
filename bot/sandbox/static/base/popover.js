// Whatever opens beside a button: menus, pickers, lists. Escape or a click elsewhere closes it and
// gives the focus back; on a phone it becomes a sheet at the bottom. Inside a dialog it lives in
// the dialog, or the browser would keep it underneath and unreachable.

import { h, uid } from "./dom.js";
import { icon } from "./icons.js";

let open = null;

export const isOpen = () => open !== null;

/** Show content beside anchor; returns close(). onclose runs once, however it closes. */
export function popover(anchor, content, { label, role = "dialog", wide = false, onclose = null } = {}) {
  close();
  const box = h(
    "div",
    { class: `popover${wide ? " wide" : ""}`, role, "aria-label": label, id: uid("pop") },
    content,
  );
  (anchor.closest("dialog") ?? document.body).append(box);
  anchor.setAttribute("aria-expanded", "true");
  open = { anchor, box, onclose };
  const sizes = new ResizeObserver(() => place(anchor, box)); // a list fills after it opened
  sizes.observe(box);
  place(anchor, box);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("pointerdown", onPointer, true);
  addEventListener("resize", close);
  return close;
}

export function close({ refocus = true } = {}) {
  if (!open) return;
  const { anchor, box, onclose } = open;
  open = null;
  document.removeEventListener("keydown", onKey, true);
  document.removeEventListener("pointerdown", onPointer, true);
  removeEventListener("resize", close);
  const inside = box.contains(document.activeElement);
  if (refocus && inside) anchor.focus({ preventScroll: true }); // before it may hide again with its toolbar
  box.remove();
  anchor.setAttribute("aria-expanded", "false");
  onclose?.();
}

function onKey(event) {
  if (event.key === "Tab") { around(event); return; }
  if (event.key !== "Escape") return;
  event.preventDefault();
  event.stopPropagation();
  close();
}

const REACHED = "a[href], button:not(:disabled, [tabindex='-1']), input, select, textarea, [tabindex='0']";

/** Tab goes around inside; where there is nothing to go around, it closes and goes on from the button. */
function around(event) {
  const all = [...open.box.querySelectorAll(REACHED)].filter((one) => one.checkVisibility());
  if (open.box.role === "menu" || all.length < 2) { close(); return; }
  const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (document.activeElement !== from && open.box.contains(document.activeElement)) return;
  event.preventDefault();
  to.focus();
}

function onPointer(event) {
  if (open.box.contains(event.target) || open.anchor.contains(event.target)) return;
  close({ refocus: false });
}

const GAP = 6;

function place(anchor, box) {
  if (innerWidth < 640) { box.classList.add("sheet"); return; }
  const from = anchor.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = from.bottom + GAP + height <= innerHeight || from.top < height;
  const top = below ? from.bottom + GAP : from.top - GAP - height;
  const left = from.left + width <= innerWidth - 8 ? from.left : from.right - width;
  box.style.setProperty("top", `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`);
  box.style.setProperty("left", `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`);
}

/**
 * A menu of {label, icon, hint, danger, act, separator, heading}; arrow keys move, Enter does.
 */
export function menu(anchor, label, items) {
  const list = h("div", { class: "menu" }, items.map((item) => entry(item)));
  popover(anchor, list, { label, role: "menu" });
  arrows(list, "[role=menuitem]");
  list.querySelector("[role=menuitem]")?.focus();
}

function entry(item) {
  if (item.separator) return h("hr", { class: "menu-line" });
  if (item.heading) return h("p", { class: "menu-heading", role: "presentation" }, item.heading);
  const run = () => { close(); item.act(); };
  return h(
    "button",
    {
      type: "button",
      role: "menuitem",
      class: `menu-item${item.danger ? " danger" : ""}`,
      tabindex: "-1",
      onclick: run,
    },
    item.icon && icon(item.icon, 18),
    h("span", { class: "menu-label" }, item.label, item.hint && h("small", null, item.hint)),
  );
}

/** Let the arrow keys, Home and End move the focus among what selector finds. */
export function arrows(root, selector, { columns = 1, horizontal = false } = {}) {
  root.addEventListener("keydown", (event) => {
    const all = [...root.querySelectorAll(selector)];
    const at = all.indexOf(document.activeElement);
    const to = target(event.key, at, all.length, columns, horizontal);
    if (to === null || at < 0) return;
    event.preventDefault();
    all[to]?.focus();
  });
}

function target(key, at, count, columns, horizontal) {
  const side = columns > 1 || horizontal ? 1 : 0;
  const step = {
    ArrowDown: horizontal ? 0 : columns, ArrowUp: horizontal ? 0 : -columns, ArrowRight: side, ArrowLeft: -side,
  }[key];
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  if (!step) return null;
  return columns > 1 ? Math.max(0, Math.min(count - 1, at + step)) : (at + step + count) % count;
}
