"""The index of a version that was replaced goes, once nobody can be about to open it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.actions import publish_version
from recalldesk.units.checking import check_serial
from recalldesk.units.index.folders import KEPT_AFTER_ITS_TIME, only_builder
from recalldesk.units.indexing import build
from recalldesk.units.live import TIDY_EVERY
from tests.cast import AFFECTED, SERIALS, Desk, recall_text

ANOTHER = "TW24088881"


@pytest.fixture
def time() -> Iterator[time_machine.Traveller]:
    """The clock, standing still until it is moved."""
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def second(kettles: Desk, published_recall: RecallVersion) -> RecallVersion:
    """Version 2, approved, with one serial more; version 1 is live, and this process serves it."""
    assert check_serial(AFFECTED).verdict == "affected"
    draft = kettles.apply(recall_text(units=6))
    kettles.take(draft, (*SERIALS, ANOTHER))
    return kettles.approve(draft)


def names(index_folder: Path) -> set[str]:
    return {folder.name for folder in index_folder.iterdir()}


def a_check_after(time: time_machine.Traveller, span: timedelta) -> None:
    time.shift(span)
    assert check_serial(AFFECTED).verdict == "affected"


def test_a_replaced_index_is_kept_for_a_while_and_then_removed(
    kettles: Desk, second: RecallVersion, index_folder: Path, time: time_machine.Traveller
) -> None:
    (first,) = names(index_folder)
    newest = publish_version(version=second, by=kettles.cast.approver)
    a_check_after(time, TIDY_EVERY)
    a_check_after(time, KEPT_AFTER_ITS_TIME - TIDY_EVERY)
    assert names(index_folder) == {first, newest.index_name}
    a_check_after(time, TIDY_EVERY)
    assert names(index_folder) == {newest.index_name}
    assert check_serial(ANOTHER).verdict == "affected"


def test_the_index_of_an_approved_version_waits_for_its_publication(
    second: RecallVersion, index_folder: Path, time: time_machine.Traveller
) -> None:
    built = build(second)
    for _ in range(3):
        a_check_after(time, KEPT_AFTER_ITS_TIME)
    assert built.exists()
    assert len(names(index_folder)) == 2


def test_an_index_of_another_database_goes_too_and_a_folder_that_is_none_stays(
    published_recall: RecallVersion, index_folder: Path, time: time_machine.Traveller
) -> None:
    own = index_folder / published_recall.index_name
    other = shutil.copytree(own, index_folder / f"other-v1-{'0' * 16}-f2")
    notes = shutil.copytree(own, index_folder / "notes of the operator")
    for _ in range(2):
        a_check_after(time, KEPT_AFTER_ITS_TIME)
    assert not other.exists()
    assert names(index_folder) == {own.name, notes.name}


def test_nothing_is_removed_while_somebody_builds(
    kettles: Desk, second: RecallVersion, index_folder: Path, time: time_machine.Traveller
) -> None:
    publish_version(version=second, by=kettles.cast.approver)
    with only_builder(index_folder):
        for _ in range(3):
            a_check_after(time, KEPT_AFTER_ITS_TIME)
        assert len(names(index_folder)) == 2
    a_check_after(time, TIDY_EVERY)
    assert len(names(index_folder)) == 1


def test_a_process_that_still_holds_a_removed_index_answers_on(
    published_recall: RecallVersion, index_folder: Path
) -> None:
    assert check_serial(AFFECTED).verdict == "affected"
    shutil.rmtree(index_folder)
    for serial in SERIALS:
        assert check_serial(serial).verdict == "affected"
