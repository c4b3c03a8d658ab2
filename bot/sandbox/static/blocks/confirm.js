// The "Are you sure?" a bot may hang on any element. Called before an element tells the server.

import { h } from "../base/dom.js";
import { plain, words } from "../text/objects.js";

/** Ask; true when the person said yes. Escape and a click outside mean no. */
export function confirmed({ title, text, confirm, deny, style }) {
  return ask({
    title: plain(title), body: words(text), yes: plain(confirm) || "Yes", no: plain(deny) || "Cancel", style,
  });
}

/** The page's own questions look the same. */
export function ask({ title, body, yes, no = "Cancel", style = "primary" }) {
  return new Promise((resolve) => {
    const box = h("dialog", { class: "confirm", "aria-labelledby": "confirm-title" });
    const end = (value) => () => { box.close(); box.remove(); resolve(value); };
    box.append(
      h("h2", { id: "confirm-title" }, title),
      h("div", { class: "text" }, body),
      h(
        "div",
        { class: "buttons end" },
        h("button", { type: "button", class: "button", onclick: end(false) }, no),
        h(
          "button",
          { type: "button", class: `button ${style === "danger" ? "danger solid" : "primary"}`, onclick: end(true) },
          yes,
        ),
      ),
    );
    box.addEventListener("cancel", (event) => { event.preventDefault(); end(false)(); });
    box.addEventListener("click", (event) => { if (event.target === box) end(false)(); });
    document.body.append(box);
    box.showModal();
  });
}
