// What kind of Slack this is: as forgiving as most, or as awkward as some. Called by the bar's menu.

import { $, h, uid } from "../base/dom.js";
import { read, send } from "../base/net.js";
import { popover } from "../base/popover.js";
import { complain } from "../base/state.js";

const MODES = [
  ["rate_limits", "Count calls", "Too many are refused for a while, by Slack’s tiers"],
  ["slow_history", "Short history", "Fifteen messages a minute, as for apps sold outside Slack’s Marketplace"],
  ["replies_refused", "No replies for bots", "Threads in channels cannot be read"],
];

export async function showModes(anchor) {
  try {
    const now = await read("modes");
    const rows = MODES.map(([name, label, hint]) => row(name, label, hint, now[name]));
    const list = h("div", { class: "pin-list mode-list" }, h("h2", null, "Awkward Slack"), rows);
    popover(anchor, list, { label: "Awkward Slack", wide: true });
    $("input", list).focus();
  } catch (error) {
    complain(error);
  }
}

function row(name, label, hint, on) {
  const id = uid("mode");
  const box = h("input", { type: "checkbox", id, checked: on });
  box.addEventListener("change", () => send("modes", { [name]: box.checked }).catch((error) => {
    box.checked = !box.checked;
    complain(error);
  }));
  return h("label", { class: "choice", for: id }, box, h("span", null, label, h("small", null, hint)));
}
