"""Whatever befalls the database or a process, what was counted is written, and written once."""

import os
import threading
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import structlog
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Sum

from recalldesk.checks import counts
from recalldesk.checks.counts import Counter
from recalldesk.checks.models import CheckCount
from recalldesk.checks.states import Source
from recalldesk.checks.writing import Told, add_checks
from recalldesk.config import logs
from recalldesk.counting import batch, writer
from recalldesk.counting import counter as counting
from recalldesk.recalls.models import Recall
from recalldesk.units.verdict.answer import RecallAnswer, Verdict

AT = int(datetime(2026, 3, 1, 12, 0, tzinfo=UTC).timestamp())
SAID = (RecallAnswer("kettle-k20", 1, Verdict.AFFECTED),)
needs_commits = pytest.mark.django_db(transaction=True)


def count(counter: Counter, times: int = 1, source: Source = Source.API) -> None:
    for _ in range(times):
        counter.add(AT, Verdict.AFFECTED, source, SAID)


def written() -> int:
    found: int | None = CheckCount.objects.filter(recall=None).aggregate(n=Sum("count"))["n"]
    return found or 0


@pytest.fixture
def kettle(db: None) -> Recall:
    return Recall.objects.create(slug="kettle-k20")


@pytest.fixture
def logged() -> Iterator[list[Any]]:
    """What is logged."""
    capture = structlog.testing.LogCapture()
    structlog.configure(processors=[capture])
    yield capture.entries
    logs.configure()


def fails(*_: object) -> None:
    raise OperationalError("gone")


@pytest.mark.usefixtures("kettle")
def test_while_the_database_is_away_counts_wait(
    monkeypatch: pytest.MonkeyPatch, logged: list[Any]
) -> None:
    counter = Counter()
    with monkeypatch.context() as away:
        away.setattr(counting, "write", fails)
        for _ in range(3):
            count(counter)
            assert not counter.write()
    assert [(line["event"], line["counter"]) for line in logged] == [("counts_wait", "checks")]
    assert written() == 0
    count(counter)
    assert counter.write()
    assert written() == 4
    assert counter.write()
    assert written() == 4


@pytest.mark.usefixtures("kettle")
def test_a_recall_that_the_database_does_not_know_takes_no_check_along() -> None:
    counter = Counter()
    counter.add(AT, Verdict.AFFECTED, Source.API, (*SAID, RecallAnswer("gone", 1, SAID[0].verdict)))
    assert counter.write()
    assert set(CheckCount.objects.values_list("recall__slug", "count")) == {
        (None, 1),
        ("kettle-k20", 1),
    }


@pytest.fixture
def an_answer_is_lost(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """From when it is called, the next commit is made, and its success never heard of."""
    commit = BaseDatabaseWrapper.commit

    def arm() -> None:
        def commits_unheard(self: BaseDatabaseWrapper) -> None:
            monkeypatch.setattr(BaseDatabaseWrapper, "commit", commit)
            commit(self)
            raise OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(BaseDatabaseWrapper, "commit", commits_unheard)

    return arm


@needs_commits
def test_what_was_kept_unheard_is_not_written_again(
    kettle: Recall, an_answer_is_lost: Callable[[], None]
) -> None:
    counter = Counter()
    count(counter, 5)
    an_answer_is_lost()
    assert not counter.write()
    assert written() == 5
    count(counter, 2)
    assert counter.write()
    assert written() == 7


@needs_commits
def test_what_was_rolled_back_is_written_again(
    kettle: Recall, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = Counter()
    count(counter, 5)
    with monkeypatch.context() as away:
        away.setattr(BaseDatabaseWrapper, "commit", fails)
        assert not counter.write()
    assert written() == 0
    assert counter.write()
    assert written() == 5


@needs_commits
def test_a_transaction_of_another_database_is_none(kettle: Recall) -> None:
    told: dict[Told, int] = {(0, "affected", Source.API, "", ()): 3}
    batch.write(batch.Batch(told, transaction=str(2**50)), add_checks)
    assert written() == 3


@needs_commits
def test_two_that_write_the_same_minute_lose_nothing(kettle: Recall) -> None:
    def work() -> None:
        counter = Counter()
        try:
            for _ in range(40):
                count(counter, 3)
                assert counter.write()
                done.append(3)
        finally:
            connection.close()

    done: list[int] = []
    both = [threading.Thread(target=work) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sum(done) == written() == 240
    assert CheckCount.objects.count() == 2


@pytest.mark.usefixtures("kettle")
def test_more_than_can_wait_is_said_in_the_log(
    monkeypatch: pytest.MonkeyPatch, logged: list[Any]
) -> None:
    monkeypatch.setattr(counts, "MOST_WAITING", 3)
    counter = Counter()
    for source in (Source.API, Source.PAGE, Source.BATCH, Source.COMMAND):
        count(counter, source=source)
    assert counter.write()
    assert written() == 3
    assert [(line["event"], line["lost"]) for line in logged] == [("counts_lost", 1)]


def test_a_process_that_is_forked_does_not_count_what_its_parent_did() -> None:
    at = datetime.now(tz=UTC)
    counts.count_unanswered(at, Source.API)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the child does nothing but look
        child = os.fork()
    if child == 0:
        os._exit(len(counts._counter._counts))
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert len(counts._counter._counts) == 1


def test_a_second_is_more_than_is_waited_for() -> None:
    assert writer.SECONDS_BETWEEN_WRITES <= 0.5
