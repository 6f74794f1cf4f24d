// The places of an answer: the map and, with everything the map says and more, the list.
import { dial, icon, make, unseen } from "./dom.js";
import { Selection } from "./selection.js";
import { viewMap } from "./view_map.js";
import { languageOf, text } from "./words.js";

/** What is said once above the list, and not with each place, where it is the same for all. */
const ALIKE = ["kind_label", "source_label", "publisher", "as_of", "stale"];

/** `folded`: the map waits to be opened (an emergency's numbers come first). */
export function viewPlaces(answer, folded = false) {
  const selection = new Selection();
  const mapped = answer.places.some((place) => place.lat !== null);
  const alike = answer.places.length > 1 && ALIKE.every((field) => answer.places.every((place) => place[field] === answer.places[0][field]));
  const items = answer.places.map((place, at) => item(place, at + 1, mapped, selection, alike));
  selection.follow((chosen, by) => follow(items, chosen, by));
  return make("div", { class: "places", testid: "places" },
    mapped && viewMap(answer, selection, folded),
    alike && make("div", { class: "places-alike", testid: "places-alike" }, kind(answer.places[0]), source(answer.places[0])),
    make("ol", { class: "place-list", testid: "place-list", role: "list", "aria-label": text("places"), "data-t-label": "places" }, ...items));
}

/** What the plain text says beyond the lead and the list, which stand on the page by themselves. */
export function beyondList(rest, places) {
  const listed = (line) => /^\s*\d+\.\s/.test(line) && places.some(({ name }) => line.includes(name));
  const heading = (line) => /\S \(\d+\):$/.test(line) || places.some(({ kind_label: kind }) => kind && line.endsWith(`${kind}:`));
  const sourced = (line) => places.some((place) => place.source_label && line.includes(place.source_label) && line.includes(place.as_of.slice(0, 4)));
  const noted = (line) => /^\(\d+\)\s/.test(line) && places.some(({ notes }) => notes.includes(line.replace(/^\(\d+\)\s+/, "")));
  let inside = false;
  return rest.split("\n").filter((line) => {
    inside = listed(line) || (inside && /^\s+\S/.test(line));
    return !inside && !sourced(line) && !heading(line) && !noted(line.trim());
  }).join("\n").replace(/\n{3,}/g, "\n\n").trim();
}

function follow(items, chosen, by) {
  items.forEach((element, at) => {
    const selected = at + 1 === chosen;
    element.classList.toggle("selected", selected);
    element.querySelector(".place-name").setAttribute("aria-pressed", String(selected));
    if (selected && by === "map") element.scrollIntoView({ block: "nearest" });
  });
}

const kind = (place) => place.kind_label
  && make("span", { class: "place-kind", testid: "place-kind", lang: languageOf(place.kind_label) }, place.kind_label);

function item(place, number, mapped, selection, alike) {
  return make("li", { class: "place", testid: "place", data: { number } },
    make("div", { class: "place-head" }, name(place, number, selection), !alike && kind(place)),
    make("div", { class: "place-body" },
      place.name_reading && make("p", { testid: "place-reading", lang: "en" }, place.name_reading),
      way(place),
      place.address && make("p", { testid: "place-address", lang: languageOf(place.address) }, place.address),
      place.capacity !== null && make("p", { testid: "place-capacity", t: "place.capacity", values: { count: place.capacity.toLocaleString("en") } }),
      place.facts?.length > 0 && make("p", { testid: "place-facts", lang: languageOf(place.facts[0]) }, place.facts.join(" · ")),
      doubts(place, mapped),
      !alike && source(place),
      actions(place)));
}

function name(place, number, selection) {
  const words = [make("span", { class: "badge", "aria-hidden": "true" }, String(number)),
    make("span", { class: "place-words", testid: "place-name", lang: languageOf(place.name) }, place.name)];
  if (place.lat === null) return make("p", { class: "place-name" }, ...words);
  return make("button", {
    type: "button", class: "place-name", testid: "place-show", "aria-pressed": "false", on: { click: () => selection.choose(number, "list") },
  }, ...words, unseen("place.show"));
}

/** The distance is a straight line's, so the minutes are an estimate: both are said. */
function way({ distance_m: metres, walk_min: minutes }) {
  if (metres === null) return null;
  const away = make("strong", {}, distance(metres));
  const walked = minutes !== null && make("strong", { t: "place.walk", values: { minutes } });
  return make("p", { class: "place-way", testid: "place-distance" },
    away, walked && " · ", walked, " ", make("span", { class: "place-kind", t: walked ? "place.estimate" : "place.straight" }));
}

/** "420 m" in steps of ten, "1.3 km" from a kilometre on. */
export function distance(metres) {
  if (metres < 995) return `${Math.max(10, Math.round(metres / 10) * 10)} m`;
  return metres < 99_950 ? `${(metres / 1000).toFixed(1)} km` : `${Math.round(metres / 1000)} km`;
}

function doubts(place, mapped) {
  const lines = place.notes.map((note) => make("li", { lang: languageOf(note) }, note));
  if (mapped && place.lat === null && lines.length === 0) lines.push(make("li", { t: "place.unmapped" }));
  return lines.length > 0 && make("ul", { class: "place-notes", testid: "place-notes" }, ...lines);
}

function source(place) {
  const publisher = place.publisher && !place.source_label.includes(place.publisher) && place.publisher;
  return make("p", { class: "dates", testid: "place-source" },
    make("span", { lang: languageOf(place.source_label) }, [place.source_label, publisher].filter(Boolean).join(", ")), ", ",
    make("span", { class: "date", t: "place.date", values: { date: place.as_of } }),
    place.stale && make("span", { class: "stale", testid: "place-stale" }, " ", icon("warn"), make("span", { t: "place.stale" })));
}

function actions(place) {
  const buttons = [
    place.phone && dial(place.phone, { class: "quiet", testid: "place-call" }, icon("phone"), make("span", {}, place.phone), " ", unseen("place.call", { name: place.name })),
    /^https:\/\//.test(place.map_url) && make("a", { class: "quiet", testid: "place-link", href: place.map_url, rel: "noopener noreferrer", target: "_blank" },
      icon("link"), make("span", { t: "place.link" }), " ", unseen("place.link.where", { name: place.name })),
  ].filter(Boolean);
  return buttons.length > 0 && make("p", { class: "actions" }, ...buttons);
}
