// data_visualization: pie, bar, line and area as plain SVG, with a legend; the numbers in words for screen
// readers, and as a table for everybody. Called by index.js.

import { h, svg, uid } from "../base/dom.js";
import { frame } from "./tables.js";

const COLOURS = 6;
const colour = (index) => `var(--chart-${(index % COLOURS) + 1})`;
const WIDTH = 480;
const HEIGHT = 240;
const LEFT = 54;
const BOTTOM = 44;
const TOP = 10;
const PHONE_LETTER = 9.5; // a phone draws letters larger against the chart, or nobody could read them

export function chart(block) {
  const { chart: data } = block;
  const heading = uid("chart");
  const [drawing, legend] = data.type === "pie" ? pie(data) : plot(data);
  return h(
    "figure",
    { class: `chart ${data.type}`, "aria-labelledby": heading },
    h("figcaption", { id: heading }, block.title),
    h("div", { class: "chart-row" }, drawing, legend),
    numbers(data, block.title),
  );
}

/** The same as a table, for whoever cannot or would rather not read a drawing. */
function numbers(data, title) {
  const lines = data.type === "pie" ? [{ name: "Value", data: data.segments }] : data.series;
  const cell = (line, label) => line.data.find((one) => one.label === label)?.value;
  const row = ({ label }) => h(
    "tr",
    null,
    h("th", { scope: "row" }, label),
    lines.map((line) => h("td", { class: "number" }, number(cell(line, label) ?? 0))),
  );
  const names = lines.map(({ name }) => h("th", { scope: "col", class: "number" }, name));
  const grid = h(
    "table",
    null,
    h("caption", { class: "visually-hidden" }, title),
    h("thead", null, h("tr", null, h("th", { scope: "col" }, data.axis_config?.x_label ?? ""), names)),
    h("tbody", null, lines[0].data.map(row)),
  );
  return h("details", { class: "chart-numbers" }, h("summary", null, "Show as a table"), frame(grid, title));
}

const key = (names, values = []) => h(
  "ul",
  { class: "legend" },
  names.map((name, index) => h(
    "li",
    null,
    h("span", { class: "swatch", style: { background: colour(index) } }),
    h("span", null, name),
    values[index] !== undefined && h("strong", null, values[index]),
  )),
);

const number = (value) => new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 }).format(value);

// --- pie ------------------------------------------------------------------------------------------

function pie({ segments }) {
  const total = segments.reduce((sum, { value }) => sum + value, 0) || 1;
  let from = -Math.PI / 2;
  const slices = segments.map(({ label, value }, index) => {
    const to = from + (value / total) * 2 * Math.PI;
    const slice = svg(
      "path",
      { d: arc(from, to), fill: colour(index) },
      svg("title", {}, `${label}: ${number(value)}`),
    );
    from = to;
    return slice;
  });
  const share = segments.map(({ value }) => `${number(value)} · ${Math.round((value / total) * 100)}%`);
  const said = segments.map(({ label }, index) => `${label} ${share[index]}`).join(", ");
  const drawing = svg(
    "svg",
    { viewBox: "-104 -104 208 208", class: "pie", role: "img", "aria-label": said },
    slices,
    svg("circle", { r: 56, class: "hole" }),
  );
  return [drawing, key(segments.map(({ label }) => label), share)];
}

function arc(from, to) {
  const end = Math.min(to, from + 2 * Math.PI - 0.0001);
  const at = (angle) => `${(100 * Math.cos(angle)).toFixed(3)} ${(100 * Math.sin(angle)).toFixed(3)}`;
  return `M0 0L${at(from)}A100 100 0 ${end - from > Math.PI ? 1 : 0} 1 ${at(end)}Z`;
}

// --- axes -----------------------------------------------------------------------------------------

function plot({ type, series, axis_config: axis = {} }) {
  const categories = axis.categories ?? series[0].data.map(({ label }) => label);
  const at = (data, name) => data.find(({ label }) => label === name)?.value ?? 0;
  const values = series.map(({ data }) => categories.map((name) => at(data, name)));
  const scale = scaled(values.flat());
  const step = (WIDTH - LEFT - 8) / categories.length;
  const middle = (index) => LEFT + step * (index + 0.5);
  const marks = { bar: bars, line: lines, area: areas }[type];
  const said = series.map((
    { name },
    at,
  ) => `${name}: ${categories.map((label, index) => `${label} ${number(values[at][index])}`).join(", ")}`).join("; ");
  const drawing = svg(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": said },
    grid(scale),
    names(categories, middle, step),
    marks(values, { scale, step, middle, series, categories }),
    axisTitles(axis),
  );
  return [drawing, series.length > 1 ? key(series.map(({ name }) => name)) : null];
}

/** Round steps from zero (or below) to above the largest value. */
function scaled(values) {
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1);
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough);
  const floor = Math.floor(low / step) * step;
  const count = Math.ceil((high - floor) / step);
  const ticks = Array.from({ length: count + 1 }, (_, index) => floor + index * step);
  const y = (value) => TOP + (1 - (value - floor) / (count * step)) * (HEIGHT - TOP - BOTTOM);
  return { ticks, y };
}

function grid({ ticks, y }) {
  return ticks.flatMap((tick) => [
    svg("line", { x1: LEFT, x2: WIDTH - 8, y1: y(tick), y2: y(tick), class: tick === 0 ? "axis" : "gridline" }),
    svg("text", { x: LEFT - 6, y: y(tick) + 3.5, class: "tick end" }, number(tick)),
  ]);
}

/** As many names as fit; the others are in the marks' titles. */
function names(categories, middle, step) {
  const longest = Math.max(...categories.map((name) => name.length));
  const every = Math.max(1, Math.ceil((Math.min(longest, 12) * PHONE_LETTER + 6) / step));
  const short = (name) => (name.length > 12 ? `${name.slice(0, 11)}…` : name);
  return categories.map((name, index) => (index % every ? null : svg(
    "text",
    { x: middle(index), y: HEIGHT - BOTTOM + 17, class: "tick mid" },
    short(name),
  )));
}

function axisTitles({ x_label: x, y_label: y }) {
  return [
    x && svg("text", { x: (LEFT + WIDTH) / 2, y: HEIGHT - 4, class: "axis-title mid" }, x),
    y && svg(
      "text",
      { x: 0, y: 0, class: "axis-title mid", transform: `translate(12 ${(HEIGHT - BOTTOM) / 2}) rotate(-90)` },
      y,
    ),
  ];
}

function bars(values, { scale, step, middle, series, categories }) {
  const width = Math.min(26, (step * 0.72) / values.length);
  return values.flatMap((row, at) => row.map((value, index) => {
    const x = middle(index) + (at - values.length / 2) * width;
    const [top, base] = [scale.y(Math.max(0, value)), scale.y(Math.min(0, value))];
    return svg(
      "rect",
      { x, y: top, width: Math.max(1, width - 2), height: Math.max(0, base - top), rx: 2, fill: colour(at) },
      svg("title", {}, `${series[at].name} · ${categories[index]}: ${number(value)}`),
    );
  }));
}

const points = (row, { scale, middle }) => row.map((value, index) => `${middle(index)} ${scale.y(value)}`);

function lines(values, frame) {
  return values.flatMap((row, at) => [
    svg("path", { d: `M${points(row, frame).join("L")}`, class: "line", stroke: colour(at) }),
    row.map((value, index) => svg(
      "circle",
      { cx: frame.middle(index), cy: frame.scale.y(value), r: 3, fill: colour(at) },
      svg("title", {}, `${frame.series[at].name} · ${frame.categories[index]}: ${number(value)}`),
    )),
  ]);
}

function areas(values, frame) {
  const base = frame.scale.y(0);
  const shapes = values.map((row, at) => svg(
    "path",
    {
      d: `M${frame.middle(0)} ${base}L${points(row, frame).join("L")}L${frame.middle(row.length - 1)} ${base}Z`,
      class: "area",
      fill: colour(at),
    },
  ));
  return [...shapes, ...lines(values, frame)];
}
