/** One answer on the page, from the first sign of life to its rating. */

import { el, icon } from "./dom.js";
import { errorCard, retryButton } from "./errors.js";
import { badges, caption, copyButton, degraded, details, sources } from "./evidence.js";
import { labelled, label } from "./i18n.js";
import { MarkdownView } from "./markdown.js";
import { Rating } from "./rating.js";

const SPOKEN = new Set(["it", "en", "id"]);

function waiting() {
  const dots = el("span", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"));
  return el("p", { class: "waiting" }, dots, labelled("span", {}, "chat.thinking"));
}

function note(key) {
  return el("p", { class: "note" }, labelled("span", {}, key));
}

/** Grows with the stream; `facts` gathers what `meta` and `done` tell. */
export class AnswerView {
  text = "";
  facts = {};
  #frame = 0;
  #head = el("div", { class: "head" });
  #body = el("div", { class: "text" });
  #below = el("div", { class: "below" });
  #state = el("div", { class: "state" }, waiting());
  #markdown = new MarkdownView(this.#body);

  constructor() {
    const mark = el("span", { class: "mark" }, icon("flower"));
    this.#head.append(labelled("h2", { class: "sr-only" }, "chat.answered"), el("span", { class: "who" }, "ZANTARA"));
    this.node = el("article", { class: "turn answer", "aria-busy": "true" }, mark, this.#head, this.#body, this.#state, this.#below);
  }

  /** Facts from the stream; later ones win. */
  learn(facts) {
    this.facts = { ...this.facts, ...facts };
    if (SPOKEN.has(this.facts.language)) this.#body.lang = this.facts.language;
    this.#head.querySelector(".badges")?.remove();
    this.#head.append(badges(this.facts));
  }

  /** More words; drawn once a frame however many pieces arrive. */
  append(piece) {
    this.text += piece;
    this.#state.replaceChildren();
    this.#frame ||= requestAnimationFrame(() => this.#draw(true));
  }

  #draw(open) {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#markdown.show(this.text, open);
    this.node.dispatchEvent(new CustomEvent("grew", { bubbles: true }));
  }

  /** The line dropped; what is there stays. */
  reconnecting() {
    this.#state.replaceChildren(note("chat.reconnecting"));
  }

  /** Another model begins from nothing. */
  restart() {
    this.text = "";
    this.#draw(true);
    this.#state.replaceChildren(note("chat.restarted"), waiting());
  }

  #close() {
    this.#draw(false);
    this.#state.replaceChildren();
    this.node.setAttribute("aria-busy", "false");
  }

  /** The answer is whole: show what stands behind it. `ids` names the turn for ratings, where known. */
  finish(ids) {
    this.#close();
    const copy = copyButton(() => this.text);
    const rating = ids?.turn_id ? new Rating(ids).node : null;
    const foot = el("div", { class: "foot" }, rating, copy, details(this.facts), caption(this.facts));
    const parts = [sources(this.facts.sources), degraded(this.facts.degraded), foot];
    this.#below.replaceChildren(...parts.filter(Boolean));
  }

  /** The router's own record of the words, where it differs from what arrived. */
  correct(text) {
    if (typeof text === "string") this.text = text;
  }

  /** Nothing more comes; what came stays above the reason. */
  fail(problem, actions) {
    this.#close();
    this.node.classList.toggle("empty", !this.text);
    this.#below.replaceChildren(errorCard(problem, actions));
  }

  /** Ended before its time, by the reader or by the page's closing. */
  halt(key, onRetry) {
    this.#close();
    this.node.classList.toggle("empty", !this.text);
    this.#below.replaceChildren(el("div", { class: "card" }, labelled("p", {}, key), el("div", { class: "actions" }, retryButton(onRetry))));
  }
}

/** What a person wrote, exactly as written. */
export function questionView(text) {
  const words = el("p", { dir: "auto" }, text);
  return el("article", { class: "turn question" }, label(el("h2", { class: "sr-only" }), "chat.you"), words);
}
