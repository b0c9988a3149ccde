/** What the browser keeps. Storage may be refused (private mode, policy): then things last as long as the page. */

const PREFIX = "zantara.";

class Box {
  #area;
  #memory = new Map();

  constructor(open) {
    try {
      this.#area = open();
    } catch {
      this.#area = null;
    }
  }

  get(name) {
    try {
      return this.#area?.getItem(PREFIX + name) ?? this.#memory.get(name) ?? "";
    } catch {
      return this.#memory.get(name) ?? "";
    }
  }

  set(name, value) {
    this.#memory.delete(name);
    try {
      if (value) this.#area.setItem(PREFIX + name, value);
      else this.#area.removeItem(PREFIX + name);
    } catch {
      if (value) this.#memory.set(name, value);
    }
  }
}

/** Kept until it is cleared: the language and the chosen name. */
export const store = new Box(() => window.localStorage);

/** Kept for this tab: the conversation, so that two tabs never mix theirs and the next reader of a shared computer finds none. */
export const session = new Box(() => window.sessionStorage);
