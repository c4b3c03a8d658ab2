// The page's own small set of line icons, drawn on a 20 px grid; no font, no download.

import { svg } from "./dom.js";

const PATHS = {
  hash: "M4 7.5h12.5M3.5 12.5H16M8 3.5l-1.6 13M13.6 3.5 12 16.5",
  lock: "M5 9h10v7.5H5zM7 9V6.5a3 3 0 0 1 6 0V9",
  shared: "M8.5 11.5l3-3M9 6l1.6-1.6a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.6 1.6a3.5 3.5 0 0 1-5-5L6 9",
  bolt: "M11 2.5 4.5 11.5h5L9 17.5l6.5-9h-5z",
  smile: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 11.5c.6 1.4 1.7 2.1 3 2.1s2.4-.7 3-2.1M7.6 8h.01M12.4 8h.01",
  at: "M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0zm0 0v1.3a1.9 1.9 0 0 0 3.8 0V10A6.8 6.8 0 1 0 13.6 15.8",
  send: "M3.5 10 16.5 4l-4.4 12.5-3-5.2zM9.1 11.3 16.5 4",
  thread: "M4 4.5h12v8.5H9.5L6 16v-3H4zM7.2 7.6h5.6M7.2 10h3.6",
  bell: "M5.5 13.5V9a4.5 4.5 0 0 1 9 0v4.5l1.5 1.5H4zM8.7 17.3h2.6",
  more: "M4.7 10h.6M9.7 10h.6M14.7 10h.6",
  link: "M8.5 11.5l3-3M9 6l1.6-1.6a3.5 3.5 0 0 1 5 5L14 11M11 14l-1.6 1.6a3.5 3.5 0 0 1-5-5L6 9",
  close: "M5 5l10 10M15 5 5 15",
  back: "M12 4.5 6.5 10l5.5 5.5",
  down: "M5.5 8 10 12.5 14.5 8",
  right: "M8 5.5 12.5 10 8 14.5",
  left: "M12 5.5 7.5 10l4.5 4.5",
  clock: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6v4.2l2.8 1.7",
  pulse: "M2.5 10.5H6l2-6 3.5 11 2.2-5h3.8",
  menu: "M3.5 6h13M3.5 10h13M3.5 14h13",
  check: "M4.5 10.5 8.3 14.2 15.5 6.5",
  search: "M9 14.5a5.5 5.5 0 1 0 0-11 5.5 5.5 0 0 0 0 11zM13 13l3.5 3.5",
  plus: "M10 4v12M4 10h12",
  trash: "M4 6h12M8 6V4.2h4V6M5.5 6l.8 10.3h7.4L14.5 6",
  edit: "M4 16l.7-3.3L13 4.4l2.6 2.6-8.3 8.3z",
  grid: "M3.8 3.8h5v5h-5zM11.2 3.8h5v5h-5zM3.8 11.2h5v5h-5zM11.2 11.2h5v5h-5z",
  image: "M3.5 4.5h13v11h-13zM3.5 13l3.8-3.8 3 3 2.2-2.2 4 4M12.8 7.6h.01",
  file: "M5.5 3h6l3.5 3.5V17H5.5zM11.5 3v3.5H15",
  video: "M3.5 5.5h9v9h-9zM12.5 9l4-2.2v6.4l-4-2.2",
  user: "M10 10a3.2 3.2 0 1 0 0-6.4A3.2 3.2 0 0 0 10 10zM3.8 16.8c.8-3 3.2-4.6 6.2-4.6s5.4 1.6 6.2 4.6",
  calendar: "M4 5h12v11.5H4zM4 8.5h12M7.2 3v3.4M12.8 3v3.4",
  pin: "M7 3.5h6M8 3.5v5L5.5 11v1.5h9V11L12 8.5v-5M10 12.5v4.5",
  alert: "M10 3.5 17.2 16H2.8zM10 8v3.6M10 13.8h.01",
  info: "M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.2v4.3M10 6.6h.01",
  up_thumb: "M4 9h2.5v7H4zM6.5 9.2 9.8 3.6c1.3 0 2 .9 1.7 2.2L11 8.4h4.2c.9 0 1.5.8 1.3 1.7l-1.1 4.7c-.2.7-.7 1.2-1.5 1.2H6.5",
  down_thumb: "M16 11h-2.5V4H16zM13.5 10.8l-3.3 5.6c-1.3 0-2-.9-1.7-2.2l.5-2.6H4.8c-.9 0-1.5-.8-1.3-1.7l1.1-4.7c.2-.7.7-1.2 1.5-1.2h7.4",
  out: "M8 5H5v10h10v-3M11.5 4.5h4v4M15 5l-6 6",
  join: "M10 4v12M4 10h12",
  door: "M11 4H5v12h6M9 10h8M14 7l3 3-3 3",
};

/** A decorative icon; the element around it carries the name. */
export function icon(name, size = 20) {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] ?? PATHS.info }),
  );
}

/** Throughline's mark: one line that runs through three points. */
export function mark(size = 20) {
  return svg(
    "svg",
    { class: "mark", viewBox: "0 0 20 20", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    svg("path", { d: "M2.5 13.5C6 13.5 6 6.5 10 6.5s4 7 7.5 7" }),
    svg("circle", { cx: 4, cy: 13.2, r: 2 }),
    svg("circle", { cx: 10, cy: 6.5, r: 2 }),
    svg("circle", { cx: 16, cy: 13.2, r: 2 }),
  );
}
