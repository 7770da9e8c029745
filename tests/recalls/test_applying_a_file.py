"""Applying a recall file makes or changes a draft, or says what is wrong and changes nothing."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.recalls.actions import apply_recall_file
from recalldesk.recalls.errors import RecallFileProblems
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.states import VersionState
from tests.cast import Cast, Desk, recall_text


def test_the_first_file_makes_version_1_as_a_draft(kettles: Desk, cast: Cast) -> None:
    text = recall_text()
    applied = apply_recall_file(text=text, by=cast.author)
    version = applied.version
    assert (applied.changed, version.number, version.state) == (True, 1, VersionState.DRAFT)
    assert (version.author, version.source) == (cast.author, text)
    assert document_of(version).recall == "kettle-k20"


def test_the_same_file_again_changes_nothing(kettles: Desk, cast: Cast) -> None:
    first = kettles.apply()
    rows = StateChange.objects.count()
    again = apply_recall_file(text=recall_text(), by=cast.approver)
    assert (again.changed, again.version.pk) == (False, first.pk)
    assert StateChange.objects.count() == rows
    assert not first.contributions.filter(by=cast.approver).exists()


def test_another_file_changes_the_draft_and_says_what(kettles: Desk, cast: Cast) -> None:
    first = kettles.apply()
    applied = apply_recall_file(text=recall_text(units=6), by=cast.approver)
    assert (applied.version.pk, applied.changed) == (first.pk, True)
    assert [change.path for change in applied.changes] == ["jurisdictions[US].units"]
    assert first.contributions.filter(by=cast.approver).exists()


def test_after_approval_a_change_is_a_new_version(kettles: Desk) -> None:
    kettles.approved()
    second = kettles.apply(recall_text(units=6))
    assert (second.number, second.state) == (2, VersionState.DRAFT)


def test_after_approval_the_same_file_makes_no_new_version(kettles: Desk) -> None:
    kettles.approved()
    kettles.apply()
    assert RecallVersion.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["", "nothing", "x = 1", recall_text().replace("TW###", "€"), "\x00"]
)
def test_a_file_with_problems_leaves_nothing_behind(cast: Cast, text: str) -> None:
    with pytest.raises(RecallFileProblems) as refused:
        apply_recall_file(text=text, by=cast.author)
    assert refused.value.problems
    assert not Recall.objects.exists()


def test_a_file_with_problems_leaves_the_draft_as_it_was(kettles: Desk, cast: Cast) -> None:
    draft = kettles.apply()
    with pytest.raises(RecallFileProblems):
        apply_recall_file(text=recall_text().replace('"US"', '"usa"'), by=cast.author)
    draft.refresh_from_db()
    assert draft.source == recall_text()


def test_a_viewer_and_somebody_who_left_cannot_apply(cast: Cast) -> None:
    for person in (cast.viewer, cast.outsider):
        with pytest.raises(NotPermitted):
            apply_recall_file(text=recall_text(), by=person)


def test_each_move_stands_in_the_log(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    row = StateChange.objects.get(subject=Subject.RECALL_VERSION)
    assert (row.subject_id, row.to_state, row.actor_id, row.recall_id) == (
        version.pk,
        "draft",
        cast.author.pk,
        version.recall_id,
    )
