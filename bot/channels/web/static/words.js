// Which language the page speaks, and the binding of elements to texts.
import { TEXTS } from "./texts.js";

let current = document.documentElement.lang === "ko" ? "ko" : "en";

export const pageLanguage = () => current;

/** The text under `key` in the page's language (or `language`), with {names} filled in. */
export function text(key, values = {}, language = current) {
  const template = TEXTS[language][key] ?? TEXTS.en[key] ?? "";
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name === "day" ? written(values.day, language) : String(values[name] ?? whole)));
}

/** An ISO day as people write it: "2023년 6월 27일", "27 June 2023"; anything else as it is. */
function written(day, language) {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return String(day ?? "");
  return new Intl.DateTimeFormat(language === "ko" ? "ko" : "en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(day));
}

export const hasText = (key) => key in TEXTS.en;

/** Binds an element to a text: it follows the page's language from then on. */
export function bind(element, key, values) {
  element.dataset.t = key;
  if (values) element.dataset.tValues = JSON.stringify(values);
  else delete element.dataset.tValues;
  fill(element);
  return element;
}

function fill(element) {
  const { t, tValues, tLabel, tHint, tTip } = element.dataset;
  if (t) element.textContent = text(t, tValues ? JSON.parse(tValues) : {});
  if (tLabel) element.setAttribute("aria-label", text(tLabel));
  if (tHint) element.setAttribute("placeholder", text(tHint));
  if (tTip) element.title = text(tTip);
}

/** Speaks `language` from now on; every bound element is filled again. */
export function speak(language) {
  current = language;
  document.documentElement.lang = language;
  document.title = text("page.title");
  document.querySelectorAll("[data-t],[data-t-label],[data-t-hint],[data-t-tip]").forEach(fill);
  document.querySelectorAll("time[data-clock]").forEach(fillClock);
}

/** The hour and minute of an ISO time, in the page's language. */
export function fillClock(element) {
  const format = new Intl.DateTimeFormat(current, { hour: "numeric", minute: "2-digit" });
  element.textContent = format.format(new Date(element.dateTime));
}

/** "ko" when the text holds Hangul, otherwise "en": for the `lang` of quoted text. */
export const languageOf = (value) => (/[\u3131-\u318e\uac00-\ud7a3]/.test(value) ? "ko" : "en");
