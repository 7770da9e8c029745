"""While rejected lines stand, nobody is told "not affected" of these products."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.recalls.models import RecallVersion
from recalldesk.units import live
from recalldesk.units.actions import settle_rejects
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.facts import unsettled_rejects
from recalldesk.units.verdict.answer import Why
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, Cast, Desk
from tests.units.test_publishing import override

WITH_REJECTS = (*SERIALS, "TW2433661902", "nonsense")


@pytest.fixture
def in_doubt(kettles: Desk, cast: Cast) -> RecallVersion:
    """Published in spite of two rejected lines."""
    version = kettles.approved(serials=WITH_REJECTS)
    override(version, Reason.REJECTS_OPEN, cast.author, cast.approver)
    return kettles.publish(version)


def settle(kettles: Desk, cast: Cast, count: int = 9) -> int:
    settled = settle_rejects(
        rejects=unsettled_rejects(kettles.recall())[:count],
        reason=Reason.NOT_A_UNIT,
        by=cast.approver,
        note="A sum, and a word.",
    )
    live.forget()
    return settled


def test_not_affected_becomes_ask_a_person(in_doubt: RecallVersion) -> None:
    answer = check_serial(FAR)
    assert (answer.verdict, answer.why) == ("ask_a_person", Why.LIST_IN_DOUBT)
    assert [entry.recall for entry in answer.recalls] == ["kettle-k20"]


def test_what_is_known_is_answered_as_ever(in_doubt: RecallVersion) -> None:
    assert check_serial(AFFECTED).verdict == "affected"
    assert check_serial(LOOK_ALIKE).verdict == "look_again"


def test_once_all_are_settled_it_is_not_affected_again_without_a_new_version(
    kettles: Desk, cast: Cast, in_doubt: RecallVersion
) -> None:
    assert settle(kettles, cast, 1) == 1
    assert check_serial(FAR).verdict == "ask_a_person"
    assert settle(kettles, cast) == 1
    answer = check_serial(FAR)
    assert (answer.verdict, answer.recalls[0].version) == ("not_affected", 1)
    assert RecallVersion.objects.count() == 1


def test_settling_again_settles_nothing(kettles: Desk, cast: Cast, in_doubt: object) -> None:
    lines = list(unsettled_rejects(kettles.recall()))
    settle(kettles, cast)
    assert settle_rejects(rejects=lines, reason=Reason.CORRECTED, by=cast.approver, note="x") == 0


def test_a_reason_and_a_role_are_needed(kettles: Desk, cast: Cast, in_doubt: object) -> None:
    lines = list(unsettled_rejects(kettles.recall()))
    with pytest.raises(PublicationRefused, match="reason"):
        settle_rejects(rejects=lines, reason=Reason.CORRECTED, by=cast.approver, note=" ")
    with pytest.raises(NotPermitted):
        settle_rejects(rejects=lines, reason=Reason.CORRECTED, by=cast.viewer, note="x")
    assert unsettled_rejects(kettles.recall()).count() == 2


@pytest.mark.parametrize("reason", [Reason.NOT_A_UNIT, Reason.CORRECTED])
def test_whoever_imported_the_file_settles_none_of_its_lines(
    kettles: Desk, cast: Cast, in_doubt: object, reason: Reason
) -> None:
    lines = list(unsettled_rejects(kettles.recall()))
    with pytest.raises(PublicationRefused, match=r"Author imported serials\.csv") as refused:
        settle_rejects(rejects=lines, reason=reason, by=cast.author, note="Seen.")
    assert "Somebody else" in refused.value.hint
    assert unsettled_rejects(kettles.recall()).count() == 2
    assert not StateChange.objects.filter(subject=Subject.SERIAL_REJECT).exists()


def test_of_lines_of_two_people_each_settles_the_others(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    kettles.take(version, WITH_REJECTS)
    kettles.take(version, kettles.file(["rubbish"], "second.csv"), by=cast.approver)
    every = list(unsettled_rejects(kettles.recall()))
    with pytest.raises(PublicationRefused, match=r"Approver imported second\.csv"):
        settle_rejects(rejects=every, reason=Reason.NOT_A_UNIT, by=cast.approver, note="x")
    others = [line for line in every if line.serial_import.by_id != cast.approver.pk]
    assert settle_rejects(
        rejects=others, reason=Reason.NOT_A_UNIT, by=cast.approver, note="x"
    ) == len(others)
    assert settle_rejects(rejects=every, reason=Reason.NOT_A_UNIT, by=cast.author, note="x") == 1


def test_the_database_refuses_the_importer_and_a_line_that_nobody_settled(
    cast: Cast, in_doubt: object, statement: Callable[[str], None]
) -> None:
    settled = "UPDATE units_serialreject SET settled_at = now()"
    with pytest.raises(DatabaseError, match="cannot settle its lines"), transaction.atomic():
        statement(f"{settled}, settled_by_id = {cast.author.pk}")
    with pytest.raises(DatabaseError, match="somebody_settles"), transaction.atomic():
        statement(settled)
    statement(f"{settled}, settled_by_id = {cast.approver.pk}, settled_as = 'corrected'")


def test_the_log_names_the_person_and_the_recall(
    kettles: Desk, cast: Cast, in_doubt: RecallVersion
) -> None:
    settle(kettles, cast)
    rows = StateChange.objects.filter(subject=Subject.SERIAL_REJECT)
    assert {(row.actor_id, row.recall_id) for row in rows} == {
        (cast.approver.pk, in_doubt.recall_id)
    }
    assert all(row.note_id for row in rows)


def test_rejects_of_a_draft_do_not_trouble_the_live_version(kettles: Desk) -> None:
    kettles.published()
    draft = kettles.apply(kettles.recall().versions.get().source.replace("units = 5", "units = 6"))
    kettles.take(draft, ["nonsense", "TW24088881"])
    live.forget()
    assert check_serial(FAR).verdict == "not_affected"
