// Choosing who one is. Everybody in the company is there, with their function, their zone and what time
// it is for them. Called by the bar and the first steps.

import { h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { arrows, close, popover } from "../base/popover.js";
import { go, isBot, page } from "../base/state.js";
import { city, now, time } from "../base/zone.js";
import { avatar } from "../chat/avatar.js";

const BADGES = { guest: "Guest", stranger: "External", deactivated: "Deactivated" };

export function choosePerson(anchor) {
  const people = page.state.people.filter((one) => !isBot(one.id) && one.kind !== "bot");
  const rows = people.map(row);
  const list = h("div", { class: "people", role: "listbox", "aria-label": "People" }, rows);
  arrows(list, ".person:not([aria-disabled])");
  const intro = h(
    "p",
    { class: "people-intro" },
    "Be anybody in the company. Each has their own channels, messages and mornings.",
  );
  popover(anchor, [intro, list], { label: "Act as", wide: true });
  (list.querySelector("[aria-selected=true]") ?? list.querySelector(".person")).focus();
}

function row(one) {
  const gone = one.kind === "deactivated";
  const here = one.id === page.as;
  const badge = BADGES[one.kind] ?? (one.admin ? "Admin" : null);
  const pick = () => { if (gone) return; close({ refocus: true }); if (!here) go({ as: one.id, thread: null }); };
  return h(
    "button",
    {
      type: "button", role: "option", class: "person", "aria-selected": String(here),
      "aria-disabled": gone ? "true" : null, tabindex: gone ? "-1" : "0", onclick: pick,
    },
    avatar(one, 34),
    h(
      "span",
      { class: "person-words" },
      h("strong", null, one.real_name, badge && h("span", { class: "badge" }, badge)),
      h("small", null, one.title),
    ),
    one.news > 0 && h(
      "span",
      { class: "person-news", title: `${one.news} new from ${page.state.bot.name}` },
      `${one.news} new`,
    ),
    h("span", { class: "person-time" }, h("span", null, time(now(), one.tz)), h("small", null, city(one.tz))),
    h("span", { class: "person-here" }, here && icon("check", 18)),
  );
}
