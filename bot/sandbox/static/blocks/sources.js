// Where a select's entries come from, in one shape: {key, label, hint, group, value, person, icon}.
// Called by select.js.

import { page, person, channel, isBot, title } from "../base/state.js";
import { plain } from "../text/objects.js";

/** {search(query) → {items, note}, item(value) → entry, slow, hint(query)} for an element. */
export function source(element, place) {
  if (element.type.endsWith("external_select")) return external(element, place);
  if (element.type.endsWith("users_select")) return ids(people(), user);
  if (element.type.endsWith("channels_select")) return ids(channels(), conversation);
  if (element.type.endsWith("conversations_select")) return ids(conversations(element.filter), conversation);
  const all = grouped(element);
  return { item: option, search: async (query) => ({ items: matching(all, query) }) };
}

function option(value, group = null) {
  return {
    key: `${value.value}\n${value.text?.text}`, label: plain(value.text), value, group,
    hint: value.description ? plain(value.description) : null,
  };
}

function grouped({ options, option_groups: groups }) {
  if (groups) return groups.flatMap((group) => (group.options ?? []).map((one) => option(one, plain(group.label))));
  return (options ?? []).map((one) => option(one));
}

const matching = (items, query) => {
  const want = query.trim().toLowerCase();
  return want ? items.filter((item) => `${item.label} ${item.hint ?? ""}`.toLowerCase().includes(want)) : items;
};

const ids = (all, item) => ({ item, search: async (query) => ({ items: matching(all.map(item), query) }) });

const people = () => page.state.people.map((one) => one.id);

function user(id) {
  const one = person(id);
  const hint = one?.kind === "deactivated" ? "deactivated" : one?.title;
  return { key: id, value: id, label: one?.real_name ?? id, hint, person: one };
}

const channels = () => page.state.channels.filter((one) => one.kind === "public").map((one) => one.id);

const KINDS = { public: ["public", "shared"], private: ["private"], im: ["im"], mpim: [] };

function conversations(filter) {
  const wanted = (filter?.include ?? ["public", "private", "im"]).flatMap((kind) => KINDS[kind] ?? []);
  const known = page.state.channels.filter((one) => wanted.includes(one.kind));
  const visible = known.filter((one) => one.member || one.kind === "public");
  return visible.filter((one) => !(filter?.exclude_bot_users && isBot(one.with))).map((one) => one.id);
}

function conversation(id) {
  const one = channel(id);
  const icons = { private: "lock", shared: "shared", im: "user" };
  return {
    key: id, value: id, label: one ? title(one) : id, icon: icons[one?.kind] ?? "hash", hint: one?.topic || null,
  };
}

function external(element, place) {
  const least = element.min_query_length ?? 3;
  const short = `Type at least ${least} letter${least === 1 ? "" : "s"}`;
  const hint = (query) => (query.trim().length < least ? short : null);
  const search = async (query) => {
    try {
      return { items: grouped(await place.surface.options(place.block.block_id, element.action_id, query)) };
    } catch (error) {
      return { items: [], note: error.message };
    }
  };
  return { item: option, slow: true, hint, search };
}
