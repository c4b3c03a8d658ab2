// What the page knows: who acts, where they look, and the server's answers about it. One place
// re-fetches (coalesced, never out of order) and tells the others what changed. The address's hash
// is the only other memory: #as=U0MAYA&channel=C0SALES&thread=… survives a reload and can be shared.

import { follow, post, read, Refused } from "./net.js";
import { setClock } from "./zone.js";

export const page = {
  as: null, place: { kind: "channel", channel: null, thread: null, tab: null },
  state: null, messages: [], ephemerals: [], pinned: [], thread: null, loaded: null, link: "live", dismissed: null,
};

const FIRST = "U0MAYA";
const GALLERIES = { "#gallery": "examples", "#specimens": "specimens" };
const listeners = new Map();

/** Call back when something changed: state, messages, thread, place, link, note, push, inspector. */
export function on(topic, listener) {
  listeners.set(topic, [...(listeners.get(topic) ?? []), listener]);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

export const me = () => page.state?.me;
export const zone = () => page.state?.me?.tz ?? "UTC";
export const person = (id) => page.state?.people.find((one) => one.id === id) ?? null;
export const channel = (id) => page.state?.channels.find((one) => one.id === id) ?? null;
export const isBot = (id) => Boolean(id) && id === page.state?.bot.user;
/** The direct conversation with the bot, once there is one. */
export const botChannel = () => page.state?.channels.find((one) => one.kind === "im" && isBot(one.with)) ?? null;

export function title(one) {
  if (one.kind !== "im") return one.name;
  return isBot(one.with) ? page.state.bot.name : (person(one.with)?.real_name ?? one.name);
}

// --- where we are -------------------------------------------------------------------------------

export function address(change) {
  const place = { as: page.as, ...flat(), ...change };
  if ("channel" in change || "app" in change) place.thread = change.thread ?? null;
  if (change.channel) place.app = null;
  if (change.app) place.channel = null;
  const pairs = Object.entries(place).filter(([, value]) => value);
  return `#${pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}

export function go(change) {
  location.hash = address(change);
}

function flat() {
  const { kind, channel: id, thread, tab } = page.place;
  return kind === "app" ? { app: tab, thread } : { channel: id, thread };
}

/** Read the address; true when the acting person is another one. */
function readAddress() {
  const gallery = GALLERIES[location.hash];
  const wanted = new URLSearchParams(gallery ? "" : location.hash.slice(1));
  const before = page.as;
  page.as = wanted.get("as") ?? before ?? localStorage.getItem("as") ?? FIRST;
  localStorage.setItem("as", page.as);
  const tab = wanted.get("app");
  page.place = gallery ? { ...page.place, kind: "gallery", shows: gallery } : {
    kind: tab ? "app" : "channel", tab, channel: wanted.get("channel") ?? null, thread: wanted.get("thread"),
    message: wanted.get("message"),
  };
  return page.as !== before;
}

/** The channel whose messages are on screen: the bot's conversation when its Messages tab is. */
export function shown() {
  const { kind, tab, channel: id } = page.place;
  if (kind === "gallery") return null;
  if (kind === "app") return tab === "messages" ? (botChannel()?.id ?? null) : null;
  return channel(id) ? id : firstChannel();
}

function firstChannel() {
  const mine = page.state?.channels.filter((one) => one.member && one.kind !== "im") ?? [];
  return (mine.find((one) => one.name === "sales") ?? mine[0])?.id ?? null;
}

// --- keeping up ---------------------------------------------------------------------------------

let stop = null;
let running = null;
let again = false;

export async function begin() {
  addEventListener("hashchange", moved);
  await moved();
}

async function moved() {
  const another = readAddress();
  if (another) listen();
  page.thread = null;
  emit("place");
  await refresh();
}

function listen() {
  stop?.();
  stop = follow(page.as, heard, (link) => {
    const back = page.link === "lost" && link === "live";
    page.link = link;
    emit("link");
    if (back) refresh();
  });
}

function heard(event) {
  if (["note", "push", "inspector"].includes(event.kind)) emit(event.kind, event);
  else refresh();
}

/** Fetch what is shown; calls during a fetch make one more afterwards. */
export function refresh() {
  if (running) { again = true; return running; }
  running = (async () => {
    do { again = false; await fetchAll(); } while (again);
  })().catch(recover).finally(() => { running = null; });
  return running;
}

/** An address with somebody who is not here begins again as the first person. */
function recover(error) {
  if (page.state || page.as === FIRST) complain(error);
  else location.hash = `#as=${FIRST}`;
}

async function fetchAll() {
  const as = page.as;
  const state = await read("state", { as });
  if (as !== page.as) { again = true; return; }
  take(state);
  const id = shown();
  const thread = page.place.thread;
  const [list, replies] = await Promise.all([
    id ? read("messages", { as, channel: id }) : null,
    id && thread ? read("messages", { as, channel: id, thread }) : null,
  ]);
  if (as !== page.as || id !== shown() || thread !== page.place.thread) { again = true; return; }
  Object.assign(page, {
    messages: list?.messages ?? [], ephemerals: list?.ephemerals ?? [], pinned: list?.pinned ?? [], thread: replies,
    loaded: id,
  });
  emit("messages");
  emit("thread");
}

function take(state) {
  page.state = state;
  setClock(state.clock);
  if (page.dismissed !== state.modal?.id) page.dismissed = null;
  emit("state");
}

/** Hide a view at once while the server (and the bot) still hear that it was closed. */
export function dismiss(view) {
  page.dismissed = view;
  emit("state");
}

// --- acting -------------------------------------------------------------------------------------

/** Do something as the acting person; a refusal becomes a toast and null. */
export async function act(verb, body = {}) {
  try {
    const result = await post(verb, { as: page.as, ...body });
    await refresh();
    return result;
  } catch (error) {
    complain(error);
    return null;
  }
}

/** The same without the toast, for callers that show the refusal themselves. */
export async function attempt(verb, body = {}) {
  const result = await post(verb, { as: page.as, ...body });
  refresh();
  return result;
}

export function complain(error) {
  if (!(error instanceof Refused)) console.error(error);
  emit("note", { text: error.message, tone: "error" });
}
