"""Filters stand in addresses: read, written, and a bad one said."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.desk_days import Due
from recalldesk.claims.desk_queue.filters import (
    COUNTRY,
    READ_BY,
    REASON,
    RECALL,
    REMEDY,
    Assigned,
    Filters,
    Refused,
    filters_in,
    query_of,
)
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.places import Place, place_in
from recalldesk.claims.states import Channel, ClaimState


def maybe(pattern: object) -> st.SearchStrategy[str]:
    return st.just("") | st.from_regex(pattern, fullmatch=True)  # type: ignore[arg-type]  # compiled


ANY_FILTERS = st.builds(
    Filters,
    list=st.sampled_from(QueueList),
    recall=maybe(RECALL),
    state=st.none() | st.sampled_from([each for each in ClaimState if each != ClaimState.DRAFT]),
    reason=maybe(REASON),
    due=st.none() | st.sampled_from(Due),
    channel=st.none() | st.sampled_from(Channel),
    country=maybe(COUNTRY),
    assigned=st.none() | st.sampled_from(Assigned),
    remedy=maybe(REMEDY),
)
PLACES = st.builds(Place, st.none() | st.dates(), st.integers(0, 10**18 - 1))


@given(ANY_FILTERS)
def test_what_is_written_is_read_again(filters: Filters) -> None:
    assert filters_in(dict(parse_qsl(query_of(filters)))) == (filters, ())


@given(st.dictionaries(st.sampled_from(sorted(READ_BY)), st.text()))
def test_any_text_is_read_or_said_to_be_none(query: dict[str, str]) -> None:
    filters, refused = filters_in(query)
    for name, text in query.items():
        is_read = bool(getattr(filters, name)) and str(getattr(filters, name)) == text.strip()
        was_said = name in {each.name for each in refused}
        assert is_read or was_said or not text.strip()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("list", "everything"),
        ("state", "draft"),
        ("due", "yesterday"),
        ("recall", "O'Brien; DROP TABLE"),
        ("reason", "No Spaces"),
        ("country", "usa"),
        ("assigned", "you"),
        ("channel", "pigeon"),
    ],
)
def test_a_value_that_is_none_is_dropped_and_said(name: str, value: str) -> None:
    assert filters_in({name: value}) == (Filters(), (Refused(name, value),))


def test_of_a_long_value_the_beginning_is_said() -> None:
    (refused,) = filters_in({"reason": "x" * 500})[1]
    assert refused.value == "x" * 40


def test_the_first_list_has_a_short_address() -> None:
    assert query_of(Filters()) == ""
    assert query_of(Filters(QueueList.DANGER, country="US")) == "list=danger&country=US"


def test_a_view_fits_its_row_however_much_it_names() -> None:
    fullest = Filters(
        QueueList.ANSWERED,
        recall="r" * 60,
        state=max(ClaimState, key=len),
        reason="r" * 40,
        due=max(Due, key=len),
        channel=max(Channel, key=len),
        country="US",
        assigned=max(Assigned, key=len),
        remedy="r" * 60,
    )
    assert len(query_of(fullest)) <= 400


@given(PLACES)
def test_a_place_is_read_again(place: Place) -> None:
    assert place_in(str(place)) == place


@given(st.text())
def test_any_text_is_a_place_or_none(text: str) -> None:
    place = place_in(text)
    assert place is None or place_in(str(place)) == place


@pytest.mark.parametrize("text", ["", "none", "2026-02-31.5", "none.-1", "none." + "9" * 19])
def test_what_is_no_place_is_none(text: str) -> None:
    assert place_in(text) is None
