// What a line that begins with a slash does: the app's commands, and the few of Slack's own one needs
// here. Called by composers.

import { Refused } from "../base/net.js";
import { attempt, page } from "../base/state.js";

const OWN = [
  {
    command: "/invite",
    description: "Bring somebody into this channel, for example the app",
    usage_hint: "@somebody",
  },
  { command: "/remove", description: "Take somebody out of this channel", usage_hint: "@somebody" },
  { command: "/join", description: "Join a channel", usage_hint: "#channel" },
  { command: "/leave", description: "Leave this channel", usage_hint: "" },
];

const ALL_SLASHES = "In Slack, everything that starts with “/” is read as a command. "
  + "To send it as a message, put a space before the slash.";

/** Everything completion offers: the app's first. */
export function commands() {
  const app = page.state.commands.map((one) => ({ ...one, by: page.state.bot.name }));
  return [
    ...app,
    ...OWN.filter((own) => !app.some((one) => one.command === own.command)).map((one) => ({ ...one, by: "Slack" })),
  ];
}

export const isCommand = (text) => /^\/\S/.test(text);

/** Run it; throws Refused with a sentence when it cannot be. */
export async function run(text, channelId, thread) {
  const [, command, rest = ""] = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  const known = commands().find((one) => one.command === command);
  if (!known) throw new Refused(`${command} is not a valid command. ${ALL_SLASHES}`);
  if (thread) throw new Refused(`${command} is not supported in threads. Sorry! Mention @${botHandle()} instead.`);
  const words = known.by === "Slack" ? rest.trim().replace(/^[@#]/, "") : rest;
  return attempt("command", { channel: channelId, command, text: words });
}

const botHandle = () => page.state.people.find((one) => one.id === page.state.bot.user)?.name ?? page.state.bot.name;

/** The hint above the composer while a command is being typed. */
export function usage(text) {
  const [command] = text.split(/\s/, 1);
  const known = /^\/\S+\s/.test(text) && commands().find((one) => one.command === command);
  return known || null;
}
