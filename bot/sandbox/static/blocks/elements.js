// Buttons and everything button-like, and the table from an element's type to what draws it. Called
// by section, actions, input, card and context_actions blocks.

import { h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { menu } from "../base/popover.js";
import { emit } from "../base/state.js";
import { plain, words } from "../text/objects.js";
import { picture } from "./media.js";
import { checkboxes, radios } from "./choices.js";
import { confirmed } from "./confirm.js";
import { dateField, dateTimeField, fileField, numberField, richField, textField, timeField } from "./fields.js";
import { select } from "./select.js";

/** Draw one element in its place: {block, surface, input, label}. */
export function element(one, place) {
  const draw = DRAW[one.type];
  if (draw) return draw(one, place);
  return h("span", { class: "not-drawn" }, `“${one.type ?? "?"}” is not drawn here`);
}

const SELECTS = [
  "static", "external", "users", "conversations", "channels",
].flatMap((kind) => [`${kind}_select`, `multi_${kind}_select`]);

const DRAW = {
  button, workflow_button: workflow, overflow, image: (one) => picture(
    one,
    "small",
  ), feedback_buttons: feedback, icon_button: iconButton,
  checkboxes, radio_buttons: radios, datepicker: dateField, timepicker: timeField, datetimepicker: dateTimeField,
  plain_text_input: textField, email_text_input: textField, url_text_input: textField, number_input: numberField,
  rich_text_input: richField, file_input: fileField, ...Object.fromEntries(SELECTS.map((type) => [type, select])),
};

/** Run a click once: asked first, busy while the bot has it. */
async function press(node, one, place, input) {
  if (node.getAttribute("aria-disabled") === "true") return;
  if (one.confirm && !(await confirmed(one.confirm))) return;
  node.setAttribute("aria-disabled", "true");
  node.classList.add("busy");
  await place.surface.click(place.block.block_id, one.action_id, input);
  node.removeAttribute("aria-disabled");
  node.classList.remove("busy");
}

function button(one, place) {
  const style = one.style === "danger" ? " danger" : one.style === "primary" ? " primary" : "";
  const node = h(
    "button",
    {
      type: "button", class: `button${style}`, "aria-label": one.accessibility_label,
      data: { focus: `a-${one.action_id}` },
    },
    h("span", null, words(one.text)),
    one.url && icon("out", 15),
  );
  node.addEventListener("click", () => {
    if (one.url && /^https?:/i.test(one.url)) open(one.url, "_blank", "noopener,noreferrer");
    press(node, one, place, { value: one.value });
  });
  return node;
}

/** Slack runs it and tells the app nothing; there is nothing to run here. */
function workflow(one) {
  const label = one.accessibility_label;
  const node = h("button", { type: "button", class: "button", "aria-label": label }, icon("bolt", 15), words(one.text));
  node.addEventListener("click", () => emit("note", { text: "Workflows do not run in this sandbox.", tone: "info" }));
  return node;
}

function overflow(one, place) {
  const node = h(
    "button",
    {
      type: "button", class: "button icon-only", "aria-label": "More options", "aria-haspopup": "menu",
      "aria-expanded": "false", data: { focus: `a-${one.action_id}` },
    },
    icon("more"),
  );
  const choose = (option) => () => {
    if (option.url && /^https?:/i.test(option.url)) open(option.url, "_blank", "noopener,noreferrer");
    press(node, one, place, { selected_option: option });
  };
  const entries = (one.options ?? []).map((option) => ({
    label: plain(option.text),
    hint: option.description && plain(option.description),
    act: choose(option),
  }));
  node.addEventListener("click", () => menu(node, "More options", entries));
  return node;
}

function feedback(one, place) {
  const thumb = (half, name, fallback) => {
    const node = h(
      "button",
      {
        type: "button",
        class: "button icon-only quiet",
        title: plain(half.text),
        "aria-label": half.accessibility_label ?? (plain(half.text) || fallback),
        "aria-pressed": "false",
      },
      icon(name, 18),
    );
    node.addEventListener("click", () => {
      node.setAttribute("aria-pressed", "true");
      press(node, one, place, { text: half.text, value: half.value });
    });
    return node;
  };
  return h(
    "span",
    { class: "feedback" },
    thumb(one.positive_button, "up_thumb", "Good"),
    thumb(one.negative_button, "down_thumb", "Bad"),
  );
}

function iconButton(one, place) {
  const label = one.accessibility_label ?? (plain(one.text) || "Delete");
  const node = h(
    "button",
    { type: "button", class: "button icon-only quiet", title: plain(one.text), "aria-label": label },
    icon("trash", 18),
  );
  node.addEventListener("click", () => press(node, one, place, { value: one.value }));
  return node;
}
