// The strip on top that is the sandbox's, not the chat's: who one acts as, what time it is and how to
// move it, the inspector and the gallery. Called once by main.

import { $, h, hidden, keyed, put } from "../base/dom.js";
import { icon, mark } from "../base/icons.js";
import { menu } from "../base/popover.js";
import { go, on, page } from "../base/state.js";
import { city, now, time } from "../base/zone.js";
import { avatar } from "../chat/avatar.js";
import { toggleDrawer } from "../chat/sidebar.js";
import { choosePerson } from "./actas.js";
import { clockBox } from "./clock.js";
import { showHint } from "./hint.js";
import { toggleInspector } from "./inspector.js";
import { showModes } from "./modes.js";

const who = h("div", { class: "bar-who" });

export function bar() {
  const drawer = h(
    "button",
    { type: "button", class: "bar-button only-phone", "aria-label": "Channels", "aria-controls": "sidebar", "aria-expanded": "false", onclick: toggleDrawer },
    icon("menu"),
  );
  const brand = h("div", { class: "brand" }, mark(22), h("span", null, "Throughline ", h("em", null, "sandbox")));
  put($("#bar"), drawer, brand, who, clockBox(), tools());
  on("state", draw);
  on("link", drawLink);
  setInterval(() => page.state && draw(), 10_000);
}

/** Open the list of people, for the first steps. */
export const openPeople = () => $(".who-button").click();

function draw() {
  const { me } = page.state;
  keyed(who, [me], { key: () => "who", sign: (one) => JSON.stringify(one), build: whoButton });
  const others = page.state.people.filter((one) => one.id !== me.id && one.news).length;
  put($(".who-news", who), others ? h("span", { class: "person-news", title: newsFor(others) }, others) : null);
  put(
    $(".who-detail", who),
    me.title,
    h("span", { class: "who-time" }, ` · ${time(now(), me.tz)} in ${city(me.tz)}`),
  );
}

const newsFor = (count) => `${page.state.bot.name} wrote to ${count === 1 ? "one other" : `${count} others`}`;

function whoButton(me) {
  const button = h(
    "button",
    {
      type: "button",
      class: "who-button",
      "aria-haspopup": "dialog",
      "aria-expanded": "false",
      data: { focus: "who" },
    },
    avatar(me, 32),
    h(
      "span",
      { class: "who-words" },
      h("span", { class: "who-name" }, h("small", null, "You are "), h("strong", null, me.real_name)),
      h("small", { class: "who-detail" }),
    ),
    h("span", { class: "who-switch" }, "Switch", hidden(" person"), h("span", { class: "who-news" }), icon("down", 16)),
  );
  button.addEventListener("click", () => choosePerson(button));
  return button;
}

function tools() {
  const inspector = h(
    "button",
    {
      type: "button", class: "bar-button", "aria-expanded": "false", id: "inspector-button",
      onclick: toggleInspector,
    },
    icon("pulse", 18),
    h("span", null, "Inspector"),
  );
  const more = h(
    "button",
    {
      type: "button", class: "bar-button", "aria-label": "More of the sandbox", "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("more", 18),
  );
  more.addEventListener("click", () => menu(more, "More of the sandbox", entries(more)));
  return h("div", { class: "bar-tools" }, inspector, more);
}

function entries(anchor) {
  return [
    page.state?.gallery && {
      label: "Gallery",
      hint: "Everything the app can show, at its smallest and largest",
      icon: "grid",
      act: () => { location.hash = "#gallery"; },
    },
    {
      label: "Blocks",
      hint: "Every kind of block Slack knows, as it looks here",
      icon: "grid",
      act: () => { location.hash = "#specimens"; },
    },
    { label: "Inspector", hint: "What the app and Slack say to each other", icon: "pulse", act: toggleInspector },
    {
      label: "Awkward Slack",
      hint: "Count calls, shorten the history, refuse replies",
      icon: "bolt",
      act: () => showModes(anchor),
    },
    {
      label: "First steps",
      hint: "Each job once",
      icon: "bolt",
      act: () => { go({ channel: page.place.channel }); showHint(); },
    },
  ].filter(Boolean);
}

function drawLink() {
  document.body.classList.toggle("is-lost", page.link === "lost");
}
