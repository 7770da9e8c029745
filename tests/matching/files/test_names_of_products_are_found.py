"""Whatever the matching takes for a product looked for, the reader of files finds first."""

import io

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.matching.files.fields import Field
from recalldesk.matching.files.finding import Finder
from recalldesk.matching.files.lines import Lines
from recalldesk.matching.matches.forms import (
    cells_of,
    key_of,
    keys_of_numbers,
    squeezed,
    title_form,
)
from recalldesk.matching.orders import Identifier, Wanted

FIELDS = {"asin": Field.ASIN, "sku": Field.SKU, "upc": Field.UPC, "item_number": Field.ITEM_NUMBER}
SIGNS = st.sampled_from(["", "", "", "-", " ", "_", "/", ".", " - ", "–", "　"])
WIDE = {ord(each): ord(each) + 0xFEE0 for each in "0123456789ABCabc"}
VALUES = st.text(st.sampled_from("0123456789ABCXabé-_ ßÖøł"), min_size=1, max_size=13)


def written(value: str, signs: list[str], *, is_upper: bool, is_wide: bool, zeros: int) -> str:
    """The same value in another hand."""
    text = "".join(each + sign for each, sign in zip(value, signs, strict=False))
    text += value[len(signs) :]
    text = text.upper() if is_upper else text
    text = "0" * zeros + text if value.isdigit() else text
    return text.translate(WIDE) if is_wide else text


def is_found(kind: str, value: str, cell: str, field: Field, encoding: str) -> bool:
    finder = Finder(Wanted((Identifier("p", kind, value),), ()), encoding)
    chunk = Lines(io.BytesIO(f"1,{cell},end\n".encode(encoding)), 0).chunk()
    assert chunk is not None
    return bool(finder.lines(chunk, chunk.as_array())[0]) and finder.names({field: cell})


@given(
    st.sampled_from([*FIELDS, "gtin", "ean", "title"]),
    VALUES,
    st.lists(SIGNS, max_size=13),
    st.booleans(),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from(list(FIELDS)),
    st.sampled_from(["utf-8", "utf-8", "cp932", "cp1252"]),
)
@settings(deadline=None)
def test_what_matches_is_found(
    kind: str,
    value: str,
    signs: list[str],
    is_upper: bool,
    is_wide: bool,
    zeros: int,
    place: str,
    encoding: str,
) -> None:
    cell = written(value, signs, is_upper=is_upper, is_wide=is_wide, zeros=zeros)
    try:
        cell.encode(encoding)
    except UnicodeEncodeError:
        encoding = "utf-8"
    if kind == "title":
        rule = title_form(value)
        if rule and rule in title_form(cell):
            assert is_found(kind, value, cell, Field.TITLE, encoding)
        return
    said = {each: cell if each == place else "" for each in FIELDS}
    within = squeezed(value)
    matches = key_of(kind, value) in keys_of_numbers(**said) or (
        len(within) >= 5 and within in cells_of(**said, title="")
    )
    if key_of(kind, value) and matches:
        assert is_found(kind, value, cell, FIELDS[place], encoding)


def test_hundreds_of_identifiers_are_all_found() -> None:
    numbers = [f"MADE-{at:05}-UP" for at in range(0, 4_000, 7)]
    finder = Finder(Wanted(tuple(Identifier("p", "sku", each) for each in numbers), ()), "utf-8")
    lines = pa.array([f"x,{each.lower()},y\n".encode() for each in numbers] + [b"MADE-00001-UP"])
    chunk = Lines(io.BytesIO(b"".join(each.as_py() for each in lines)), 0).chunk()
    assert chunk is not None
    assert finder.lines(chunk, lines).tolist() == [True] * len(numbers) + [False]
