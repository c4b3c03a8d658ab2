// "First steps": each job of the app once, and the two tools that make the most of a sandbox, each a link
// that takes one there; dismissed for good. What the app cannot do is not offered. Called by the sidebar.

import { $, h, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { address, go, on, page, refresh } from "../base/state.js";
import { compose } from "../chat/conversation.js";
import { closeDrawer } from "../chat/sidebar.js";
import { openPeople } from "./bar.js";
import { showClock } from "./clock.js";

const list = h("ol");
const card = h("section", { class: "hint", "aria-labelledby": "hint-title" });

/** Name, sign, words, what it needs of the app, and where it leads. */
const STEPS = [
  ["react", "💡", "React 💡 to a message in #sales", "/capture", tryReaction],
  ["decide", "⚖️", "Record a decision: /decision", "/decision", () => tryCommand("product", "/decision ")],
  ["checkin", "☀️", "See the check-in: /checkin", "/checkin", () => tryCommand("product", "/checkin ")],
  ["launch", "🚀", "Open the board pinned in #launches", "/launch", tryPins],
  ["digest", "📰", "Read ahead: /digest preview", "/digest", () => tryCommand("product", "/digest preview")],
  ["clock", "⏰", "Let the next morning come", null, tryClock],
  ["person", "👥", "Be somebody else", null, () => openPeople()],
];

const phone = matchMedia("(max-width: 759px)");

/** The card; on a phone it stands above the composer, else at the foot of the sidebar. */
export function hint() {
  const close = h(
    "button",
    { type: "button", class: "button icon-only quiet", "aria-label": "Dismiss these hints", onclick: dismiss },
    icon("close", 16),
  );
  card.append(h("header", null, h("h2", { id: "hint-title" }, "First steps"), close), list);
  card.hidden = localStorage.getItem("hint") === "dismissed";
  on("state", draw);
  phone.addEventListener("change", settle);
  setTimeout(settle);
}

/** What the app can do is known with the first answer and does not change. */
function draw() {
  if (list.childElementCount) return;
  const commands = new Set(page.state.commands.map(({ command }) => command));
  put(list, STEPS.filter(([, , , needs]) => !needs || commands.has(needs)).map(step));
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

function step([name, sign, words, , take]) {
  const done = () => (localStorage.getItem(`tried-${name}`) ? "done" : "");
  const button = h(
    "button",
    { type: "button", class: `hint-step ${done()}` },
    h("span", { class: "hint-mark", "aria-hidden": "true" }, sign),
    words,
  );
  button.addEventListener("click", async () => {
    localStorage.setItem(`tried-${name}`, "1");
    button.classList.add("done");
    closeDrawer();
    await take();
  });
  return h("li", null, button);
}

function room(wanted) {
  const mine = page.state.channels.filter((one) => one.member && one.kind !== "im");
  return (mine.find((one) => one.name === wanted) ?? mine[0])?.id;
}

/** Go there, and wait until everything is drawn: what is pointed at sooner is drawn anew under one's finger. */
async function enter(name) {
  const id = room(name);
  if (address({ channel: id }) !== location.hash) {
    const moved = new Promise((resolve) => { addEventListener("hashchange", resolve, { once: true }); });
    go({ channel: id });
    await moved;
  }
  await refresh();
  await eventually(() => page.loaded === id);
}

/** The newest message that nobody has set the emoji on yet: what comes of it shows at once. */
function worthReacting() {
  const said = [...page.messages].reverse();
  const fresh = said.find(({ bot, subtype, reactions }) => !bot && !subtype && !reactions.some(({ name }) => name === "bulb"));
  return document.querySelector(`#main .message[data-ts="${(fresh ?? said[0])?.ts}"]`);
}

async function tryReaction() {
  await enter("sales");
  const message = await eventually(worthReacting);
  message?.scrollIntoView({ block: "center" });
  message?.focus(); // its toolbar shows, and can take the focus, only then
  const bulb = message?.querySelector("[data-focus=tool-quick-bulb]");
  bulb?.focus();
  [message, bulb].forEach(lookHere);
}

function lookHere(found) {
  found?.classList.add("look-here");
  setTimeout(() => found?.classList.remove("look-here"), 4000);
}

/** The step to the next morning: in the bar, or where that has no room behind the time of day. */
function tryClock() {
  lookHere(showClock());
}

async function tryCommand(name, words) {
  await enter(name);
  await eventually(() => $("#main .composer"));
  compose(words);
}

async function tryPins() {
  await enter("launches");
  const pins = await eventually(() => $("#main .pins"));
  if (pins) pins.click();
  else compose("/launch ");
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
