"""A model is searched in all feeds: exactly, whatever case and dashes, the newest recall first."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from recalldesk.elsewhere.actions import take_feed
from recalldesk.elsewhere.reads import feeds, search
from recalldesk.elsewhere.states import Found
from recalldesk.foundation import clock
from tests.cast import Cast
from tests.elsewhere.feeds_made import OF_CPSC, OF_USA_GOV, entry, feed


@pytest.fixture
def read(cast: Cast) -> None:
    for path in (OF_CPSC, OF_USA_GOV):
        take_feed(path, came_from=path.name, by=cast.author)


@pytest.mark.usefixtures("read")
def test_a_model_is_found_in_both_forms_the_newest_first() -> None:
    for asked in ("K20", "k-20", " k 20 "):
        assert [each.recall.number for each in search(asked)] == ["90001", "10999"]
    (lamp,) = search("glow300")
    assert (lamp.written, lamp.found) == ("Glow 300", Found.PROSE)
    assert [each.found for each in search("000000000017")] == [Found.UPC]


@pytest.mark.usefixtures("read")
@pytest.mark.parametrize(
    "asked", ["K2", "K200", "K", "", "---", "PB-110", "%", "x" * 500, "\u0000"]
)
def test_what_is_not_the_number_is_not_found(asked: str) -> None:
    assert search(asked) == ()


@pytest.mark.usefixtures("read")
def test_a_brand_or_firm_narrows() -> None:
    assert [each.recall.number for each in search("K20", words=["kettle", "works"])] == [
        "90001",
        "10999",
    ]
    assert [each.recall.number for each in search("K20", words=["INC."])] == ["90001"]
    assert search("K20", words=["Made-up", "Lamps"]) == ()


def test_a_recall_that_came_in_both_forms_is_found_once_as_it_was_said_last(
    cast: Cast, tmp_path: Path
) -> None:
    older = entry(LastPublishDate=None, URL="https://www.example.org/older-address")
    take_feed(feed(tmp_path, older, entry()), came_from="x", by=cast.author)
    (found,) = search("K20")
    assert found.recall.url == entry()["URL"]


def test_the_age_of_the_newest_feed_is_told(cast: Cast) -> None:
    today = clock.now().date()
    assert (feeds().files, feeds().newest_file, feeds().is_old(today)) == (0, None, False)
    with time_machine.travel(clock.now() - timedelta(days=31), tick=False):
        take_feed(OF_CPSC, came_from="x", by=cast.author)
    assert feeds().is_old(today)
    take_feed(OF_USA_GOV, came_from="y", by=cast.author)
    assert not feeds().is_old(today)
    assert (feeds().recalls, feeds().files) == (6, 2)
