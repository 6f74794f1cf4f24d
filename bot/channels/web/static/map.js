// The map of an answer, drawn by Leaflet over the outlines of the dongs. Loaded only when one is shown.
import { make } from "./dom.js";
import { Labels } from "./map_labels.js";
import { arrange, letter } from "./map_layout.js";
import { distance } from "./view_places.js";
import { configuration, outlines } from "./wire.js";
import { languageOf, text } from "./words.js";

/** Pixels kept free at the edges, in step with the text size: buttons stand at the sides, names under the points. */
function room() {
  const high = letter();
  return { paddingTopLeft: [3.75 * high, 2.25 * high], paddingBottomRight: [3.75 * high, 2.5 * high] };
}

let engine = null;
let ground = null;

/** Leaflet and its style sheet, once; both lie beside the page. */
function leaflet() {
  engine ??= Promise.all([import("./vendor/leaflet/leaflet.js"), styleSheet("static/vendor/leaflet/leaflet.css")])
    .then(() => globalThis.L)
    .catch((error) => { engine = null; throw error; });
  return engine;
}

function styleSheet(href) {
  return new Promise((resolve, reject) => {
    const link = make("link", { rel: "stylesheet", href, on: { load: resolve, error: reject } });
    document.head.prepend(link); // before the page's own style, which has the last word
  });
}

/** The outlines and the installation's settings, asked for once; a map without them still has its places. */
function backdrop() {
  ground ??= Promise.all([outlines(), configuration()]).then(([dongs, settings]) => {
    if (!dongs || !settings) ground = null;
    return { dongs, settings };
  });
  return ground;
}

/** Draws the map into `box`; resolves to {settings, showAll(), enlarged(yes)}. */
export async function drawMap(box, answer, selection) {
  const [L, { dongs, settings }] = await Promise.all([leaflet(), backdrop()]);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const touch = matchMedia("(pointer: coarse)").matches;
  const map = L.map(box, {
    attributionControl: false, zoomControl: false, scrollWheelZoom: false, dragging: !touch, zoomSnap: .25, zoomDelta: 1, minZoom: 6, maxZoom: 18,
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still, inertia: !still,
  });
  const extent = extentOf(L, answer);
  const showAll = () => map.fitBounds(extent, { ...room(), maxZoom: 16.5, animate: !still });
  showAll();
  controls(L, map);
  if (settings?.tiles) L.tileLayer(settings.tiles.url, { maxZoom: 19, className: "tiles" }).addTo(map);
  box.classList.toggle("tiled", Boolean(settings?.tiles));
  if (dongs) outline(L, map, dongs, answer.map?.dong_codes ?? []);
  const drawn = ends(L, map, answer.map);
  const marks = answer.places.map((place, at) => place.lat !== null && mark(L, map, place, at + 1, selection)).filter(Boolean);
  selection.follow((chosen) => choose(map, marks, chosen, still));
  keepApart(L, map, marks, drawn, dongs && new Labels(L, map, dongs.features));
  wheelAfterClick(map);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(box);
  return {
    settings,
    showAll,
    enlarged(yes) {
      map.invalidateSize({ animate: false });
      if (touch) map.dragging[yes ? "enable" : "disable"]();
      showAll();
    },
  };
}

/** Pins, names of ends and names of dongs give way to each other, whatever changes their room. */
function keepApart(L, map, marks, drawn, labels) {
  const draw = () => {
    const taken = arrange(L, map, marks, drawn);
    labels?.draw(taken, drawn.points.map(({ element }) => element.textContent));
  };
  map.on("moveend resize", draw);
  // The names follow the page's language.
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ["lang", "data-size"] });
  draw();
}

const pointsOf = (place) => [[place.lat, place.lon], ...(place.end_lat !== null && place.end_lon !== null ? [[place.end_lat, place.end_lon]] : [])];
const located = (end) => end && end.lat !== null && end.lon !== null;

function extentOf(L, { places, map }) {
  const points = places.filter((place) => place.lat !== null).flatMap(pointsOf);
  const more = [map?.origin, map?.destination].filter(located).map((end) => [end.lat, end.lon]);
  return L.latLngBounds([...points, ...more]);
}

function controls(L, map) {
  const zoom = L.control.zoom({ position: "topleft", zoomInTitle: "", zoomOutTitle: "" }).addTo(map).getContainer();
  [["in", "map.in"], ["out", "map.out"]].forEach(([way, key]) => {
    const button = zoom.querySelector(`.leaflet-control-zoom-${way}`);
    button.removeAttribute("title");
    button.dataset.tLabel = key;
    button.setAttribute("aria-label", text(key));
  });
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
}

function outline(L, map, dongs, chosen) {
  const asked = new Set(chosen);
  L.geoJSON(dongs, {
    interactive: false,
    style: ({ properties }) => ({ className: asked.has(properties.code) ? "dong chosen" : "dong" }),
  }).addTo(map);
}

/**
 * Where the way begins and ends; two circles around a single origin let distances be judged at a glance.
 * Gives {points: [{point, element}], lengths: where those of the circles stand}.
 */
function ends(L, map, drawn) {
  const { origin, destination } = drawn ?? {};
  let lengths = [];
  if (located(origin) && located(destination)) {
    L.polyline([[origin.lat, origin.lon], [destination.lat, destination.lon]], { className: "way", interactive: false }).addTo(map);
  } else if (located(origin)) {
    lengths = rings(L, map, origin);
  }
  const points = [[origin, "origin"], [destination, "destination"]].filter(([each]) => located(each)).map(([each, role]) => end(L, map, each, role));
  return { points, lengths };
}

function rings(L, map, { lat, lon }) {
  const size = map.getSize();
  const metres = map.distance(map.containerPointToLatLng([0, size.y / 2]), map.containerPointToLatLng([size.y * .28, size.y / 2]));
  const power = 10 ** Math.floor(Math.log10(metres));
  const step = Math.max(...[1, 2, 5].map((one) => one * power).filter((one) => one <= metres));
  return [step, 2 * step].map((radius) => {
    L.circle([lat, lon], { radius, className: "ring", interactive: false }).addTo(map);
    const words = make("span", { class: "ring-words" }, radius < 1000 ? `${radius} m` : `${radius / 1000} km`);
    const top = L.latLng(lat + radius / 111_195, lon);
    L.marker(top, { icon: L.divIcon({ className: "map-root", html: words, iconSize: [0, 0] }), interactive: false, keyboard: false }).addTo(map);
    return top;
  });
}

function end(L, map, { lat, lon, kind, name }, role) {
  const words = kind === "here" ? make("span", { class: "end-words", t: "map.you" })
    : name && make("span", { class: "end-words", lang: languageOf(name) }, name);
  const html = make("span", { class: `end ${role}`, testid: `map-${role}` }, make("i"), words);
  L.marker([lat, lon], { icon: L.divIcon({ className: "map-root", html, iconSize: [0, 0] }), interactive: false, keyboard: false, zIndexOffset: -500 }).addTo(map);
  return { point: [lat, lon], element: html };
}

/** A numbered mark; a section of road is a line with its number in the middle. */
function mark(L, map, place, number, selection) {
  const points = pointsOf(place);
  const line = points.length > 1 && L.polyline(points, { className: "section", interactive: false }).addTo(map);
  const at = points.length > 1 ? [(points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2] : points[0];
  const html = make("span", {}, make("i", { class: "stem" }), make("span", { class: "pin" }, String(number)));
  const marker = L.marker(at, {
    icon: L.divIcon({ className: "map-root pin-root", html, iconSize: null }), keyboard: true, riseOnHover: true, zIndexOffset: 1000 - 10 * number,
  }).addTo(map);
  const root = marker.getElement();
  root.dataset.testid = "map-marker";
  root.dataset.number = number;
  root.setAttribute("aria-label", `${number}. ${place.name}`);
  root.setAttribute("aria-pressed", "false");
  marker.bindTooltip(tip(place), { direction: "top", offset: [0, -16], className: "map-tip" });
  marker.on("click", () => selection.choose(number, "map"));
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    selection.choose(number, "map");
  });
  return { marker, root, line, number, at };
}

const tip = (place) => make("span", {}, make("strong", { lang: languageOf(place.name) }, place.name),
  place.distance_m !== null && ` ${distance(place.distance_m)}`);

function choose(map, marks, chosen, still) {
  for (const { marker, root, line, number } of marks) {
    const selected = number === chosen;
    root.classList.toggle("selected", selected);
    root.setAttribute("aria-pressed", String(selected));
    line && line.getElement().classList.toggle("selected", selected);
    marker.setZIndexOffset(selected ? 5000 : 1000 - 10 * number);
    if (!selected) marker.closeTooltip();
    else {
      map.panInside(marker.getLatLng(), { padding: [60, 60], animate: !still });
      marker.openTooltip();
    }
  }
}

/** The wheel scrolls the page until the map is clicked, so that nobody is caught on the way down. */
function wheelAfterClick(map) {
  map.on("click focus", () => map.scrollWheelZoom.enable());
  map.on("blur mouseout", () => map.scrollWheelZoom.disable());
}
