// Correcting one's own message in place. Called by messages and their toolbar.

import { h } from "../base/dom.js";
import { act, emit } from "../base/state.js";
import { asTyped } from "../text/compose.js";

let current = null;

export const isEditing = (message) => current === message.ts;

export function beginEditing(message) {
  current = message.ts;
  emit("messages");
  emit("thread");
}

function end() {
  current = null;
  emit("messages");
  emit("thread");
}

export function editor(message, channel) {
  const area = h(
    "textarea",
    {
      class: "field", rows: "3", "aria-label": "Edit message", value: asTyped(message.text ?? ""),
      data: { focus: "editor" },
    },
  );
  const save = async () => {
    if (await act("edit", { channel, ts: message.ts, text: area.value })) end();
  };
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") end();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save(); }
  });
  setTimeout(() => area.focus());
  return h(
    "div",
    { class: "editor" },
    area,
    h(
      "div",
      { class: "buttons" },
      h("button", { type: "button", class: "button", onclick: end }, "Cancel"),
      h("button", { type: "button", class: "button primary", onclick: save }, "Save"),
    ),
  );
}
