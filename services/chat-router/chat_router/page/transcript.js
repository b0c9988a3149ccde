/** The list of turns: the newest question stays in sight with its answer below; who scrolls away is left in peace. */

import { AnswerView, questionView } from "./answer.js";
import { byId } from "./dom.js";
import { t } from "./i18n.js";

// Pixels from the end that still count as being there.
const NEAR = 80;
// Pixels above the newest question.
const MARGIN = 16;

/** Says things to a screen reader: words of an answer when it is whole, not letter by letter. */
export class Announcer {
  #polite = byId("announcer");
  #urgent = byId("alarm");

  /** Something to know. */
  say(text) {
    this.#polite.textContent = "";
    requestAnimationFrame(() => (this.#polite.textContent = text));
  }

  /** Something that went wrong. */
  warn(text) {
    this.#urgent.textContent = "";
    requestAnimationFrame(() => (this.#urgent.textContent = text));
  }
}

/** Turns on the page. */
export class Transcript {
  #box = byId("transcript");
  #turns = byId("turns");
  #welcome = byId("welcome");
  #latest = byId("latest");
  #following = true;
  // The newest question: it stays in sight while its answer grows past the screen. Null: follow the end itself.
  #anchor = null;
  #placed = 0;

  constructor() {
    this.#box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.#turns.addEventListener("grew", () => this.follow());
    this.#latest.addEventListener("click", () => this.toEnd());
    const watch = new ResizeObserver(() => this.follow());
    watch.observe(this.#box);
    watch.observe(this.#turns);
  }

  get #below() {
    return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight;
  }

  #scrolled() {
    const ours = Math.abs(this.#box.scrollTop - this.#placed) < 2;
    if (!ours) {
      this.#following = this.#below < NEAR;
      this.#anchor = null;
    }
    this.#latest.hidden = this.#below < NEAR;
  }

  #place(top) {
    this.#box.scrollTop = top;
    this.#placed = this.#box.scrollTop;
    this.#latest.hidden = this.#below < NEAR;
  }

  /** Go to the end, wherever the reader is. */
  toEnd() {
    this.#following = true;
    this.#anchor = null;
    this.#place(this.#box.scrollHeight);
  }

  /** Keep the newest words in sight, unless the reader has gone elsewhere. */
  follow() {
    if (!this.#welcome.hidden) return;
    if (!this.#following) {
      this.#latest.hidden = this.#below < NEAR;
      return;
    }
    const start = this.#anchor?.getBoundingClientRect();
    if (!start) {
      this.#place(this.#box.scrollHeight);
      return;
    }
    const frame = this.#box.getBoundingClientRect();
    // A question taller than a third of the screen leaves the rest to its answer.
    const hidden = Math.max(0, start.height - frame.height / 3);
    this.#place(this.#box.scrollTop + start.top - frame.top - MARGIN + hidden);
  }

  #add(node) {
    this.#welcome.hidden = true;
    this.#turns.append(node);
  }

  /** What the reader wrote. */
  addQuestion(text) {
    const question = questionView(text);
    this.#add(question);
    this.#anchor = question;
    this.#following = true;
    this.follow();
  }

  /** A new, empty answer. */
  addAnswer() {
    const answer = new AnswerView();
    this.#add(answer.node);
    this.follow();
    return answer;
  }

  /** Take an answer away; whether it was the newest turn. */
  withdraw(answer) {
    const newest = answer.node === this.#turns.lastElementChild;
    // Its button has the focus, which must not fall to the top of the page.
    if (answer.node.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
    answer.node.remove();
    return newest;
  }

  /** Back to the welcome. */
  clear() {
    this.#turns.replaceChildren();
    this.#welcome.hidden = false;
    this.#anchor = null;
    this.#place(0);
  }
}

/** "ZANTARA answered: ..." with the marks of the source left out. */
export function spoken(answer) {
  const text = answer.node.querySelector(".text").textContent;
  return `${t("chat.answered")}: ${text}`;
}
