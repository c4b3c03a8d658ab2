// Links to messages: what Slack's own permalinks mean here, and how the message they name is shown.
// Called once by main; texts ask it where a link leads, pins use it to show a message.

import { address, on, page } from "../base/state.js";

const LOOK_SECONDS = 3;
const PERMALINK = /^https:\/\/([\w-]+)\.slack\.com\/archives\/([A-Z0-9]+)\/p(\d{10})(\d{6})(?:\?(.*))?$/;
let shown = null;

export function permalinks() {
  on("place", () => { shown = null; });
  on("messages", look);
  on("thread", look);
}

/** The address in this page for a permalink of this workspace; null for any other link. */
export function inside(url) {
  const found = PERMALINK.exec(url);
  if (!found || found[1] !== page.state?.workspace.domain) return null;
  const [, , channel, seconds, micros, query] = found;
  const thread = new URLSearchParams(query ?? "").get("thread_ts");
  return address({ channel, thread, message: `${seconds}.${micros}` });
}

function look() {
  const { message } = page.place;
  if (message && shown !== message && lookAt(message)) shown = message;
}

/** Bring a message into sight and point at it; false when it is not on the page. */
export function lookAt(ts) {
  const where = page.place.thread && page.place.thread !== ts ? "#thread" : "#main";
  const node = document.querySelector(`${where} .message[data-ts="${CSS.escape(ts)}"]`);
  if (!node) return false;
  node.scrollIntoView({ block: "center" });
  node.focus({ preventScroll: true });
  node.classList.add("look-here");
  setTimeout(() => node.classList.remove("look-here"), LOOK_SECONDS * 1000);
  return true;
}
