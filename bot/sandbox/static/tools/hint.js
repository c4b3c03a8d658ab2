// "Try this": four first things for a newcomer, each a link that takes one there; dismissed for good.
// Called by the sidebar.

import { $, h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { go, page } from "../base/state.js";
import { compose } from "../chat/conversation.js";
import { openPeople } from "./bar.js";
import { showClock } from "./clock.js";

const card = h("section", { class: "hint", "aria-labelledby": "hint-title" });

const STEPS = [
  ["react", "React 💡 to a message in #sales", tryReaction],
  ["command", "Type /capture in a channel", tryCommand],
  ["person", "Act as somebody else", () => openPeople()],
  ["clock", "Move the clock", () => showClock()],
];

const phone = matchMedia("(max-width: 759px)");

/** The card; on a phone it stands above the composer, else at the foot of the sidebar. */
export function hint() {
  const close = h(
    "button",
    { type: "button", class: "button icon-only quiet", "aria-label": "Dismiss these hints", onclick: dismiss },
    icon("close", 16),
  );
  card.append(h("header", null, h("h2", { id: "hint-title" }, "Try this"), close), h("ol", null, STEPS.map(step)));
  card.hidden = localStorage.getItem("hint") === "dismissed";
  phone.addEventListener("change", settle);
  setTimeout(settle);
}

function settle() {
  (phone.matches ? $("#hint-slot") : $("#sidebar")).append(card);
}

export function showHint() {
  localStorage.removeItem("hint");
  card.hidden = false;
  $("button.hint-step", card).focus();
}

function dismiss() {
  localStorage.setItem("hint", "dismissed");
  card.hidden = true;
}

function step([name, words, take]) {
  const done = () => (localStorage.getItem(`tried-${name}`) ? "done" : "");
  const button = h(
    "button",
    { type: "button", class: `hint-step ${done()}` },
    h("span", { class: "hint-mark", "aria-hidden": "true" }),
    words,
  );
  button.addEventListener("click", async () => {
    localStorage.setItem(`tried-${name}`, "1");
    button.classList.add("done");
    document.body.classList.remove("drawer-open");
    await take();
  });
  return h("li", null, button);
}

function sales() {
  const mine = page.state.channels.filter((one) => one.member);
  return (mine.find((one) => one.name === "sales") ?? mine[0])?.id;
}

async function tryReaction() {
  go({ channel: sales() });
  const newest = () => [...document.querySelectorAll("#main .message:not(.ephemeral)")].at(-1);
  const message = await eventually(() => page.loaded === sales() && newest());
  message?.scrollIntoView({ block: "center" });
  message?.focus(); // its toolbar shows, and can take the focus, only then
  message?.querySelector("[data-focus=tool-quick-bulb]")?.focus();
  message?.classList.add("look-here");
  setTimeout(() => message?.classList.remove("look-here"), 4000);
}

async function tryCommand() {
  if (page.place.kind !== "channel") go({ channel: sales() });
  await eventually(() => $("#main .composer"));
  compose("/capture ");
}

/** Wait for something to appear, at most two seconds. */
async function eventually(look) {
  for (let turn = 0; turn < 40; turn += 1) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return null;
}
