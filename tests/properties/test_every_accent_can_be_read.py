"""Whatever a brand's colour: links, buttons and tints of its pages can be read, light and dark."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from recalldesk.portal.theme import stylesheet
from recalldesk.recalls.document.contrast import LEAST, contrast
from recalldesk.recalls.document.shades import DARK, LIGHT, Scheme, mixed, shades_of

SHEET = Path(__file__).parents[2] / "recalldesk" / "portal" / "static" / "portal" / "desk.css"
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


@SCHEMES
@given(COLOURS)
@example("#000000")
@example("#ffffff")
@example("#ffd400")
def test_text_has_the_contrast_of_aa_on_each_of_its_grounds(scheme: Scheme, accent: str) -> None:
    shades = shades_of(accent, scheme)
    for ground in (scheme.paper, scheme.sheet, shades.tint):
        assert contrast(shades.act, ground) >= LEAST, f"a link on {ground}"
    assert contrast(scheme.on_act, shades.act) >= LEAST, "the words on a button"
    for text in scheme.texts:
        assert contrast(text, shades.tint) >= LEAST, "any text on the tint"


@given(COLOURS)
def test_a_colour_that_can_be_read_everywhere_stays_as_the_firm_gave_it(accent: str) -> None:
    shades = shades_of(accent, LIGHT)
    grounds = (LIGHT.paper, LIGHT.sheet, shades.tint, LIGHT.on_act)
    if all(contrast(accent, ground) >= LEAST for ground in grounds):
        assert shades.act == accent


@given(COLOURS, COLOURS)
def test_a_mix_lies_between_and_all_or_nothing_of_a_colour_is_one_of_both(
    one: str, other: str
) -> None:
    assert mixed(one, other, 1.0) == one
    assert mixed(one, other, 0.0) == other
    assert re.fullmatch("#[0-9a-f]{6}", mixed(one, other, 0.5))


def test_a_mix_is_what_browsers_make_of_it() -> None:
    """As Chromium shows `color-mix(in oklab, … 50%, …)`."""
    assert mixed("#ff0000", "#0000ff", 0.5) == "#8c53a2"
    assert mixed("#000000", "#ffffff", 0.5) == "#636363"


@SCHEMES
def test_what_is_proved_is_what_the_pages_have(scheme: Scheme) -> None:
    """The colours beside the accent are those of the stylesheet."""
    light, dark = re.findall(r"^ *:root \{(.*?)^ *\}", SHEET.read_text("utf-8"), re.S | re.M)[:2]
    said = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)\b", light if scheme is LIGHT else dark))
    long = {
        name: v if len(v) == 7 else "#" + "".join(2 * c for c in v[1:]) for name, v in said.items()
    }
    assert (long["paper"], long["sheet"]) == (scheme.paper, scheme.sheet)
    assert (long["ink"], long["soft"]) == scheme.texts
    assert long["on-act"] == scheme.on_act


def test_pages_of_no_brand_have_the_shades_of_the_products_own_accent() -> None:
    text = SHEET.read_text("utf-8")
    found = {
        name: re.findall(rf"--{name}: (#[0-9a-f]{{6}})", text)[0]
        for name in ("accent", "accent-tint", "accent-dark", "accent-tint-dark")
    }
    said = ";".join(f"--{name}:{value}" for name, value in found.items())
    assert stylesheet(found["accent"]) == f":root{{{said}}}\n"
