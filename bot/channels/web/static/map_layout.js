// Where pins and names stand on the map, so that none covers another: anew whenever the view changes.

const TURNS = 12;
const RINGS = [1, 1.35, 1.7, 2.2, 2.8, 3.5];
/** How much farther from its point a name may stand, of a pin's width. */
const FARTHER = [0, .6, 1.2, 2];
/** How near to a pin's middle another may stand, of its width. */
const NEAR = .92;
/** How far from a point's middle its name stands, in pixels. */
const GAP = 11;

export const around = ({ x, y }, wide, high) => ({ left: x - wide, right: x + wide, top: y - high, bottom: y + high });
export const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
const shared = (one, other) => Math.max(0, Math.min(one.right, other.right) - Math.max(one.left, other.left))
  * Math.max(0, Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top));
export const letter = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
const apart = (one, other) => Math.hypot(one.x - other.x, one.y - other.y);

/**
 * Sets pins apart and names beside their points; returns the boxes that are taken, in pixels of the map.
 * `pins`: [{marker, root, at}], the first one's place before the others'; `ends`: [{point, element}]; `lengths`: where
 * those of the circles stand.
 */
export function arrange(L, map, pins, { points: ends, lengths }) {
  const size = map.getSize();
  const wide = 1.75 * letter() + 4;
  const on = (at) => map.latLngToContainerPoint(at);
  const dots = ends.map(({ point }) => on(point));
  const points = pins.map(({ at }) => on(at));
  const spots = rooted(points, dots, wide);
  const taken = [...buttons(size), ...lengths.map((at) => around(on(at), 1.4 * letter(), .45 * letter())),
    ...dots.map((dot) => around(dot, 9, 9)), ...spots.filter(Boolean).map((spot) => around(spot, wide / 2, wide / 2))];
  const names = ends.flatMap(({ element }, at) => {
    const box = beside(element, dots[at], wide, taken, size);
    if (box) taken.push(box);
    return box ?? [];
  });
  points.forEach((point, at) => { spots[at] ??= aside(point, spots, dots, [...names, ...buttons(size)], wide, size); });
  pins.forEach((pin, at) => move(L, map, pin, spots[at]));
  return [...taken, ...spots.map((spot) => around(spot, wide / 2, wide / 2))];
}

const free = (spot, spots, dots, wide) => spots.every((other) => !other || apart(other, spot) >= wide * NEAR)
  && dots.every((dot) => apart(dot, spot) >= wide / 2 + 8);

/** The spots of the pins that stand on their own points; none where an earlier pin or an end of the way stands. */
function rooted(points, dots, wide) {
  const spots = points.map(() => null);
  points.forEach((point, at) => { if (free(point, spots, dots, wide)) spots[at] = point; });
  return spots;
}

/** The nearest spot for a pin whose point is taken; on the map when its point is. */
function aside(point, spots, dots, others, wide, size) {
  const seen = within(point, 0, size);
  const open = (spot) => free(spot, spots, dots, wide) && (!seen || within(spot, wide / 2, size))
    && !others.some((other) => overlap(other, around(spot, wide / 2, wide / 2)));
  const spot = ringed(point, wide);
  return spot.find(open) ?? spot.find((each) => free(each, spots, dots, wide)) ?? point;
}

/** Spots around a point, the nearer rings first, each beginning above. */
const ringed = (point, wide) => RINGS.flatMap((ring) => Array.from({ length: TURNS }, (_, turn) => {
  const angle = (2 * Math.PI * turn) / TURNS - Math.PI / 2;
  return { x: point.x + ring * wide * Math.cos(angle), y: point.y + ring * wide * Math.sin(angle) };
}));

const within = ({ x, y }, edge, size) => x > edge && y > edge && x < size.x - edge && y < size.y - edge;

/** A pin away from its point keeps a line to it. */
function move(L, map, { marker, root, at }, spot) {
  const point = map.latLngToContainerPoint(at);
  const [x, y] = [spot.x - point.x, spot.y - point.y];
  root.classList.toggle("moved", x !== 0 || y !== 0);
  for (const [name, value] of Object.entries({ "--x": `${x}px`, "--y": `${y}px`, "--far": `${Math.hypot(x, y)}px`, "--turn": `${Math.atan2(y, x)}rad` })) {
    root.style.setProperty(name, value);
  }
  const tip = marker.getTooltip();
  tip.options.offset = L.point(x, y - 16);
  if (marker.isTooltipOpen()) tip.update();
}

/** The buttons in the upper corners, and the scale in a lower one. */
function buttons(size) {
  const [wide, high] = [3.625 * letter(), 6.625 * letter()];
  const scale = { left: 0, right: 120, top: size.y - 2 * letter(), bottom: size.y };
  return [scale, ...[0, size.x - wide].map((left) => ({ left, right: left + wide, top: 0, bottom: high }))];
}

/** Puts the name of an end on the side where it covers least, the nearest first; its box, null without a name. */
function beside(element, dot, wide, taken, size) {
  const words = element.querySelector(".end-words");
  if (!words) return null;
  const [half, high] = [words.offsetWidth / 2, words.offsetHeight / 2];
  const ways = FARTHER.flatMap((more) => {
    const [x, y] = [half + GAP + more * wide, high + GAP + more * wide];
    return [[0, y], [0, -y], [x, 0], [-x, 0], [x, y], [x, -y], [-x, y], [-x, -y]];
  });
  const box = ([x, y]) => around({ x: dot.x + x, y: dot.y + y }, half, high);
  const map = { left: 0, top: 0, right: size.x, bottom: size.y };
  const lost = (way) => 4 * half * high - shared(box(way), map) + taken.reduce((sum, other) => sum + shared(box(way), other), 0);
  const found = ways.reduce((best, way) => (lost(way) < lost(best) ? way : best));
  words.style.setProperty("--x", `${found[0]}px`);
  words.style.setProperty("--y", `${found[1]}px`);
  return box(found);
}
