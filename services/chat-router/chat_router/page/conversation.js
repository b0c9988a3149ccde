/** One conversation with the router: asking, stopping, asking again, coming back, beginning anew. */

import { ask, closeConversation, Problem, readConversation } from "./api.js";
import { asProblem, kindOf } from "./errors.js";
import { t } from "./i18n.js";
import { session } from "./store.js";
import { spoken } from "./transcript.js";

/** A fresh key for a question; `crypto.randomUUID` is missing on a phone that opens the page by plain HTTP. */
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Calls `onBusy(bool)` as answers start and end, `onEdit(text)` with a message that must be changed, and `onSimulated()`
 * for an answer that no real model wrote.
 */
export class Conversation {
  #transcript;
  #announcer;
  #person;
  #hooks;
  #abort = null;

  constructor(transcript, announcer, person, hooks) {
    this.#transcript = transcript;
    this.#announcer = announcer;
    this.#person = person;
    this.#hooks = hooks;
  }

  /** Whether an answer is on its way. */
  get busy() {
    return this.#abort !== null;
  }

  /** Ask something new. */
  send(message) {
    this.#transcript.addQuestion(message);
    return this.#exchange(message);
  }

  /** Break the answer off. */
  stop() {
    this.#abort?.abort("stopped");
  }

  #body(message) {
    const body = { message, stream: true };
    if (session.get("conversation")) body.conversation_id = session.get("conversation");
    if (this.#person.name) body.user_id = this.#person.name;
    return body;
  }

  /** One question and its answer; the same `key` for a question that may have been taken already. */
  async #exchange(message, key = newKey()) {
    const abort = new AbortController();
    const answer = this.#transcript.addAnswer();
    this.#abort = abort;
    session.set("pending", message);
    this.#hooks.onBusy(true);
    this.#announcer.say(t("chat.thinking"));
    try {
      await ask(this.#body(message), key, (type, data) => this.#take(answer, abort, type, data), abort.signal);
    } catch (error) {
      this.#broke(answer, abort, error, message, key);
    } finally {
      this.#release(abort);
    }
  }

  #release(abort) {
    if (this.#abort !== abort) return;
    this.#abort = null;
    session.set("pending", "");
    this.#hooks.onBusy(false);
  }

  #take(answer, abort, type, data) {
    if (abort.signal.aborted) return;
    if (type === "meta") this.#begin(answer, data);
    else if (type === "delta") answer.append(data.text);
    else if (type === "restart") answer.restart();
    else if (type === "reconnecting") answer.reconnecting();
    else if (type === "whole") this.#whole(answer, data);
    else if (type === "done") this.#done(answer, data);
    else if (type === "error") throw new Problem({ status: 500, ...data });
  }

  #begin(answer, meta) {
    const another = answer.facts.id && answer.facts.id !== meta.id;
    if (another && answer.text) answer.restart();
    if (meta.conversation_id) session.set("conversation", meta.conversation_id);
    if (meta.simulated) this.#hooks.onSimulated();
    answer.learn(meta);
  }

  #whole(answer, reply) {
    this.#begin(answer, reply);
    this.#done(answer, reply);
  }

  #done(answer, facts) {
    answer.correct(facts.response);
    if (!answer.text.trim()) throw new Problem({ status: 502, detail: "the answer is empty" });
    answer.learn(facts);
    answer.finish({ turn_id: answer.facts.id, conversation_id: answer.facts.conversation_id });
    this.#transcript.follow();
    this.#announcer.say(spoken(answer));
  }

  #broke(answer, abort, error, message, key) {
    if (abort.signal.aborted) {
      // A stop by a new conversation takes the whole page with it.
      if (abort.signal.reason === "stopped") answer.halt("chat.stopped", () => this.#again(answer, message));
      return;
    }
    const problem = asProblem(error);
    const kind = kindOf(problem);
    if (kind === "missing") session.set("conversation", "");
    const onEdit = () => this.#hooks.onEdit(message);
    // A question that may have been taken is asked under its old key, so that it is not answered twice.
    const sameKey = kind === "offline" || kind === "interrupted" ? key : undefined;
    answer.fail(problem, { onRetry: () => this.#again(answer, message, sameKey), onEdit });
    this.#announcer.warn(`${t(`error.${kind}.title`)}. ${t(`error.${kind}.advice`)}`);
    this.#transcript.follow();
  }

  /** Ask once more in place of a failed answer; below the newest turn if the talk has gone on since. */
  #again(answer, message, key) {
    if (this.busy) return;
    if (!this.#transcript.withdraw(answer)) this.#transcript.addQuestion(message);
    this.#exchange(message, key);
  }

  /** Close this conversation and begin another; nothing of it is shown any more. */
  startOver() {
    const id = session.get("conversation");
    this.#abort?.abort("left");
    this.#release(this.#abort);
    session.set("conversation", "");
    this.#transcript.clear();
    this.#announcer.say(t("chat.started"));
    // The router closes an idle conversation by itself, so a lost call costs only time.
    if (id) closeConversation(id).catch(() => {});
  }

  /** Bring the conversation of this tab back after a reload. */
  async resume() {
    const id = session.get("conversation");
    const pending = session.get("pending");
    let turns = [];
    if (id) {
      try {
        ({ turns = [] } = await readConversation(id));
      } catch (error) {
        this.#lost(error, pending);
        return;
      }
    }
    for (const turn of turns) this.#showTurn(turn, id);
    this.#unanswered(turns, pending);
    if (turns.length) this.#announcer.say(t("chat.resumed", { count: turns.length }));
    this.#transcript.follow();
  }

  #lost(error, pending) {
    const kind = kindOf(asProblem(error));
    if (kind === "missing" || kind === "auth") {
      session.set("conversation", "");
      this.#announcer.say(t("chat.gone"));
      this.#unanswered([], pending);
      return;
    }
    const answer = this.#transcript.addAnswer();
    const onRetry = () => {
      this.#transcript.clear();
      this.resume();
    };
    answer.fail(asProblem(error), { onRetry, onEdit: onRetry });
  }

  #showTurn(turn, conversationId) {
    if (turn.role === "user") {
      this.#transcript.addQuestion(turn.text);
      return;
    }
    const answer = this.#transcript.addAnswer();
    const id = turn.turn_id ?? turn.id;
    answer.learn(turn);
    answer.append(turn.text ?? "");
    answer.finish({ turn_id: id, conversation_id: conversationId });
  }

  /** A question whose answer never came can be asked again. */
  #unanswered(turns, pending) {
    const last = turns.at(-1);
    const question = last?.role === "user" ? last.text : pending;
    const answered = last?.role === "assistant" && turns.at(-2)?.text === pending;
    session.set("pending", "");
    if (!question || answered) return;
    if (last?.role !== "user") this.#transcript.addQuestion(question);
    const answer = this.#transcript.addAnswer();
    answer.halt("chat.interrupted", () => this.#again(answer, question));
  }
}
