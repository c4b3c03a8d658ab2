// Where the page begins: each part is put into its landmark once and then follows the state.

import { $ } from "./base/dom.js";
import { begin, complain, on, page } from "./base/state.js";
import { conversation, focusMain } from "./chat/conversation.js";
import { permalinks } from "./chat/permalink.js";
import { sidebar } from "./chat/sidebar.js";
import { threadPane } from "./chat/thread.js";
import { modal } from "./modal.js";
import { bar } from "./tools/bar.js";
import { gallery } from "./tools/gallery.js";
import { hint } from "./tools/hint.js";
import { inspector } from "./tools/inspector.js";
import { toasts } from "./tools/toasts.js";

toasts();
bar();
sidebar();
conversation();
threadPane();
permalinks();
hint();
inspector();
gallery();
modal();

on("messages", () => { document.body.dataset.ready = page.as; }); // everything asked for is on screen
$(".skip").addEventListener("click", (event) => { event.preventDefault(); focusMain(); });
begin().catch(complain);
