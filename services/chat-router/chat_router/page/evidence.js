/** What stands behind an answer: badges, sources, what was missing, and the particulars for the curious. */

import { el, icon } from "./dom.js";
import { label, labelled } from "./i18n.js";
import { link } from "./markdown.js";

const VOICES = { "claude-haiku": "Claude Haiku", "claude-sonnet": "Claude Sonnet", llama: "LLAMA" };

function badge(name) {
  const node = el("span", { class: `badge ${name}` }, labelled("span", {}, `badge.${name}`));
  return label(node, `badge.${name}Help`, {}, "title");
}

/** The badges an answer has earned. */
export function badges(facts) {
  const box = el("span", { class: "badges" });
  if (facts.simulated) box.append(badge("simulated"));
  if (facts.cached || facts.ai_used === "golden") box.append(badge("cached"));
  if (facts.ai_used === "static") box.append(badge("static"));
  return box;
}

function source(entry) {
  const title = entry.title || entry.id;
  const named = (entry.url && link(title, entry.url)) || el("span", { class: "source-title" }, title);
  const item = el("li", {}, named);
  const score = Number(entry.score);
  const notes = el("span", { class: "source-notes" });
  if (entry.as_of) notes.append(labelled("span", {}, "sources.asOf", { date: { date: entry.as_of } }));
  // A score of exactly 1 is "not measured": golden answers name their sources without ranking them.
  if (score > 0 && score < 1) notes.append(labelled("span", {}, "sources.score", { score: { percent: score } }));
  if (notes.childElementCount) item.append(notes);
  return item;
}

/** The sources of an answer, or null where it has none. */
export function sources(entries) {
  if (!entries?.length) return null;
  const list = el("ol", {}, ...entries.map(source));
  return el("section", { class: "sources" }, el("h3", {}, icon("leaf"), labelled("span", {}, "sources.title")), list);
}

/** Each missing part once: "golden.lookup" is about the part "golden", "claude-haiku" about "claude". */
function partNames(names) {
  return [...new Set(names.map((name) => String(name).toLowerCase().split(/[^a-z]/)[0]))];
}

/** The notice that names what the answer had to do without, or null. */
export function degraded(names) {
  if (!names?.length) return null;
  const missing = partNames(names);
  const parts = missing.filter((name) => name !== "record").map((name) => ({ key: `degraded.${name}` }));
  const sentence = parts.length ? "degraded.text" : "degraded.record";
  return el("p", { class: "degraded" }, icon("info"), labelled("span", {}, sentence, { parts }));
}

/** Who answered, in words; null where the server did not say. */
export function voice(facts) {
  if (!facts.ai_used) return null;
  return VOICES[facts.ai_used] ?? { key: `voice.${facts.ai_used}` };
}

/** How long it took, in words; null where not measured. */
export function took({ latency_ms: ms }) {
  if (typeof ms !== "number") return null;
  return ms < 1_000 ? { key: "answer.tookMs", values: { ms } } : { key: "answer.took", values: { seconds: ms / 1_000 } };
}

function tokens({ usage }) {
  const input = usage?.input_tokens ?? usage?.prompt_tokens;
  const output = usage?.output_tokens ?? usage?.completion_tokens;
  return input || output ? { key: "tokens.value", values: { input: input ?? 0, output: output ?? 0 } } : null;
}

function route({ route: given }) {
  return typeof given === "object" ? given?.rule ?? given?.reason ?? null : given;
}

function particulars(facts) {
  const named = (prefix, value) => (value ? { key: `${prefix}.${value}` } : null);
  const topics = (facts.cultural_topics ?? []).map((topic) => named("topic", topic));
  return {
    voice: voice(facts),
    model: facts.model,
    time: took(facts),
    category: named("category", facts.category),
    language: named("language", facts.language),
    match: named("match", facts.match_type),
    route: route(facts),
    tokens: tokens(facts),
    topics: topics.length ? topics : null,
  };
}

/** Name and value of everything known about an answer, as a list that opens on demand. */
export function details(facts) {
  const list = el("dl", {});
  for (const [name, value] of Object.entries(particulars(facts))) {
    if (!value) continue;
    list.append(labelled("dt", {}, `detail.${name}`), labelled("dd", {}, "plain.value", { value }));
  }
  const toggle = ({ target }) => target.open && target.scrollIntoView({ block: "nearest" });
  return el("details", { class: "particulars", toggle }, labelled("summary", {}, "answer.details"), list);
}

/** Copies an answer; null where the browser does not let pages do so. */
export function copyButton(text) {
  if (!navigator.clipboard) return null;
  const words = labelled("span", { "aria-live": "polite" }, "answer.copy");
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    label(words, "answer.copied");
    setTimeout(() => label(words, "answer.copy"), 2_000);
  };
  return el("button", { type: "button", class: "quiet", click: () => copy().catch(() => {}) }, icon("copy"), words);
}

/** Plain words for who answered and how long it took. */
export function caption(facts) {
  const who = voice(facts);
  const time = took(facts);
  const node = el("span", { class: "caption" });
  if (who) node.append(labelled("span", {}, "plain.value", { value: who }));
  if (time) node.append(labelled("span", {}, time.key, time.values));
  return node.childElementCount ? node : null;
}
