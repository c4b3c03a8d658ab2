// What Slack's own client refuses before a form is sent: required fields left empty, addresses that
// are none, too few letters. Called by the modal's submit.

import { isEmpty } from "./states.js";

/** {block_id: sentence} for the input blocks that cannot be sent yet. */
export function missing(blocks, memory) {
  const wrong = {};
  for (const block of blocks.filter(({ type }) => type === "input")) {
    const state = memory.get(block.block_id, block.element.action_id);
    const text = !state || isEmpty(state) ? required(block) : CHECKS[block.element.type]?.(
      state.value,
      block.element,
    );
    if (text) wrong[block.block_id] = text;
  }
  return wrong;
}

const required = (block) => (block.optional ? null : "Please complete this required field.");

const CHECKS = {
  plain_text_input: (value, { min_length: least }) =>
    (least && value.length < least ? `Please write at least ${least} characters.` : null),
  email_text_input: (value) => (/^\S+@\S+\.\S+$/.test(value) ? null : "Please enter a valid email address."),
  url_text_input: (value) => (/^https?:\/\/\S+$/.test(value) ? null : "Please enter a valid URL (http or https)."),
  number_input: number,
};

function number(value, { is_decimal_allowed: decimal, min_value: low, max_value: high }) {
  const parsed = Number(value);
  if (!Number.isFinite(parsed)) return "Please enter a number.";
  if (!decimal && !Number.isInteger(parsed)) return "Please enter a whole number.";
  if (low !== undefined && parsed < Number(low)) return `Please enter ${low} or more.`;
  if (high !== undefined && parsed > Number(high)) return `Please enter ${high} or less.`;
  return null;
}
