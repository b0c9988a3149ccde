/** Three languages, switched live: every label remembers its key, so nothing has to be drawn again. */

import { el } from "./dom.js";
import { store } from "./store.js";
import { strings as en } from "./strings-en.js";
import { strings as id } from "./strings-id.js";
import { strings as it } from "./strings-it.js";

const TABLES = { en, it, id };
const LANGUAGES = Object.keys(TABLES);
const LOCALES = { en: "en-GB", it: "it-IT", id: "id-ID" };
const ATTRIBUTES = ["aria-label", "placeholder", "title"];
// Older browsers say "in" for Indonesian; speakers of the island languages read Indonesian.
const NEIGHBOURS = { in: "id", ban: "id", jv: "id", su: "id", ms: "id" };
const values = new WeakMap();
let current = "en";

/** The first language of the reader that the page speaks, else English. */
export function choose(stored, preferred) {
  for (const tag of [stored, ...preferred]) {
    const base = (tag ?? "").toLowerCase().split("-")[0];
    const code = NEIGHBOURS[base] ?? base;
    if (LANGUAGES.includes(code)) return code;
  }
  return "en";
}

function format(value) {
  if (typeof value === "number") return new Intl.NumberFormat(LOCALES[current], { maximumFractionDigits: 1 }).format(value);
  if (value?.key) return t(value.key, value.values);
  if (value?.percent !== undefined) {
    return new Intl.NumberFormat(LOCALES[current], { style: "percent", maximumFractionDigits: 0 }).format(value.percent);
  }
  if (value?.date !== undefined) return formatDate(value.date);
  if (Array.isArray(value)) return new Intl.ListFormat(LOCALES[current]).format(value.map(format));
  return String(value ?? "");
}

/** "2026-06" as month and year, a full ISO date as a day; what is no date stays as it is. */
function formatDate(text) {
  const match = /^(\d{4})-(\d{2})(-\d{2})?/.exec(String(text));
  if (!match) return String(text);
  const when = new Date(`${match[1]}-${match[2]}${match[3] ?? "-01"}T12:00:00Z`);
  if (Number.isNaN(when.getTime())) return String(text);
  const day = match[3] ? { day: "numeric" } : {};
  return new Intl.DateTimeFormat(LOCALES[current], { ...day, month: "long", year: "numeric", timeZone: "UTC" }).format(when);
}

/** The text for a key; an unknown key (a new category, say) reads as its last word, never as code. */
export function t(key, replacements = {}) {
  const template = TABLES[current][key] ?? en[key] ?? key.split(".").at(-1).replaceAll("_", " ");
  return template.replace(/\{(\w+)\}/g, (_, name) => format(replacements[name]));
}

function show(node, attribute, key) {
  const text = t(key, values.get(node)?.[key]);
  if (attribute) node.setAttribute(attribute, text);
  else node.textContent = text;
}

/** Label a node for good, in whatever language comes later; `attribute` instead of its text where given. */
export function label(node, key, replacements = {}, attribute = "") {
  values.set(node, { ...values.get(node), [key]: replacements });
  node.setAttribute(attribute ? `data-i18n-${attribute}` : "data-i18n", key);
  show(node, attribute, key);
  return node;
}

/** A new labelled element. */
export function labelled(tag, attributes, key, replacements) {
  return label(el(tag, attributes), key, replacements);
}

/** Change the language of the whole page. */
export function speak(code) {
  current = LANGUAGES.includes(code) ? code : "en";
  document.documentElement.lang = current;
  document.title = t("page.title");
  for (const node of document.querySelectorAll("[data-i18n]")) show(node, "", node.dataset.i18n);
  for (const attribute of ATTRIBUTES) {
    const name = `data-i18n-${attribute}`;
    for (const node of document.querySelectorAll(`[${name}]`)) show(node, attribute, node.getAttribute(name));
  }
}

/** Speak the reader's language, and let the buttons of `box` (with `data-language`) change it. */
export function startLanguages(box) {
  const buttons = [...box.querySelectorAll("[data-language]")];
  const apply = (code) => {
    speak(code);
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.language === current));
  };
  for (const button of buttons) {
    button.addEventListener("click", () => {
      store.set("language", button.dataset.language);
      apply(button.dataset.language);
    });
  }
  apply(choose(store.get("language"), navigator.languages ?? [navigator.language]));
}
