"""The map of an answer as a still picture, for channels that show pictures only. No tiles, no network.

Drawn in metres around the middle of the view (an equirectangular projection: right to a fraction of a
per cent over a city). The outlines are those of knowledge/gazetteer; their source is named in the picture.
"""

from __future__ import annotations

import functools
import io
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from actions.map_picture_foot import draw_foot, foot_height, sources
from actions.map_picture_layout import Box, around, beside, middle, rooted, spread
from actions.map_picture_pen import COLOURS, DPI, GAZETTEER, METRES_PER_DEGREE, Pen, View, korean_font

LEAST_SPAN_M = 600.0
MARK_PIXELS = 33
"""Across a mark with its white edge."""
NAME_POINTS = 9.5
LEAST_PART = 0.012
"""Of what is seen, the part that a dong must cover to be named."""


def draw(
    places: Sequence[Mapping[str, Any]],
    map_: Mapping[str, Any] | None,
    language: str,
    width: int = 800,
    height: int = 600,
) -> bytes:
    """A PNG of ``width`` × ``height`` pixels.

    ``places`` and ``map_`` are those of an Answer; the numbers are the places' positions in the list, so a
    place without a point is only in the legend. Raises ValueError when there is no point to show.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    ends = _ends(map_)
    points = [*_points(places), *((end["lat"], end["lon"]) for end in ends)]
    if not points:
        raise ValueError("There is no place with a point to draw.")
    figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI, facecolor=COLOURS["paper"])
    FigureCanvasAgg(figure)
    font = korean_font()
    notes = sources(places, language if font else "en", width)
    foot = foot_height(places, notes, font, height)
    axes = figure.add_axes([0, foot / height, 1, 1 - foot / height])
    view = look(points, width / (height - foot))
    pen = Pen(axes, view, language, font, 2 * view.half_width / width)
    _frame(axes, view)
    shown = _outlines(pen, set((map_ or {}).get("dong_codes") or ()))
    taken = _rings(pen, ends)
    _route(pen, ends)
    names = _origin_and_goal(pen, ends, [*taken, *_rooted(pen, places, ends)])
    taken += [*names, *_marks(pen, places, ends, names)]
    taken += [_scale(pen), _north(pen)]
    _names(pen, shown, taken, {_end_words(pen, end, len(ends) == 2) for end in ends})
    if not shown:
        _outside(pen)
    draw_foot(figure, pen, places, notes, foot)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, facecolor=COLOURS["paper"])
    return out.getvalue()


def look(points: Sequence[tuple[float, float]], aspect: float) -> View:
    """The view that holds all (lat, lon) with room around them; ``aspect`` is width by height."""
    lats, lons = [lat for lat, _ in points], [lon for _, lon in points]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    wide = (max(lons) - min(lons)) * math.cos(math.radians(lat)) * METRES_PER_DEGREE
    tall = (max(lats) - min(lats)) * METRES_PER_DEGREE
    half = max(wide / aspect, tall, LEAST_SPAN_M) / 2 * 1.35
    return View(lat, lon, half * aspect, half)


def _ends(map_: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Origin and destination, those that have a point."""
    found = [(map_ or {}).get("origin"), (map_ or {}).get("destination")]
    named = zip(("origin", "destination"), found, strict=True)
    return [{**end, "end": name} for name, end in named if end and end.get("lat") is not None]


def _points(places: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    starts = [(each["lat"], each["lon"]) for each in places if each.get("lat") is not None]
    return starts + [(each["end_lat"], each["end_lon"]) for each in places if each.get("end_lat") is not None]


def _frame(axes: Any, view: View) -> None:
    axes.set_xlim(-view.half_width, view.half_width)
    axes.set_ylim(-view.half_height, view.half_height)
    axes.set_facecolor(COLOURS["ground"])
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)


@functools.cache
def _dongs() -> list[dict[str, Any]]:
    return list(json.loads((GAZETTEER / "ansan_dongs.geojson").read_text("utf-8"))["features"])


def _outlines(pen: Pen, chosen: set[str]) -> list[tuple[str, Any]]:
    """The dongs in view: the name of each with its area (shapely)."""
    from matplotlib.patches import Polygon as Patch
    from shapely.geometry import MultiPolygon, box, shape
    from shapely.ops import transform

    view = pen.view
    window = box(*pen.room)
    shown = []
    for feature in _dongs():
        area = transform(lambda lon, lat: _project(view, lon, lat), shape(feature["geometry"]))
        if not area.intersects(window):
            continue
        shown.append((feature["properties"][f"name_{pen.language}"], area))
        fill = COLOURS["chosen" if feature["properties"]["code"] in chosen else "dong"]
        parts = area.geoms if isinstance(area, MultiPolygon) else [area]
        for part in parts:
            pen.axes.add_patch(
                Patch(list(part.exterior.coords), facecolor=fill, edgecolor=COLOURS["edge"], lw=1.1, zorder=1)
            )
    return shown


def _names(pen: Pen, dongs: Sequence[tuple[str, Any]], taken: Sequence[Box], said: set[str]) -> None:
    """The dongs' names, each where it covers nothing; not one that stands there as an end's name already."""
    from shapely.geometry import box

    view, used = pen.view, list(taken)
    for words, area in sorted(dongs, key=lambda dong: -float(dong[1].area)):
        wide, high = pen.size(words, NAME_POINTS)
        edge_x, edge_y = view.half_width - wide / 2, view.half_height - high / 2
        visible = area.intersection(box(-edge_x, -edge_y, edge_x, edge_y))
        if words in said or not pen.can(words) or visible.area < LEAST_PART * 4 * view.half_width * view.half_height:
            continue
        spot = middle(visible, wide, high, used)
        if spot is not None:
            used.append(around(spot, wide, high))
            style = pen.style(NAME_POINTS, color=COLOURS["label"], ha="center", va="center", zorder=3)
            pen.axes.text(*spot, words, path_effects=pen.halo(), clip_on=True, **style)


def _rings(pen: Pen, ends: Sequence[Mapping[str, Any]]) -> list[Box]:
    """Two circles around a single origin, so that distances can be judged at a glance; where their lengths stand."""
    if len(ends) != 1:
        return []
    from matplotlib.patches import Circle

    x, y = pen.view.xy(ends[0]["lat"], ends[0]["lon"])
    step = _round_length(pen.view.half_height * 0.55)
    taken = []
    for radius in (step, 2 * step):
        pen.axes.add_patch(
            Circle((x, y), radius, fill=False, ec=COLOURS["origin"], lw=0.9, ls=(0, (4, 4)), alpha=0.55, zorder=2)
        )
        style = pen.style(8, color=COLOURS["origin"], ha="center", va="center", zorder=3)
        pen.axes.text(x, y + radius, _length(radius), path_effects=pen.halo(3), clip_on=True, **style)
        taken.append(around((x, y + radius), *pen.size(_length(radius), 8)))
    return taken


def _project(view: View, lon: Any, lat: Any) -> tuple[Any, Any]:
    return (lon - view.lon) * math.cos(math.radians(view.lat)) * METRES_PER_DEGREE, (lat - view.lat) * METRES_PER_DEGREE


def _route(pen: Pen, ends: Sequence[Mapping[str, Any]]) -> None:
    if len(ends) == 2:
        xs, ys = zip(*(pen.view.xy(end["lat"], end["lon"]) for end in ends), strict=True)
        pen.axes.plot(xs, ys, color=COLOURS["origin"], lw=2, ls=(0, (5, 4)), zorder=4)


def _rooted(pen: Pen, places: Sequence[Mapping[str, Any]], ends: Sequence[Mapping[str, Any]]) -> list[Box]:
    """Where the marks stand that are on their own points, whatever gives way to them."""
    wide = MARK_PIXELS * pen.pixel
    points = [_middle(pen, place) for place in places if place.get("lat") is not None]
    return [around(spot, wide, wide) for spot in rooted(points, _dots(pen, ends), wide) if spot is not None]


def _marks(
    pen: Pen, places: Sequence[Mapping[str, Any]], ends: Sequence[Mapping[str, Any]], names: Sequence[Box]
) -> list[Box]:
    """Numbered marks, none upon another; one that gave way has a line to its point. Where they stand."""
    shown = [(number, place) for number, place in enumerate(places, 1) if place.get("lat") is not None]
    points = [_middle(pen, place) for _, place in shown]
    wide = MARK_PIXELS * pen.pixel
    spots = spread(points, _dots(pen, ends), wide, pen.room, names)
    for (number, place), point, spot in zip(shown, points, spots, strict=True):
        _section(pen, place)
        if spot != point:
            pen.axes.plot(*zip(point, spot, strict=True), color=COLOURS["pin"], lw=1.6, zorder=9)
            pen.axes.plot(*point, "o", ms=5, mfc=COLOURS["pin"], mec="none", zorder=9)
        _mark(pen, *spot, number)
    return [around(spot, wide, wide) for spot in spots]


def _dots(pen: Pen, ends: Sequence[Mapping[str, Any]]) -> list[tuple[float, float]]:
    return [pen.view.xy(end["lat"], end["lon"]) for end in ends]


def _middle(pen: Pen, place: Mapping[str, Any]) -> tuple[float, float]:
    """Where a place is; of a section of road the middle."""
    x, y = pen.view.xy(place["lat"], place["lon"])
    if place.get("end_lat") is None:
        return x, y
    to_x, to_y = pen.view.xy(place["end_lat"], place["end_lon"])
    return (x + to_x) / 2, (y + to_y) / 2


def _section(pen: Pen, place: Mapping[str, Any]) -> None:
    if place.get("end_lat") is not None:
        ends = (place["lat"], place["lon"]), (place["end_lat"], place["end_lon"])
        xs, ys = zip(*(pen.view.xy(*end) for end in ends), strict=True)
        pen.axes.plot(xs, ys, color=COLOURS["section"], lw=6, solid_capstyle="round", zorder=5)


def _mark(pen: Pen, x: float, y: float, number: int) -> None:
    depth = 20 - min(number, 9)
    pen.axes.plot(x, y, "o", ms=21, mfc=COLOURS["pin"], mec="white", mew=2, zorder=depth)
    style = pen.style(10.5, color="white", ha="center", va="center_baseline", zorder=depth)
    pen.axes.text(x, y, str(number), clip_on=True, **style)


def _origin_and_goal(pen: Pen, ends: Sequence[Mapping[str, Any]], taken: Sequence[Box]) -> list[Box]:
    """The ends of the way, each with its name on a side that is free; where they stand."""
    dots = [around(pen.view.xy(end["lat"], end["lon"]), 18 * pen.pixel, 18 * pen.pixel) for end in ends]
    names: list[Box] = []
    for end in ends:
        x, y = pen.view.xy(end["lat"], end["lon"])
        shape = "o" if end["end"] == "origin" else "s"
        pen.axes.plot(x, y, shape, ms=13, mfc=COLOURS["origin"], mec="white", mew=3, zorder=21)
        words = _end_words(pen, end, len(ends) == 2)
        if words and pen.can(words):
            obstacles, far = [*taken, *dots, *names], MARK_PIXELS * pen.pixel
            place = beside((x, y), pen.size(words, 10.5), 10 * pen.pixel, far, obstacles, pen.room)
            names.append(place)
            style = pen.style(10.5, color=COLOURS["origin"], ha="center", va="center", zorder=22)
            middle_of = ((place.left + place.right) / 2, (place.bottom + place.top) / 2)
            pen.axes.text(*middle_of, words, path_effects=pen.halo(3), **style)
    return [*dots, *names]


def _end_words(pen: Pen, end: Mapping[str, Any], both: bool) -> str:
    if end.get("name"):
        return str(end["name"])
    if end.get("kind") == "here":
        return pen.say("you")
    return pen.say("start" if end["end"] == "origin" else "goal") if both else ""


def _scale(pen: Pen) -> Box:
    """A bar of a round length, about a fifth of the width; where it stands."""
    length = _round_length(pen.view.half_width * 0.4)
    x, y = -pen.view.half_width * 0.96, -pen.view.half_height * 0.93
    tick = pen.view.half_height * 0.015
    pen.axes.plot([x, x, x + length, x + length], [y + tick, y, y, y + tick], color=COLOURS["ink"], lw=1.8, zorder=23)
    style = pen.style(9, color=COLOURS["ink"], ha="left", va="bottom", zorder=23)
    pen.axes.text(x, y + tick * 1.6, _length(length), path_effects=pen.halo(), **style)
    return Box(x, y, x + length, y + tick * 1.6 + pen.size("1", 9)[1])


def _round_length(most: float) -> float:
    """The greatest of 1, 2 and 5 times a power of ten that is not above ``most`` (metres)."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def _length(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:g} km"


def _north(pen: Pen) -> Box:
    x, y, long = pen.view.half_width * 0.95, pen.view.half_height * 0.74, pen.view.half_height * 0.16
    arrow = {"arrowstyle": "-|>", "color": COLOURS["ink"], "lw": 1.6, "mutation_scale": 13}
    pen.axes.annotate("", (x, y + long), xytext=(x, y), arrowprops=arrow, zorder=23)
    style = pen.style(9.5, color=COLOURS["ink"], ha="center", va="top", zorder=23)
    pen.axes.text(x, y, "N", path_effects=pen.halo(), **style)
    wide, high = pen.size("N", 9.5)
    return Box(x - wide, y - high, x + wide, y + long)


def _outside(pen: Pen) -> None:
    style = pen.style(8.5, color=COLOURS["label"], ha="center", va="top", zorder=3)
    pen.axes.text(0, pen.view.half_height * 0.95, pen.say("outside"), **style)


