// What the app and Slack say to each other, newest first, for people who build or mistrust bots. Called
// once by main and toggled from the bar.

import { $, h, keyed, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { read } from "../base/net.js";
import { complain, on, page, zone } from "../base/state.js";
import { civil, format } from "../base/zone.js";

const KEEP = 400;
const log = { entries: [], last: 0, busy: false, only: "all" };
const list = h("ol", { class: "calls" });

export function inspector() {
  const close = h(
    "button",
    { type: "button", class: "button icon-only quiet", "aria-label": "Close inspector", onclick: toggleInspector },
    icon("close"),
  );
  put($("#inspector"), h("header", { class: "main-head" }, h("h2", null, "Inspector"), filters(), close), list);
  on("inspector", fetchNew);
  on("state", fetchNew);
  on("link", () => { if (page.link === "live") { Object.assign(log, { entries: [], last: 0 }); fetchNew(); } });
  $("#inspector").addEventListener("keydown", (event) => { if (event.key === "Escape") toggleInspector(); });
}

export function toggleInspector() {
  const pane = $("#inspector");
  pane.hidden = !pane.hidden;
  $("#inspector-button").setAttribute("aria-expanded", String(!pane.hidden));
  if (pane.hidden) $("#inspector-button").focus();
  else { fetchNew(); $("select", pane).focus(); }
}

function filters() {
  const select = h(
    "select",
    { class: "field", "aria-label": "Show" },
    [
      ["all", "Everything"], ["to_bot", "To the bot"], ["from_bot", "From the bot"], ["problem", "Problems"],
    ].map(([value, label]) => h("option", { value }, label)),
  );
  select.addEventListener("change", () => { log.only = select.value; draw(); });
  return select;
}

async function fetchNew() {
  if ($("#inspector").hidden || log.busy) return;
  log.busy = true;
  try {
    const { entries } = await read("inspector", { after: log.last });
    log.entries = [...log.entries, ...entries].slice(-KEEP);
    log.last = Math.max(log.last, ...entries.map(({ n }) => n));
  } catch (error) {
    complain(error);
  }
  log.busy = false;
  draw();
}

const WANTED = {
  all: () => true,
  to_bot: (one) => one.direction === "to_bot",
  from_bot: (one) => one.direction === "from_bot",
  problem: (one) => Boolean(one.problem),
};

function draw() {
  const wanted = log.entries.filter(WANTED[log.only]).reverse();
  if (!wanted.length) {
    put(list, h("li", { class: "options-note" }, "Nothing yet. Do something in a channel."));
    return;
  }
  keyed(list, wanted, { key: ({ n }) => n, sign: ({ n }) => String(n), build: entry });
}

function entry(one) {
  const inbound = one.direction === "to_bot";
  const bad = one.problem || (one.status && one.status >= 400);
  const head = h(
    "summary",
    null,
    h(
      "span",
      {
        class: `way ${one.direction}`,
        title: inbound ? "Slack to the bot" : "The bot to Slack",
        role: "img",
        "aria-label": inbound ? "to the bot" : "from the bot",
      },
      inbound ? "→" : "←",
    ),
    h("span", { class: "call-what" }, one.what),
    one.retry ? h("span", { class: "badge warn" }, `retry ${one.retry}`) : null,
    h("span", { class: `call-status${bad ? " bad" : ""}` }, one.status ?? "–"),
    h("span", { class: "call-ms" }, `${Math.round(one.ms)} ms`),
    h(
      "time",
      { datetime: one.at },
      format(civil(one.at), zone(), { hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    ),
  );
  const details = h(
    "details",
    null,
    head,
    one.problem && h("p", { class: "call-problem" }, icon("alert", 16), one.problem),
  );
  const show = () => details.append(json("Request", one.request), json("Response", one.response));
  details.addEventListener("toggle", show, { once: true });
  return h(
    "li",
    { class: bad ? "bad" : "" },
    details,
    !one.problem ? null : h("p", { class: "call-short" }, one.problem),
  );
}

function json(name, value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return h("div", { class: "json" }, h("h3", null, name), h("pre", { tabindex: "0" }, text ?? "–"));
}
