"""The program counts what is given of a recall's public pages, and nothing of who asked."""

from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver

from recalldesk.publicity import counting_pages
from recalldesk.publicity.models import PageHits
from recalldesk.publicity.pages import PAGES, page_at
from recalldesk.publicity.robots import is_robot
from recalldesk.publicity.states import PageKind
from tests.cast import Desk

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NOTICE = "/en/recalls/kettle-k20/"
DAY = datetime(2026, 3, 2, 23, 59, tzinfo=UTC)


@pytest.fixture
def published(kettles: Desk) -> Iterator[Desk]:
    kettles.published()
    counting_pages.forget()
    yield kettles
    counting_pages.forget()


def counted() -> dict[tuple[str, str], int]:
    assert counting_pages.write_now()
    rows = PageHits.objects.order_by("day", "page").values_list("day", "page", "count")
    return {(day.isoformat(), page): count for day, page, count in rows}


def test_a_page_counts_by_its_day_and_kind_when_a_visitor_gets_it(published: Desk) -> None:
    visitor = Client(headers={"user-agent": BROWSER})
    with time_machine.travel(DAY, tick=False):
        first = visitor.get(f"{NOTICE}?q=anything")
        again = visitor.get(NOTICE, headers={"if-none-match": first["ETag"]})
        visitor.get(f"{NOTICE}check")
        visitor.get("/es/recalls/kettle-k20/disposal")
        assert [first.status_code, again.status_code] == [200, 304]
        visitor.head(NOTICE)
        visitor.post(f"{NOTICE}check", {"serial": "x"})
        visitor.get("/en/recalls/no-such-recall/")
        visitor.get("/en/")
        visitor.get("/embed/kettle-k20/banner")
        visitor.get("/desk/")
        Client(headers={"user-agent": "Madeupbot/1.0 (+https://example.com)"}).get(NOTICE)
        Client().get(NOTICE)
    with time_machine.travel(DAY.replace(day=3), tick=False):
        visitor.get(NOTICE)
    assert counted() == {
        ("2026-03-02", "check"): 1,
        ("2026-03-02", "disposal"): 1,
        ("2026-03-02", "notice"): 2,
        ("2026-03-03", "notice"): 1,
    }
    assert not first.cookies
    assert "public" in first["Cache-Control"]


def test_what_was_written_grows(published: Desk) -> None:
    visitor = Client(headers={"user-agent": BROWSER})
    for _ in range(2):
        visitor.get(NOTICE)
        assert counting_pages.write_now()
    assert sum(counted().values()) == 2


@pytest.mark.parametrize(
    ("target", "page"),
    [
        (NOTICE, ("kettle-k20", PageKind.NOTICE)),
        (f"{NOTICE}?utm_source=mail#top", ("kettle-k20", PageKind.NOTICE)),
        ("https://recall.example.com" + NOTICE, ("kettle-k20", PageKind.NOTICE)),
        ("/es/recalls/" + quote("kettle-k20").replace("k", "%6b"), None),
        ("/es/recalls/%6bettle-k20/", ("kettle-k20", PageKind.NOTICE)),
        ("/en/recalls/kettle-k20/brand/check", ("kettle-k20", PageKind.CHECK)),
        ("/en/recalls/kettle-k20/poster-letter.pdf", ("kettle-k20", PageKind.PAPER)),
        ("/xx/recalls/kettle-k20/", None),
        ("/recalls/kettle-k20/", None),
        ("/en/recalls/kettle-k20/disposal/turned-away", None),
        ("/static/recalls/", None),
        ("//", None),
        ("*", None),
        ("/en/recalls/%ff%00/", None),
    ],
)
def test_a_logs_address_is_read_as_the_server_reads_it(
    target: str, page: tuple[str, PageKind] | None
) -> None:
    assert page_at(target) == page


def test_every_page_that_is_counted_is_there() -> None:
    names = {f"portal:{name}" for name in _names()}
    assert set(PAGES) <= names


def _names() -> set[str]:
    (_, resolver) = get_resolver().namespace_dict["portal"]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


@pytest.mark.parametrize(
    ("agent", "robot"),
    [
        (BROWSER, False),
        ("Mozilla/5.0 (Linux; Android 13; CUBOT X50) AppleWebKit/537.36 Safari/537.36", False),
        ("Mozilla/5.0 (compatible; Madeupbot/2.1; +http://example.com/bot)", True),
        ("curl/8.5.0", True),
        ("", True),
        ("-", True),
    ],
)
def test_a_robot_is_known_by_what_it_calls_itself(agent: str, robot: bool) -> None:
    assert is_robot(agent) is robot
