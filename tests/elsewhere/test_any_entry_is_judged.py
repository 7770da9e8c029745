"""Whatever JSON an entry is, it is taken or refused with a reason; nothing breaks the reading."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.elsewhere.entries import Entry, entry_of
from recalldesk.elsewhere.states import EntryReason, FeedForm
from tests.elsewhere.feeds_made import entry

OF_CPSC = (
    "RecallNumber",
    "RecallDate",
    "Title",
    "URL",
    "Products",
    "ProductUPCs",
    "Hazards",
    "Name",
)
OF_USA_GOV = ("recall_number", "recall_date", "recall_url", "descriptions", "manufacturers", "upc")
NAMES = st.sampled_from((*OF_CPSC, *OF_USA_GOV))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec=None), max_size=12)
    | st.sampled_from(["2024-03-07", "https://www.example.org/", "model K20", "000000000017"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)


@given(VALUES, st.sampled_from(FeedForm))
def test_it_is_taken_or_has_a_reason(raw: Any, form: FeedForm) -> None:
    _is_whole(entry_of(raw, form))


@given(NAMES, VALUES)
def test_one_field_of_another_kind_breaks_nothing_else(name: str, value: Any) -> None:
    _is_whole(entry_of(entry(**{name: value}), FeedForm.CPSC))


def _is_whole(judged: Entry | EntryReason) -> None:
    if isinstance(judged, EntryReason):
        return
    assert judged.title
    assert judged.number or judged.url
    assert judged.url == "" or judged.url.startswith(("http://", "https://"))
    for text in (judged.title, judged.description, judged.number):
        assert text.isprintable()
    for number in judged.numbers:
        assert 3 <= len(number.key) <= 64
        assert 0 < len(number.written) <= 60


@pytest.mark.parametrize("url", ["HTTPS://WWW.EXAMPLE.ORG/A", "http://example.org/a?b=c#d"])
def test_an_address_of_the_web_is_kept(url: str) -> None:
    judged = entry_of(entry(URL=url), FeedForm.CPSC)
    assert isinstance(judged, Entry)
    assert judged.url == url


@pytest.mark.parametrize(
    "url",
    ["//example.org", "data:text/html,x", "https://me@example.org/", "https://a b", "https://"],
)
def test_any_other_address_is_left_out(url: str) -> None:
    judged = entry_of(entry(URL=url), FeedForm.CPSC)
    assert isinstance(judged, Entry)
    assert judged.url == ""
