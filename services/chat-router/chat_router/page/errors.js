/** An error as a person needs it: what happened, what to do, a button that does it; the server's words come last. */

import { Problem } from "./api.js";
import { el, icon } from "./dom.js";
import { label, labelled } from "./i18n.js";

const KINDS = { 400: "invalid", 401: "auth", 403: "auth", 404: "missing", 410: "missing", 413: "length", 422: "invalid", 429: "busy" };

/** The kind of advice that fits. */
export function kindOf(problem) {
  if (problem.broken) return "interrupted";
  if (problem.status === 0) return "offline";
  return KINDS[problem.status] ?? "server";
}

/** Anything thrown, as a problem. */
export function asProblem(error) {
  return error instanceof Problem ? error : new Problem({ status: 500, detail: String(error?.message ?? error) });
}

function technical(problem) {
  const words = [problem.status || "", problem.title, problem.detail].filter(Boolean).join(" · ");
  if (!words) return null;
  return el("details", { class: "technical" }, labelled("summary", {}, "error.technical"), el("p", {}, words));
}

/** Make `button` wait out the time the server asked for. */
function countDown(button, words, seconds) {
  if (seconds <= 0) {
    button.disabled = false;
    label(words, "error.retry");
    return;
  }
  button.disabled = true;
  label(words, "error.retryIn", { seconds });
  setTimeout(() => button.isConnected && countDown(button, words, seconds - 1), 1_000);
}

/** The button that asks again; `waitS` where the server wants a pause first. */
export function retryButton(onRetry, waitS = 0) {
  const words = labelled("span", {}, "error.retry");
  const button = el("button", { type: "button", class: "button", click: onRetry }, icon("retry"), words);
  // The first second is counted from when the card is on the page.
  if (waitS > 0) queueMicrotask(() => countDown(button, words, waitS));
  return button;
}

/** The card under a message; `onEdit` gives a refused message back to its writer. */
export function errorCard(problem, { onRetry, onEdit }) {
  const kind = kindOf(problem);
  const editable = kind === "invalid" || kind === "length";
  const action = editable
    ? labelled("button", { type: "button", class: "button", click: onEdit }, "error.edit")
    : retryButton(onRetry, problem.retryAfterS);
  return el(
    "div",
    { class: "card error", "data-kind": kind },
    labelled("p", { class: "card-title" }, `error.${kind}.title`),
    labelled("p", {}, `error.${kind}.advice`),
    el("div", { class: "actions" }, action),
    technical(problem),
  );
}
