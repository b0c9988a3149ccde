/** What ZANTARA remembers of the person: shown with the words it stands on, and deleted on request. */

import { deleteMemory, readMemory } from "./api.js";
import { byId, el } from "./dom.js";
import { label, labelled } from "./i18n.js";

function fact(entry) {
  const notes = el("p", { class: "fact-notes" });
  if (entry.certainty) notes.append(labelled("span", {}, `certainty.${entry.certainty}`));
  if (entry.updated_at) notes.append(labelled("span", {}, "plain.value", { value: { date: entry.updated_at } }));
  const quote = entry.quote
    ? el("blockquote", {}, labelled("span", { class: "sr-only" }, "memory.quote"), el("p", {}, entry.quote))
    : null;
  return el("li", { class: "fact" }, labelled("h4", {}, `slot.${entry.slot}`), el("p", {}, entry.value), quote, notes);
}

/** The pane; `close()` empties it, so that another person never sees it. */
export class MemoryPane {
  #section = byId("memory");
  #content = byId("memory-content");
  #name = "";

  /** Show what is remembered of `name`; nothing for the anonymous. */
  async open(name) {
    this.#name = name;
    this.#section.hidden = !name;
    this.#content.replaceChildren();
    if (!name) return;
    this.#content.append(labelled("p", { class: "muted" }, "memory.loading"));
    try {
      const { facts = [] } = await readMemory(name);
      if (this.#name === name) this.#show(facts.filter((entry) => entry.value));
    } catch (problem) {
      if (this.#name === name) this.#unreadable(problem);
    }
  }

  #unreadable(problem) {
    if (problem.status === 404) {
      this.#show([]);
      return;
    }
    const again = labelled("button", { type: "button", class: "button", click: () => this.open(this.#name) }, "memory.again");
    this.#content.replaceChildren(labelled("p", { role: "alert" }, "memory.failed"), again);
  }

  #show(facts) {
    if (!facts.length) {
      this.#content.replaceChildren(labelled("p", { class: "muted" }, "memory.empty"));
      return;
    }
    const box = el("div", { class: "actions" });
    this.#content.replaceChildren(el("ul", { class: "facts" }, ...facts.map(fact)), box);
    this.#offer(box);
  }

  #offer(box) {
    const remove = labelled("button", { type: "button", class: "button danger" }, "memory.delete");
    remove.addEventListener("click", () => this.#confirm(box));
    box.replaceChildren(remove);
    return remove;
  }

  #confirm(box) {
    const question = labelled("p", { id: "memory-question" }, "memory.confirm", { name: this.#name });
    const yes = labelled("button", { type: "button", class: "button danger", click: () => this.#delete(box) }, "memory.yes");
    const no = labelled("button", { type: "button", class: "button" }, "memory.no");
    no.addEventListener("click", () => this.#offer(box).focus());
    const choice = el("div", { class: "actions" }, no, yes);
    box.replaceChildren(el("div", { class: "card", role: "group", "aria-labelledby": "memory-question" }, question, choice));
    no.focus();
  }

  async #delete(box) {
    const name = this.#name;
    try {
      await deleteMemory(name);
    } catch {
      const remove = this.#offer(box);
      box.append(labelled("p", { role: "alert" }, "memory.notDeleted"));
      remove.focus();
      return;
    }
    const done = label(el("p", { role: "status", tabindex: "-1" }), "memory.deleted", { name });
    this.#content.replaceChildren(done);
    done.focus();
  }
}
