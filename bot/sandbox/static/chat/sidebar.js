// The left side: workspace, channels, conversations and the app, with what is unread. Called once by
// main. On a phone it is a drawer.

import { $, h, keyed, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { address, botChannel, isBot, on, page, person, shown, title } from "../base/state.js";
import { avatar } from "./avatar.js";

const lists = h("div", { class: "side-lists" });

export function sidebar() {
  put(
    $("#sidebar"),
    h(
      "div",
      { class: "workspace" },
      h("span", { class: "workspace-tile", "aria-hidden": "true" }),
      h(
        "div",
        null,
        h("strong", { id: "workspace-name" }),
        h("small", null, "A local Slack: nothing leaves this computer"),
      ),
    ),
    lists,
  );
  on("state", draw);
  on("place", draw);
  $("#veil").addEventListener("click", closeDrawer);
  addEventListener("keydown", (event) => { if (event.key === "Escape") closeDrawer(); });
}

export function toggleDrawer() {
  const open = document.body.classList.toggle("drawer-open");
  drawerButton().setAttribute("aria-expanded", String(open));
  if (open) $("#sidebar a")?.focus();
}

const drawerButton = () => $("[aria-controls='sidebar']");

export function closeDrawer() {
  if (!document.body.classList.contains("drawer-open")) return;
  document.body.classList.remove("drawer-open");
  drawerButton().setAttribute("aria-expanded", "false");
  drawerButton().focus();
}

function draw() {
  if (!page.state) return;
  const { channels, workspace, bot } = page.state;
  $("#workspace-name").textContent = workspace.name;
  $(".workspace-tile").textContent = workspace.name.charAt(0);
  const rooms = channels.filter((one) => one.kind !== "im");
  const direct = channels.filter((one) => one.kind === "im" && !isBot(one.with));
  const groups = [
    { key: "channels", name: "Channels", rows: rooms.filter((one) => one.member).map(room) },
    { key: "more", name: "Other channels", rows: rooms.filter((one) => !one.member).map(room) },
    { key: "direct", name: "Direct messages", rows: direct.map(room) },
    { key: "apps", name: "Apps", rows: [app(bot)] },
  ].filter(({ rows }) => rows.length);
  keyed(lists, groups, { key: ({ key }) => key, sign: ({ name }) => name, build: group, update: fill });
}

function group({ key, name }) {
  return h(
    "section",
    { class: `side-group ${key}`, "aria-labelledby": `side-${key}` },
    h("h2", { id: `side-${key}` }, name),
    h("ul"),
  );
}

function fill(node, { rows }) {
  keyed(node.querySelector("ul"), rows, { key: ({ id }) => id, sign: (row) => JSON.stringify(row), build: row });
}

const ICONS = { private: "lock", shared: "shared" };

function room(one) {
  return {
    id: one.id,
    name: title(one),
    href: address({ channel: one.id }),
    icon: ICONS[one.kind] ?? "hash",
    with: one.with,
    unread: one.unread,
    mentions: one.mentions,
    here: page.place.kind === "channel" && shown() === one.id,
    away: !one.member && one.kind !== "im",
  };
}

function app(bot) {
  const unread = botChannel()?.unread ?? 0;
  return {
    id: "app",
    name: bot.name,
    href: address({ app: unread ? "messages" : "home" }),
    with: bot.user,
    unread,
    mentions: unread,
    here: page.place.kind === "app",
    off: bot.connected === false,
  };
}

function row(one) {
  const state = [one.here && "here", one.unread > 0 && "unread", one.away && "away"].filter(Boolean).join(" ");
  const face = one.with ? avatar(person(one.with) ?? { id: one.with }, 20) : icon(one.icon, 17);
  const count = one.mentions || (one.with ? one.unread : 0);
  const label = one.unread ? `${one.name}, ${one.unread} unread` : null;
  return h("li", null, h(
    "a",
    {
      href: one.href,
      class: `side-row ${state}`,
      "aria-current": one.here ? "page" : null,
      "aria-label": label,
      data: { focus: `side-${one.id}` },
    },
    face,
    h("span", { class: "side-name" }, one.name),
    one.off && h("span", { class: "dot off", title: "Not heard from the bot yet" }),
    count > 0 ? h("span", { class: "count-badge" }, count) : one.unread > 0 && h(
      "span",
      { class: "dot", title: `${one.unread} unread` },
    ),
  ));
}
