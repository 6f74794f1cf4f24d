// What a person chooses: language, colours, text size. Remembered on this device.
import { recall, remember } from "./store.js";
import { speak } from "./words.js";

const root = document.documentElement;
/** Of the page around this one, which says so in the address; else the browser's. */
const ofPlace = () => (/^ko\b/i.test(new URLSearchParams(location.search).get("lang") || navigator.language || "") ? "ko" : "en");

const APPLY = {
  language: (value) => speak(value === "auto" ? ofPlace() : value),
  theme: (value) => mark("theme", value, "auto"),
  size: (value) => mark("size", value, "normal"),
};

function mark(name, value, usual) {
  if (value === usual) delete root.dataset[name];
  else root.dataset[name] = value;
}

/** Ties the radio groups `language`, `theme` and `size` to what they set. */
export function startPrefs() {
  for (const [name, apply] of Object.entries(APPLY)) {
    const radios = [...document.querySelectorAll(`input[name="${name}"]`)];
    const chosen = radios.find((radio) => radio.value === recall(name)) ?? radios[0];
    chosen.checked = true;
    apply(chosen.value);
    radios.forEach((radio) => radio.addEventListener("change", () => {
      remember(name, radio.value);
      apply(radio.value);
    }));
  }
}

/** The language to ask in: "auto", "en" or "ko". */
export const askedLanguage = () => document.querySelector('input[name="language"]:checked').value;
