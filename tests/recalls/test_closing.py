"""Closing a recall ends nothing for its owners: an affected unit stays affected."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.recalls.actions import close_recall
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import RecallVersion, state_of
from recalldesk.recalls.reads import live_recall
from recalldesk.recalls.states import RecallState
from recalldesk.units import live
from recalldesk.units.checking import check_serial
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SLIP, SLUG, Cast, Desk


def test_every_answer_stays_as_it_was(
    kettles: Desk, published_recall: RecallVersion, cast: Cast
) -> None:
    asked = (AFFECTED, LOOK_ALIKE, SLIP, FAR)
    before = [check_serial(serial).verdict for serial in asked]
    close_recall(recall=kettles.recall(), by=cast.author)
    live.forget()
    assert [check_serial(serial).verdict for serial in asked] == before
    assert before[0] == "affected"


def test_it_is_still_shown_and_says_since_when(
    kettles: Desk, published_recall: RecallVersion, cast: Cast
) -> None:
    close_recall(recall=kettles.recall(), by=cast.author, note="All units are in.")
    shown = live_recall(SLUG)
    assert shown is not None
    assert shown.closed_at is not None
    assert state_of(kettles.recall()) is RecallState.CLOSED


def test_it_is_closed_once(kettles: Desk, published_recall: RecallVersion, cast: Cast) -> None:
    close_recall(recall=kettles.recall(), by=cast.author)
    with pytest.raises(RecallProblem, match="was closed on"):
        close_recall(recall=kettles.recall(), by=cast.author)


def test_what_was_never_published_cannot_be_closed(kettles: Desk, cast: Cast) -> None:
    kettles.approved()
    with pytest.raises(RecallProblem, match="never published"):
        close_recall(recall=kettles.recall(), by=cast.author)


def test_a_viewer_cannot_close(kettles: Desk, published_recall: RecallVersion, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        close_recall(recall=kettles.recall(), by=cast.viewer)
