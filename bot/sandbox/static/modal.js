// A view in front of everything, in the browser's own dialog (it traps the focus and makes the rest
// inert). The server's state says which view is on top; what was typed lives in the page, so an
// update, a refused submit or a lost connection takes nothing away. Called once by main.

import { $, h, keyed, put } from "./base/dom.js";
import { icon } from "./base/icons.js";
import { attempt, dismiss, emit, on, page, refresh } from "./base/state.js";
import { named, updateBlocks } from "./blocks/index.js";
import { showError } from "./blocks/input.js";
import { surface } from "./blocks/surface.js";
import { isEmpty } from "./blocks/states.js";
import { missing } from "./blocks/validity.js";
import { avatar } from "./chat/avatar.js";
import { plain } from "./text/objects.js";

const shown = { id: null, hash: null, surface: null, opener: null };

export function modal() {
  const box = $("#modal");
  box.addEventListener("cancel", (event) => { event.preventDefault(); leave("close"); });
  on("state", draw);
}

function draw() {
  const box = $("#modal");
  const view = page.state.modal;
  if (!view || view.id === page.dismissed || page.place.kind === "gallery") { hide(box); return; }
  const another = view.id !== shown.id;
  if (another) begin(box, view);
  put($(".modal-title", box), plain(view.title));
  steady($(".modal-head-buttons", box), page.state.modal_depth > 1, headButtons);
  updateBlocks($(".modal-body", box), view.blocks, shown.surface);
  steady($(".modal-foot", box), JSON.stringify([view.id, view.submit, view.close]), () => footButtons(view));
  if (!box.open) { shown.opener = document.activeElement; box.showModal(); emit("layer"); }
  if (another) focusFirst(box);
}

/** Redraw only when it depends on something that changed: a refresh must not take the focus. */
function steady(parent, sign, build) {
  keyed(
    parent,
    ["buttons"],
    { key: (item) => item, sign: () => String(sign), build: () => h("span", { class: "buttons" }, build()) },
  );
}

function begin(box, view) {
  Object.assign(shown, { id: view.id, surface: surface("modal", view.id, { view: view.id }) });
  recall(view.state?.values ?? {});
  shown.surface.edited = (block) => { showError(box, block, null); put($(".modal-note", box)); };
  shown.surface.enter = () => submit();
  put(
    box,
    h(
      "header",
      { class: "modal-head" },
      avatar({ id: page.state.bot.user }, 28),
      h("h2", { class: "modal-title", id: "modal-title" }),
      h("span", { class: "modal-head-buttons" }),
    ),
    h(
      "form",
      { class: "modal-form", novalidate: true, onsubmit: (event) => { event.preventDefault(); submit(); } },
      h("div", { class: "modal-body blocks" }),
      h("div", { class: "modal-note", role: "alert" }),
      h("footer", { class: "modal-foot" }),
    ),
  );
}

/** What another tab or an earlier visit typed into this view is known to the server. */
function recall(values) {
  for (const [block, actions] of Object.entries(values)) {
    for (const [
      action, state,
    ] of Object.entries(actions)) if (!isEmpty(state)) shown.surface.memory.begin(block, action, state);
  }
}

function hide(box) {
  if (!box.open) return;
  box.close();
  shown.id = null;
  const back = shown.opener?.isConnected && shown.opener !== document.body ? shown.opener : $("#main .composer-text");
  back?.closest(".message")?.focus({ preventScroll: true }); // its tools can be reached only while it has the focus
  back?.focus({ preventScroll: true });
}

function focusFirst(box) {
  const wanted = $("[autofocus]", box) ?? $(
    ".modal-body .field, .modal-body .select-button, .modal-body .choices input, .modal-body .button",
    box,
  );
  (wanted ?? $(".modal-foot .button", box) ?? $(".modal-head .button", box))?.focus();
  $(".modal-body", box).scrollTop = 0;
}

// --- buttons ------------------------------------------------------------------------------------------

function headButtons() {
  const back = page.state.modal_depth > 1 && h(
    "button",
    { type: "button", class: "button icon-only quiet", "aria-label": "Back", onclick: () => leave("back") },
    icon("back"),
  );
  return [
    back,
    h(
      "button",
      { type: "button", class: "button icon-only quiet", "aria-label": "Close", onclick: () => leave("close") },
      icon("close"),
    ),
  ];
}

function footButtons(view) {
  const away = h(
    "button",
    { type: "button", class: "button", onclick: () => leave(page.state.modal_depth > 1 ? "back" : "close") },
    view.close ? plain(view.close) : view.submit ? "Cancel" : "Close",
  );
  const send = view.submit && h(
    "button",
    { type: "submit", class: "button primary", data: { focus: "submit" } },
    h("span", null, plain(view.submit)),
  );
  return [away, send];
}

async function leave(verb) {
  const view = shown.id;
  if (verb === "close") dismiss(view);
  try {
    await attempt(verb, { view });
  } catch (error) {
    emit("note", { text: error.message, tone: "error" });
  }
  await refresh();
}

// --- submit ---------------------------------------------------------------------------------------------

async function submit() {
  const box = $("#modal");
  const view = page.state.modal;
  const button = $("button[type=submit]", box);
  if (!button || button.getAttribute("aria-disabled") === "true") return;
  const blocks = named(view.blocks);
  const wrong = missing(blocks, shown.surface.memory);
  if (Object.keys(wrong).length) { showErrors(box, wrong); return; }
  busy(button, true);
  try {
    answered(box, await attempt("submit", { view: view.id, values: shown.surface.memory.values(blocks) }));
  } catch (error) {
    trouble(box, error.message);
  }
  busy(button, false);
  await refresh();
}

function answered(box, result) {
  if (result.errors) showErrors(box, result.errors);
  else if (result.ok === false) trouble(box, "We had some trouble connecting. Nothing you typed is lost: try again?");
}

function showErrors(box, errors) {
  const fields = Object.entries(errors).map(([block, text]) => [showError(box, block, text), text]);
  const first = fields.find(([field]) => field)?.[0];
  first?.focus();
  // Focusing brings the field into sight, not what is wrong with it, which stands below.
  first?.closest("[data-block]").scrollIntoView({ block: "nearest" });
  const homeless = fields.filter(([field]) => !field).map(([, text]) => text);
  if (homeless.length) trouble(box, homeless.join(" "));
}

function trouble(box, text) {
  const note = $(".modal-note", box);
  if (note) put(note, icon("alert", 16), h("span", null, text));
}

function busy(button, on) {
  button.classList.toggle("busy", on);
  if (on) button.setAttribute("aria-disabled", "true");
  else button.removeAttribute("aria-disabled");
}
