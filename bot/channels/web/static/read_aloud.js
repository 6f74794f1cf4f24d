// Reads an answer aloud with the browser's own voices: a sentence at a time, since long texts are cut off.
import { icon, make } from "./dom.js";
import { bind } from "./words.js";

const VOICE = { ko: "ko-KR", en: "en-US" };
let stop = () => {};

/** True when the browser can speak at all. */
export const canRead = () => "speechSynthesis" in window && "SpeechSynthesisUtterance" in window;

/** Stops what is being read. */
export const stopReading = () => stop();

/** A button that reads `words` aloud, and stops them when it is pressed again. */
export function reader(words, language) {
  const label = make("span", { t: "read" });
  const button = make("button", { type: "button", class: "quiet", testid: "read-aloud", on: { click: toggle } }, icon("sound"), label);

  function toggle() {
    const own = button.dataset.reading === "true";
    stop();
    if (!own) start();
  }

  function start() {
    const parts = sentences(words);
    mark(true);
    const read = (at) => {
      if (at >= parts.length) return stop();
      const spoken = new SpeechSynthesisUtterance(parts[at]);
      spoken.lang = VOICE[language] ?? VOICE.en;
      spoken.onend = () => { if (button.dataset.reading === "true") read(at + 1); };
      spoken.onerror = () => { if (button.dataset.reading === "true") stop(); };
      speechSynthesis.speak(spoken);
    };
    stop = () => { stop = () => {}; mark(false); speechSynthesis.cancel(); };
    read(0);
  }

  function mark(reading) {
    button.dataset.reading = String(reading);
    bind(label, reading ? "read.stop" : "read");
  }
  return button;
}

/** Lines cut at sentence ends; amendment notes and marks of lists are not read. */
export function sentences(words) {
  return words.replace(/<[^<>]*\d{4}[^<>]*>/g, "").split(/\n+|(?<=[.!?。])\s+/)
    .map((part) => part.replace(/^[\s•\-–]+/, "").trim()).filter(Boolean);
}

window.addEventListener("pagehide", () => stop());
