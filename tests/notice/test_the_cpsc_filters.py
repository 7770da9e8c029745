"""The feed's filters: all must be met; what cannot be read is refused, never passed over."""

import pytest

from recalldesk.notices.cpsc.filters import NAMES, FilterUnreadable, chosen
from recalldesk.notices.cpsc.record import Record
from recalldesk.notices.cpsc.writing import is_listed, record_of
from tests.notice.examples import NAMES as EXAMPLES
from tests.notice.examples import example

RECORDS = [
    record_of(example(name), url=f"https://recalls.example/{name}/").model_copy(
        update={"RecallID": number}
    )
    for number, name in enumerate(EXAMPLES, start=1)
    if is_listed(example(name))
]
A1263 = next(record for record in RECORDS if "A1263" in record.Title)


def met(**asked: str) -> list[Record]:
    return chosen(RECORDS, asked.items())


def test_no_filter_gives_all_of_them_the_newest_first() -> None:
    dates = [record.RecallDate for record in met()]
    assert len(dates) == len(RECORDS)
    assert dates == sorted(dates, reverse=True)
    assert met(format="json") == met(format="JSON") == met()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RecallID", str(A1263.RecallID)),
        ("RecallTitle", "powercore 10000"),
        ("RecallDescription", "engraved on the front"),
        ("RecallURL", "anker-a1263"),
        ("ProductModel", "a1263"),
        ("Retailer", "June 2016"),
        ("Injury", "60,700"),
        ("Remedy", "A1388"),
        ("recalltitle", "POWERCORE 10000"),
    ],
)
def test_each_filter_finds_what_it_is_about(name: str, value: str) -> None:
    assert met(**{name: value}) == [A1263]


def test_days_belong_to_both_ends() -> None:
    assert met(RecallDateStart="2025-06-12", RecallDateEnd="2025-06-12") == [A1263]
    assert A1263 not in met(RecallDateEnd="2025-06-11")
    assert A1263 not in met(RecallDateStart="2025-06-13")
    assert met(LastPublishDateStart="2025-06-14") == []
    assert len(met(LastPublishDateEnd="2025-06-13")) == len(RECORDS)
    assert met(RecallDateStart="2025-06-12T00:00:00", RecallDateEnd="2025-06-12") == [A1263]


def test_several_filters_must_all_be_met() -> None:
    assert met(ProductModel="A1263", RecallDateStart="2025-06-01") == [A1263]
    assert met(ProductModel="A1263", Hazard="drowning") == []


def test_a_number_is_found_with_or_without_its_hyphen() -> None:
    (found,) = met(RecallNumber="25-466")
    assert met(RecallNumber="25466") == [found]


def test_an_empty_value_asks_for_nothing() -> None:
    assert met(RecallTitle="", RecallID=" ") == met()


@pytest.mark.parametrize("name", NAMES)
def test_every_filter_of_the_feed_can_be_asked(name: str) -> None:
    value = "2025-06-12" if "Date" in name else "1"
    assert isinstance(met(**{name: value}), list)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RecallStartDate", "2025-06-12"),
        ("q", "power bank"),
        ("RecallID", "seven"),
        ("RecallID", "-1"),
        ("RecallDateStart", "12 June 2025"),
        ("LastPublishDateEnd", "2025-13-01"),
        ("format", "xml"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, value: str) -> None:
    with pytest.raises(FilterUnreadable) as refused:
        met(**{name: value})
    assert refused.value.hint
    assert value not in refused.value.message
