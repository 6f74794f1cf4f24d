// A date field for an answer that asks when something is: it sends the days as anybody would type them.
import { make } from "./dom.js";

/** True when the bot says that it waits for days: a computed row {name: "asks", value: "dates"}. */
export const asksDates = (answer) => answer.computed.some(({ name, value }) => name === "asks" && value === "dates");

/** First day and, if it goes on, last day; `send` gets "2026-05-05" or "2026-05-05 ~ 2026-05-06". */
export function viewDates(send) {
  const first = field("date.first", "date-first");
  const last = field("date.last", "date-last");
  first.input.required = true;
  first.input.addEventListener("change", () => { last.input.min = first.input.value; });
  const submit = (event) => {
    event.preventDefault();
    send([...new Set([first.input.value, last.input.value].filter(Boolean))].join(" ~ "));
  };
  return make("form", { class: "dates-asked", testid: "dates-asked", on: { submit } },
    first.label, last.label, make("button", { type: "submit", class: "chip", testid: "date-send", t: "input.send" }));
}

function field(t, testid) {
  const input = make("input", { type: "date", testid });
  return { input, label: make("label", {}, make("span", { t }), " ", input) };
}
