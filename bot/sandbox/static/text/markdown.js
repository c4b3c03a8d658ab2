// The markdown block: standard Markdown (not mrkdwn), as far as Slack draws it. Called by the block
// of that name.

import { h } from "../base/dom.js";
import { leaf, link } from "./inline.js";

/** Nodes for a Markdown text. */
export function markdown(text) {
  const all = String(text ?? "").split("\n");
  const out = [];
  while (all.length) out.push(next(all));
  return out.filter(Boolean);
}

const BULLET = /^(\s*)(?:[-*+]|(\d+)[.)])\s+(?:\[([ xX])\]\s+)?(.*)$/;

function next(all) {
  const line = all[0];
  if (!line.trim()) { all.shift(); return null; }
  if (/^\s*```/.test(line)) return fence(all);
  if (/^#{1,6}\s/.test(line)) return heading(all.shift());
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) { all.shift(); return h("hr"); }
  if (line.startsWith(">")) return quote(take(all, (one) => one.startsWith(">")));
  if (isTable(all)) return table(all);
  if (BULLET.test(line)) return list(take(all, sameList(BULLET.exec(line))));
  return h("p", null, inline(take(all, isProse).join("\n")));
}

/** Lines that go on with a list: deeper ones, and those of the same kind. */
const sameList = (first) => (line) => {
  const match = BULLET.exec(line);
  return match && (match[1].length > first[1].length || Boolean(match[2]) === Boolean(first[2]));
};

const isProse = (line) => line.trim() && !/^\s*```|^#{1,6}\s|^>/.test(line) && !BULLET.test(line);

function take(all, wanted) {
  const taken = [all.shift()];
  while (all.length && wanted(all[0])) taken.push(all.shift());
  return taken;
}

function quote(lines) {
  return h("blockquote", null, markdown(lines.map((line) => line.replace(/^> ?/, "")).join("\n")));
}

function fence(all) {
  all.shift();
  const code = [];
  while (all.length && !/^\s*```/.test(all[0])) code.push(all.shift());
  all.shift();
  return h("pre", null, code.join("\n"));
}

function heading(line) {
  const [, marks, words] = /^(#{1,6})\s+(.*?)\s*#*$/.exec(line);
  return h(
    "p",
    { class: `md-heading md-h${marks.length}`, role: "heading", "aria-level": String(marks.length + 1) },
    inline(words),
  );
}

function list(lines) {
  const parsed = lines.map((line) => BULLET.exec(line));
  const ordered = parsed[0][2] !== undefined;
  const items = parsed.map(([, indent, , box, words]) => h(
    "li",
    { style: { "--indent": String(Math.floor(indent.length / 2)) }, class: box ? "todo" : null },
    box && h("span", { role: "img", "aria-label": box === " " ? "not done" : "done" }, box === " " ? "☐ " : "☑ "),
    inline(words),
  ));
  return h(ordered ? "ol" : "ul", { class: "rich-list", start: ordered ? parsed[0][2] : null }, items);
}

const isTable = (all) => all[0].includes("|") && /^\s*\|?[\s:|-]*-[\s:|-]*\|[\s:|-]*$/.test(all[1] ?? "");
const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

function table(all) {
  const head = cells(all.shift());
  const sides = cells(all.shift()).map((rule) => (!rule.endsWith(":") ? null : rule.startsWith(":") ? "center" : "right"));
  const cell = (tag, scope) => (words, index) => h(
    tag,
    { scope, style: sides[index] && { "text-align": sides[index] } },
    inline(words),
  );
  const rows = [];
  while (all.length && all[0].includes("|")) rows.push(cells(all.shift()));
  return h("div", { class: "table-wrap", role: "group", tabindex: "0", "aria-label": "Table" }, h(
    "table",
    null,
    h("thead", null, h("tr", null, head.map(cell("th", "col")))),
    h("tbody", null, rows.map((row) => h("tr", null, row.map(cell("td"))))),
  ));
}

const SPANS = [
  [/`([^`]+)`/, ([, code]) => h("code", null, code)],
  [/!\[([^\]]*)\]\(([^)\s]+)\)/, ([, alt, url]) => link(url, [alt || url])],
  [/\[([^\]]+)\]\(([^)\s]+)\)/, ([, label, url]) => link(url, inline(label))],
  [/\*\*(?=\S)(.+?)(?<=\S)\*\*|__(?=\S)(.+?)(?<=\S)__/, ([, a, b]) => h("strong", null, inline(a ?? b))],
  [/~~(?=\S)(.+?)(?<=\S)~~/, ([, words]) => h("del", null, inline(words))],
  [
    /(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)|(?<![\w_])_(?=\S)([^_]+?)(?<=\S)_(?!\w)/,
    ([, a, b]) => h("em", null, inline(a ?? b)),
  ],
];

function inline(text) {
  const found = SPANS.map(([pattern, build]) => ({ match: pattern.exec(text), build })).filter(({ match }) => match);
  if (!found.length) return leaf(text.replace(/\\([*_~`[\]|\\])/g, "$1"));
  const { match, build } = found.reduce((a, b) => (b.match.index < a.match.index ? b : a));
  return [...inline(text.slice(0, match.index)), build(match), ...inline(text.slice(match.index + match[0].length))];
}
