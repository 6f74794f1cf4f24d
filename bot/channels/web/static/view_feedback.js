// Asks under an answer whether it was useful. Sent are the answer's status and language, the verdict and a reason.
import { announce } from "./copy.js";
import { make } from "./dom.js";
import { text } from "./words.js";

const REASONS = ["off_topic", "wrong", "outdated", "unclear", "missing"];

/** `judge(entry, verdict, reason)` resolves to true when it was counted. */
export function viewFeedback(entry, judge) {
  const box = make("div", { class: "feedback", testid: "feedback", role: "group", "aria-label": text("feedback.ask"), "data-t-label": "feedback.ask" });
  if (entry.judged) box.append(thanks());
  else ask();

  function ask() {
    box.replaceChildren(make("span", { class: "feedback-ask", "aria-hidden": "true", t: "feedback.ask" }),
      choice("feedback.useful", "feedback-useful", () => give("useful", "")),
      choice("feedback.not_useful", "feedback-not-useful", why));
  }

  function why() {
    box.replaceChildren(make("span", { class: "feedback-ask", t: "feedback.why" }),
      ...REASONS.map((reason) => choice(`feedback.${reason}`, "feedback-reason", () => give("not_useful", reason), { reason })),
      choice("feedback.back", "feedback-back", () => { ask(); box.querySelector("button").focus(); }));
    box.querySelector("button").focus();
    box.scrollIntoView({ block: "nearest" });
  }

  async function give(verdict, reason) {
    box.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    if (await judge(entry, verdict, reason)) {
      const said = thanks();
      box.replaceChildren(said);
      said.focus({ preventScroll: true });
      announce("feedback.thanks");
    } else {
      ask();
      box.append(make("span", { class: "feedback-ask", role: "alert", t: "feedback.failed" }));
    }
  }
  return box;
}

const choice = (key, testid, run, data = {}) => make("button", { type: "button", class: "quiet", testid, t: key, data, on: { click: run } });
const thanks = () => make("span", { class: "feedback-ask", testid: "feedback-thanks", tabindex: "-1", t: "feedback.thanks" });
