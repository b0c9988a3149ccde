/** The little Markdown that models write, as DOM nodes. What is not understood stays text; no string becomes markup. */

import { el } from "./dom.js";

const ITEM = /^(\s*)([-*+•]|\d{1,9}[.)])\s+(.*)$/;
const HEADING = /^#{1,6}\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const INLINE =
  /\*\*(?=\S)(.+?)\*\*|`([^`]+)`|\[([^\][]+)\]\(([^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)|(https?:\/\/[^\s<>"'`*]+)|(?<![\w*])([*_])(?=\S)([^*_]+?)\6(?![\w*])/gs;

function kindOf(line) {
  if (line.trim() === "") return "blank";
  if (HEADING.test(line)) return "heading";
  if (RULE.test(line)) return "rule";
  return ITEM.test(line) ? "list" : "text";
}

/** Sources of the blocks of a text: `{kind, source}`. A growing text changes only its last blocks. */
export function splitBlocks(text) {
  const blocks = [];
  let gap = true;
  for (const line of text.replace(/\r\n?/g, "\n").split("\n")) {
    const kind = kindOf(line);
    const last = blocks.at(-1);
    const continues =
      last &&
      ((kind === "list" && last.kind === "list") ||
        (kind === "text" && last.kind === "list" && (!gap || /^\s{2,}/.test(line))) ||
        (kind === "text" && last.kind === "text" && !gap));
    if (continues) last.source += `\n${line}`;
    else if (kind !== "blank") blocks.push({ kind, source: line });
    gap = kind === "blank";
  }
  return blocks;
}

function safeUrl(target) {
  try {
    const url = new URL(target);
    return url.protocol === "https:" || url.protocol === "http:" ? url : null;
  } catch {
    return null;
  }
}

/** A link to a page, or null. Its host stands beside it unless the words show it: nobody is led elsewhere unseen. */
export function link(words, target) {
  const url = safeUrl(target);
  if (!url) return null;
  const attributes = { href: url.href, target: "_blank", rel: "noopener noreferrer nofollow" };
  const anchor = el("a", attributes, words);
  if (words.includes(url.hostname)) return anchor;
  return el("span", {}, anchor, el("span", { class: "host" }, ` (${url.hostname})`));
}

function bareLink(text) {
  const tail = /[.,;:!?)\]]*$/.exec(text)[0];
  const address = text.slice(0, text.length - tail.length);
  return [link(address, address) ?? address, tail];
}

function piece(match) {
  const [whole, bold, code, words, target, bare, , italic] = match;
  if (bold !== undefined) return [el("strong", {}, ...inline(bold))];
  if (code !== undefined) return [el("code", {}, code)];
  if (words !== undefined) return [link(words, target) ?? whole];
  if (bare !== undefined) return bareLink(bare);
  return [el("em", {}, ...inline(italic))];
}

/** Nodes and strings for one run of text. */
function inline(text) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    nodes.push(text.slice(at, match.index), ...piece(match));
    at = match.index + match[0].length;
  }
  nodes.push(text.slice(at));
  return nodes.filter((node) => node !== "");
}

function paragraph(source) {
  const lines = source.split("\n").flatMap((line, index) => (index ? [el("br"), ...inline(line)] : inline(line)));
  return el("p", {}, ...lines);
}

/** Items as a tree: `{ordered, start, text, children}`, by indentation. */
function itemTree(source) {
  const root = { indent: -1, children: [] };
  const path = [root];
  for (const line of source.split("\n")) {
    const match = ITEM.exec(line);
    if (!match) {
      path.at(-1).text += ` ${line.trim()}`;
      continue;
    }
    const item = { indent: match[1].length, ordered: /\d/.test(match[2]), start: parseInt(match[2], 10), text: match[3], children: [] };
    while (item.indent <= path.at(-1).indent) path.pop();
    path.at(-1).children.push(item);
    path.push(item);
  }
  return root.children;
}

function lists(items) {
  const built = [];
  let ordered = null;
  for (const item of items) {
    if (item.ordered !== ordered) {
      ordered = item.ordered;
      built.push(ordered ? el("ol", item.start === 1 ? {} : { start: item.start }) : el("ul"));
    }
    built.at(-1).append(el("li", {}, ...inline(item.text), ...lists(item.children)));
  }
  return built;
}

/** One block as an element. */
export function renderBlock({ kind, source }) {
  const box = el("div", { class: "block" });
  if (kind === "heading") box.append(el("p", { class: "heading" }, ...inline(HEADING.exec(source)[1])));
  else if (kind === "list") box.append(...lists(itemTree(source)));
  else if (kind === "rule") box.append(el("hr"));
  else box.append(paragraph(source));
  return box;
}

/** While words still arrive, an opened bold is shown as bold, and its stars not at all. */
export function settle(source) {
  const open = (source.match(/\*\*/g) ?? []).length % 2 === 1;
  if (!open) return source;
  return source.endsWith("**") ? source.slice(0, -2) : `${source.trimEnd()}**`;
}

/** Keeps `box` equal to a growing text, touching only the blocks that changed, so that a selection survives. */
export class MarkdownView {
  #box;
  #shown = [];

  constructor(box) {
    this.#box = box;
  }

  /** Show `text`; `open` while more is to come. */
  show(text, open) {
    const blocks = splitBlocks(text);
    if (open && blocks.length) blocks.at(-1).source = settle(blocks.at(-1).source);
    blocks.forEach((block, index) => this.#place(block, index));
    while (this.#box.children.length > blocks.length) this.#box.lastChild.remove();
    this.#shown = blocks.map((block) => block.kind + block.source);
  }

  #place(block, index) {
    if (this.#shown[index] === block.kind + block.source) return;
    const node = renderBlock(block);
    const old = this.#box.children[index];
    if (old) old.replaceWith(node);
    else this.#box.append(node);
  }
}
