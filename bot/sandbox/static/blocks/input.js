// The input block: label, element, hint and the place where its error will stand. Called by index.js.

import { h, uid } from "../base/dom.js";
import { plain } from "../text/objects.js";
import { element } from "./elements.js";

export function inputBlock(block, surface) {
  const label = uid("label");
  const hint = block.hint ? uid("hint") : null;
  const error = uid("error");
  const place = { block, surface, input: true, label, describedBy: [hint, error].filter(Boolean).join(" ") };
  const optional = block.optional ? h("span", { class: "optional" }, "optional") : null;
  const drawn = element(block.element, place);
  const caption = h("div", { class: "input-label", id: label }, plain(block.label), optional);
  caption.addEventListener("click", () => drawn.querySelector("input, textarea, button")?.focus() ?? drawn.focus?.());
  return [
    caption,
    drawn,
    h("div", { class: "input-error", id: error, role: "alert" }),
    hint && h("div", { class: "input-hint", id: hint }, plain(block.hint)),
  ].filter(Boolean);
}

/** Show (or, with null, take away) the error beside an input block. */
export function showError(root, blockId, text) {
  const box = root.querySelector(`[data-block="${CSS.escape(blockId)}"]`);
  const place = box?.querySelector(".input-error");
  if (!place) return null;
  place.textContent = text ?? "";
  box.classList.toggle("in-error", Boolean(text));
  const field = box.querySelector(".field, .select-button, .choices");
  if (text) field?.setAttribute("aria-invalid", "true");
  else field?.removeAttribute("aria-invalid");
  return field?.matches(".choices") ? field.querySelector("input") : field;
}
