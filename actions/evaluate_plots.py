"""Plots of a run as SVG for the report, drawn twice: for light and for dark pages.

matplotlib is imported when a plot is drawn. Labels are English, so that no glyph is missing from its fonts.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from index.metrics import wilson

SIZE = (4.3, 2.9)
"""Inches: about 410 CSS pixels wide, so that labels stay readable when a phone shrinks the plot."""


@dataclass(frozen=True)
class Theme:
    """Colours of one page theme; series colours reach 3:1 on the surface and differ in lightness."""

    surface: str
    ink: str
    muted: str
    grid: str
    series: tuple[str, ...]


LIGHT = Theme("#ffffff", "#16212b", "#4a5966", "#d3dce3", ("#0b5d78", "#c2500a", "#6b4ea0"))
DARK = Theme("#17212a", "#e9eff4", "#abb9c5", "#2d3b47", ("#82cbe3", "#f2a65a", "#c9b3f5"))
MARKERS = ("o", "s", "D")
STROKES = ("-", "--", ":")


@dataclass(frozen=True)
class Share:
    """``hits`` of ``n``; drawn with its Wilson interval."""

    hits: int
    n: int

    @property
    def value(self) -> float:
        return self.hits / self.n if self.n else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        return wilson(self.hits, self.n)


@dataclass(frozen=True)
class Plot:
    """A drawn plot: an SVG for each theme, as data URIs."""

    light: str
    dark: str


Draw = Callable[[Any, Theme], None]


def steps_plot(steps: Sequence[int], lines: dict[str, list[Share]], floor: float) -> Plot:
    """Shares at each k, one line a series; the vertical axis runs from ``floor`` to 1."""

    def draw(axes: Any, theme: Theme) -> None:
        places = range(len(steps))
        for number, (name, shares) in enumerate(lines.items()):
            aside = (number - (len(lines) - 1) / 2) * 0.12
            axes.errorbar(
                [place + aside for place in places],
                [share.value for share in shares],
                yerr=_reach(shares),
                label=f"{name} (n = {shares[0].n})",
                color=theme.series[number],
                marker=MARKERS[number],
                linestyle=STROKES[number],
                markersize=6,
                linewidth=1.6,
                elinewidth=1.2,
                capsize=3,
            )
        axes.set_xticks(list(places))
        axes.set_xticklabels([str(step) for step in steps])
        axes.set_xlabel("k", color=theme.muted)
        axes.set_xlim(-0.4, len(steps) - 0.6)
        axes.set_ylim(floor, 1.01)
        axes.yaxis.set_major_formatter(_percent)
        axes.grid(axis="y", color=theme.grid, linewidth=0.8)
        legend = axes.legend(loc="lower right", frameon=False, fontsize=9)
        for words in legend.get_texts():
            words.set_color(theme.ink)

    return _both(draw, SIZE)


def shares_plot(rows: dict[str, dict[str, Share]]) -> Plot:
    """One line a row, from 0 to 100 %, with a mark for each series (a language) and its interval."""
    names = list(dict.fromkeys(name for marks in rows.values() for name in marks))

    def draw(axes: Any, theme: Theme) -> None:
        for number, name in enumerate(names):
            aside = (number - (len(names) - 1) / 2) * 0.3
            places = [place + aside for place, marks in enumerate(rows.values()) if name in marks]
            shares = [marks[name] for marks in rows.values() if name in marks]
            axes.errorbar(
                [share.value for share in shares],
                places,
                xerr=_reach(shares),
                label=name,
                color=theme.series[number],
                marker=MARKERS[number],
                linestyle="none",
                markersize=7,
                elinewidth=1.4,
                capsize=3,
                clip_on=False,
            )
        axes.set_yticks(range(len(rows)))
        axes.set_yticklabels(list(rows))
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_xlim(0, 1)
        axes.xaxis.set_major_formatter(_percent)
        axes.grid(axis="x", color=theme.grid, linewidth=0.8)
        legend = axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncol=len(names), frameon=False, fontsize=9)
        for words in legend.get_texts():
            words.set_color(theme.ink)

    return _both(draw, (SIZE[0], 0.9 + 0.55 * len(rows)))


def floor_of(groups: Sequence[dict[str, list[Share]]]) -> float:
    """Where plots of these lines may begin, so that all their intervals are seen: a multiple of 0.1."""
    lowest = min(share.interval[0] for lines in groups for shares in lines.values() for share in shares)
    return max(0, int(lowest * 10)) / 10


def _reach(shares: Sequence[Share]) -> list[list[float]]:
    """Distances from the share down and up to its interval."""
    return [
        [max(0.0, share.value - share.interval[0]) for share in shares],
        [max(0.0, share.interval[1] - share.value) for share in shares],
    ]


def _percent(value: float, _: int) -> str:
    return f"{value:.0%}"


def _both(draw: Draw, size: tuple[float, float]) -> Plot:
    return Plot(_svg(draw, size, LIGHT), _svg(draw, size, DARK))


def _svg(draw: Draw, size: tuple[float, float], theme: Theme) -> str:
    import matplotlib
    from matplotlib.backends.backend_svg import (
        FigureCanvasSVG,
    )
    from matplotlib.figure import Figure

    style = {"font.size": 10, "font.family": "DejaVu Sans", "svg.fonttype": "path", "svg.hashsalt": "ansim"}
    with matplotlib.rc_context(style):
        figure = Figure(figsize=size, facecolor=theme.surface, constrained_layout=True)
        FigureCanvasSVG(figure)
        axes = figure.add_subplot(facecolor=theme.surface)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(theme.muted)
        axes.tick_params(colors=theme.ink)
        draw(axes, theme)
        out = io.BytesIO()
        figure.savefig(out, format="svg", facecolor=theme.surface, metadata={"Date": None})
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()
