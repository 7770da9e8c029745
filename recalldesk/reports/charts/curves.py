"""Charts of shares: lines over weeks, a line with its band, bars of shares. Pure.

Guarantees: as of all charts (`descriptions.py`); lines differ by dash, width and mark, too, and
each has its name at its end.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from recalldesk.reports.charts.descriptions import (
    ACT,
    INK,
    LINE,
    SMALL,
    SOFT,
    TALL_STEP,
    TINT,
    Spec,
    base,
    in_lines,
    names_down,
)
from recalldesk.reports.desk_figures.words import percent

STYLES: tuple[tuple[str, tuple[int, ...], float, str], ...] = (
    (ACT, (1, 0), 3.5, "circle"),
    (INK, (8, 5), 2.5, "square"),
    (ACT, (2, 4), 3, "triangle-up"),
    (INK, (12, 4, 2, 4), 2, "diamond"),
    (SOFT, (5, 3), 2, "triangle-down"),
    (SOFT, (1, 0), 1.75, "cross"),
)
"""Colour, dash, width and mark of each line, in their order."""
TALL = 250
LETTERS_ALONG = 105
"""Of all labels below a picture, with the room between them."""
ROOM_FOR_NAMES = 36
"""Beside what was measured for them: a page may write them in a wider font."""
APART = 15
"""Points between two names at the end of lines."""


@dataclass(frozen=True)
class Curve:
    """A line: its name, and a share for each place along."""

    name: str
    shares: Sequence[float]


def curves(along: Sequence[str], lines: Sequence[Curve], *, width: int) -> Spec:
    """Lines over the same places, each with its name and last share at its end."""
    top = max((share for line in lines for share in line.shares), default=0) or 0.01
    layers: list[Spec] = []
    for line, style, at in zip(lines, STYLES, _apart(lines, top), strict=False):
        layers += _line(along, line, style)
        layers.append(_name(along, line, at))
    return base(width, TALL) | {
        "layer": layers,
        "encoding": {"x": _along(along), "y": _up(top)},
        "padding": {"left": 2, "right": ROOM_FOR_NAMES, "top": 8, "bottom": 4},
    }


def band(
    along: Sequence[str],
    so_far: Sequence[float],
    ahead: Sequence[tuple[float, float, float]],
    *,
    width: int,
) -> Spec:
    """A line up to now, and from there on a broken one within its band: least, middle, most."""
    last = len(so_far) - 1
    seen = [{"week": along[place], "share": share} for place, share in enumerate(so_far)]
    edge = [(so_far[last],) * 3, *ahead] if so_far else list(ahead)
    coming = [
        {"week": along[last + place], "least": least, "share": middle, "most": most}
        for place, (least, middle, most) in enumerate(edge)
    ]
    top = max([*so_far, *(most for *_, most in ahead)], default=0.01)
    y = _up(top)
    x = _along(along)
    layers: list[Spec] = [
        {
            "data": {"values": coming},
            "mark": {"type": "area", "color": TINT, "stroke": ACT, "strokeWidth": 0.75},
            "encoding": {"y": y | {"field": "least"}, "y2": {"field": "most"}},
        },
        {
            "data": {"values": coming},
            "mark": {"type": "line", "color": ACT, "strokeWidth": 2.5, "strokeDash": [6, 5]},
            "encoding": {"y": y | {"field": "share"}},
        },
        {
            "data": {"values": seen},
            "mark": {"type": "line", "color": INK, "strokeWidth": 3},
            "encoding": {"y": y | {"field": "share"}},
        },
    ]
    return base(width, TALL) | {"layer": layers, "encoding": {"x": x}}


def rates(bars: Sequence[tuple[str, float, str]], *, width: int, names_take: int) -> Spec:
    """Bars of shares below one another, each before its whole, with the share written behind it:
    name, share, and how it is written."""
    named = [(in_lines(name), share, shown) for name, share, shown in bars]
    names = [name for name, *_ in named]
    y = names_down(names, names_take)
    x = {"type": "quantitative", "title": None, "axis": None, "scale": {"domain": [0, 1.28]}}
    values = [{"bar": name, "share": min(share, 1.0), "all": 1} for name, share, _ in named]
    texts = [{"bar": name, "at": 1, "text": shown} for name, _, shown in named]
    bar = {"type": "bar", "cornerRadius": 1, "height": {"band": 0.5}}
    layers = [
        _bars(values, bar | {"color": LINE}, y, x | {"field": "all"}),
        _bars(values, bar | {"color": ACT}, y, x | {"field": "share"}),
        {
            "data": {"values": texts},
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 6,
                "fontSize": SMALL,
                "fontWeight": 650,
                "color": INK,
            },
            "encoding": {"y": y, "x": x | {"field": "at"}, "text": {"field": "text"}},
        },
    ]
    return base(width, TALL_STEP * len(names)) | {"layer": layers}


def _bars(values: list[dict[str, object]], mark: Spec, y: Spec, x: Spec) -> Spec:
    return {"data": {"values": values}, "mark": mark, "encoding": {"y": y, "x": x}}


def _along(names: Sequence[str]) -> Spec:
    fit = LETTERS_ALONG // (max(map(len, names), default=1) + 3)
    every = max(1, -(-len(names) // max(2, fit)))
    return {
        "field": "week",
        "type": "ordinal",
        "sort": list(names),
        "title": None,
        "scale": {"type": "point", "padding": 0.2},
        "axis": {
            "values": list(names[::every]),
            "labelAngle": 0,
            "labelPadding": 6,
            "ticks": False,
            "grid": False,
        },
    }


def _up(top: float) -> Spec:
    axis = {"format": _form_of_ticks(top), "tickCount": 5, "domain": False, "ticks": False}
    return {
        "type": "quantitative",
        "title": None,
        "axis": axis,
        "scale": {"domain": [0, min(1.0, top * 1.08)], "nice": True},
    }


def _form_of_ticks(top: float) -> str:
    """As d3-format has them; each tick of a small axis has to differ from the next."""
    if top >= 0.05:
        return ".0%"
    return ".1%" if top >= 0.005 else ".2~p"


def _line(
    along: Sequence[str], line: Curve, style: tuple[str, tuple[int, ...], float, str]
) -> list[Spec]:
    colour, dash, wide, mark = style
    values = [
        {"week": name, "share": share} for name, share in zip(along, line.shares, strict=True)
    ]
    y = {"field": "share", "type": "quantitative"}
    drawn = {
        "data": {"values": values},
        "mark": {"type": "line", "color": colour, "strokeWidth": wide, "strokeDash": list(dash)},
        "encoding": {"y": y},
    }
    end = {
        "data": {"values": values[-1:]},
        "mark": {"type": "point", "shape": mark, "filled": True, "size": 90, "color": colour},
        "encoding": {"y": y},
    }
    return [drawn, end]


def _name(along: Sequence[str], line: Curve, at: float) -> Spec:
    text = f"{line.name} {percent(line.shares[-1])}"
    return {
        "data": {"values": [{"week": along[-1], "share": at, "text": text}]},
        "mark": {
            "type": "text",
            "align": "left",
            "dx": 11,
            "fontSize": SMALL + 1,
            "fontWeight": 650,
            "color": INK,
        },
        "encoding": {
            "y": {"field": "share", "type": "quantitative"},
            "text": {"field": "text"},
        },
    }


def _apart(lines: Sequence[Curve], top: float) -> list[float]:
    """Where the names stand, so that none lies upon another: by their order from below."""
    step = APART / TALL * top * 1.08
    places: dict[int, float] = {}
    free = 0.0
    for number in sorted(range(len(lines)), key=lambda each: lines[each].shares[-1]):
        places[number] = max(lines[number].shares[-1], free)
        free = places[number] + step
    return [places[number] for number in range(len(lines))]
