/** The field at the bottom: grows with the text, sends with Enter, and becomes the stop button while an answer comes. */

import { byId } from "./dom.js";
import { label } from "./i18n.js";

/** The longest message the router takes, in characters. */
export const LONGEST = 8_000;
const WARN_AT = LONGEST - 500;

/** Calls `onSend(text)` and `onStop()`. */
export class Composer {
  #field = byId("message");
  #send = byId("send");
  #stop = byId("stop");
  #count = byId("count");
  #hooks;
  #busy = false;

  constructor(hooks) {
    this.#hooks = hooks;
    byId("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("input", () => this.#changed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#stop.addEventListener("click", () => hooks.onStop());
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.#busy && !document.querySelector("dialog[open]")) hooks.onStop();
    });
    this.#changed();
  }

  #key(event) {
    // While a word is being composed (Asian keyboards, dictation), Enter belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#submit();
  }

  #submit() {
    const text = this.#field.value.trim();
    if (this.#busy || !text || [...text].length > LONGEST) return;
    this.write("");
    this.#hooks.onSend(text);
  }

  #changed() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    const length = [...this.#field.value.trim()].length;
    this.#send.disabled = length === 0 || length > LONGEST;
    this.#count.hidden = length < WARN_AT;
    this.#field.setAttribute("aria-invalid", String(length > LONGEST));
    if (length > LONGEST) label(this.#count, "composer.over", { count: length - LONGEST });
    else label(this.#count, "composer.left", { count: LONGEST - length });
  }

  /** Put a text into the field and the cursor behind it. */
  write(text) {
    this.#field.value = text;
    this.#changed();
    this.#field.focus();
  }

  /** An answer begins or ends. */
  setBusy(busy) {
    const held = document.activeElement === this.#stop || document.activeElement === this.#send;
    this.#busy = busy;
    this.#stop.hidden = !busy;
    this.#send.hidden = busy;
    if (held) this.#field.focus();
  }
}
