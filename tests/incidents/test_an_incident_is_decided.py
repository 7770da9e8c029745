"""The desk decides whether an incident is reported: each move of the table, and nothing else."""

from datetime import timedelta

import pytest
from django.db import Error, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.deciding import (
    decide_filed,
    decide_not_reportable,
    look_at_news,
    mend_report,
    reconsider,
)
from recalldesk.incidents.errors import NoReasonGiven, NotAsSeen, NotDecidable, NotReported
from recalldesk.incidents.models import Incident
from recalldesk.incidents.opening import stamp_of
from recalldesk.incidents.states import Care, IncidentState
from recalldesk.incidents.story import Hurt, Story, keep_story
from tests.at_the_desk import staff
from tests.incidents.told import again, incident, log_of, obtained

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
REFERENCE = "MADE-UP 26-0001"


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER)


def filed(row: Incident, by: Staff, **more: object) -> Incident:
    given = {"reference": REFERENCE, "reported_at": clock.now(), "by": by} | more
    return decide_filed(number=row.pk, **given)  # type: ignore[arg-type]  # each by its name


def test_it_is_reported_with_reference_moment_and_who(manager: Staff) -> None:
    row = obtained(2)
    reported_at = clock.now() - timedelta(minutes=5)
    filed(row, manager, reference="  MADE-UP   26-0001 ", reported_at=reported_at, note="By form.")
    row = again(row)
    assert (row.state, row.authority_reference, row.reported_at) == (
        IncidentState.FILED,
        REFERENCE,
        reported_at,
    )
    assert (row.decided_by, row.decided_at is not None) == (manager, True)
    assert log_of(row) == [("obtained", "filed", Reason.BY_PERSON)]
    assert text_of(StateChange.objects.get(subject_id=row.pk, to_state="filed").note) == "By form."


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"reference": "  "}, "reference"),
        ({"reference": "x" * 65}, "reference"),
        ({"reference": "a\x07b"}, "reference"),
        ({"reported_at": clock.now() + timedelta(days=400)}, "reported_at"),
        ({"reported_at": clock.now() - timedelta(days=1)}, "note"),
    ],
)
def test_a_report_that_cannot_be_is_refused_beside_its_field(
    manager: Staff, more: dict[str, object], field: str
) -> None:
    row = incident()
    with pytest.raises(NotReported) as refused:
        filed(row, manager, **more)
    assert refused.value.field == field
    assert again(row).state == IncidentState.OBTAINED


def test_an_event_that_was_reported_before_we_obtained_it_needs_a_note(manager: Staff) -> None:
    row = incident()
    filed(row, manager, reported_at=clock.now() - timedelta(days=1), note="It told us of it.")
    assert again(row).state == IncidentState.FILED


def test_it_is_not_reportable_for_a_reason(manager: Staff) -> None:
    row = incident()
    with pytest.raises(NoReasonGiven):
        decide_not_reportable(number=row.pk, reason="  ", by=manager)
    decide_not_reportable(number=row.pk, reason="Another maker's unit.", by=manager)
    assert again(row).state == IncidentState.NOT_REPORTABLE


def test_it_is_reconsidered_and_its_clock_counts_from_where_it_did(manager: Staff) -> None:
    row = obtained(30)
    decide_not_reportable(number=row.pk, reason="Another maker's unit.", by=manager)
    with pytest.raises(NoReasonGiven):
        reconsider(number=row.pk, reason="", by=manager)
    reconsider(number=row.pk, reason="The label says otherwise.", by=manager)
    row = again(row)
    assert (row.state, row.learned_at) == (IncidentState.OBTAINED, None)
    assert [each[1] for each in log_of(row)] == ["not_reportable", "obtained"]
    filed(row, manager)
    assert again(row).state == IncidentState.FILED


def test_a_report_is_never_unsaid(manager: Staff) -> None:
    row = incident()
    filed(row, manager)
    for act in (reconsider, decide_not_reportable):
        with pytest.raises(NotDecidable):
            act(number=row.pk, reason="A mistake.", by=manager)
    with pytest.raises(NotDecidable):
        filed(row, manager)
    with pytest.raises(Error), transaction.atomic():
        Incident.objects.filter(pk=row.pk).update(authority_reference="")


def test_what_was_told_meanwhile_is_seen_before_it_is_decided(manager: Staff) -> None:
    row = incident(Story(account="It smoked, made up."))
    seen = stamp_of(row)
    keep_story(row, Story(hurt=(Hurt(Care.HOSPITAL),)))
    with pytest.raises(NotAsSeen):
        decide_not_reportable(number=row.pk, reason="Nobody was hurt.", by=manager, seen=seen)
    decide_not_reportable(number=row.pk, reason="Ours is not it.", by=manager, seen=stamp_of(row))


def test_whoever_may_not_decide_does_not() -> None:
    row = incident()
    reviewer = staff(Role.SENIOR_REVIEWER)
    with pytest.raises(NotPermitted):
        filed(row, reviewer)
    for act in (decide_not_reportable, reconsider, look_at_news):
        with pytest.raises(NotPermitted):
            act(number=row.pk, reason="Because.", by=reviewer)
    with pytest.raises(Problem):
        filed(Incident(pk=row.pk + 1), staff(Role.RECALL_MANAGER))


def test_a_mistyped_reference_is_put_right_and_the_log_keeps_it(manager: Staff) -> None:
    row = obtained(2)
    filed(row, manager, reference="MADE-UP 62-0001")
    seen = again(row)
    assert seen.reported_at is not None
    minute = seen.reported_at.replace(second=0, microsecond=0)
    mend_report(
        number=row.pk,
        reference=REFERENCE,
        reported_at=minute,
        by=manager,
        note="Two digits stood the wrong way round.",
        seen=stamp_of(seen),
    )
    mended = again(row)
    assert (mended.authority_reference, mended.reported_at) == (REFERENCE, seen.reported_at)
    assert (mended.state, mended.decided_at) == (IncidentState.FILED, seen.decided_at)
    assert log_of(row)[-1] == ("filed", "filed", Reason.BY_PERSON)
    last = StateChange.objects.filter(subject_id=row.pk).order_by("pk").last()
    assert last is not None
    assert "Before: MADE-UP 62-0001" in text_of(last.note)
    assert "wrong way round" in text_of(last.note)
    with pytest.raises(NotAsSeen):
        mend_report(
            number=row.pk,
            reference="MADE-UP 3",
            reported_at=minute,
            by=manager,
            note="Seen before it was put right.",
            seen=stamp_of(seen),
        )


@pytest.mark.parametrize(
    ("reference", "note", "field"),
    [("MADE-UP 2", " ", "note"), ("", "Why.", "reference"), (REFERENCE, "Why.", "reference")],
)
def test_a_report_is_not_mended_without_why_or_to_what_stands_there(
    manager: Staff, reference: str, note: str, field: str
) -> None:
    row = obtained(2)
    filed(row, manager)
    moment = again(row).reported_at
    assert moment is not None
    with pytest.raises(NotReported) as refused:
        mend_report(number=row.pk, reference=reference, reported_at=moment, by=manager, note=note)
    assert refused.value.field == field
    assert again(row).authority_reference == REFERENCE


def test_only_what_was_reported_is_mended_and_only_by_who_decides(manager: Staff) -> None:
    row = obtained(2)
    asked = {"number": row.pk, "reference": "X", "reported_at": clock.now(), "note": "Why."}
    with pytest.raises(NotDecidable):
        mend_report(by=manager, **asked)
    with pytest.raises(NotPermitted):
        mend_report(by=staff(Role.SENIOR_REVIEWER), **asked)
