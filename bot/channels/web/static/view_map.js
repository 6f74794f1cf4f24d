// The frame of an answer's map: folding, enlarging, credits. The map itself is loaded when it comes into view.
import { icon, make } from "./dom.js";
import { bind, text } from "./words.js";

/** A foldable frame around the map of `answer`; the map is made once it is open and on the screen. */
export function viewMap(answer, selection, folded) {
  const box = make("div", { class: "map", testid: "map", role: "group", "aria-label": text("map.name"), "data-t-label": "map.name" });
  const state = make("p", { class: "map-state", testid: "map-state", role: "status" });
  const credit = make("p", { class: "map-credit", testid: "map-credit" });
  const tools = make("div", { class: "map-tools", hidden: true });
  const frame = make("details", { class: "map-fold", testid: "map-fold", open: !folded, data: { stays: true } },
    make("summary", { testid: "map-summary" }, icon("pin"), make("span", { t: "map.title" })),
    make("div", { class: "map-box" }, box, state, tools), credit);
  whenSeen(box, () => fill({ box, state, credit, tools, frame }, answer, selection));
  selection.follow((chosen, by) => { if (chosen && by === "list" && frame.open) frame.scrollIntoView({ block: "nearest" }); });
  return frame;
}

function whenSeen(element, run) {
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    run();
  }, { rootMargin: "200px" });
  watcher.observe(element);
}

async function fill({ box, state, credit, tools, frame }, answer, selection) {
  bind(state, "map.loading");
  try {
    const { drawMap } = await import("./map.js");
    const map = await drawMap(box, answer, selection);
    state.remove();
    credit.append(...credits(map.settings, answer));
    tools.append(tool("map.all", "all", "map-all", () => map.showAll()), enlarge(frame, map));
    tools.hidden = false;
    box.dataset.ready = "true";
  } catch {
    bind(state, "map.failed");
    box.hidden = true;
  }
}

const tool = (key, drawing, testid, run) => make("button", {
  type: "button", class: "map-tool", testid, "aria-label": text(key), "data-t-label": key, on: { click: run },
}, icon(drawing));

function enlarge(frame, map) {
  const button = tool("map.larger", "larger", "map-larger", () => {
    const large = frame.classList.toggle("large");
    button.setAttribute("aria-pressed", String(large));
    map.enlarged(large);
    frame.scrollIntoView({ block: large ? "start" : "nearest" });
  });
  button.setAttribute("aria-pressed", "false");
  return button;
}

/** Whose the outlines, the places and the tiles are, with dates. */
function credits(settings, { places }) {
  const outlines = settings?.boundaries;
  const sources = new Map(places.map((place) => [`${place.source_label}|${place.as_of}`, place]));
  const parts = [
    outlines && make("span", { t: "map.boundaries", values: { en: outlines.publisher.en, ko: outlines.publisher.ko, date: outlines.as_of } }),
    ...[...sources.values()].map((place) => make("span", { t: "map.places", values: { title: place.source_label, date: place.as_of } })),
    settings?.tiles && make("span", {}, settings.tiles.attribution),
    make("span", { lang: "en" }, "Leaflet"),
  ].filter(Boolean);
  return parts.flatMap((part, at) => (at > 0 ? [" · ", part] : [part]));
}
