// Between what a person types and Slack's wire form. The server turns typed words into it, as Slack's
// clients do; here are the way back, for editing, and who may follow an @.

import { isBot, page } from "../base/state.js";
import { unescape } from "./inline.js";

/** Everybody who can follow an @: people and the bot. */
export function mentionable() {
  return page.state.people.filter((one) => one.kind !== "deactivated" && (one.kind !== "bot" || isBot(one.id)));
}

const room = (id) => page.state.channels.find((one) => one.id === id)?.name ?? id;
const handle = (id) => page.state.people.find((one) => one.id === id)?.name ?? id;

/** What a person would type to get this text. */
export function asTyped(text) {
  const named = text
    .replace(/<@([UW]\w+)(?:\|[^>]*)?>/g, (_, id) => `@${handle(id)}`)
    .replace(/<#(\w+)(?:\|([^>]*))?>/g, (_, id, name) => `#${name || room(id)}`)
    .replace(/<!(channel|here|everyone)(?:\|[^>]*)?>/g, "@$1")
    .replace(/<([^!@#][^|>]*)(?:\|([^>]*))?>/g, (_, url, label) => label ?? url);
  return unescape(named);
}
