// What an answer says in plain words, as paragraphs, lists, sections and links. Words become text nodes only.
import { make } from "./dom.js";

const LINK = String.raw`https://[^\s<>"“”]*[^\s<>"“”.,:;!?)\]…]`;
/** A receipt number, a number with its unit, a day, a number to call, a provision with its particle: kept on one line,
 * with the bracket before it. */
const WHOLE = [
  String.raw`\bAS-[A-Z0-9]{4}-[A-Z0-9]{3}\b`,
  String.raw`[([]?\b\d[\d.,]* k?m\b`,
  String.raw`[([]?\b(?:\d{4}-\d\d(?:-\d\d)?|0\d{1,2}-\d{3,4}-\d{4})\b`,
  String.raw`[([]?제\d+조(?:의\d+)?(?:제\d+항)?(?:제\d+호(?:의\d+)?)?(?:[가-하]목)?[)\]]?[가-힣]{0,4}`,
  String.raw`[([]?\bArticle \d+(?:-\d+)?(?: \(\d+\)(?: \d+(?:-\d+)?\b)?(?: \([a-z]\))?)?[)\]]?`,
];
const APART = new RegExp(`(${[LINK, ...WHOLE].join("|")})`);
const ROWS = [["item", /^• /], ["part", /^\s*– /], ["note", /^※ /], ["under", /^\s{2,}/]];

/** Words with their links to follow, and kept together what belongs together. */
export const rich = (words) => words.split(APART).map((part, at) => (at % 2 === 0 ? part : apart(part))).filter(Boolean);

const apart = (part) => (part.startsWith("https://")
  ? make("a", { href: part, rel: "noopener noreferrer", target: "_blank" }, readable(part))
  : make("span", { class: "whole" }, part));

/** "law.go.kr/법령/…" may come with its letters encoded: shown as people read them. */
function readable(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** Paragraphs stand apart by an empty line. */
export function viewProse(words, lang = null) {
  return make("div", { class: "prose", testid: "message-text", lang }, ...words.split(/\n{2,}/).filter((said) => said.trim()).flatMap(paragraph));
}

/** One paragraph; a heading in its midst begins a part of its own. */
function paragraph(said) {
  const rows = said.split("\n").filter((line) => line.trim()).map(read);
  const parts = [[]];
  rows.forEach((row, at) => {
    if (at > 0 && headed(row) && rows[at + 1]?.kind === "item") parts.push([]);
    parts.at(-1).push(row);
  });
  return parts.flatMap(part);
}

const headed = ({ kind, words }) => kind === "line" && words.endsWith(":");

/** A line that ends in a colon before a list is its heading, before notes what they are folded under. */
function part([first, ...rows]) {
  const heading = headed(first) && first.words.slice(0, -1);
  if (heading && rows.length > 0 && rows.every(({ kind }) => kind === "note")) return [folded(heading, rows)];
  if (!heading || rows[0]?.kind !== "item") return grouped([first, ...rows]);
  return [make("section", { class: "part", testid: "part" }, make("h3", {}, ...rich(heading)), ...grouped(rows))];
}

function read(line) {
  const [kind, mark] = ROWS.find(([, begins]) => begins.test(line)) ?? ["line", /^\s+/];
  return { kind, words: line.replace(mark, "") };
}

const folded = (heading, rows) => make("details", { class: "since", testid: "since" },
  make("summary", {}, `${heading} (${rows.length})`), ...grouped(rows));

/** What belongs to an item of a list: its parts, and lines that are set in under it. */
const WITHIN = { item: ["item", "part", "under"], part: ["part", "under"], note: ["note"], line: ["line", "under"] };

/** Rows of one kind that follow each other are one list, or one run of lines. */
function grouped(rows) {
  const groups = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && WITHIN[last.kind].includes(row.kind)) last.rows.push(row);
    else groups.push({ kind: row.kind === "under" ? "line" : row.kind, rows: [row] });
  }
  return groups.map(({ kind, rows: own }) => (kind === "line" ? make("p", {}, ...rich(own.map(({ words }) => words).join("\n"))) : list(kind, own)));
}

function innermost(list) {
  const inner = list.lastElementChild.lastElementChild;
  return inner?.tagName === "UL" ? inner.lastElementChild : list.lastElementChild;
}

/** A list; its parts are lists within the item before them. An item that has a number needs no other mark. */
function list(kind, rows) {
  const element = make("ul", { class: kind === "note" ? "notes" : null });
  for (const row of rows) {
    const within = row.kind === "part" && kind === "item" && element.lastElementChild;
    if (row.kind === "under") innermost(element).append(make("p", {}, ...rich(row.words)));
    else if (!within) element.append(make("li", { class: /^\d+\. /.test(row.words) ? "numbered" : null }, ...rich(row.words)));
    else {
      if (within.lastElementChild?.tagName !== "UL") within.append(make("ul"));
      within.lastElementChild.append(make("li", {}, ...rich(row.words)));
    }
  }
  return element;
}
