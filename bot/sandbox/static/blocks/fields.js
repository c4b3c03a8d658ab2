// Fields one types into: text, mail, address, number, date, time, rich text, file. Native inputs
// throughout; what was typed is kept on every key. Called through elements.js.

import { h } from "../base/dom.js";
import { upload } from "../base/net.js";
import { complain, page, zone } from "../base/state.js";
import { day, hourMinute, instant } from "../base/zone.js";
import { plain } from "../text/objects.js";
import { bind, called } from "./states.js";

const shared = (element, place) => ({
  placeholder: plain(element.placeholder) || null,
  "aria-labelledby": place.label, "aria-describedby": place.describedBy,
  "aria-label": place.label ? null : called(element, place),
  data: { focus: element.action_id },
  autofocus: element.focus_on_load,
});

const KINDS = { email_text_input: "email", url_text_input: "url", plain_text_input: "text" };

export function textField(element, place) {
  const tied = bind(element, place);
  const props = { ...shared(element, place), value: tied.value() ?? "", maxlength: element.max_length ?? 3000 };
  const node = element.multiline
    ? h("textarea", { class: "field", rows: "4", ...props })
    : h("input", { class: "field", type: KINDS[element.type] ?? "text", autocomplete: "off", ...props });
  typing(node, element, tied, place, (text) => text || null);
  return element.max_length ? counted(node, element) : node;
}

export function numberField(element, place) {
  const tied = bind(element, place);
  const props = {
    ...shared(element, place),
    value: tied.value() ?? "",
    min: element.min_value,
    max: element.max_value,
    step: element.is_decimal_allowed ? "any" : "1",
  };
  const node = h("input", { class: "field short", type: "number", ...props });
  typing(node, element, tied, place, (text) => text || null);
  return node;
}

/** Slack keeps rich text as sections; a plain text area here makes one section of the lines. */
export function richField(element, place) {
  const tied = bind(element, place);
  const node = h(
    "textarea",
    {
      class: "field",
      rows: String(Math.max(3, element.min_lines ?? 4)),
      ...shared(element, place),
      value: richToPlain(tied.value()),
    },
  );
  typing(node, element, tied, place, plainToRich);
  return node;
}

function typing(node, element, tied, place, read) {
  node.addEventListener("input", () => tied.change(read(node.value), "typed"));
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || element.multiline || node.tagName === "TEXTAREA") return;
    event.preventDefault();
    if (place.block.dispatch_action) tied.change(read(node.value), "entered");
    else place.surface.enter?.();
  });
}

function counted(node, element) {
  const left = h("small", { class: "counter", "aria-hidden": "true" });
  const show = () => {
    const rest = element.max_length - node.value.length;
    left.textContent = rest <= Math.max(20, element.max_length / 10) ? String(rest) : "";
  };
  node.addEventListener("input", show);
  show();
  return h("span", { class: "counted" }, node, left);
}

function richToPlain(value) {
  const words = (part) => (part.elements ?? []).map((one) => one.text ?? "").join("");
  return (value?.elements ?? []).map(words).join("\n");
}

function plainToRich(text) {
  if (!text.trim()) return null;
  return { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }] };
}

// --- dates and times ------------------------------------------------------------------------------

export function dateField(element, place) {
  const tied = bind(element, place);
  const node = h(
    "input",
    { class: "field short", type: "date", ...shared(element, place), value: tied.value() ?? "" },
  );
  node.addEventListener("change", () => { if (sensible(node.value)) tied.change(node.value || null); });
  return node;
}

export function timeField(element, place) {
  const tied = bind(element, place);
  const node = h(
    "input",
    { class: "field short", type: "time", ...shared(element, place), value: tied.value() ?? "" },
  );
  node.addEventListener("change", () => tied.change(node.value || null));
  return node;
}

export function dateTimeField(element, place) {
  const tied = bind(element, place);
  const at = tied.value() ? new Date(tied.value() * 1000) : null;
  const date = h(
    "input",
    { class: "field short", type: "date", ...shared(element, place), value: at ? day(at, zone()) : "" },
  );
  const time = h(
    "input",
    { class: "field short", type: "time", "aria-label": "Time", value: at ? hourMinute(at, zone()) : "" },
  );
  const changed = () => {
    if (sensible(date.value) && date.value && time.value) tied.change(instant(date.value, time.value, zone()));
  };
  for (const one of [date, time]) one.addEventListener("change", changed);
  return h("span", { class: "pair" }, date, time);
}

/** While a year is being typed the browser reports 0002 and 0020: not yet. */
const sensible = (date) => !date || date >= "1900";

// --- files ------------------------------------------------------------------------------------------

export function fileField(element, place) {
  const tied = bind(element, place);
  const kinds = (element.filetypes ?? []).map((kind) => `.${kind}`).join(",");
  const node = h(
    "input",
    {
      class: "field", type: "file", multiple: (element.max_files ?? 10) > 1, accept: kinds || null,
      ...shared(element, place),
    },
  );
  node.addEventListener(
    "change",
    () => Promise.all([...node.files].map((file) => upload(page.as, file))).then(tied.change, complain),
  );
  return node;
}
