"""Charts as Vega-Lite describes them. Pure.

Guarantees: colours are the tokens of the stylesheet and nothing else, so that a picture follows
light, dark and print; no two parts of a picture differ by colour alone; nothing is fetched.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten, wrap
from typing import Any

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
BREAK = "¦"
"""Between the lines of a name."""
FONT = "Liberation Sans"
"""By which texts are measured; a page writes them in its own."""
ACT, TINT, SOFT, LINE, INK, SHEET = (
    f"var(--{name})" for name in ("act", "tint", "soft", "line", "ink", "sheet")
)
STRONG, HOLLOW, QUIET, EMPTY, PALE = (
    (ACT, ACT),
    (TINT, ACT),
    (SOFT, SOFT),
    (SHEET, SOFT),
    (LINE, SOFT),
)
"""Fill and edge of a part."""
FILLS = (STRONG, HOLLOW, QUIET, EMPTY, PALE)
SIZE = 13
SMALL = 12
"""Of a picture that is half as wide."""
LETTERS_A_LINE, STEP, TALL_STEP = 25, 25, 36
ROOM_FOR_SUMS = 1.2
LABELS_AT_MOST = 15
"""Days with a label below them."""


@dataclass(frozen=True)
class Bars:
    """Bars of one or several parts: of each bar its name and a number of each part. `fills`: how
    the parts look, in their order."""

    parts: tuple[str, ...]
    bars: tuple[tuple[str, tuple[int, ...]], ...]
    fills: tuple[tuple[str, str], ...] = FILLS


def columns(chart: Bars, *, line: Mapping[str, int], width: int) -> Spec:
    """Columns side by side in their order, the parts one upon another, and a line over them; one
    of nothing keeps its place."""
    names = [name for name, _ in chart.bars]
    every = max(1, -(-len(names) // LABELS_AT_MOST))
    ticks = names[::every]
    along = {
        "field": "bar",
        "type": "ordinal",
        "sort": names,
        "title": None,
        "scale": {"domain": names, "paddingInner": 0.25, "paddingOuter": 0.2},
        "axis": {"values": ticks, "labelAngle": 0, "labelPadding": 6, "ticks": False},
    }
    up = {"type": "quantitative", "title": None, "axis": _counts(), "scale": {"zero": True}}
    lines = [{"bar": name, "number": number} for name, number in line.items()]
    drawn = {
        "data": {"values": lines},
        "mark": {
            "type": "line",
            "color": INK,
            "strokeWidth": 2,
            "strokeDash": [5, 4],
            "point": {"color": INK, "size": 18, "filled": True} if len(names) <= 62 else False,
        },
        "encoding": {"x": along, "y": up | {"field": "number"}},
    }
    bars = {"data": {"values": _values(chart)}, "mark": _bar()} | {
        "encoding": {"x": along, "y": up | {"field": "number", "stack": True}} | _parts(chart)
    }
    layers = [bars, drawn] if any(line.values()) else [bars]
    return base(width, 190) | {"layer": layers}


def rows(chart: Bars, *, width: int, names_take: int = 150) -> Spec:
    """Bars below one another, with their sum behind each."""
    is_tall = any(len(name) > LETTERS_A_LINE for name, _ in chart.bars)
    chart = Bars(
        chart.parts, tuple((in_lines(name), each) for name, each in chart.bars), chart.fills
    )
    names = [name for name, _ in chart.bars]
    sums = [{"bar": name, "sum": sum(numbers)} for name, numbers in chart.bars]
    most = max((sum(numbers) for _, numbers in chart.bars), default=0)
    down = names_down(names, names_take)
    across = {
        "type": "quantitative",
        "title": None,
        "axis": None,
        "scale": {"domain": [0, (most or 1) * ROOM_FOR_SUMS]},
    }
    bars = {"data": {"values": _values(chart)}, "mark": _bar()} | {
        "encoding": {"y": down, "x": across | {"field": "number", "stack": True}} | _parts(chart)
    }
    texts = _sums(sums, down, across)
    return base(width, (TALL_STEP if is_tall else STEP) * len(names)) | {"layer": [bars, texts]}


def shares(chart: Bars, *, line: float, width: int, names_take: int = 150) -> Spec:
    """Bars below one another, each as wide as the whole, its parts as shares of it; and an upright
    line at a share of all of them."""
    names = [name for name, _ in chart.bars]
    across = {
        "type": "quantitative",
        "title": None,
        "axis": {"format": ".0%", "values": [0, 0.25, 0.5, 0.75, line], "domain": False},
        "scale": {"domain": [0, 1]},
    }
    share = {"field": "number", "stack": "normalize"}
    bars = {"data": {"values": _values(chart)}, "mark": _bar()} | {
        "encoding": {"y": names_down(names, names_take), "x": across | share} | _parts(chart)
    }
    upright = {
        "data": {"values": [{"at": line}]},
        "mark": {"type": "rule", "color": INK, "strokeWidth": 2, "strokeDash": [5, 4]},
        "encoding": {"x": across | {"field": "at"}},
    }
    return base(width, TALL_STEP * len(names)) | {"layer": [bars, upright]}


def names_down(names: list[str], names_take: int) -> Spec:
    """The names below one another, in this order."""
    return {
        "field": "bar",
        "type": "ordinal",
        "sort": names,
        "title": None,
        "scale": {"paddingInner": 0.35, "paddingOuter": 0.15},
        "axis": {
            "ticks": False,
            "labelPadding": 6,
            "labelLimit": names_take,
            "minExtent": names_take,
            "maxExtent": names_take,
            "labelColor": INK,
            "labelFontSize": SMALL,
            "labelLineHeight": SMALL + 2,
            "labelOffset": {
                "condition": {"test": f"indexof(datum.value, '{BREAK}') > 0", "value": -6},
                "value": 0,
            },
            "labelExpr": f"split(datum.value, '{BREAK}')",
        },
    }


def _sums(sums: list[dict[str, object]], down: Spec, across: Spec) -> Spec:
    """The sum behind each bar."""
    return {
        "data": {"values": sums},
        "mark": {
            "type": "text",
            "align": "left",
            "dx": 6,
            "fontSize": SMALL,
            "fontWeight": 650,
            "color": INK,
        },
        "encoding": {
            "y": down,
            "x": across | {"field": "sum"},
            "text": {"field": "sum", "type": "quantitative", "format": ",d"},
        },
    }


def in_lines(name: str) -> str:
    """A name in two lines at most."""
    first, *rest = wrap(name, LETTERS_A_LINE) or [""]
    return (
        f"{first}{BREAK}{shorten(' '.join(rest), LETTERS_A_LINE, placeholder='…')}"
        if rest
        else first
    )


def _values(chart: Bars) -> list[dict[str, object]]:
    return [
        {"bar": name, "part": part, "place": place, "number": number}
        for name, numbers in chart.bars
        for place, (part, number) in enumerate(zip(chart.parts, numbers, strict=True))
        if number
    ]


def _parts(chart: Bars) -> Spec:
    """How the parts differ. Which is which stands beside the picture, in the page's own words."""
    domain: Sequence[str] = chart.parts
    fills, edges = zip(*chart.fills[: len(domain)], strict=True)
    field = {"field": "part", "type": "nominal", "legend": None}
    return {
        "color": field | {"scale": {"domain": domain, "range": fills}},
        "stroke": field | {"scale": {"domain": domain, "range": edges}},
        "order": {"field": "place", "type": "quantitative"},
    }


def _bar() -> Spec:
    return {"type": "bar", "strokeWidth": 1.25, "cornerRadius": 1}


def _counts() -> Spec:
    return {"format": ",d", "tickMinStep": 1, "tickCount": 4, "domain": False, "ticks": False}


def base(width: int, height: int) -> Spec:
    """What all charts have in common."""
    axis = {
        "labelFontSize": SIZE,
        "labelColor": SOFT,
        "labelFont": FONT,
        "domainColor": LINE,
        "gridColor": LINE,
        "tickColor": LINE,
    }
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "padding": {"left": 2, "right": 4, "top": 8, "bottom": 4},
        "background": None,
        "autosize": {"type": "pad"},
        "config": {
            "view": {"stroke": None},
            "axis": axis,
            "text": {"fontSize": SIZE, "font": FONT},
            "font": FONT,
        },
    }
