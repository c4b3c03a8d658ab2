// An element's state in Slack's own shape ({"type": "datepicker", "selected_date": …}): what it is at
// first, whether it is empty, and what happens when it changes. Called by every interactive element.

import { shown } from "../base/state.js";
import { plain } from "../text/objects.js";
import { confirmed } from "./confirm.js";

const BARE = {
  plain_text_input: "value", email_text_input: "value", url_text_input: "value", number_input: "value",
  rich_text_input: "rich_text_value", file_input: "files",
  static_select: "selected_option", external_select: "selected_option", radio_buttons: "selected_option",
  multi_static_select: "selected_options", multi_external_select: "selected_options", checkboxes: "selected_options",
  users_select: "selected_user", multi_users_select: "selected_users",
  conversations_select: "selected_conversation", multi_conversations_select: "selected_conversations",
  channels_select: "selected_channel", multi_channels_select: "selected_channels",
  datepicker: "selected_date", timepicker: "selected_time", datetimepicker: "selected_date_time",
};

/** The name of the field that holds this element's value; undefined for buttons. */
export const field = (element) => BARE[element.type];

const CALLED = {
  datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time", rich_text_input: "Words",
  checkboxes: "Choices", radio_buttons: "Choices",
};

/** What an element without a label is called: its placeholder, the words it stands beside, or its kind. */
export const called = (element, { block }) =>
  plain(element.placeholder) || plain(block.text) || (CALLED[element.type] ?? "Field");

export const isMany = (element) => field(element)?.endsWith("s") ?? false;

export function stateOf(element, value) {
  return { type: element.type, [field(element)]: value };
}

export function initial(element) {
  const name = field(element);
  if (!name) return null;
  const given = element[name.replace("selected_", "initial_").replace(/^(value|rich_text_value)$/, "initial_value")];
  const here = element.default_to_current_conversation ? current(element) : undefined;
  return stateOf(element, given ?? here ?? (isMany(element) ? [] : null));
}

function current(element) {
  const id = shown();
  return isMany(element) ? [id].filter(Boolean) : id;
}

export function isEmpty(state) {
  const value = state?.[BARE[state.type]];
  return value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
}

/**
 * Tie an element to its place: value() is what it shows now, change(value) keeps it and tells who
 * must know. In an input block that is nobody until the form is sent, unless dispatch_action.
 */
export function bind(element, place) {
  const { surface, block } = place;
  const ids = [block.block_id, element.action_id];
  const begin = initial(element);
  surface.memory.begin(...ids, begin);
  const value = () => (surface.memory.get(...ids) ?? begin)?.[field(element)];
  const change = (next, how = "chosen") => {
    const state = stateOf(element, next);
    return place.input ? keep(ids, state, how, element, place) : tell(ids, state, element, place);
  };
  return { value, change, ids };
}

async function tell(ids, state, element, { surface }) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  surface.memory.set(...ids, state, { quiet: true });
  await surface.click(...ids, state);
  return true;
}

async function keep(ids, state, how, element, { surface, block }) {
  const told = block.dispatch_action === true && dispatches(element, how);
  surface.memory.set(...ids, state, { quiet: told });
  surface.edited(block.block_id);
  if (told) await surface.dispatch(...ids, state);
  return true;
}

function dispatches(element, how) {
  const on = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  if (how === "typed") return on.includes("on_character_entered");
  if (how === "entered") return on.includes("on_enter_pressed");
  return true;
}
