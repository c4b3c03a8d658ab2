// Every example the app handed in, by feature, name and size, in a phone's or a desktop's width, with
// what Slack would refuse about it; and one specimen of each block Slack knows. Called once by main;
// shown at #gallery and #specimens.

import { $, h, put } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { read } from "../base/net.js";
import { address, complain, on, page } from "../base/state.js";
import { drawBlocks } from "../blocks/index.js";
import { picture } from "../blocks/surface.js";
import { attachment } from "../chat/attachments.js";
import { avatar } from "../chat/avatar.js";
import { plain } from "../text/objects.js";
import { mrkdwn } from "../text/mrkdwn.js";

const root = h("div", { class: "gallery", hidden: true });
const view = { shows: null, all: null, problems: {}, feature: "", size: "", width: "desktop" };
const TITLES = { examples: "Gallery", specimens: "Blocks" };

export function gallery() {
  $("#main").append(root);
  on("state", show);
}

async function show() {
  const wanted = page.place.kind === "gallery";
  const { shows } = page.place;
  const opening = wanted && (root.hidden || shows !== view.shows);
  root.hidden = !wanted;
  if (!opening) return;
  document.title = `${TITLES[shows]} · Throughline sandbox`;
  try {
    const found = await read("gallery");
    Object.assign(view, { shows, all: found[shows], problems: found.problems, feature: "", size: "" });
    draw();
    $("h1", root).focus();
  } catch (error) {
    complain(error);
  }
}

function draw() {
  const fits = (one, name) => !view[name] || one[name] === view[name];
  const wanted = view.all.filter((one) => fits(one, "feature") && fits(one, "size"));
  const features = [...new Set(wanted.map(({ feature }) => feature))];
  put(
    root,
    head(),
    features.map((feature) => h(
      "section",
      { "aria-label": feature },
      h("h2", null, feature),
      h("div", { class: `frames ${view.width}` }, wanted.filter((one) => one.feature === feature).map(frame)),
    )),
    !wanted.length && h("p", { class: "blank" }, "No examples yet."),
  );
}

function head() {
  const features = [...new Set(view.all.map(({ feature }) => feature))];
  const wrong = view.all.filter((one) => problems(one).length).length;
  const [what, sizes] = view.shows === "examples" ? ["examples", SIZES] : ["specimens", null];
  return h(
    "header",
    { class: "gallery-head" },
    h("a", { class: "button", href: address({}) }, icon("back", 16), "Back to the chat"),
    h("h1", { tabindex: "-1" }, TITLES[view.shows]),
    h(
      "p",
      { class: wrong ? "bad" : null },
      `${view.all.length} ${what}, ${wrong ? `${wrong} with problems` : "none that Slack would refuse"}`,
    ),
    choice("feature", "Feature", [["", sizes ? "All features" : "All kinds"], ...features.map((one) => [one, one])]),
    sizes && choice("size", "Size", sizes),
    innerWidth > 759 && choice("width", "Width", [["desktop", "Desktop"], ["phone", "Phone, 390 px"]]),
  );
}

const SIZES = [["", "All sizes"], ["smallest", "Smallest"], ["usual", "Usual"], ["largest", "Largest"]];

function choice(name, label, options) {
  const select = h(
    "select",
    { class: "field", "aria-label": label },
    options.map(([value, words]) => h("option", { value, selected: view[name] === value }, words)),
  );
  select.addEventListener(
    "change",
    () => { view[name] = select.value; draw(); $(`select[aria-label="${label}"]`, root).focus(); },
  );
  return select;
}

/** Problems may be keyed by "feature/name/size"; what is not a list is shown as it is. */
function problems(one) {
  const found = one.problems ?? view.problems[`${one.feature}/${one.name}/${one.size}`] ?? [];
  return Array.isArray(found) ? found : [found];
}

function frame(one) {
  const wrong = problems(one);
  return h(
    "figure",
    { class: `frame frame-${one.surface}${wrong.length ? " bad" : ""}` },
    h(
      "figcaption",
      null,
      h("strong", null, one.name),
      view.shows === "examples" && h("span", { class: "badge" }, one.size),
      h("span", { class: "badge" }, one.surface),
    ),
    wrong.length > 0 && h(
      "ul",
      { class: "frame-problems" },
      wrong.map((text) => h("li", null, typeof text === "string" ? text : JSON.stringify(text))),
    ),
    h(
      "div",
      { class: "frame-paper" },
      (SURFACES[one.surface] ?? SURFACES.message)(
        one.payload ?? {},
        picture(`${one.feature}/${one.name}/${one.size}`),
      ),
    ),
  );
}

const bot = () => avatar({ id: page.state.bot.user }, 38);

const SURFACES = {
  message: (payload, place) => h(
    "div",
    { class: "message" },
    h("div", { class: "gutter" }, bot()),
    h(
      "div",
      { class: "message-main" },
      h(
        "header",
        { class: "message-head" },
        h("strong", { class: "author" }, page.state.bot.name),
        h("span", { class: "badge" }, "App"),
      ),
      h(
        "div",
        { class: "body" },
        payload.blocks
          ? h("div", { class: "blocks" }, drawBlocks(payload.blocks, place))
          : h("div", { class: "text" }, mrkdwn(payload.text)),
        (payload.attachments ?? []).map((one) => attachment(one, place)),
      ),
    ),
  ),
  home: (payload, place) => h("div", { class: "home-blocks blocks" }, drawBlocks(payload.blocks, place)),
  modal: (payload, place) => h(
    "div",
    { class: "modal-picture" },
    h(
      "header",
      { class: "modal-head" },
      avatar({ id: page.state.bot.user }, 28),
      h("h3", { class: "modal-title" }, plain(payload.title)),
    ),
    h("div", { class: "modal-body blocks" }, drawBlocks(payload.blocks, place)),
    h(
      "footer",
      { class: "modal-foot" },
      h("span", { class: "button" }, plain(payload.close) || "Cancel"),
      payload.submit && h("span", { class: "button primary" }, plain(payload.submit)),
    ),
  ),
};
