// Where blocks are shown: a message, a modal, the Home tab, the gallery. A surface remembers what
// was typed and chosen (also over a re-render and a reload), and knows how to tell the server.
// Elements know only their surface; surfaces know only the acts of the contract.

import { act, attempt, emit, page } from "../base/state.js";

const surfaces = new Map();

/** The surface of one message, view or tab. `source` is the contract's {message} or {view}. */
export function surface(kind, key, source) {
  const name = `${page.as}/${kind}/${key}`;
  if (!surfaces.has(name)) surfaces.set(name, make(kind, new Memory(name)));
  const found = surfaces.get(name);
  found.source = source; // a republished Home has a new id; the nodes that stayed must use it
  return found;
}

function make(kind, memory) {
  const self = { kind, memory, source: null, edited: () => {}, enter: () => {} };
  self.click = (block, action, input) => click(self, block, action, input);
  self.dispatch = (block, action, input) => act(...saying(self.source, block, action, input));
  self.options = (block, action, value) => attempt(
    "options",
    { source: self.source, block_id: block, action_id: action, value },
  );
  return self;
}

/** An input's new state: views have an act for it, in a message it is a click. */
function saying(source, block, action, input, dispatch = true) {
  const words = { block_id: block, action_id: action, input, dispatch };
  return source.view ? ["input", { view: source.view, ...words }] : ["click", { source, ...words }];
}

/** A surface that tells nobody, for the gallery. */
export function picture(key) {
  const told = async () => {
    emit("note", { text: "This is a picture: nothing is sent from the gallery.", tone: "info" });
    return null;
  };
  return {
    kind: "picture", source: null, memory: new Memory(`picture/${key}`),
    click: told, dispatch: async () => null, options: async () => ({ options: [] }), edited: () => {},
  };
}

async function click({ source, memory }, block, action, input) {
  await flush(source, memory);
  return act("click", { source, block_id: block, action_id: action, input, value: input.value });
}

/** Before a button: tell what was typed so far, so that the payload's state is complete. */
async function flush(source, memory) {
  for (const { block, action, state } of memory.takeUnsaid()) {
    await attempt(...saying(source, block, action, state, false)).catch(() => null);
  }
}

class Memory {
  #key; #states; #unsaid = new Set();

  constructor(key) {
    this.#key = `memory/${key}`;
    this.#states = new Map(JSON.parse(sessionStorage.getItem(this.#key) ?? "[]"));
  }

  get(block, action) { return this.#states.get(`${block}\n${action}`); }

  /** The first drawing decides: a later update with the same ids keeps what is there, as Slack does. */
  begin(block, action, state) {
    if (state && !this.get(block, action)) this.#states.set(`${block}\n${action}`, state);
  }

  set(block, action, state, { quiet = false } = {}) {
    this.#states.set(`${block}\n${action}`, state);
    if (quiet) this.#unsaid.delete(`${block}\n${action}`);
    else this.#unsaid.add(`${block}\n${action}`);
    sessionStorage.setItem(this.#key, JSON.stringify([...this.#states]));
  }

  takeUnsaid() {
    const keys = [...this.#unsaid];
    this.#unsaid.clear();
    return keys.map((key) => ({
      block: key.split("\n")[0], action: key.split("\n")[1], state: this.#states.get(key),
    }));
  }

  /** {block_id: {action_id: state}} of what the given blocks still show. */
  values(blocks) {
    const shown = new Set(blocks.map((block) => block.block_id));
    const values = {};
    for (const [key, state] of this.#states) {
      const [block, action] = key.split("\n");
      if (shown.has(block)) (values[block] ??= {})[action] = state;
    }
    return values;
  }
}

