// Pictures, videos and files. A local Slack asks nobody on the internet: pictures from elsewhere are
// a labelled box with their alt text and a link. Called by blocks, elements and attachments.

import { h } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { page } from "../base/state.js";
import { link } from "../text/inline.js";
import { plain } from "../text/objects.js";

/** An image object as "small" (accessory), "tiny" (context), "hero" or "full". */
export function picture(image, size = "full") {
  const url = image.image_url ?? image.slack_file?.url ?? "";
  const alt = image.alt_text ?? "";
  if (!url || !isLocal(url)) return away(url, alt, size);
  const node = h("img", { src: url, alt, class: `picture ${size}`, loading: "lazy" });
  node.addEventListener("error", () => node.replaceWith(away(url, alt, size)), { once: true });
  return node;
}

function isLocal(url) {
  try {
    return new URL(url, location.href).origin === location.origin;
  } catch {
    return false;
  }
}

function away(url, alt, size) {
  const box = h(
    "span",
    { class: `picture away ${size}`, role: "img", "aria-label": alt || "picture", title: alt },
    icon("image", size === "tiny" ? 14 : 22),
  );
  if (size === "full" || size === "hero") {
    box.append(
      h("span", { class: "away-alt" }, alt),
      /^https?:/.test(url) ? h("small", null, new URL(url).host) : "",
    );
  }
  return box;
}

export function imageBlock(block) {
  const caption = block.title && h("figcaption", null, plain(block.title));
  return h("figure", { class: "image" }, caption, picture(block, "full"));
}

export function videoBlock(block) {
  const title = plain(block.title);
  return h(
    "div",
    { class: "video" },
    isLocal(block.thumbnail_url)
      ? picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "thumbnail")
      : h("span", { class: "video-mark", role: "img", "aria-label": block.alt_text }, icon("video", 22)),
    h(
      "div",
      null,
      link(block.title_url ?? block.video_url ?? "", [h("strong", null, title)]),
      h("small", null, [block.provider_name, block.author_name].filter(Boolean).join(" · ")),
      block.description && h("div", { class: "text" }, plain(block.description)),
    ),
  );
}

export function fileChip(file) {
  const title = file.title ?? file.name ?? "File";
  const here = file.url_private?.startsWith(location.origin) ? `${file.url_private}?as=${page.as}` : null;
  const detail = [
    file.pretty_type ?? file.filetype ?? file.mimetype,
    file.size ? size(file.size) : null,
  ].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "file-chip" },
    icon("file", 22),
    h("div", null, h("strong", null, here ? h("a", { href: here }, title) : title), h("small", null, detail)),
  );
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1_048_576 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}
