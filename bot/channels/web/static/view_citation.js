// One citation: folded to its label and heading; inside, the exact words and where they stand.
import { citationText, copy } from "./copy.js";
import { icon, make, unseen } from "./dom.js";
import { languageOf, pageLanguage } from "./words.js";

const in_its_language = (value) => ({ lang: languageOf(value) });

/** The provision's own page on this server; null for what is no article's (addenda). */
export function pageOf({ provision }, language = pageLanguage()) {
  const found = /^(\d+(?:-\d+)?)(?:\/(.+))?$/.exec(provision);
  if (!found) return null;
  const mark = found[2] && found[2] !== "0" ? `#${found[2]}` : "";
  return new URL(`../law/disaster-safety-decree/${found[1]}?lang=${language}${mark}`, document.baseURI).href;
}

/** `open`: unfolded from the start. */
export function viewCitation(cited, open) {
  return make("details", { class: "citation", testid: "citation", open, data: { provision: cited.provision } },
    summary(cited),
    make("div", { class: "citation-body" },
      cited.amended_later && amended(cited.amended_later),
      cited.quote_ko && official(cited),
      make("p", { class: "small-title", t: cited.quote_ko ? "cite.quote.english" : "cite.quote" }),
      quote(cited.quote),
      cited.rendering && rendering(cited.rendering),
      where(cited),
      cited.history.length > 0 && history(cited.history),
      actions(cited)));
}

function summary(cited) {
  return make("summary", { testid: "citation-summary" },
    make("span", { class: "citation-label", testid: "citation-label", ...in_its_language(cited.label) }, cited.label), " ",
    make("span", { class: "citation-heading", ...in_its_language(cited.title || cited.heading) }, cited.title || cited.heading));
}

/**
 * The quote, verbatim: each line a block indented by its numbering, joined by the line breaks of
 * the source, so that textContent (and what a person copies) is the quote to the letter.
 */
export function quote(words, testid = "citation-quote") {
  const block = make("blockquote", { testid, ...in_its_language(words) });
  words.split("\n").forEach((line, at) => {
    if (at > 0) block.append("\n");
    block.append(make("span", { class: `line ${depth(line)}` }, ...notesApart(line)));
  });
  return block;
}

function depth(line) {
  if (/^\s*(\d+(-\d+)*\.|\d+(의\d+)?\.)\s/.test(line)) return "line-subparagraph";
  if (/^\s*(\([a-z]\)|[가-하]\.)\s/.test(line)) return "line-item";
  return "";
}

/** Amendment notes such as <Amended on Jun. 2, 2020> are set paler, in their place. */
function notesApart(line) {
  return line.split(/(<[^<>]*\d{4}[^<>]*>)/)
    .map((part) => (/^<.*>$/.test(part) ? make("span", { class: "amendment-note" }, part) : part));
}

/** The official Korean words of the version in force, when the server holds them: they have legal force. */
function official(cited) {
  const values = { version: cited.quote_ko_version, day: cited.quote_ko_in_force };
  return make("div", { class: "official", testid: "citation-official" },
    make("p", { class: "small-title", t: "cite.quote.korean", values }),
    quote(cited.quote_ko, "citation-quote-ko"));
}

function rendering(words) {
  return make("div", { class: "rendering" },
    make("p", { class: "small-title", t: "cite.rendering" }),
    make("p", { class: "prose", testid: "citation-rendering", ...in_its_language(words) }, words));
}

function amended(sentence) {
  return make("p", { class: "amended", testid: "citation-amended" }, icon("warn"),
    make("span", {}, make("strong", { t: "cite.amended" }), " – ", make("span", in_its_language(sentence), sentence)));
}

function where(cited) {
  const steps = [cited.law, ...cited.path].filter(Boolean);
  return make("div", { class: "where" },
    make("p", { class: "small-title", t: "cite.path" }),
    make("ol", { class: "path", testid: "citation-path" },
      ...steps.map((step) => make("li", in_its_language(step), step))),
    make("p", { class: "dates", testid: "citation-date" },
      cited.version && make("span", { t: "cite.version", values: { version: cited.version } }),
      cited.version && cited.text_date && " · ",
      cited.text_date && make("span", { t: "cite.date", values: { day: cited.text_date } })));
}

function history(notes) {
  return make("div", { class: "history" },
    make("p", { class: "small-title", t: "cite.history" }),
    make("ul", { testid: "citation-history" }, ...notes.map((note) => make("li", in_its_language(note), note))));
}

function actions(cited) {
  const values = { label: cited.label };
  const page = pageOf(cited);
  const official = /^https:\/\//.test(cited.url) && outward(cited.url, "citation-link", "cite.link", "cite.link.where", values);
  return make("p", { class: "actions" },
    copier("citation-copy", "cite.copy", values, "copy", () => citationText(cited, page)),
    page && outward(page, "citation-page", "cite.page", "cite.page.which", values),
    page && copier("citation-page-copy", "cite.page.copy", values, "copy", () => pageOf(cited)),
    official);
}

function copier(testid, key, values, drawing, words) {
  const label = make("span", { t: key });
  return make("button", { type: "button", class: "quiet", testid, on: { click: () => copy(words(), label, key) } },
    icon(drawing), label, " ", unseen("cite.copy.which", values));
}

const outward = (href, testid, key, more, values) => make("a", { class: "quiet", testid, href, rel: "noopener noreferrer", target: "_blank" },
  icon("link"), make("span", { t: key }), " ", unseen(more, values));
