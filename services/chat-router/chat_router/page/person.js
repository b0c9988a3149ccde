/** Who is writing: nobody in particular unless they give a name, which stays in this browser. */

import { byId } from "./dom.js";
import { label, t } from "./i18n.js";
import { MemoryPane } from "./memory.js";
import { store } from "./store.js";

// The router's own rule for a user_id; a space becomes a hyphen.
const FIT = /^[\p{L}\p{N}_.@:+-]{1,128}$/u;

/** The person and their dialog; `onChange()` after another name was chosen, `say(text)` to a screen reader. */
export class Person {
  #dialog = byId("person");
  #field = byId("person-name");
  #memory = new MemoryPane();
  #hooks;

  constructor(hooks) {
    this.#hooks = hooks;
    byId("person-open").addEventListener("click", () => this.#open());
    byId("person-close").addEventListener("click", () => this.#dialog.close());
    byId("person-forget").addEventListener("click", () => this.#become(""));
    byId("person-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#become(this.#field.value.trim().replace(/\s+/g, "-"));
    });
    this.#field.addEventListener("input", () => this.#fault(false));
    // A click on the backdrop is a click on the dialog itself.
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
    this.#draw();
  }

  /** The chosen name, sent as `user_id`; empty for the anonymous. */
  get name() {
    return store.get("user_id");
  }

  #open() {
    this.#draw();
    byId("person-changed").hidden = true;
    this.#memory.open(this.name);
    this.#dialog.showModal();
  }

  #draw() {
    const name = this.name;
    this.#field.value = name;
    this.#fault(false);
    byId("person-forget").hidden = !name;
    byId("person-open").classList.toggle("known", Boolean(name));
    label(byId("person-state"), name ? "person.known" : "person.anonymous", { name });
  }

  #fault(wrong) {
    this.#field.setAttribute("aria-invalid", String(wrong));
    byId("person-fault").hidden = !wrong;
  }

  #become(name) {
    this.#fault(name !== "" && !FIT.test(name));
    if (name === this.name || !byId("person-fault").hidden) return;
    store.set("user_id", name);
    this.#draw();
    this.#memory.open(name);
    // What was said under one name must not be remembered under another.
    this.#hooks.onChange();
    byId("person-changed").hidden = false;
    label(byId("person-changed"), name ? "person.changed" : "person.cleared", { name });
    this.#hooks.say(t(name ? "person.changed" : "person.cleared", { name }));
  }
}
