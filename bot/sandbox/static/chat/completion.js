// What appears above the composer while one types /, @, # or :, as a listbox the text field points
// into. Called by composers.

import { h, put, uid } from "../base/dom.js";
import { find, glyph } from "../base/emoji.js";
import { icon } from "../base/icons.js";
import { page, person } from "../base/state.js";
import { mentionable } from "../text/compose.js";
import { avatar } from "./avatar.js";
import { commands } from "./commands.js";

/** Tie a completion to a text field; {box, key(event) → handled, close()}. */
export function completion(area) {
  const id = uid("complete");
  const box = h("ul", { class: "completion", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
  let shown = [];
  let active = 0;
  let from = 0;

  const close = () => { shown = []; box.hidden = true; area.removeAttribute("aria-activedescendant"); };
  const mark = (to) => {
    active = (to + shown.length) % shown.length;
    for (const [index, node] of [...box.children].entries()) {
      node.setAttribute("aria-selected", String(index === active));
      if (index === active) {
        area.setAttribute("aria-activedescendant", node.id);
        node.scrollIntoView({ block: "nearest" });
      }
    }
  };
  const take = (item) => {
    const end = area.selectionStart;
    area.setRangeText(`${item.insert} `, from, end, "end");
    close();
    area.focus();
    area.dispatchEvent(new Event("input"));
  };
  const look = () => {
    const found = suggestions(area.value.slice(0, area.selectionStart));
    if (!found?.items.length) { close(); return; }
    ({ items: shown, from } = found);
    put(box, shown.map((item, index) => row(item, `${id}-${index}`, () => take(item))));
    box.hidden = false;
    mark(0);
  };
  const key = (event) => {
    if (box.hidden) return false;
    const exact = shown[active].insert === area.value.slice(from, area.selectionStart);
    if (event.key === "ArrowDown") mark(active + 1);
    else if (event.key === "ArrowUp") mark(active - 1);
    else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !exact)) take(shown[active]);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    return true;
  };
  area.setAttribute("aria-controls", id);
  area.setAttribute("aria-autocomplete", "list");
  area.addEventListener("input", look);
  area.addEventListener("blur", () => setTimeout(close, 150));
  return { box, key, close };
}

function face(item) {
  if (item.person) return avatar(item.person, 22);
  return item.glyph ? h("span", { class: "emoji" }, item.glyph) : icon(item.icon, 18);
}

function row(item, id, take) {
  return h(
    "li",
    { role: "option", id, class: "completion-row", onmousedown: (event) => { event.preventDefault(); take(); } },
    h("span", { class: "completion-face" }, face(item)),
    h(
      "span",
      { class: "completion-main" },
      h("strong", null, item.label),
      item.usage && h("code", null, item.usage),
      item.hint && h("small", null, item.hint),
    ),
    item.by && h("span", { class: "completion-by" }, item.by),
  );
}

// --- what could follow ------------------------------------------------------------------------------

const TRIGGERS = [
  [/^(\/\S*)$/, slash],
  [/(?:^|[\s(])(@[\p{L}\d._-]*)$/u, people],
  [/(?:^|[\s(])(#[\w-]*)$/, channels],
  [/(?:^|[\s(])(:[a-z0-9_+-]{2,})$/, emoji],
];

function suggestions(before) {
  for (const [pattern, list] of TRIGGERS) {
    const match = pattern.exec(before);
    if (match) return { from: before.length - match[1].length, items: list(match[1].toLowerCase()).slice(0, 9) };
  }
  return null;
}

function slash(typed) {
  return commands().filter(({ command }) => command.startsWith(typed)).map((one) => ({
    label: one.command, insert: one.command, usage: one.usage_hint, hint: one.description, icon: "bolt", by: one.by,
  }));
}

const GROUPS = [["channel", "Everybody in this channel"], ["here", "Everybody who is here now"]];

function people(typed) {
  const want = typed.slice(1);
  const fits = (one) => [one.name, ...one.real_name.split(" ")].some((word) => word.toLowerCase().startsWith(want));
  const found = mentionable().filter(fits).map((one) => ({
    label: one.real_name, hint: one.title, insert: `@${one.name}`, person: person(one.id),
  }));
  const groups = GROUPS.filter(([name]) => name.startsWith(want)).map(([name, hint]) => ({
    label: `@${name}`, hint, insert: `@${name}`, icon: "user",
  }));
  const teams = page.state.groups.filter(({ handle }) => handle.startsWith(want)).map(({ handle, name }) => ({
    label: `@${handle}`, hint: name, insert: `@${handle}`, icon: "user",
  }));
  return [...found, ...teams, ...groups];
}

function channels(typed) {
  const found = page.state.channels.filter((one) => one.kind !== "im" && one.name.startsWith(typed.slice(1)));
  return found.map((one) => ({
    label: one.name,
    hint: one.topic,
    insert: `#${one.name}`,
    icon: one.kind === "private" ? "lock" : "hash",
  }));
}

function emoji(typed) {
  return find(typed.slice(1)).map(({ name }) => ({ label: `:${name}:`, insert: `:${name}:`, glyph: glyph(name) }));
}
