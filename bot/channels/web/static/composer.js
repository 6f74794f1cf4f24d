// The message box: Enter sends, Shift+Enter breaks the line, a counter shows near the limit.
import { bind } from "./words.js";

export const LIMIT = 2000;
const NEAR = 200;

/** `tooLong(pasted, before)`: a text was pasted that the box cannot hold; `before` stood in it. */
export function startComposer(send, tooLong) {
  const form = document.getElementById("composer");
  const input = document.getElementById("input");
  const counter = document.getElementById("counter");

  function count(cutOff = false) {
    const left = LIMIT - input.value.length;
    counter.hidden = left > NEAR;
    counter.classList.toggle("full", left === 0);
    const key = cutOff ? "input.full" : { 0: "input.none", 1: "input.one" }[left] ?? "input.left";
    bind(counter, key, { count: left, limit: LIMIT.toLocaleString("en") });
  }

  function grow() {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + input.offsetHeight - input.clientHeight}px`;
  }

  function set(value) {
    input.value = value.slice(0, LIMIT);
    count();
    grow();
  }

  /** What was typed, taken out of the box. */
  function take() {
    const words = input.value.trim();
    set("");
    return words;
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const words = take();
    if (words) send(words);
    input.focus({ preventScroll: true });
  });

  input.addEventListener("keydown", (event) => {
    // While a Hangul syllable is being composed, Enter only finishes it (229: Safari's way to say so).
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    form.requestSubmit();
  });

  input.addEventListener("paste", (event) => {
    const pasted = event.clipboardData?.getData("text") ?? "";
    const before = input.value;
    const replaced = input.selectionEnd - input.selectionStart;
    if (before.length - replaced + pasted.length <= LIMIT) return;
    setTimeout(() => { count(true); tooLong(pasted, before); });
  });

  input.addEventListener("input", () => { count(); grow(); });
  window.addEventListener("resize", grow);
  count();
  return { set, take, focus: () => input.focus({ preventScroll: true }), blur: () => input.blur() };
}
