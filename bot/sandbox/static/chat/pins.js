// What a channel keeps at hand: the button in its header and the list behind it. Called by the
// conversation; pinning itself is in the toolbar.

import { h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { close, popover } from "../base/popover.js";
import { go, page, zone } from "../base/state.js";
import { civil, stamp } from "../base/zone.js";
import { plainly } from "../text/mrkdwn.js";
import { author } from "./message.js";
import { lookAt } from "./permalink.js";

/** The button that says how many there are; nothing where nothing is pinned. */
export function pinsButton() {
  const pinned = page.pinned;
  if (!pinned.length) return null;
  const words = `${pinned.length} pinned`;
  const button = h(
    "button",
    {
      type: "button", class: "pins", title: words, "aria-label": `${words}: show`, "aria-haspopup": "dialog",
      "aria-expanded": "false",
    },
    icon("pin", 16),
    String(pinned.length),
  );
  button.addEventListener("click", () => popover(button, list(pinned), { label: "Pinned messages", wide: true }));
  return button;
}

function list(pinned) {
  return h("div", { class: "pin-list" }, h("h2", null, "Pinned in this channel"), pinned.map(entry));
}

function entry(message) {
  const show = () => { close({ refocus: false }); jump(message); };
  return h(
    "button",
    { type: "button", class: "pin-entry", onclick: show },
    h("strong", null, author(message).name),
    h("small", null, stamp(civil(message.at), zone())),
    h("span", { class: "pin-words" }, plainly(message.text)),
  );
}

/** To the message itself, in its thread when it is a reply. */
function jump(message) {
  const reply = message.thread_ts && message.thread_ts !== message.ts;
  if (reply) go({ thread: message.thread_ts, message: message.ts });
  else if (!lookAt(message.ts)) go({ thread: message.ts });
}
