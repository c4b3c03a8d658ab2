// The clock one can move: what time it is for the acting person and steps forward. Called by the bar.

import { $, announce, h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { popover } from "../base/popover.js";
import { act, emit, on, page, zone } from "../base/state.js";
import { city, day, format, hourMinute, instant, now, stamp } from "../base/zone.js";

const STEPS = [["1 hour", "+1 hour"], ["next morning", "Next morning"], ["next monday", "Next Monday"]];

export function clockBox() {
  const face = h(
    "button",
    {
      type: "button", class: "clock-face", "aria-haspopup": "dialog", "aria-expanded": "false",
      title: "Move the clock", onclick: () => more(face),
    },
    icon("clock", 18),
    h(
      "span",
      { class: "clock-words" },
      h("span", { class: "clock-now" }),
      h("span", { class: "clock-now-short" }),
      h("small", { class: "clock-city" }),
    ),
  );
  const steps = STEPS.map(([advance, label]) => stepButton(advance, label));
  on("state", tick);
  setInterval(tick, 1000);
  return h(
    "div",
    { class: "clock", role: "group", "aria-label": "The sandbox's clock" },
    face,
    h("div", { class: "clock-steps" }, steps),
  );
}

/** Bring the step to the next morning to somebody's notice, for the first steps: the button, focused. */
export function showClock() {
  const shown = $(".clock-steps");
  if (!shown.checkVisibility()) $(".clock-face").click();
  const step = $(`${shown.checkVisibility() ? ".clock-steps" : ".clock-grid"} [data-step="next morning"]`);
  step.focus();
  return step;
}

function stepButton(advance, label) {
  const button = h("button", { type: "button", class: "step", data: { step: advance } }, label);
  button.addEventListener("click", () => move(button, { advance }));
  return button;
}

async function move(button, step) {
  button.classList.add("busy");
  const result = await act("clock", { ...step, walk: true });
  button.classList.remove("busy");
  if (!result) return;
  const words = `It is now ${stamp(now(), zone())} in ${city(zone())}.`;
  announce(words);
  emit("note", { text: words, tone: "info" });
}

function tick() {
  if (!page.state) return;
  $(".clock-now").textContent = stamp(now(), zone());
  $(".clock-now-short").textContent = format(now(), zone(), { weekday: "short", hour: "2-digit", minute: "2-digit" });
  $(".clock-city").textContent = `${city(zone())}${moved()}`;
}

/** How far from the real time we are, in words, so nobody is surprised. */
function moved() {
  const hours = Math.round(page.state.clock.offset_seconds / 3600);
  if (!hours) return "";
  const far = Math.abs(hours) < 48 ? `${Math.abs(hours)} h` : `${Math.round(Math.abs(hours) / 24)} days`;
  return ` · ${far} ${hours > 0 ? "ahead" : "behind"}`;
}

function more(anchor) {
  const date = h("input", { type: "date", class: "field", "aria-label": "Date", value: day(now(), zone()) });
  const clock = h("input", { type: "time", class: "field", "aria-label": "Time", value: hourMinute(now(), zone()) });
  const set = h("button", { type: "button", class: "button primary" }, "Go there");
  set.addEventListener("click", () => {
    if (!date.value || !clock.value) return;
    move(set, { set: new Date(instant(date.value, clock.value, zone()) * 1000).toISOString() });
  });
  const all = [STEPS[0], ["1 day", "+1 day"], ...STEPS.slice(1)];
  const steps = all.map(([advance, label]) => stepButton(advance, label));
  popover(anchor, h(
    "div",
    { class: "clock-more" },
    h("p", null, "What falls due on the way happens on the way."),
    h("div", { class: "clock-grid" }, steps),
    h("div", { class: "pair" }, date, clock, set),
  ), { label: "Move the clock" });
  $(".clock-grid .step").focus();
}
