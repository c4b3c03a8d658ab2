// What one can do with a message: quick reactions, thread, message shortcuts, link, edit, delete. Shown
// on hover, on focus and, on a phone, after a tap. Called by messages.

import { h } from "../base/dom.js";
import { glyph } from "../base/emoji.js";
import { icon } from "../base/icons.js";
import { arrows, menu } from "../base/popover.js";
import { act, address, emit, go, isBot, me, page, shown } from "../base/state.js";
import { ask } from "../blocks/confirm.js";
import { showNotices } from "../tools/notices.js";
import { beginEditing } from "./editing.js";
import { pickReaction, spoken, toggle } from "./reactions.js";

const QUICK = ["bulb", "ladybug", "eyes"];

export function toolbar(message, where) {
  const channel = shown();
  const latest = () => [
    ...page.messages, ...(page.thread?.messages ?? []),
  ].find((one) => one.ts === message.ts) ?? message;
  const quick = QUICK.map((name) => tool(
    `React with ${spoken(name)}`,
    glyph(name),
    () => toggle(latest(), channel, name),
    `quick-${name}`,
  ));
  const react = tool("Add a reaction", icon("smile", 18), () => pickReaction(react, latest(), channel), "react");
  const reply = tool(
    "Reply in thread",
    icon("thread", 18),
    () => go({ thread: message.thread_ts ?? message.ts }),
    "reply",
  );
  const more = tool(
    "More actions",
    icon("more", 18),
    () => menu(more, "More actions", actions(latest(), channel, more)),
    "more",
  );
  more.setAttribute("aria-haspopup", "menu");
  const bar = h(
    "div",
    { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    quick,
    react,
    where === "channel" && reply,
    more,
  );
  arrows(bar, ".tool", { horizontal: true });
  return bar;
}

function tool(label, face, run, name) {
  return h(
    "button",
    {
      type: "button", class: "tool", "aria-label": label, title: label, "aria-expanded": "false",
      data: { focus: `tool-${name}` }, onclick: run,
    },
    face,
  );
}

function actions(message, channel, anchor) {
  const shortcuts = page.state.shortcuts.filter(({ type }) => type === "message").map(({ name, callback_id: id }) => ({
    label: name, hint: page.state.bot.name, icon: "bolt", act: () => act(
      "message_shortcut",
      { callback_id: id, channel, ts: message.ts },
    ),
  }));
  const link = { label: "Copy link", icon: "link", act: () => copy(message, channel) };
  const notices = {
    label: "How it is notified",
    hint: "On a phone and on a desktop",
    icon: "bell",
    act: () => showNotices(anchor, message, channel),
  };
  const verb = message.pinned ? "unpin" : "pin";
  const keep = {
    label: message.pinned ? "Unpin from channel" : "Pin to channel",
    icon: "pin",
    act: () => act(verb, { channel, ts: message.ts }),
  };
  const keeping = message.subtype ? [] : [keep, notices];
  return [
    ...(shortcuts.length ? [...shortcuts, { separator: true }] : []), link, ...keeping, ...own(message, channel),
  ];
}

function own(message, channel) {
  const mine = message.user === page.as;
  const edit = { label: "Edit message", icon: "edit", act: () => beginEditing(message) };
  const remove = { label: "Delete message", icon: "trash", danger: true, act: () => destroy(message, channel) };
  if (mine) return [edit, remove];
  return me().admin && isBot(message.user) ? [remove] : [];
}

async function destroy(message, channel) {
  const yes = await ask({
    title: "Delete message",
    body: "Delete this message? This cannot be undone.",
    yes: "Delete",
    style: "danger",
  });
  if (yes) await act("delete", { channel, ts: message.ts });
}

async function copy(message, channel) {
  const reply = message.thread_ts && message.thread_ts !== message.ts;
  const where = { channel, thread: reply ? message.thread_ts : null, message: message.ts };
  const link = `${location.origin}/${address(where)}`;
  try {
    await navigator.clipboard.writeText(link);
    emit("note", { text: "Link copied.", tone: "info" });
  } catch {
    emit("note", { text: link, tone: "info" });
  }
}
