// One answer of the bot, by its status.
import { copy } from "./copy.js";
import { dial, icon, make } from "./dom.js";
import { asksDates, viewDates } from "./view_dates.js";
import { viewCitation } from "./view_citation.js";
import { beyondList, viewPlaces } from "./view_places.js";
import { rich, viewProse } from "./view_prose.js";
import { canRead, reader } from "./read_aloud.js";
import { hasText, text } from "./words.js";

/**
 * The parts of a bot message in the order they are painted, the lead first; each makes its elements when called.
 * `fresh`: it has just come in, so an emergency is called out.
 */
export function messageParts(message, fresh) {
  const { answer } = message;
  if (!answer) return [() => [viewProse(message.text)]];
  const places = answer.places.length > 0;
  if (answer.status === "emergency") return [() => [emergency(message, fresh)], places && (() => [viewPlaces(answer, true)])].filter(Boolean);
  const cited = answer.citations.length > 0;
  return [
    () => [statusLabel(answer.status), make("p", { class: "lead", testid: "lead", lang: answer.language }, ...rich(answer.lead || answer.text || message.text))],
    () => [dues(answer), answer.files.length > 0 && files(answer)],
    places && (() => [viewPlaces(answer)]),
    () => [
      ...body(answer),
      answer.calls.length > 0 && make("div", { class: "calls" }, ...answer.calls.map((one) => call(one, answer.language))),
    ],
    cited && (() => [citations(answer)]),
    (cited || beyondLead(answer)) && (() => [foot(message)]),
  ].filter(Boolean);
}

function statusLabel(status) {
  const key = `status.${status}`;
  return hasText(key) && make("p", { class: "status-label", testid: "status-label", data: { status }, t: key });
}

/**
 * What the plain text says beyond the lead, without the list of places and the quotes, which stand on the
 * page by themselves, and without the line that names the files.
 */
function body(answer) {
  const listed = answer.places.length > 0 ? beyondList(beyondLead(answer), answer.places) : beyondLead(answer);
  const rest = answer.citations.length > 0 ? beyondQuotes(listed, answer.citations) : listed;
  const names = (line) => answer.files.length > 0 && answer.files.every(({ label }) => line.includes(label));
  const said = rest.split("\n").filter((line) => !names(line) && !dials(line, answer.calls)).join("\n").trim();
  return said && answer.lead ? [viewProse(said, answer.language)] : [];
}

/** The lines that are no quote, no rendering, no note on a later change and no line that only names a provision. */
export function beyondQuotes(rest, citations) {
  const shown = citations.flatMap((cited) => [cited.quote, cited.quote_ko, cited.rendering, cited.amended_later]).filter(Boolean).join("\n");
  const bare = (line) => line.trim().replace(/^[“"]|[”"]$/g, "").replace(/^\[[^\]]{1,20}\]\s*/, "").replace(/\s*\[…\]$/, "").trim();
  const naming = (line) => !/^\s*–/.test(line) && citations.some(({ label, title, heading }) => line.includes(label)
    && (line.replace(label, "").replace(title || heading, "").match(/\p{L}/gu) ?? []).length < 9);
  const noted = (line) => /^\s*※/.test(line) && citations.some(({ amended_later: later }) => later && line.includes(later));
  const quoted = (line) => line.trim() !== "" && (/^\s*—/.test(line) || noted(line) || bare(line) === "" || shown.includes(bare(line)) || naming(line));
  return rest.split("\n").filter((line) => !quoted(line)).join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

/** "Call: 119" says no more than the buttons do. */
function dials(line, calls) {
  const numbers = /^\p{L}+: ([\d, ·]+)$/u.exec(line)?.[1].split(/[^\d]+/).filter(Boolean) ?? [];
  return numbers.length > 0 && numbers.every((each) => calls.some(({ number }) => number === each));
}

function beyondLead({ lead, text: whole }) {
  return (whole.startsWith(lead) ? whole.slice(lead.length) : whole).trim();
}

/** The last days that were counted, before all that stands around them. */
function dues({ computed, language }) {
  const rows = computed.filter(({ name, value }) => hasText(`due.${name}`) && /^\d{4}-\d\d-\d\d$/.test(value));
  const format = new Intl.DateTimeFormat(language === "ko" ? "ko" : "en-GB", { dateStyle: "full", timeZone: "UTC" });
  return rows.length > 0 && make("dl", { class: "dues", testid: "dues", lang: language }, ...rows.flatMap(({ name, value }) => [
    make("dt", {}, text(`due.${name}`, {}, language)), make("dd", {}, make("time", { datetime: value }, format.format(new Date(value))))]));
}

/** Files to take away, made by this service. */
function files(answer) {
  return make("div", { class: "files", testid: "files" },
    make("p", { class: "small-title", t: "files" }),
    make("ul", { class: "actions", role: "list" }, ...answer.files.map(({ kind, label, url }) => make("li", {},
      make("a", { class: "quiet", testid: "file", href: url, download: true, lang: answer.language, data: { kind } }, icon("save"), make("span", {}, label))))));
}

/** What the answer rests on, apart from what was only found beside it. */
function citations(answer) {
  const unfold = answer.status === "answered" && answer.files.length === 0;
  const standing = answer.citations.map((cited) => standingOf(cited, answer));
  return make("div", { class: "citations", testid: "citations" }, ...answer.citations.flatMap((cited, at) => [
    standing[at] !== standing[at - 1] && make("p", { class: "small-title", testid: "citations-title", t: standing[at] }),
    viewCitation(cited, unfold && at === 0)]));
}

/** A provision that is offered as a further match supports nothing that was said; without evidence none does. */
function standingOf({ label }, { status, suggestions, matches }) {
  if (status === "no_evidence" && matches?.length > 0) return "citations.nearest";
  if (!suggestions.includes(label)) return "citations";
  return status === "answered" ? "citations.also" : "citations.nearest";
}

function foot({ text: said, answer }) {
  const label = make("span", { t: "answer.copy" });
  const shown = new Set(answer.citations.map((cited) => cited.text_date));
  const dates = answer.source_dates.filter((date) => !shown.has(date));
  return make("p", { class: "foot" },
    make("button", {
      type: "button", class: "quiet", testid: "answer-copy",
      on: { click: () => copy(answer.text || said, label, "answer.copy") },
    }, icon("copy"), label),
    canRead() && reader(answer.text || said, answer.language),
    dates.length > 0 && make("span", { class: "dates", testid: "source-dates", t: "answer.dates", values: { dates: dates.join(", ") } }));
}

/** The card speaks the language of the answer: who asks for help may not be who set up the page. */
function emergency({ text: said, answer }, fresh) {
  const { language } = answer;
  const calls = answer.calls.length ? answer.calls : ["119", "112"].map((number) => ({ number, label: text(`emergency.${number}`, {}, language) }));
  const lines = beyondList(beyondLead({ lead: answer.lead, text: answer.text || said }), answer.places).split("\n").map((line) => line.trim()).filter(Boolean);
  return make("div", { class: "emergency", testid: "emergency-card", role: fresh ? "alert" : "group", "aria-label": text("emergency.title", {}, language), lang: language },
    make("p", { class: "emergency-title" }, icon("warn"), text("emergency.title", {}, language)),
    make("div", { class: "calls" }, ...calls.map((one) => call(one, language))),
    answer.lead && make("p", { class: "lead", testid: "lead" }, ...rich(answer.lead)),
    lines.length > 0 && make("ul", { class: "steps", testid: "message-text" }, ...lines.map((line) => make("li", {}, ...rich(line.replace(/^[•–]\s*/, ""))))),
    canRead() && make("p", { class: "actions" }, reader(spoken(calls, answer.text || said, language), language)));
}

/** The numbers first, each digit by itself as one says them: "Call 1 1 9". */
function spoken(calls, words, language) {
  const numbers = calls.map(({ number }) => number);
  const first = numbers.map((number) => `${text("call", { number }, language)}.`).join("\n");
  const apart = (number) => [...number].join(" ");
  return numbers.reduce((all, number) => all.replace(new RegExp(`(?<!\\d)${number.replace(/\D/g, "\\$&")}(?!\\d)`, "g"), apart(number)), `${first}\n${words}`);
}

function call({ number, label: whole }, language) {
  const spoken = text("call", { number }, language);
  // "Call 119 (fire, ambulance)" is not said twice under "Call 119", nor is "119"
  const label = whole.startsWith(spoken) ? whole.slice(spoken.length).replace(/^[\s(]+|[\s)]+$/g, "") : whole.trim() === number ? "" : whole;
  return dial(number, { class: "call", testid: "call-button", lang: language, data: { number } }, icon("phone"),
    make("span", { class: "call-words" },
      make("strong", {}, spoken), " ",
      label && make("span", { class: "call-label" }, label)));
}

/** Buttons to answer with: quick replies, then suggestions that are not among them. */
export function viewReplies(message, send) {
  const offered = new Set(message.quick_replies.flatMap((reply) => [reply.text, reply.title]));
  const further = (message.answer?.suggestions ?? []).filter((words) => !offered.has(words));
  const rows = [
    message.answer && asksDates(message.answer) && viewDates(send),
    group("replies", "quick-reply", message.quick_replies, send),
    group("suggestions", "suggestion", further.map((words) => ({ title: words, text: words })), send),
  ].filter(Boolean);
  return rows.length > 0 && make("div", { class: "replies", testid: "replies" }, ...rows);
}

function group(key, testid, replies, send) {
  if (replies.length === 0) return null;
  return make("div", { role: "group", "aria-label": text(key), "data-t-label": key },
    key === "suggestions" && make("p", { class: "small-title", t: key }),
    ...replies.map((reply) => make("button", { type: "button", class: "chip", testid, on: { click: () => send(reply.text) } }, reply.title)));
}
