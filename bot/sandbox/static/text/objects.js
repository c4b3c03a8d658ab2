// Block Kit's text objects: plain_text and mrkdwn. Called by every block.

import { h } from "../base/dom.js";
import { leaf } from "./inline.js";
import { mrkdwn } from "./mrkdwn.js";

/** Nodes for a text object (or a bare string, which is plain). */
export function words(object) {
  if (!object) return [];
  if (typeof object === "string") return leaf(object, { links: false });
  if (object.type === "mrkdwn") return mrkdwn(object.text, { verbatim: object.verbatim });
  return object.emoji === false ? [object.text] : leaf(object.text ?? "", { links: false });
}

/** The same as a plain string, for labels of things. */
export function plain(object) {
  const box = h("span", null, words(object));
  return box.textContent.trim();
}

export function textBox(object, kind = "div") {
  return h(kind, { class: "text" }, words(object));
}
