// How a message is notified: what a phone's lock screen and a desktop show of it, side by side, and to
// whom. They read different words, which is why both should begin the same. Called by the toolbar.

import { $, h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { read } from "../base/net.js";
import { close, popover } from "../base/popover.js";
import { complain, page, person } from "../base/state.js";
import { plainly } from "../text/mrkdwn.js";

export async function showNotices(anchor, { ts }, channel) {
  try {
    const push = await read("push", { as: page.as, channel, ts });
    const shut = h(
      "button",
      { type: "button", class: "button icon-only quiet", "aria-label": "Close", onclick: () => close() },
      icon("close", 16),
    );
    const head = h("header", { class: "notices-head" }, h("p", null, reached(push.people)), shut);
    popover(anchor, [head, h("div", { class: "notices" }, phone(push), desktop(push)), verdict(push)], {
      label: "How it is notified", wide: true,
    });
    $("button", head).focus();
  } catch (error) {
    complain(error);
  }
}

function reached(people) {
  const names = people.map((id) => person(id)?.real_name ?? id);
  if (!names.length) return "It notifies nobody: the channel only turns bold.";
  const [few, rest] = [names.slice(0, 3), names.length - 3];
  return `It notifies ${few.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

const card = (push, words) => h(
  "div",
  { class: "push" },
  h("span", { class: "push-app", "aria-hidden": "true" }, page.state.workspace.name.charAt(0)),
  h("span", { class: "push-words" }, h("strong", null, push.title), h("span", null, words)),
  h("small", { "aria-hidden": "true" }, "now"),
);

const screen = (kind, name, why, push, words) => h(
  "figure",
  { class: `notice ${kind}` },
  h("figcaption", null, h("strong", null, name), h("small", null, why)),
  card(push, words),
);

const phone = (push) => screen(
  "phone", "On a phone", "Reads the top-level text only, and cuts it.", push, plainly(push.text),
);
const desktop = (push) => screen(
  "desktop", "On a desktop", "Reads the blocks first, since 13 July 2026.", push, plainly(push.desktop),
);

/** The first line is all that many people see. */
function verdict(push) {
  const [short, long] = [push.text, push.desktop].map((text) => plainly(text.split("\n")[0]));
  if (short === long) return null;
  return h("p", { class: "notices-verdict" }, icon("alert", 16), "The two begin with different words.");
}
