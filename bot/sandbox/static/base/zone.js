// Times as the acting person sees them. The sandbox's civil clock can be moved, so nothing else on
// the page asks the computer what time it is. Called by everything that shows a time.

const LOCALE = "en-GB";
const formats = new Map();

const clock = { offset: 0 };

/** Take over the server's clock: real time plus what was added by hand. */
export function setClock({ offset_seconds: offset }) {
  clock.offset = offset * 1000;
}

export function now() {
  return new Date(Date.now() + clock.offset);
}

/** Parse the server's civil time; one without a zone is UTC. */
export function civil(iso) {
  return new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`);
}

export function format(date, tz, options) {
  const key = tz + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALE, { timeZone: tz, ...options }));
  return formats.get(key).format(date);
}

export const time = (date, tz) => format(date, tz, { hour: "2-digit", minute: "2-digit" });

export const stamp = (date, tz) =>
  format(date, tz, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

/** "2026-11-24" in that zone: sorts and compares. */
export function day(date, tz) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", { timeZone: tz, year: "numeric", month: "2-digit", day: "2-digit" })
      .formatToParts(date).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** -1, 0, 1 … days from today in that zone. */
export function daysFromToday(date, tz) {
  const at = (d) => Date.parse(`${day(d, tz)}T00:00:00Z`);
  return Math.round((at(date) - at(now())) / 86_400_000);
}

const NEAR = { "-1": "Yesterday", 0: "Today", 1: "Tomorrow" };

export function nearDay(date, tz) {
  return NEAR[daysFromToday(date, tz)] ?? null;
}

export function dayTitle(date, tz) {
  const sameYear = day(date, tz).slice(0, 4) === day(now(), tz).slice(0, 4);
  const long = { weekday: "long", day: "numeric", month: "long", year: sameYear ? undefined : "numeric" };
  return nearDay(date, tz) ?? format(date, tz, long);
}

/** The city of a zone, as people say it. */
export const city = (tz) => tz.split("/").at(-1).replaceAll("_", " ");

/** The instant of a wall time in a zone, in seconds; wanders in until the offsets agree. */
export function instant(dateText, timeText, tz) {
  const wall = Date.parse(`${dateText}T${timeText.slice(0, 5)}:00Z`);
  let guess = wall;
  for (let round = 0; round < 3; round += 1) guess = wall - offsetAt(guess, tz);
  return Math.floor(guess / 1000);
}

function offsetAt(millis, tz) {
  const date = new Date(Math.floor(millis / 60_000) * 60_000);
  return Date.parse(`${day(date, tz)}T${hourMinute(date, tz)}:00Z`) - date.getTime();
}

/** "09:05" in that zone. */
export function hourMinute(date, tz) {
  return format(date, tz, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

const STEPS = [[60, "second"], [3600, "minute"], [86_400, "hour"], [604_800, "day"], [2_629_800, "week"],
  [31_557_600, "month"], [Infinity, "year"]];
const SIZE = { second: 1, minute: 60, hour: 3600, day: 86_400, week: 604_800, month: 2_629_800, year: 31_557_600 };

/** "3 hours ago", "in 2 days". */
export function ago(date) {
  const seconds = (date - now()) / 1000;
  const unit = STEPS.find(([limit]) => Math.abs(seconds) < limit)[1];
  return new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" }).format(Math.round(seconds / SIZE[unit]), unit);
}
