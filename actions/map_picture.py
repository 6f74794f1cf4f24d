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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import knowledge
from nlu.map_words import map_words

GAZETTEER = Path(knowledge.__file__).parent / "gazetteer"
FONTS = ("Noto Sans CJK", "Noto Sans KR", "NanumGothic", "Malgun Gothic", "Apple SD Gothic Neo")
DPI = 100
METRES_PER_DEGREE = 111_195.0
"""Mean length of a degree of latitude on a sphere of 6 371 km."""
LEAST_SPAN_M = 600.0
COLOURS = {
    "ground": "#e8eef2", "dong": "#fbfcfd", "chosen": "#e2f0f5", "edge": "#aebcc7", "label": "#5a6a77",
    "pin": "#0b5d78", "origin": "#b3001b", "ink": "#16212b", "paper": "#ffffff", "section": "#b35c00",
}  # fmt: skip
MOST_ROWS = 6


@dataclass(frozen=True)
class View:
    """What is seen: ``lat`` and ``lon`` of the middle, half the width and half the height in metres."""

    lat: float
    lon: float
    half_width: float
    half_height: float

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        """Metres east and north of the middle."""
        east = (lon - self.lon) * math.cos(math.radians(self.lat)) * METRES_PER_DEGREE
        return east, (lat - self.lat) * METRES_PER_DEGREE


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
    notes = _sources(places, language if font else "en", width)
    foot = _foot_height(places, notes, font, height)
    axes = figure.add_axes([0, foot / height, 1, 1 - foot / height])
    view = look(points, width / (height - foot))
    pen = Pen(axes, view, language, font)
    _frame(axes, view)
    shown = _outlines(pen, set((map_ or {}).get("dong_codes") or ()))
    _rings(pen, ends)
    _route(pen, ends)
    _origin_and_goal(pen, ends)
    _marks(pen, places)
    _scale(pen)
    _north(pen)
    if not shown:
        _outside(pen)
    _foot(figure, pen, places, notes, foot)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, facecolor=COLOURS["paper"])
    return out.getvalue()


@dataclass(frozen=True)
class Pen:
    """The axes with what every stroke needs; ``font`` None: no Korean font, so only numbers and Latin letters."""

    axes: Any
    view: View
    language: str
    font: str | None

    def can(self, words: str) -> bool:
        return self.font is not None or words.isascii()

    def say(self, words: str) -> str:
        """The word under a key, in English when the letters of the language cannot be drawn."""
        found = map_words(self.language)[words]
        return found if self.can(found) else map_words("en")[words]

    def style(self, size: float, **more: Any) -> dict[str, Any]:
        from matplotlib.font_manager import FontProperties

        properties = FontProperties(fname=self.font, size=size) if self.font else FontProperties(size=size)
        return {"fontproperties": properties, **more}

    def halo(self, wide: float = 2.5) -> list[Any]:
        from matplotlib.patheffects import withStroke

        return [withStroke(linewidth=wide, foreground=COLOURS["paper"])]


@functools.cache
def korean_font() -> str | None:
    """The file of a Korean font on this machine (Debian: fonts-noto-cjk); None when there is none."""
    from matplotlib.font_manager import fontManager

    upright = [font for font in fontManager.ttflist if font.style == "normal"]
    found = [font for name in FONTS for font in upright if font.name.startswith(name)]
    found.sort(key=lambda font: abs(_weight(font.weight) - 500))
    return str(found[0].fname) if found else None


def _weight(weight: int | str) -> int:
    return weight if isinstance(weight, int) else {"bold": 700, "light": 300, "medium": 500}.get(weight, 400)


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


def _outlines(pen: Pen, chosen: set[str]) -> int:
    """The dongs in view with their names; how many there are."""
    from matplotlib.patches import Polygon as Patch
    from shapely.geometry import MultiPolygon, Polygon, box, shape
    from shapely.ops import transform

    view = pen.view
    window = box(-view.half_width, -view.half_height, view.half_width, view.half_height)
    shown = 0
    for feature in _dongs():
        area = transform(lambda lon, lat: _project(view, lon, lat), shape(feature["geometry"]))
        if not area.intersects(window):
            continue
        shown += 1
        fill = COLOURS["chosen" if feature["properties"]["code"] in chosen else "dong"]
        parts = area.geoms if isinstance(area, MultiPolygon) else [area]
        for part in parts:
            pen.axes.add_patch(
                Patch(list(part.exterior.coords), facecolor=fill, edgecolor=COLOURS["edge"], lw=1.1, zorder=1)
            )
        inner = box(-view.half_width * 0.86, -view.half_height * 0.92, view.half_width * 0.86, view.half_height * 0.92)
        visible = area.intersection(inner)
        biggest = max(getattr(visible, "geoms", [visible]), key=lambda part: part.area)
        if isinstance(biggest, Polygon) and biggest.area > window.area * 0.012:
            _name(pen, feature["properties"], biggest.representative_point())
    return shown


def _rings(pen: Pen, ends: Sequence[Mapping[str, Any]]) -> None:
    """Two circles around a single origin, so that distances can be judged at a glance."""
    if len(ends) != 1:
        return
    from matplotlib.patches import Circle

    x, y = pen.view.xy(ends[0]["lat"], ends[0]["lon"])
    step = _round_length(pen.view.half_height * 0.55)
    for radius in (step, 2 * step):
        pen.axes.add_patch(
            Circle((x, y), radius, fill=False, ec=COLOURS["origin"], lw=0.9, ls=(0, (4, 4)), alpha=0.55, zorder=2)
        )
        style = pen.style(8, color=COLOURS["origin"], ha="center", va="center", zorder=3)
        pen.axes.text(x, y + radius, _length(radius), path_effects=pen.halo(3), clip_on=True, **style)


def _project(view: View, lon: Any, lat: Any) -> tuple[Any, Any]:
    return (lon - view.lon) * math.cos(math.radians(view.lat)) * METRES_PER_DEGREE, (lat - view.lat) * METRES_PER_DEGREE


def _name(pen: Pen, properties: Mapping[str, str], point: Any) -> None:
    words = properties["name_ko"] if pen.language == "ko" else properties["name_en"]
    if pen.can(words):
        style = pen.style(9.5, color=COLOURS["label"], ha="center", va="center", zorder=3)
        pen.axes.text(point.x, point.y, words, path_effects=pen.halo(), clip_on=True, **style)


def _route(pen: Pen, ends: Sequence[Mapping[str, Any]]) -> None:
    if len(ends) == 2:
        xs, ys = zip(*(pen.view.xy(end["lat"], end["lon"]) for end in ends), strict=True)
        pen.axes.plot(xs, ys, color=COLOURS["origin"], lw=2, ls=(0, (5, 4)), zorder=4)


def _marks(pen: Pen, places: Sequence[Mapping[str, Any]]) -> None:
    """Numbered marks, the first on top; those on one point stand side by side."""
    taken: dict[tuple[float, float], int] = {}
    step = pen.view.half_height * 0.085
    for number, place in reversed(list(enumerate(places, 1))):
        if place.get("lat") is None:
            continue
        x, y = pen.view.xy(place["lat"], place["lon"])
        if place.get("end_lat") is not None:
            to_x, to_y = pen.view.xy(place["end_lat"], place["end_lon"])
            pen.axes.plot([x, to_x], [y, to_y], color=COLOURS["section"], lw=6, solid_capstyle="round", zorder=5)
            x, y = (x + to_x) / 2, (y + to_y) / 2
        spot = (round(x), round(y))
        beside = taken.get(spot, 0)
        taken[spot] = beside + 1
        _mark(pen, x + beside * step, y, number)


def _mark(pen: Pen, x: float, y: float, number: int) -> None:
    depth = 20 - min(number, 9)
    pen.axes.plot(x, y, "o", ms=21, mfc=COLOURS["pin"], mec="white", mew=2, zorder=depth)
    style = pen.style(10.5, color="white", ha="center", va="center_baseline", zorder=depth)
    pen.axes.text(x, y, str(number), clip_on=True, **style)


def _origin_and_goal(pen: Pen, ends: Sequence[Mapping[str, Any]]) -> None:
    for end in ends:
        x, y = pen.view.xy(end["lat"], end["lon"])
        shape = "o" if end["end"] == "origin" else "s"
        pen.axes.plot(x, y, shape, ms=13, mfc=COLOURS["origin"], mec="white", mew=3, zorder=21)
        words = _end_words(pen, end, len(ends) == 2)
        if words and pen.can(words):
            style = pen.style(10.5, color=COLOURS["origin"], ha="center", va="top", zorder=22)
            pen.axes.annotate(
                words, (x, y), xytext=(0, -9), textcoords="offset points", path_effects=pen.halo(3), **style
            )


def _end_words(pen: Pen, end: Mapping[str, Any], both: bool) -> str:
    if end.get("name"):
        return str(end["name"])
    if end.get("kind") == "here":
        return pen.say("you")
    return pen.say("start" if end["end"] == "origin" else "goal") if both else ""


def _scale(pen: Pen) -> None:
    """A bar of a round length, about a fifth of the width."""
    length = _round_length(pen.view.half_width * 0.4)
    x, y = -pen.view.half_width * 0.96, -pen.view.half_height * 0.93
    tick = pen.view.half_height * 0.015
    pen.axes.plot([x, x, x + length, x + length], [y + tick, y, y, y + tick], color=COLOURS["ink"], lw=1.8, zorder=23)
    style = pen.style(9, color=COLOURS["ink"], ha="left", va="bottom", zorder=23)
    pen.axes.text(x, y + tick * 1.6, _length(length), path_effects=pen.halo(), **style)


def _round_length(most: float) -> float:
    """The greatest of 1, 2 and 5 times a power of ten that is not above ``most`` (metres)."""
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in (1, 2, 5) if step * power <= most)


def _length(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:g} km"


def _north(pen: Pen) -> None:
    x, y, long = pen.view.half_width * 0.95, pen.view.half_height * 0.74, pen.view.half_height * 0.16
    arrow = {"arrowstyle": "-|>", "color": COLOURS["ink"], "lw": 1.6, "mutation_scale": 13}
    pen.axes.annotate("", (x, y + long), xytext=(x, y), arrowprops=arrow, zorder=23)
    style = pen.style(9.5, color=COLOURS["ink"], ha="center", va="top", zorder=23)
    pen.axes.text(x, y, "N", path_effects=pen.halo(), **style)


def _foot_height(places: Sequence[Mapping[str, Any]], notes: Sequence[str], pen_font: str | None, height: int) -> int:
    """Pixels under the map: the legend and the sources."""
    rows = min(len(places), MOST_ROWS + 1) if pen_font else 0
    return min(14 + 20 * rows + 15 * len(notes) + 14, height // 2)


def _sources(places: Sequence[Mapping[str, Any]], language: str, width: int) -> list[str]:
    """Whose the outlines and the places are, with dates, in lines that fit the picture."""
    manifest = json.loads((GAZETTEER / "manifest.json").read_text("utf-8"))["sources"]["sgis-boundaries"]
    words = map_words(language)
    said = [words["boundaries"].format(publisher=manifest["publisher"][language], as_of=manifest["as_of"])]
    for place in places:
        given = {"title": "source_label", "publisher": "publisher", "as_of": "as_of"}
        said.append(words["places"].format(**{name: place.get(field) or "–" for name, field in given.items()}))
    lines = [f"{words['straight']} · {said[0]}", *dict.fromkeys(said[1:])]
    return [part for line in lines for part in _wrapped(line, int((width - 28) / 5.4))]


def _wrapped(line: str, columns: int) -> list[str]:
    """A line broken at spaces; a Korean letter takes two columns."""
    lines, used = [""], 0
    for word in line.split(" "):
        wide = sum(1 if letter.isascii() else 2 for letter in word) + 1
        if used and used + wide > columns:
            lines, used = [*lines, ""], 0
        lines[-1] = f"{lines[-1]} {word}".strip()
        used += wide
    return lines


def _foot(figure: Any, pen: Pen, places: Sequence[Mapping[str, Any]], notes: Sequence[str], foot: int) -> None:
    width, height = (side * DPI for side in figure.get_size_inches())
    line = foot - 14
    for words in _legend(pen, places) if pen.font else []:
        figure.text(14 / width, line / height, words, va="top", **pen.style(10.5, color=COLOURS["ink"]))
        line -= 20
    for note in notes:
        words = note if pen.can(note) else note.encode("ascii", "ignore").decode()
        figure.text(14 / width, line / height, words, va="top", **pen.style(7.5, color=COLOURS["label"]))
        line -= 15


def _outside(pen: Pen) -> None:
    style = pen.style(8.5, color=COLOURS["label"], ha="center", va="top", zorder=3)
    pen.axes.text(0, pen.view.half_height * 0.95, pen.say("outside"), **style)


def _legend(pen: Pen, places: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [f"{number}  {_short(str(place['name']), 46)}{_metres(place)}" for number, place in enumerate(places, 1)]
    if len(rows) <= MOST_ROWS:
        return rows
    return [*rows[:MOST_ROWS], pen.say("more").format(count=len(rows) - MOST_ROWS)]


def _metres(place: Mapping[str, Any]) -> str:
    metres = place.get("distance_m")
    if metres is None:
        return ""
    return f"  ·  {round(metres, -1):.0f} m" if metres < 995 else f"  ·  {metres / 1000:.1f} km"


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
