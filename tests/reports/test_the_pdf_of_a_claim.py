"""The PDF shows what people wrote, and obeys none of it."""

import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from recalldesk.foundation.showable import MAY_BREAK, is_right_to_left, showable
from recalldesk.reports.claim_life.as_pdf import as_pdf, as_pictures
from recalldesk.reports.claim_life.parts import TEXT, ClaimLife, Column, Layout, Section

COLUMNS = (Column("a", "First"), Column("b", "Second", is_code=True))
RED = '#text(fill: rgb("#ff0000"), size: 60pt)[RED]'
ODD = [
    RED,
    f"]{RED}[",
    f'"){RED}',
    f"]){RED}",
    f"\\u{{0}} $ {RED} $ ` ``` {RED} ```",
    '#panic("made up")',
    '#include "/etc/hostname"',
    '#image("x.png") @nobody <nobody> // gone? /* gone? */',
    "= Heading\n- list\n+ list\n/ term: x",
    "$x^2$ *bold* _it_ \\ ~ -- ... 'quoted' \"quoted\"",
    "\x00\x07\x1b[2J\x7f",
    '{"json": "}]',
]


def life(*texts: str) -> ClaimLife:
    """The same texts in every place that shows any."""
    records = tuple({"a": text, "b": text, TEXT: text} for text in texts)
    return ClaimLife(
        reference="R-2345-ACDE",
        recall="kettle-k20",
        exported_by=texts[0] if texts else "Made Up",
        exported_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
        reason=texts[0] if texts else "made up",
        shows_personal=True,
        head="-----BEGIN-----\nform: 1\n",
        sections=tuple(
            Section(layout.value, layout.value, layout, COLUMNS, records) for layout in Layout
        ),
    )


def is_grey(page: bytes) -> bool:
    """Whether no point of a page has a colour."""
    red, green, blue = Image.open(io.BytesIO(page)).convert("RGB").split()
    return all(
        ImageChops.difference(*pair).getextrema()[1] <= 8 for pair in ((red, green), (green, blue))
    )


def pages(made: ClaimLife) -> list[Image.Image]:
    return [Image.open(io.BytesIO(page)).convert("L") for page in as_pictures(made)]


def test_a_picture_with_a_colour_is_known_for_one() -> None:
    """Or the tests below would see nothing."""
    drawn = io.BytesIO()
    Image.new("RGB", (9, 9), (250, 90, 90)).save(drawn, "PNG")
    assert not is_grey(drawn.getvalue())


@pytest.mark.parametrize("text", ODD)
def test_what_looks_like_its_language_is_shown_and_not_obeyed(text: str) -> None:
    for page in as_pictures(life(text)):
        assert is_grey(page)


def test_all_of_it_at_once_is_one_pdf() -> None:
    assert as_pdf(life(*ODD)).startswith(b"%PDF-")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=3))
def test_no_text_breaks_it(texts: list[str]) -> None:
    assert as_pdf(life(*texts)).startswith(b"%PDF-")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_character_is_left_out_without_a_trace(text: str) -> None:
    shown = showable(text).replace(MAY_BREAK, "")
    named = re.sub(r"\[U\+([0-9A-F]+)\]", lambda number: chr(int(number[1], 16)), shown)
    as_written = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).replace("\t", " ")
    assert named == as_written


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("¿Cuándo? Ñandú, façade, Łódź", "¿Cuándo? Ñandú, façade, Łódź"),
        ("שלום مرحبا Ж Ω", "שלום مرحبا Ж Ω"),
        ("王小明", "[U+738B][U+5C0F][U+660E]"),
        ("a\u202eb\x00c\u00add", "a[U+202E]b[U+0000]c[U+00AD]d"),
        ("one\r\ntwo\tthree", "one\ntwo three"),
        ("e\u0301", "é"),
        ("😀", "[U+1F600]"),
    ],
)
def test_what_the_fonts_lack_stands_as_its_number(text: str, shown: str) -> None:
    assert showable(text).replace(MAY_BREAK, "") == shown


def test_a_long_run_may_break() -> None:
    broken = showable("x" * 60)
    assert broken.replace(MAY_BREAK, "") == "x" * 60
    assert max(map(len, broken.split(MAY_BREAK))) <= 24


@pytest.mark.parametrize(
    ("text", "is_rtl"),
    [
        ("שלום", True),
        ("  12 مرحبا and more", True),
        ("and שלום", False),
        ("12", False),
        ("", False),
    ],
)
def test_the_first_letter_says_which_way_a_text_goes(text: str, is_rtl: bool) -> None:
    assert is_right_to_left(text) is is_rtl


def test_a_text_from_right_to_left_stands_at_the_right() -> None:
    def right_edge(text: str) -> int:
        made = life()
        said = Section("t", "t", Layout.TEXTS, (), ({TEXT: text},))
        nothing = Section("t", "t", Layout.TEXTS, (), ({TEXT: "."},))
        with_it, without = (
            pages(replace(made, sections=(section,)))[0] for section in (said, nothing)
        )
        row = ImageChops.difference(with_it, without).point(lambda grey: 255 * (grey > 60))
        box = row.getbbox()
        assert box is not None
        return box[2]

    assert right_edge("שלום") > right_edge("abcd") + 100


def test_a_text_of_many_pages_keeps_its_end() -> None:
    def length(times: int) -> int:
        said = Section("t", "t", Layout.TEXTS, (), ({TEXT: "Made up. " * times},))
        return len(pages(replace(life(), sections=(said,))))

    assert length(30) == 1
    assert length(3000) > 3


def test_the_same_life_is_the_same_pdf() -> None:
    assert as_pdf(life("made up")) == as_pdf(life("made up"))
