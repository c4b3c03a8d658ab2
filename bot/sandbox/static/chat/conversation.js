// The middle of the page: a channel, or the app with its Home and Messages tabs. Called once by main;
// afterwards it follows the state.

import { $, h, keyed, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { menu } from "../base/popover.js";
import { act, address, botChannel, channel, emit, me, on, page, refresh, shown, title } from "../base/state.js";
import { updateBlocks } from "../blocks/index.js";
import { surface } from "../blocks/surface.js";
import { avatar } from "./avatar.js";
import { composer } from "./composer.js";
import { messageList } from "./list.js";
import { pinsButton } from "./pins.js";
import { closeDrawer } from "./sidebar.js";

const list = messageList("channel", "Messages");
const writer = composer({ sent: list.toEnd });
const header = h("header", { class: "main-head" });
const home = h("div", { class: "home", hidden: true });
const footer = h("div", { class: "main-foot" });
const pins = h("span", { class: "pins-slot" });
const view = { key: null, news: null };

export function conversation() {
  put($("#main"), header, home, list.root, h("div", { id: "hint-slot" }), footer);
  on("place", moved);
  on("state", draw);
  on("messages", drawMessages);
}

/** Put words into the composer, for the first steps. */
export const compose = (text) => writer.fill(text);

export const focusMain = () => (list.root.hidden ? $("#main").focus() : writer.focus());

function moved() {
  const key = JSON.stringify([page.as, page.place.kind, page.place.tab, page.place.channel]);
  if (key === view.key) return;
  Object.assign(view, { key, news: null, read: false });
  list.reset();
  if (page.state && shown()) drawFoot(shown()); // at once: what is typed now belongs to the new place
  closeDrawer();
  if (page.place.kind === "app") openApp(page.place.tab);
}

/** Looking at a tab tells the app, as Slack does; the Messages tab needs its conversation first. */
async function openApp(tab) {
  if (!page.state) await refresh();
  if (tab === "home") { await act("open_home"); return; }
  if (!botChannel()) await act("open_dm", { user: page.state.bot.user });
  await act("open_messages");
}

function draw() {
  const isHome = page.place.kind === "app" && page.place.tab === "home";
  const gallery = page.place.kind === "gallery";
  $("#main").classList.toggle("is-gallery", gallery);
  header.hidden = gallery;
  home.hidden = !isHome;
  list.root.hidden = isHome || gallery;
  footer.hidden = isHome || gallery;
  if (gallery) return;
  const id = shown();
  put(header, page.place.kind === "app" ? appHead() : channelHead(channel(id)));
  if (isHome) drawHome();
  else drawFoot(id);
  const waiting = page.state.channels.reduce((sum, one) => sum + one.mentions, 0);
  const where = isHome || !channel(id) ? page.state.bot.name : heading(channel(id));
  document.title = `${waiting ? `(${waiting}) ` : ""}${where} · ${page.state.workspace.name}`;
}

const heading = (one) => (one.kind === "im" ? title(one) : `#${one.name}`);

// --- header -------------------------------------------------------------------------------------------

const KIND_ICON = { private: "lock", shared: "shared" };

function channelHead(one) {
  if (!one) return h("h1", null, page.state ? "Not a channel of yours" : "");
  const more = h(
    "button",
    {
      type: "button", class: "button icon-only quiet", "aria-label": "Channel actions", "aria-haspopup": "menu",
      "aria-expanded": "false",
    },
    icon("more"),
  );
  more.addEventListener("click", () => menu(more, "Channel actions", channelActions(one)));
  return [
    h("h1", null, one.kind !== "im" && icon(KIND_ICON[one.kind] ?? "hash", 18), title(one)),
    one.external && h("span", { class: "badge" }, "Shared with another company"),
    one.archived && h("span", { class: "badge warn" }, "Archived"),
    h("p", { class: "topic" }, one.topic),
    one.kind !== "im" && one.members && h(
      "span",
      { class: "members", title: `${one.members} members` },
      icon("user", 16),
      one.members,
    ),
    one.kind !== "im" && pins,
    one.kind === "im" ? null : more,
  ];
}

function channelActions(one) {
  const add = {
    label: `Add ${page.state.bot.name} to this channel`,
    icon: "plus",
    act: () => act("invite", { channel: one.id, user: page.state.bot.user }),
  };
  const link = {
    label: "Copy link to channel",
    icon: "link",
    act: () => navigator.clipboard?.writeText(`${location.origin}/${address({ channel: one.id })}`).then(() => emit(
      "note",
      { text: "Link copied.", tone: "info" },
    )),
  };
  const leave = { label: "Leave channel", icon: "door", danger: true, act: () => act("leave", { channel: one.id }) };
  const join = { label: "Join channel", icon: "join", act: () => act("join", { channel: one.id }) };
  return one.member ? [add, link, ...keeping(one), { separator: true }, leave] : [join, link];
}

/** Admins put channels away and bring them back. */
function keeping(one) {
  if (!me().admin) return [];
  const verb = one.archived ? "unarchive" : "archive";
  return [{
    label: one.archived ? "Bring the channel back" : "Archive channel",
    icon: "file",
    act: () => act(verb, { channel: one.id }),
  }];
}

function appHead() {
  const tab = (name, words) => h(
    "a",
    { href: address({ app: name }), "aria-current": page.place.tab === name ? "page" : null, class: "tab" },
    words,
  );
  return [
    h("h1", null, avatar({ id: page.state.bot.user }, 26), page.state.bot.name),
    h("nav", { class: "tabs", "aria-label": page.state.bot.name }, tab("home", "Home"), tab("messages", "Messages")),
    page.state.bot.connected === false && h("span", { class: "badge warn" }, "Not heard from the bot yet"),
  ];
}

// --- what is below the header ---------------------------------------------------------------------------

function drawHome() {
  const published = page.state.home;
  if (!published) {
    put(
      home,
      h(
        "div",
        { class: "blank" },
        avatar({ id: page.state.bot.user }, 56),
        h("h2", null, "Nothing here yet"),
        h("p", null, `${page.state.bot.name} fills this tab for ${me().real_name} when it is opened.`),
      ),
    );
    return;
  }
  const box = home.querySelector(".home-blocks") ?? h("div", { class: "home-blocks blocks" });
  if (!box.isConnected) put(home, box);
  updateBlocks(box, published.blocks, surface("home", page.as, { view: published.id }));
}

function drawFoot(id) {
  const one = channel(id);
  if (one?.archived) {
    put(footer, h("p", { class: "join-bar" }, "This channel is archived: one can read here, not write."));
    return;
  }
  if (one && !one.member && one.kind !== "im") { put(footer, joinBar(one)); return; }
  if (!writer.root.isConnected) put(footer, writer.root);
  if (one) writer.aim({ channel: id, label: `Message ${heading(one)}` });
}

function joinBar(one) {
  const join = h(
    "button",
    { type: "button", class: "button primary", onclick: () => act("join", { channel: one.id }) },
    "Join channel",
  );
  return h(
    "div",
    { class: "join-bar" },
    h("p", null, "You are looking at ", h("strong", null, heading(one)), "."),
    join,
  );
}

function drawMessages() {
  const id = page.loaded;
  if (!id || id !== shown()) return;
  const all = [...page.messages, ...page.ephemerals.map((one) => ({ ...one, ephemeral: true }))];
  all.sort((a, b) => (a.ts < b.ts ? -1 : 1));
  noteNews(id, all);
  drawPins();
  list.draw(id, all, { news: view.news });
  if (channel(id)?.unread && channel(id).member && document.hasFocus()) act("read", { channel: id });
}

/** Drawn anew only when something else is pinned, so that an open list keeps its button. */
function drawPins() {
  keyed(pins, page.pinned.length ? [page.pinned] : [], {
    key: () => "pins", sign: (all) => JSON.stringify(all.map(({ ts, text }) => [ts, text])), build: pinsButton,
  });
}

/** Where the unread ones begin, decided once when the channel is opened. */
function noteNews(id, all) {
  if (view.read) return;
  view.read = true;
  const unread = channel(id)?.unread ?? 0;
  const others = all.filter((one) => one.user !== page.as && !one.ephemeral && !one.subtype);
  view.news = unread ? (others.at(-unread)?.ts ?? null) : null;
}

addEventListener("focus", () => { if (page.state && channel(shown())?.unread) act("read", { channel: shown() }); });

