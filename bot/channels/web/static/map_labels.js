// Names of the dongs on the map: each in the middle of the part that is in view, where there is room for it.
import { make } from "./dom.js";
import { around, letter, overlap } from "./map_layout.js";
import { pageLanguage } from "./words.js";

const ROOM = 1.6;

export class Labels {
  constructor(L, map, features) {
    Object.assign(this, { L, map });
    this.areas = features.map(({ properties, geometry }) => ({ properties, rings: outerRings(geometry) }));
    this.layer = L.layerGroup().addTo(map);
  }

  /** `taken`: boxes where no name may stand; `said`: names that stand there already. */
  draw(taken, said) {
    const { L, map } = this;
    this.layer.clearLayers();
    const size = map.getSize();
    const view = L.bounds([6, 6], [size.x - 6, size.y - 6]);
    const candidates = this.areas.map((area) => ({ ...area, spot: this.spot(area.rings, view) }))
      .filter(({ spot, properties }) => spot && !said.includes(name(properties)));
    candidates.sort((one, other) => other.spot.area - one.spot.area);
    for (const { properties, spot } of candidates) this.place(name(properties), spot, taken, size);
  }

  /** The middle and the size of the greatest visible part of an outline, in pixels. */
  spot(rings, view) {
    const { L, map } = this;
    let best = null;
    for (const ring of rings) {
      const points = ring.map(([lon, lat]) => map.latLngToContainerPoint([lat, lon]));
      const clipped = L.PolyUtil.clipPolygon(points, view, false);
      const found = clipped?.length > 2 && middle(clipped);
      if (found && (!best || found.area > best.area)) best = found;
    }
    return best;
  }

  place(words, { x, y, area }, taken, size) {
    const high = letter() * .75;
    const wide = words.length * high * (pageLanguage() === "ko" ? 1 : .6);
    if (area < wide * high * ROOM * 2) return;
    const box = around({ x, y }, wide / 2 + 2, high * .75);
    const inside = box.left > 0 && box.right < size.x && box.top > 0 && box.bottom < size.y;
    if (!inside || taken.some((other) => overlap(box, other))) return;
    taken.push(box);
    const { L, map } = this;
    const html = make("span", { class: "dong-words", lang: pageLanguage() }, words);
    L.marker(map.containerPointToLatLng([x, y]), {
      icon: L.divIcon({ className: "map-root", html, iconSize: [0, 0] }), interactive: false, keyboard: false, zIndexOffset: -1000,
    }).addTo(this.layer);
  }
}

const name = (properties) => (pageLanguage() === "ko" ? properties.name_ko : properties.name_en);
const outerRings = ({ type, coordinates }) => (type === "Polygon" ? [coordinates[0]] : coordinates.map(([outer]) => outer));

/** Area and centroid of a polygon (shoelace). */
function middle(points) {
  let twice = 0;
  let x = 0;
  let y = 0;
  points.forEach((point, at) => {
    const next = points[(at + 1) % points.length];
    const cross = point.x * next.y - next.x * point.y;
    twice += cross;
    x += (point.x + next.x) * cross;
    y += (point.y + next.y) * cross;
  });
  return twice ? { x: x / (3 * twice), y: y / (3 * twice), area: Math.abs(twice / 2) } : null;
}
