"""Each check is counted once, by its answer, and once more for each recall that spoke in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from recalldesk.checks import counts
from recalldesk.checks.asking import ask
from recalldesk.checks.models import CheckCount
from recalldesk.checks.states import Source
from recalldesk.units import live
from recalldesk.units.errors import AnswerUnavailable, SecondLookInvalid
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP, SLUG, Command, Desk, recall_text

NOON = datetime(2026, 3, 1, 12, 0, 30, tzinfo=UTC)
AT_NOON = NOON.replace(second=0)

Row = tuple[str | None, int | None, str, str, int]


def rows() -> set[Row]:
    assert counts.write_now()
    return set(
        CheckCount.objects.values_list("recall__slug", "version", "verdict", "source", "count")
    )


@pytest.mark.usefixtures("published_recall")
def test_by_answer_recall_and_door() -> None:
    for serial in (AFFECTED, AFFECTED, LOOK_ALIKE, FAR):
        ask(serial, source=Source.API)
    ask(AFFECTED, source=Source.PAGE)
    assert rows() == {
        (recall, version, verdict, source, count)
        for verdict, source, count in (
            ("affected", "api", 2),
            ("look_again", "api", 1),
            ("not_affected", "api", 1),
            ("affected", "page", 1),
        )
        for recall, version in ((None, None), (SLUG, 1))
    }


@pytest.mark.usefixtures("published_recall")
def test_what_no_recall_speaks_of_is_a_check_too() -> None:
    ask("hello", source=Source.COMMAND, models=("no such model",))
    assert rows() == {(None, None, "look_again", "command", 1)}


def test_where_several_recalls_speak_the_check_is_one(kettles: Desk) -> None:
    kettles.published()
    kettles.published(recall_text("kettle-two"))
    ask(AFFECTED, source=Source.API)
    assert rows() == {
        (None, None, "affected", "api", 1),
        (SLUG, 1, "affected", "api", 1),
        ("kettle-two", 1, "affected", "api", 1),
    }


def test_the_version_is_the_one_that_answered(kettles: Desk) -> None:
    kettles.published()
    ask(AFFECTED, source=Source.API)
    version = kettles.apply(recall_text(units=6))
    kettles.take(version, [FAR])
    kettles.publish(kettles.approve(version))
    ask(AFFECTED, source=Source.API)
    assert {(slug, number) for slug, number, *_ in rows()} == {(None, None), (SLUG, 1), (SLUG, 2)}


@pytest.mark.usefixtures("published_recall")
def test_each_minute_has_rows_of_its_own() -> None:
    for seconds in (0, 29, 30, 90):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            ask(AFFECTED, source=Source.API)
    assert rows()
    found = CheckCount.objects.filter(recall=None).order_by("minute")
    assert [(row.minute, row.count) for row in found] == [
        (AT_NOON, 2),
        (AT_NOON + timedelta(minutes=1), 1),
        (AT_NOON + timedelta(minutes=2), 1),
    ]


@pytest.mark.usefixtures("published_recall")
def test_what_cannot_be_answered_is_counted_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise OperationalError

    live.forget()
    monkeypatch.setattr(live, "live_recalls", fails)
    with pytest.raises(AnswerUnavailable):
        ask(AFFECTED, source=Source.PAGE)
    assert rows() == {(None, None, "unanswered", "page", 1)}


@pytest.mark.usefixtures("published_recall")
def test_a_question_that_is_none_is_not_counted() -> None:
    with pytest.raises(SecondLookInvalid):
        ask(FAR, source=Source.API, second_look="not ours")
    assert rows() == set()


@pytest.mark.usefixtures("published_recall")
def test_page_api_and_command_each_say_which_they_are(client: Client, command: Command) -> None:
    origin = {"Origin": "http://testserver"}
    client.post("/en/check", {"serial": SLIP}, headers=origin)
    client.post("/api/v1/checks", {"serial": SLIP}, content_type="application/json")
    assert command("check", SLIP).code == 0
    assert {(source, count) for slug, *_, source, count in rows() if slug is None} == {
        ("page", 1),
        ("api", 1),
        ("command", 1),
    }


@pytest.mark.usefixtures("published_recall")
def test_counting_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ask(AFFECTED, source=Source.API)
    with django_assert_num_queries(0):
        for _ in range(10):
            ask(AFFECTED, source=Source.API)


@pytest.mark.usefixtures("published_recall")
def test_what_was_written_is_added_to() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(3):
            ask(AFFECTED, source=Source.API)
            assert counts.write_now()
    assert {row[-1] for row in rows()} == {3}


@pytest.mark.usefixtures("published_recall")
def test_no_row_holds_a_serial() -> None:
    ask(AFFECTED, source=Source.API)
    assert rows()
    every: list[Any] = [value for row in CheckCount.objects.values() for value in row.values()]
    assert AFFECTED not in every
