// Small makers of DOM nodes. Data enters the page as text nodes only, never as markup.
import { bind } from "./words.js";

/**
 * Makes an element. `props`: class, testid, t (text key) and values, label (aria-label key),
 * on (listeners), data (dataset), anything else is an attribute; false and null are left out.
 */
export function make(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") element.className = value;
    else if (name === "testid") element.dataset.testid = value;
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "on") Object.entries(value).forEach(([event, run]) => element.addEventListener(event, run));
    else if (name !== "t" && name !== "values") element.setAttribute(name, value === true ? "" : value);
  }
  if (props.t) bind(element, props.t, props.values);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false).flatMap(breakable));
  return element;
}

/**
 * Where Korean words may be broken, which stay as they are: "시장ㆍ군수ㆍ구청장" after its dots, which are letters to a
 * browser, and "제34조의2제3항제1호" before each of its parts. "기록·유지" is not broken before its dot.
 */
const BREAKS = /ㆍ|(?:조|항|호)(?:의\d+)?(?=제\d)/g;
const TIED = /([가-힣]·)(?=[가-힣])/;

const tied = (words) => words.split(TIED).map((part, at) => (at % 2 === 1 ? make("span", { class: "tied" }, part) : part));

function breakable(child) {
  if (typeof child !== "string") return [child];
  const ends = [...child.matchAll(BREAKS)].map(({ 0: found, index }) => index + found.length);
  return [0, ...ends].flatMap((from, at) => [at > 0 && document.createElement("wbr"), ...tied(child.slice(from, ends[at]))]).filter(Boolean);
}

const SVG = "http://www.w3.org/2000/svg";
const PATHS = {
  pin: "M12 2a7.5 7.5 0 0 1 7.5 7.5C19.5 15 12 22 12 22S4.5 15 4.5 9.5A7.5 7.5 0 0 1 12 2Zm0 4.5a3 3 0 1 0 0 6 3 3 0 0 0 0-6Z",
  larger: "M4 4h7v2H7.4l4 4-1.4 1.4-4-4V11H4Zm16 16h-7v-2h3.600l-4-4 1.4-1.4 4 4V13h2Z",
  all: "M4 4h5v2H6v3H4Zm11 0h5v5h-2V6h-3ZM4 15h2v3h3v2H4Zm14 0h2v5h-5v-2h3ZM9 9h6v6H9Z",
  phone: "M6.6 10.8a15 15 0 0 0 6.6 6.6l2.2-2.2a1 1 0 0 1 1-.25 11.4 11.4 0 0 0 3.6.57 1 1 0 0 1 1 1V20a1 1 0 0 1-1 1A17 17 0 0 1 3 4a1 1 0 0 1 1-1h3.5a1 1 0 0 1 1 1c0 1.25.2 2.45.57 3.57a1 1 0 0 1-.25 1Z",
  copy: "M8 3h11a2 2 0 0 1 2 2v11h-2V5H8Zm-3 4h9a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2Zm0 2v10h9V9Z",
  link: "M14 3h7v7h-2V6.4l-9.3 9.3-1.4-1.4L17.6 5H14ZM5 5h5v2H5v12h12v-5h2v5a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z",
  sound: "M4 9h4l5-4v14l-5-4H4Zm11.500-1.500a5 5 0 0 1 0 9l-.8-1.700a3.100 3.100 0 0 0 0-5.600Zm1.700-3.500a9 9 0 0 1 0 16l-.9-1.800a7 7 0 0 0 0-12.400Z",
  save: "M11 3h2v9l3.300-3.300 1.400 1.400L12 15.800l-5.700-5.700 1.400-1.400L11 12Zm-7 14h16v3H4Z",
  clip: "M16.5 6v11.5a4 4 0 0 1-8 0V5a2.5 2.5 0 0 1 5 0v10.5a1 1 0 0 1-2 0V6H10v9.5a2.5 2.5 0 0 0 5 0V5a4 4 0 0 0-8 0v12.5a5.5 5.5 0 0 0 11 0V6Z",
  warn: "M12 2 1 21h22Zm1 15v2h-2v-2Zm0-7v5h-2v-5Z",
};

/** A decorative icon in the colour of the text around it. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Text only a screen reader says. */
export const unseen = (t, values) => make("span", { class: "unseen", t, values });

/** A link that dials; anything but digits, +, * and # is dropped from the number. */
export const dial = (number, props, ...children) =>
  make("a", { href: `tel:${String(number).replace(/[^0-9+*#]/g, "")}`, ...props }, ...children);
