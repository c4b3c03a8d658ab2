// Slack's date tokens, `<!date^1700000000^{date_short} at {time}|fallback>`, in the viewer's zone.
// Called by the mrkdwn and rich-text renderers.

import { ago, format, nearDay, time } from "../base/zone.js";

const DAY = { day: "numeric", month: "long", year: "numeric" };
const SHORT = { day: "numeric", month: "short", year: "numeric" };
const LONG = { weekday: "long", ...DAY };

const lower = (word) => word.charAt(0).toLowerCase() + word.slice(1);

/** "today" in the middle of a sentence, "Today" at its beginning. */
const pretty = (options) => (date, tz, first) => {
  const near = nearDay(date, tz);
  if (!near) return format(date, tz, options);
  return first ? near : lower(near);
};
const plain = (options) => (date, tz) => format(date, tz, options);

const TOKENS = {
  date_num: (date, tz) => format(date, tz, { year: "numeric", month: "2-digit", day: "2-digit" })
    .split("/").reverse().join("-"),
  date: plain(DAY), date_short: plain(SHORT), date_long: plain(LONG), date_long_full: plain(LONG),
  date_slash: plain({ day: "2-digit", month: "2-digit", year: "numeric" }),
  date_pretty: pretty(DAY), date_short_pretty: pretty(SHORT), date_long_pretty: pretty(LONG),
  day_divider_pretty: pretty({ weekday: "long", day: "numeric", month: "long" }),
  time, time_secs: plain({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
  ago: (date) => ago(date),
};

/** Fill a format; null when it asks for something Slack does not know, so the fallback is shown. */
export function fillDate(seconds, pattern, tz) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return null;
  let unknown = false;
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name, index) => {
    if (!TOKENS[name]) { unknown = true; return whole; }
    return TOKENS[name](date, tz, index === 0);
  });
  return unknown ? null : text;
}
