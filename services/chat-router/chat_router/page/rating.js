/** One to five flowers for an answer, sent as they are chosen; a word about it afterwards, if wanted. */

import { sendFeedback } from "./api.js";
import { el, icon } from "./dom.js";
import { label, labelled } from "./i18n.js";

// Arrow keys pass over the values between; only the one where they rest is sent.
const SETTLE_MS = 600;

/** The rating row of one answer; `ids` is `{turn_id, conversation_id}`. */
export class Rating {
  #ids;
  #value = 0;
  #timer = 0;
  #row;
  #status = el("span", { class: "rating-status", role: "status" });
  #comment = null;

  constructor(ids) {
    this.#ids = ids;
    const name = `rating-${ids.turn_id}`;
    this.#row = el("fieldset", { class: "rating" }, labelled("legend", {}, "rating.title"));
    const flowers = el("div", { class: "flowers" });
    for (let value = 1; value <= 5; value += 1) flowers.append(this.#flower(name, value));
    this.#row.append(flowers, this.#status);
    this.node = el("div", { class: "feedback" }, this.#row);
  }

  #flower(name, value) {
    const input = el("input", { type: "radio", name, value, class: "sr-only", change: () => this.#choose(value) });
    const words = labelled("span", { class: "sr-only" }, "rating.value", { value });
    const flower = el("label", { class: "flower" }, input, icon("flower"), words);
    label(flower, "rating.value", { value }, "title");
    return flower;
  }

  #choose(value) {
    this.#value = value;
    this.#row.dataset.value = String(value);
    for (const [index, flower] of [...this.#row.querySelectorAll(".flower")].entries()) {
      flower.classList.toggle("chosen", index < value);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(""), SETTLE_MS);
  }

  async #send(comment) {
    clearTimeout(this.#timer);
    const body = { ...this.#ids, rating: this.#value, ...(comment ? { comment } : {}) };
    try {
      await sendFeedback(body);
    } catch {
      label(this.#status, "rating.failed");
      return;
    }
    label(this.#status, "rating.thanks");
    this.#row.classList.add("rated");
    if (comment) this.#comment.remove();
    else this.#offerComment();
  }

  #offerComment() {
    if (this.#comment) return;
    const field = el("textarea", { rows: 2, maxlength: 2000 });
    const submit = (event) => {
      event.preventDefault();
      if (field.value.trim()) this.#send(field.value.trim());
    };
    this.#comment = el(
      "form",
      { class: "comment", submit },
      el("label", {}, labelled("span", {}, "rating.comment"), field),
      labelled("button", { type: "submit", class: "button" }, "rating.send"),
    );
    this.node.append(this.#comment);
  }
}
