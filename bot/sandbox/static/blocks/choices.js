// Checkboxes and radio buttons: native inputs in a group, so every keyboard and reader knows them.

import { h, uid } from "../base/dom.js";
import { textBox } from "../text/objects.js";
import { bind, called } from "./states.js";

export function checkboxes(element, place) {
  const tied = bind(element, place);
  return group(element, place, "checkbox", (option) => tied.value().some((one) => same(one, option)), (all) => {
    tied.change(element.options.filter((_, index) => all[index].checked));
  });
}

export function radios(element, place) {
  const tied = bind(element, place);
  return group(element, place, "radio", (option) => same(tied.value(), option), (all) => {
    tied.change(element.options.find((_, index) => all[index].checked) ?? null);
  });
}

export const same = (a, b) => a?.value === b?.value && a?.text?.text === b?.text?.text;

function group(element, place, type, isOn, changed) {
  const name = uid("choice");
  const inputs = [];
  const rows = element.options.map((option) => {
    const input = h("input", { type, name, data: { focus: `${element.action_id}-${inputs.length}` } });
    input.checked = isOn(option);
    input.addEventListener("change", () => changed(inputs));
    inputs.push(input);
    const text = h(
      "span",
      null,
      textBox(option.text),
      option.description && h("small", null, textBox(option.description)),
    );
    return h("label", { class: "choice" }, input, text);
  });
  return h(
    "div",
    {
      class: "choices",
      role: type === "radio" ? "radiogroup" : "group",
      "aria-labelledby": place.label,
      "aria-label": place.label ? null : called(element, place),
      "aria-describedby": place.describedBy,
    },
    rows,
  );
}
