"""Which other recalls a model may be in: from memory, never the firm's own, three at most."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from recalldesk.elsewhere import at_hand
from recalldesk.elsewhere.actions import take_feed
from recalldesk.elsewhere.at_hand import others_at_hand
from recalldesk.elsewhere.models import FeedFile
from recalldesk.elsewhere.ours import is_ours, name_of_firm, own_recall
from recalldesk.recalls.reads import live_recall
from tests.cast import SLUG, Desk
from tests.elsewhere.feeds_made import entry, feed

LIVE = SLUG
DAY = date(2025, 3, 3)
"""On which the kettles' recall was announced."""


def read(desk: Desk, *entries: Any, folder: Path) -> None:
    take_feed(feed(folder, *entries), came_from="made up", by=desk.cast.author)


def numbers(models: tuple[str, ...] = (), recalls: tuple[str, ...] = ()) -> list[str]:
    return [each.number for each in others_at_hand(models, recalls)]


def test_a_model_given_or_that_of_the_recall_is_looked_up(kettles: Desk, tmp_path: Path) -> None:
    kettles.published()
    read(kettles, entry(), entry("90002", Description="Model K99."), folder=tmp_path)
    product = kettles_of(LIVE)
    assert numbers(("k-20",)) == numbers((), (LIVE,)) == numbers((product,)) == ["90001"]
    assert numbers(("K99",), (LIVE,)) == ["90002"]
    assert numbers(("K98",), (LIVE,)) == numbers((), ("another",)) == []
    (other,) = others_at_hand(("K20",))
    assert other.firm == "Made-up Kettle Works Inc."
    assert (other.model, other.date) == ("K20", date(2024, 3, 7))


def kettles_of(slug: str) -> str:
    """Under which name the recalled product is sold: owners may choose that for its model."""
    live = live_recall(slug)
    assert live is not None
    return live.document.products[0].names[0]


def test_three_at_most_the_newest_first(kettles: Desk, tmp_path: Path) -> None:
    days = ("2020-01-01", "2024-01-01", "2022-01-01", "2023-01-01")
    rows = [
        entry(f"9{place}", RecallDate=f"{day}T00:00:00", LastPublishDate=None)
        for place, day in enumerate(days)
    ]
    read(kettles, *rows, folder=tmp_path)
    assert numbers(("K20",)) == numbers(("K20", "k20")) == ["91", "93", "92"]


def test_no_recall_that_is_answered_here_is_an_other(kettles: Desk, tmp_path: Path) -> None:
    kettles.published()
    live = live_recall(LIVE)
    assert live is not None
    assert live.document.announced == DAY
    firm = live.document.firm.name
    same_day = f"{DAY}T00:00:00"
    read(
        kettles,
        entry("1", URL=f"http://localhost:8000/en/recalls/{LIVE}/"),
        entry("2", RecallDate=same_day, Manufacturers=[{"Name": f"{firm} Inc., of Maine"}]),
        entry("3", RecallDate=same_day),
        entry("4", Manufacturers=[{"Name": firm}]),
        folder=tmp_path,
    )
    own = own_recall(LIVE, live.document, published=DAY, sites=["http://localhost:8000"])
    assert is_ours(
        number="", url=f"http://localhost:8000/en/recalls/{LIVE}/", firms="", day=DAY, own=[own]
    )
    assert "2" not in numbers(("K20",))
    assert {"3", "4"} <= set(numbers(("K20",)))


def test_what_our_own_feed_says_is_ours(kettles: Desk, tmp_path: Path) -> None:
    kettles.published()
    body = Client().get("/recalls.cpsc.json").content
    path = tmp_path / "ours.json"
    path.write_bytes(body)
    assert json.loads(body)[0]["Products"][0]["Model"] == "K20"
    file = take_feed(path, came_from="ours", by=kettles.cast.author).file
    assert (file.entries, file.accepted) == (1, 1)
    assert others_at_hand(("K20",)) == ()


def test_a_number_is_ours_with_dashes_or_without(kettles: Desk) -> None:
    document = kettles.published().document | {"recall_number": "25-466"}
    live = live_recall(LIVE)
    assert live is not None
    numbered = live.document.model_copy(update={"recall_number": document["recall_number"]})
    own = [own_recall(LIVE, numbered, published=DAY, sites=[])]
    assert is_ours(number="25466", url="", firms="", day=date(2020, 1, 1), own=own)
    assert not is_ours(number="25467", url="", firms="", day=date(2020, 1, 1), own=own)
    assert not is_ours(number="", url="", firms="", day=DAY, own=own)


def test_a_firm_is_known_by_how_it_is_called() -> None:
    assert name_of_firm("Made-up Works Ltd., of China") == name_of_firm("MADE-UP WORKS LIMITED")
    assert name_of_firm("The Co.") == ()


def test_a_bar_code_is_no_model(kettles: Desk, tmp_path: Path) -> None:
    coded = entry(Description="Kettles.", ProductUPCs=[{"UPC": "000000000017"}])
    read(kettles, coded, folder=tmp_path)
    assert numbers(("000000000017",)) == []


def test_a_feed_that_is_read_later_is_known_soon(
    kettles: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert numbers(("K20",)) == []
    read(kettles, entry(), folder=tmp_path)
    assert numbers(("K20",)) == []
    monkeypatch.setattr(at_hand, "ASK_EVERY", 0)
    at_hand.keep_at_hand()
    assert numbers(("K20",)) == ["90001"]


@pytest.mark.parametrize("error", [OperationalError("away"), ValueError("unforeseen")])
def test_while_the_database_is_away_what_was_known_is_said(
    kettles: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    read(kettles, entry(), folder=tmp_path)
    assert numbers(("K20",)) == ["90001"]

    def fails(_name: str) -> None:
        raise error

    monkeypatch.setattr(FeedFile.objects, "order_by", fails)
    monkeypatch.setattr(at_hand, "ASK_AT_LAST", 0)
    assert numbers(("K20",)) == ["90001"]
    at_hand.forget()
    assert numbers(("K20",)) == []
