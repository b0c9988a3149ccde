/** Server-sent events out of a fetch body (WHATWG HTML, 9.2): EventSource cannot POST. */

/** The line fell silent or ended before the answer did. */
export class StreamBroken extends Error {}

/** Text in pieces of any size in, whole events out: `{type, data, id}`; comments only show that the line is alive. */
export class EventParser {
  #buffer = "";
  #type = "";
  #data = [];
  #id = "";

  /** Take a piece; returns the events it completed. */
  push(piece) {
    this.#buffer += piece;
    const events = [];
    for (let line = this.#nextLine(); line !== null; line = this.#nextLine()) {
      const event = line === "" ? this.#dispatch() : this.#field(line);
      if (event) events.push(event);
    }
    return events;
  }

  #nextLine() {
    const end = this.#buffer.search(/[\r\n]/);
    // A carriage return at the very end may be the first half of a CRLF.
    if (end < 0 || (end === this.#buffer.length - 1 && this.#buffer[end] === "\r")) return null;
    const width = this.#buffer.startsWith("\r\n", end) ? 2 : 1;
    const line = this.#buffer.slice(0, end);
    this.#buffer = this.#buffer.slice(end + width);
    return line;
  }

  #field(line) {
    const [, name, value] = /^([^:]*)(?:: ?([^]*))?$/.exec(line);
    if (name === "event") this.#type = value ?? "";
    else if (name === "data") this.#data.push(value ?? "");
    else if (name === "id" && !value?.includes("\0")) this.#id = value ?? "";
    return null;
  }

  #dispatch() {
    const event = { type: this.#type || "message", data: this.#data.join("\n"), id: this.#id };
    const empty = this.#data.length === 0;
    this.#type = "";
    this.#data = [];
    return empty ? null : event;
  }
}

async function within(promise, limitMs) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new StreamBroken("silent")), limitMs);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}

/** Events of a response body until it ends; anything, a heartbeat too, within `idleMs` keeps it alive. */
export async function* readEvents(body, idleMs) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const parser = new EventParser();
  try {
    for (;;) {
      const { value, done } = await within(reader.read(), idleMs);
      if (done) return;
      yield* parser.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
