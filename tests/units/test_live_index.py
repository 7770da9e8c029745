"""What is answered when the newest index cannot be confirmed, or is not there."""

import shutil
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import InterfaceError, OperationalError

from recalldesk.foundation import clock
from recalldesk.postgres.errors import StartFailedError
from recalldesk.recalls.models import RecallVersion
from recalldesk.units import indexing, live
from recalldesk.units.actions import publish_version
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.index import build, manifest
from recalldesk.units.index.manifest import FORMAT, Manifest
from recalldesk.units.indexing import build_for_version
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, Desk, make_cast, recall_text

FAILURES = (OperationalError("down"), InterfaceError("closed"), StartFailedError("no"))


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """The clock, standing still until it is moved."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


def database_fails(patch: pytest.MonkeyPatch, failure: Exception) -> None:
    def fails() -> None:
        raise failure

    patch.setattr(live, "live_recalls", fails)


def test_whoever_waited_while_another_confirmed_is_answered(
    published_recall: RecallVersion,
    monkeypatch: pytest.MonkeyPatch,
    time: time_machine.Traveller,
) -> None:
    confirmed = live.live_index

    def after_a_while(at: float) -> live.LiveIndex | None:
        time.shift(timedelta(seconds=2))
        assert at < clock.seconds()
        return confirmed()

    monkeypatch.setattr("recalldesk.units.checking.live_index", after_a_while)
    assert check_serial(FAR).verdict == "not_affected"


@pytest.mark.parametrize("failure", FAILURES, ids=lambda failure: type(failure).__name__)
class TestWhileTheDatabaseIsDown:
    """Affected and look again are as sure as ever; not affected is not."""

    def test_all_is_answered_for_thirty_seconds(
        self,
        published_recall: RecallVersion,
        monkeypatch: pytest.MonkeyPatch,
        time: time_machine.Traveller,
        failure: Exception,
    ) -> None:
        assert check_serial(FAR).verdict == "not_affected"
        database_fails(monkeypatch, failure)
        time.shift(timedelta(seconds=30))
        assert check_serial(FAR).verdict == "not_affected"
        assert check_serial(AFFECTED).verdict == "affected"

    def test_after_that_nobody_is_told_not_affected(
        self,
        published_recall: RecallVersion,
        monkeypatch: pytest.MonkeyPatch,
        time: time_machine.Traveller,
        failure: Exception,
    ) -> None:
        check_serial(FAR)
        database_fails(monkeypatch, failure)
        time.shift(timedelta(seconds=31))
        with pytest.raises(AnswerUnavailable) as unavailable:
            check_serial(FAR)
        assert unavailable.value.hint
        assert check_serial(AFFECTED).verdict == "affected"
        looked = check_serial(LOOK_ALIKE)
        assert looked.verdict == "look_again"
        again = check_serial(LOOK_ALIKE, second_look=looked.second_look)
        assert again.verdict == "ask_a_person"

    def test_a_process_that_never_saw_it_answers_nothing(
        self,
        published_recall: RecallVersion,
        monkeypatch: pytest.MonkeyPatch,
        failure: Exception,
    ) -> None:
        database_fails(monkeypatch, failure)
        for serial in (FAR, AFFECTED, LOOK_ALIKE):
            with pytest.raises(AnswerUnavailable):
                check_serial(serial)

    def test_once_it_is_back_all_is_answered_again(
        self,
        published_recall: RecallVersion,
        time: time_machine.Traveller,
        failure: Exception,
    ) -> None:
        check_serial(FAR)
        with pytest.MonkeyPatch.context() as patch:
            database_fails(patch, failure)
            time.shift(timedelta(minutes=5))
            with pytest.raises(AnswerUnavailable):
                check_serial(FAR)
        time.shift(timedelta(seconds=2))
        assert check_serial(FAR).verdict == "not_affected"


def test_a_silent_database_is_not_asked_at_every_check(
    published_recall: RecallVersion, time: time_machine.Traveller
) -> None:
    check_serial(FAR)
    asked: list[int] = []

    def fails() -> None:
        asked.append(1)
        raise OperationalError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(live, "live_recalls", fails)
        time.shift(timedelta(seconds=5))
        for _ in range(10):
            check_serial(AFFECTED)
    assert len(asked) == 1


def test_a_newer_version_is_seen_after_a_second(
    kettles: Desk, published_recall: RecallVersion, time: time_machine.Traveller
) -> None:
    assert check_serial("TW24088881").verdict == "not_affected"
    draft = kettles.apply(recall_text(units=6))
    kettles.take(draft, (*SERIALS, "TW24088881"))
    publish_version(version=kettles.approve(draft), by=kettles.cast.approver)
    time.shift(timedelta(seconds=1))
    assert check_serial("TW24088881").verdict == "affected"


def test_with_no_recall_at_all_nobody_is_told_not_affected(kettles: Desk) -> None:
    with pytest.raises(AnswerUnavailable, match="No recall is published"):
        check_serial(FAR)


@pytest.fixture
def committed(
    transactional_db: None, quick_passwords: None, index_folder: Path, tmp_path: Path
) -> Iterator[Desk]:
    """The kettle, live and committed, so that another connection sees it."""
    desk = Desk(make_cast(), tmp_path)
    desk.published()
    yield desk
    live.wait_for_builds()


@pytest.fixture
def builder(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """The builder in the background begins when this is set."""
    begins = threading.Event()

    def build_then(version_id: int) -> None:
        begins.wait()
        build_for_version(version_id)

    monkeypatch.setattr(live, "build_for_version", build_then)
    return begins


def answers_after_building(builder: threading.Event) -> None:
    for serial in (FAR, AFFECTED, FAR):
        with pytest.raises(AnswerUnavailable):
            check_serial(serial)
    builder.set()
    assert live.wait_for_builds()
    assert check_serial(AFFECTED).verdict == "affected"
    assert check_serial(FAR).verdict == "not_affected"


def test_a_missing_folder_is_built_again_by_itself(
    committed: Desk, index_folder: Path, builder: threading.Event
) -> None:
    shutil.rmtree(index_folder)
    live.forget()
    answers_after_building(builder)


def test_after_another_format_a_live_index_is_built_again_under_its_name(
    committed: Desk, index_folder: Path, builder: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    (name,) = (folder.name for folder in index_folder.iterdir())
    for module in (manifest, build, indexing):
        monkeypatch.setattr(module, "FORMAT", FORMAT + 1)
    live.forget()
    answers_after_building(builder)
    assert [folder.name for folder in index_folder.iterdir()] == [name]
    assert Manifest.read(index_folder / name).format == FORMAT + 1


@pytest.mark.parametrize("damage", ["manifest.json", "group-0/exact.marisa"])
@pytest.mark.parametrize("how", ["gone", "cut off"])
def test_a_damaged_folder_is_built_again_by_itself(
    committed: Desk, index_folder: Path, builder: threading.Event, damage: str, how: str
) -> None:
    (file,) = index_folder.glob(f"*/{damage}")
    file.unlink()
    if how == "cut off":
        file.write_bytes(b"{")
    live.forget()
    answers_after_building(builder)


def test_a_refresh_confirms_at_once_and_no_request_does_meanwhile(
    published_recall: RecallVersion, monkeypatch: pytest.MonkeyPatch, time: time_machine.Traveller
) -> None:
    assert check_serial(FAR).verdict == "not_affected"
    asked: list[str] = []
    confirmed = live.live_recalls
    monkeypatch.setattr(live, "live_recalls", lambda: asked.append("asked") or confirmed())
    for _ in range(5):
        live._keeper.refresh()
        time.shift(timedelta(milliseconds=500))
        assert check_serial(FAR).verdict == "not_affected"
    assert asked == ["asked"] * 5


def test_whoever_confirms_goes_on_after_a_failure(
    published_recall: RecallVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = [OperationalError("down"), ValueError("unforeseen")]
    rounds: list[float] = []

    def fails() -> None:
        if outcomes:
            raise outcomes.pop()

    def counts(seconds: float) -> None:
        rounds.append(seconds)
        if len(rounds) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr("recalldesk.units.live.time.sleep", counts)
    monkeypatch.setattr(live, "close_old_connections", lambda: None)
    monkeypatch.setattr(live._keeper, "refresh", fails)
    done: list[int] = []

    def beside() -> None:
        done.append(len(done))
        raise ValueError("unforeseen")

    with pytest.raises(KeyboardInterrupt):
        live.keep_confirming(beside)
    assert rounds == [0.5, 0.5, 0.5]
    assert done == [0, 1, 2]
    assert outcomes == []
