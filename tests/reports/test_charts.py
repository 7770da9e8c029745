"""Charts are drawn apart, and only shapes and texts of them reach a page."""

import re
import time
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from recalldesk.reports.charts.cleaning import LOOKS, NoPicture, cleaned
from recalldesk.reports.charts.descriptions import Bars, Spec, columns, rows
from recalldesk.reports.charts.drawing import Drawer, NotDrawn

BARS = Bars(
    ("By the rule", "By people"), (("Approved", (7, 2)), ("A reason in many words", (0, 3)))
)
TITLES = {"name": "one", "title": "By <kind>", "says": "9 & 3"}


@pytest.fixture(scope="module")
def drawer() -> Iterator[Drawer]:
    made = Drawer()
    yield made
    made.close()


SPECS = {
    "rows": rows(BARS, width=200),
    "columns": columns(BARS, line={"Approved": 4, "A reason in many words": 1}, width=400),
    "columns without a line": columns(BARS, line={"Approved": 0}, width=400),
}


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_picture_holds_shapes_and_texts_in_the_colours_of_the_page(
    drawer: Drawer, spec: Spec
) -> None:
    svg = drawer.draw(spec, **TITLES)
    root = ElementTree.fromstring(svg)
    assert "Approved" in "".join(root.itertext())
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "one-title")
    assert root.findtext("title") == "By <kind>"
    assert root.findtext("desc") == "9 & 3"
    for part in list(root.iter())[3:]:
        assert set(part.attrib) <= LOOKS
        for name in ("fill", "stroke"):
            assert re.fullmatch(r"none|transparent|var\(--[a-z]+\)", part.get(name, "none"))


def test_the_same_description_gives_the_same_picture_and_is_drawn_once(drawer: Drawer) -> None:
    first = drawer.draw(SPECS["rows"], **TITLES)
    fresh = Drawer()
    try:
        assert fresh.draw(SPECS["rows"], **TITLES) == first
        assert fresh._process
        fresh._process.kill()
        assert fresh.draw(SPECS["rows"], **TITLES) == first
    finally:
        fresh.close()


def test_after_its_process_ended_another_draws(drawer: Drawer) -> None:
    drawer.draw(SPECS["rows"], **TITLES)
    assert drawer._process
    drawer._process.kill()
    drawer._process.wait()
    assert "<svg" in drawer.draw(rows(BARS, width=201), **TITLES)


def test_what_is_no_description_gives_no_picture_and_the_next_one_is_drawn(drawer: Drawer) -> None:
    with pytest.raises(NotDrawn):
        drawer.draw({"mark": 1}, **TITLES)
    assert "<svg" in drawer.draw(rows(BARS, width=202), **TITLES)


def test_one_that_takes_too_long_is_given_up() -> None:
    hasty = Drawer(seconds=0.001)
    since = time.monotonic()
    with pytest.raises(NotDrawn):
        hasty.draw(SPECS["rows"], **TITLES)
    hasty.close()
    assert time.monotonic() - since < 20


def test_nothing_is_fetched_for_a_picture(drawer: Drawer) -> None:
    away = {"data": {"url": "http://127.0.0.1:9/rows.json"}, "mark": "bar", "encoding": {}}
    with pytest.raises(NotDrawn):
        drawer.draw(away, **TITLES)


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        "<style>a{}</style>",
        '<a href="//x"><path d="M0 0"/></a>',
        '<image href="//x"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<g onclick="x" style="x" class="x" id="x"><path d="M0 0" fill="url(//x)"/></g>',
    ],
)
def test_what_runs_styles_or_leads_elsewhere_is_left_out(inner: str) -> None:
    made = cleaned(f"{HEAD}{inner}</svg>", name="n", title="t", says="s")
    for never in ("script", "style", "href", "//x", "alert", "onclick", "<p>", "foreign"):
        assert never not in made


@pytest.mark.parametrize(
    "svg", ["", "<p/>", f"{HEAD}", '<!DOCTYPE x [<!ENTITY a "b">]>' + HEAD + "&a;</svg>"]
)
def test_what_is_no_picture_is_refused(svg: str) -> None:
    with pytest.raises(NoPicture):
        cleaned(svg, name="n", title="t", says="s")
