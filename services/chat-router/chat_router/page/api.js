/** The router's HTTP interface, with its problems (RFC 9457) as one kind of error. */

import { readEvents, StreamBroken } from "./sse.js";

const IDLE_MS = 45_000;
const CALL_MS = 15_000;
const RECONNECT_DELAYS_MS = [300, 1_500, 4_000];

/** Why a call failed: `status` 0 means that no answer came at all. */
export class Problem extends Error {
  constructor({ status = 0, title = "", detail = "", type = "", retryAfterS = 0, broken = false }) {
    super(detail || title || `status ${status}`);
    Object.assign(this, { status, title, detail, type, retryAfterS, broken });
  }
}

function retryAfter(headers) {
  const value = headers.get("Retry-After") ?? "";
  if (/^\d+$/.test(value)) return Math.min(Number(value), 3_600);
  const until = Date.parse(value);
  return Number.isNaN(until) ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1_000));
}

async function asProblem(response) {
  const body = await response.json().catch(() => ({}));
  return new Problem({ ...body, status: response.status, retryAfterS: retryAfter(response.headers) });
}

async function call(path, { method = "GET", body, signal, keepalive = false } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const init = { method, headers, keepalive, body: body && JSON.stringify(body) };
  let response;
  try {
    response = await fetch(path, { ...init, signal: signal ?? AbortSignal.timeout(CALL_MS) });
  } catch {
    throw new Problem({ status: 0 });
  }
  if (!response.ok) throw await asProblem(response);
  return response.status === 204 ? {} : response.json().catch(() => ({}));
}

const segment = encodeURIComponent;

/** Turns of an earlier conversation. */
export const readConversation = (id) => call(`/v1/conversations/${segment(id)}`);

/** Say that a conversation is over, so that what was learned of it is kept. */
export const closeConversation = (id) =>
  call(`/v1/conversations/${segment(id)}/close`, { method: "POST", keepalive: true });

/** Rate an answer: `{turn_id, conversation_id, rating 1-5, comment?}`. */
export const sendFeedback = (rating) => call("/v1/feedback", { method: "POST", body: rating });

/** What is remembered of a person. */
export const readMemory = (userId) => call(`/v1/users/${segment(userId)}/memory`);

/** Forget all that is remembered of a person. */
export const deleteMemory = (userId) => call(`/v1/users/${segment(userId)}/memory`, { method: "DELETE" });

/** The body of a status page, whatever its status code; null where there is none. */
export async function readStatus(path) {
  try {
    const response = await fetch(path, { signal: AbortSignal.timeout(CALL_MS) });
    return await response.json();
  } catch {
    return null;
  }
}

async function open(body, key, lastEventId, signal) {
  const headers = { "Content-Type": "application/json", Accept: "text/event-stream", "Idempotency-Key": key };
  if (lastEventId) headers["Last-Event-ID"] = lastEventId;
  const response = await fetch("/v1/chat", { method: "POST", headers, body: JSON.stringify(body), signal });
  if (!response.ok) throw await asProblem(response);
  return response;
}

/** What has come so far of one answer: the place to resume from, and what a replay must not repeat. */
class Cursor {
  lastEventId = "";
  turnId = "";
  accepted = false;
  ended = false;
  #seen = new Set();

  /** Whether this event is news; a `meta` of another turn begins everything anew. */
  accept(event, data) {
    if (event.type === "meta" && data.id !== this.turnId) {
      this.#seen.clear();
      this.turnId = data.id;
    } else if (event.id && this.#seen.has(event.id)) return false;
    if (event.id) {
      this.#seen.add(event.id);
      this.lastEventId = event.id;
    }
    this.ended = event.type === "done" || event.type === "error";
    return true;
  }
}

async function readOnce(response, cursor, onEvent) {
  cursor.accepted = true;
  if (!response.headers.get("Content-Type")?.startsWith("text/event-stream")) {
    onEvent("whole", await response.json());
    cursor.ended = true;
    return;
  }
  for await (const event of readEvents(response.body, IDLE_MS)) {
    const data = JSON.parse(event.data);
    if (cursor.accept(event, data)) onEvent(event.type, data);
    if (cursor.ended) return;
  }
  throw new StreamBroken("ended early");
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** A fault of the line: the answer may still be there to be picked up. */
function isLineFault(error) {
  return error instanceof TypeError || error instanceof StreamBroken || error.name === "NetworkError";
}

/**
 * Ask, and hand each event to `onEvent(type, data)` (also "reconnecting" and "whole"). A broken line is picked up where it
 * stopped (`Last-Event-ID`, same `Idempotency-Key`), so that nothing is generated or recorded twice.
 */
export async function ask(body, key, onEvent, signal) {
  const cursor = new Cursor();
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await readOnce(await open(body, key, cursor.lastEventId, signal), cursor, onEvent);
    } catch (error) {
      if (signal.aborted || !isLineFault(error)) throw error;
      if (!cursor.accepted) throw new Problem({ status: 0 });
      if (attempt >= RECONNECT_DELAYS_MS.length) throw new Problem({ status: 0, broken: true });
      onEvent("reconnecting", {});
      await pause(RECONNECT_DELAYS_MS[attempt], signal);
    }
  }
}
