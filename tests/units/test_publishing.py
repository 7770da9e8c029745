"""A version goes live whole and with reason, or not at all."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.recalls.models import Override, RecallVersion
from recalldesk.recalls.reads import live_recall
from recalldesk.recalls.states import VersionState
from recalldesk.units import actions
from recalldesk.units.actions import override_finding, publish_version, settle_rejects
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import ImportRefused, PublicationRefused
from recalldesk.units.facts import scope_facts, unsettled_rejects
from recalldesk.units.index.version_index import open_version
from recalldesk.units.indexing import index_name
from recalldesk.units.models import SerialList
from recalldesk.units.publication import basis_of, standing_findings
from recalldesk.units.rules import Finding, findings
from tests.cast import AFFECTED, SERIALS, SLUG, Cast, Desk, recall_text

WRONG_FORM = ("nonsense", "TW2401333")
WITH_REJECTS = (*SERIALS, *WRONG_FORM)


def finding(version: RecallVersion, reason: Reason) -> Finding:
    return next(s.finding for s in standing_findings(version) if s.finding.reason == reason)


def override(version: RecallVersion, reason: Reason, *people: Staff) -> None:
    for person in people:
        override_finding(
            version=version, finding=finding(version, reason), by=person, note="We looked."
        )


def state_of(version: RecallVersion) -> str:
    return str(RecallVersion.objects.get(pk=version.pk).state)


def test_it_goes_live_by_naming_its_finished_index(kettles: Desk, index_folder: Path) -> None:
    version = kettles.published()
    assert (version.state, version.number) == (VersionState.LIVE, 1)
    assert version.published_at is not None
    assert open_version(index_folder / version.index_name).version == 1
    assert check_serial(AFFECTED).verdict == "affected"


def test_publishing_twice_changes_nothing(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved()
    first = kettles.publish(version)
    rows = StateChange.objects.count()
    for known in (version, first):
        again = publish_version(version=known, by=cast.author)
        assert again.published_at == first.published_at
    assert StateChange.objects.count() == rows


def test_a_draft_does_not_go_live(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    kettles.take(version)
    with pytest.raises(PublicationRefused, match="is draft"):
        publish_version(version=version, by=cast.approver)


def test_whoever_may_not_publish_is_refused(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved()
    for person in (cast.viewer, cast.outsider):
        with pytest.raises(NotPermitted):
            publish_version(version=version, by=person)
    assert state_of(version) == VersionState.APPROVED


class TestAnEmptyScope:
    """Refused always."""

    def test_a_list_without_serials(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approved(serials=None)
        with pytest.raises(PublicationRefused, match="list 'k20'"):
            publish_version(version=version, by=cast.approver)

    def test_a_list_whose_lines_were_all_rejected(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approved(recall_text(units=1), serials=WRONG_FORM)
        override(version, Reason.REJECTS_OPEN, cast.author, cast.approver)
        with pytest.raises(PublicationRefused, match="Nothing is in the scope"):
            publish_version(version=version, by=cast.approver)

    def test_nobody_overrides_it(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approved(serials=None)
        for person in (cast.author, cast.approver):
            with pytest.raises(PublicationRefused, match="Nothing is in"):
                override(version, Reason.EMPTY_SCOPE, person)
        assert not Override.objects.exists()

    def test_nor_by_an_override_that_stands_in_the_table(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approved(serials=None)
        empty = finding(version, Reason.EMPTY_SCOPE)
        for person in (cast.author, cast.approver, cast.viewer):
            Override.objects.create(
                version=version, finding=empty.reason, facts_digest=empty.digest, by=person
            )
        with pytest.raises(PublicationRefused, match="Nothing is in the scope"):
            publish_version(version=version, by=cast.approver)

    def test_one_of_two_lists_is_enough(self, kettles: Desk, cast: Cast) -> None:
        scope = '[[scope.lists]]\nname = "a"\nproducts = ["k20"]\n'
        version = kettles.apply(recall_text(scope=scope + scope.replace('"a"', '"b"')))
        kettles.take(version, name="a")
        kettles.approve(version)
        with pytest.raises(PublicationRefused, match="list 'b'"):
            publish_version(version=version, by=cast.approver)

    def test_an_excluded_list_is_no_scope(self, kettles: Desk, cast: Cast) -> None:
        other = '[[scope.lists]]\nname = "b"\nmeaning = "excluded"\nproducts = ["k20"]\n'
        scope = '[[scope.lists]]\nname = "a"\nproducts = ["k20"]\n' + other
        version = kettles.apply(recall_text(scope=scope))
        kettles.take(version, name="b")
        kettles.approve(version)
        with pytest.raises(PublicationRefused, match="list 'a'"):
            publish_version(version=version, by=cast.approver)

    def test_a_list_that_an_exclusion_empties(self, kettles: Desk, cast: Cast) -> None:
        other = '[[scope.lists]]\nname = "b"\nmeaning = "excluded"\nproducts = ["k20"]\n'
        scope = '[[scope.lists]]\nname = "a"\nproducts = ["k20"]\n' + other
        version = kettles.apply(recall_text(scope=scope, units=1))
        kettles.take(version, name="a")
        kettles.take(version, name="b")
        kettles.approve(version)
        with pytest.raises(PublicationRefused, match="Nothing is in the scope"):
            publish_version(version=version, by=cast.approver)


CASES: dict[Reason, dict[str, Any]] = {
    Reason.REJECTS_OPEN: {"serials": WITH_REJECTS},
    Reason.COUNT_DIFFERS: {"text": recall_text(units=6)},
}


@pytest.mark.parametrize("reason", CASES)
class TestAFindingThatTwoPeopleMayOverride:
    """Each of them with a reason of their own."""

    def test_it_holds_the_version_back(self, kettles: Desk, cast: Cast, reason: Reason) -> None:
        version = kettles.approved(**CASES[reason])
        with pytest.raises(PublicationRefused, match=reason) as refused:
            publish_version(version=version, by=cast.approver)
        assert "override" in refused.value.hint
        assert state_of(version) == VersionState.APPROVED

    def test_one_person_is_not_enough(self, kettles: Desk, cast: Cast, reason: Reason) -> None:
        version = kettles.approved(**CASES[reason])
        override(version, reason, cast.author, cast.author)
        with pytest.raises(PublicationRefused, match="overridden by Author; one other person"):
            publish_version(version=version, by=cast.approver)

    def test_two_people_are_enough(self, kettles: Desk, cast: Cast, reason: Reason) -> None:
        version = kettles.approved(**CASES[reason])
        override(version, reason, cast.author, cast.approver)
        assert kettles.publish(version).state == VersionState.LIVE

    def test_a_reason_is_needed_and_a_role(self, kettles: Desk, cast: Cast, reason: Reason) -> None:
        version = kettles.approved(**CASES[reason])
        found = finding(version, reason)
        with pytest.raises(PublicationRefused, match="reason"):
            override_finding(version=version, finding=found, by=cast.author, note=" ")
        with pytest.raises(NotPermitted):
            override_finding(version=version, finding=found, by=cast.viewer, note="x")
        assert not Override.objects.exists()


def test_an_override_given_for_other_facts_does_not_count(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved(recall_text(units=6))
    other = Finding(Reason.COUNT_DIFFERS, "The recall states 9 units, its scope has 5.", True)
    for person in (cast.author, cast.approver):
        override_finding(version=version, finding=other, by=person, note="x")
    with pytest.raises(PublicationRefused, match="two people"):
        publish_version(version=version, by=cast.approver)


def test_a_draft_is_not_overridden_for_its_facts_can_change(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply()
    kettles.take(version, WITH_REJECTS)
    with pytest.raises(PublicationRefused, match="is draft"):
        override(version, Reason.REJECTS_OPEN, cast.author)


def test_an_override_of_one_finding_leaves_the_other(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved(recall_text(units=6), WITH_REJECTS)
    override(version, Reason.REJECTS_OPEN, cast.author, cast.approver)
    with pytest.raises(PublicationRefused, match="count_differs") as refused:
        publish_version(version=version, by=cast.approver)
    assert "rejects_open" not in refused.value.message.split("[")[0]


def test_a_newer_version_supersedes_the_older_one(kettles: Desk) -> None:
    first = kettles.published()
    second = kettles.apply(recall_text(units=6))
    kettles.take(second, (*SERIALS, "TW24088881"))
    second = kettles.publish(kettles.approve(second))
    assert (state_of(first), state_of(second)) == (VersionState.SUPERSEDED, VersionState.LIVE)
    shown = live_recall(SLUG)
    assert shown is not None
    assert shown.version == 2


def test_an_older_version_never_replaces_a_newer_one(kettles: Desk, cast: Cast) -> None:
    first = kettles.approved()
    second = kettles.apply(recall_text(units=6))
    kettles.take(second, (*SERIALS, "TW24088881"))
    kettles.publish(kettles.approve(second))
    with pytest.raises(PublicationRefused):
        publish_version(version=first, by=cast.approver)
    assert state_of(second) == VersionState.LIVE


def test_a_kill_before_the_commit_leaves_the_older_one_live(
    kettles: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = kettles.published()
    second = kettles.apply(recall_text(units=6))
    kettles.take(second, (*SERIALS, "TW24088881"))
    kettles.approve(second)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(actions, "_make_live", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_version(version=second, by=cast.approver)
    assert (state_of(first), state_of(second)) == (VersionState.LIVE, VersionState.APPROVED)
    assert check_serial("TW24088881").verdict == "not_affected"
    kettles.publish(second)
    assert check_serial("TW24088881").verdict == "affected"


def test_a_kill_while_it_is_built_leaves_no_index_behind(
    kettles: Desk, cast: Cast, index_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = kettles.approved()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("recalldesk.units.index.build.settle", killed)
        with pytest.raises(KeyboardInterrupt):
            publish_version(version=version, by=cast.approver)
    assert state_of(version) == VersionState.APPROVED
    assert [path.name for path in index_folder.iterdir()] == []
    assert kettles.publish(version).state == VersionState.LIVE


COUNTED = ("recalls_recall", "recalls_recallversion", "units_seriallist", "units_serialimport")


class OtherDatabase(Exception):
    """Takes back all that was written, as if it stood in a database of its own."""


def name_and_keys(kettles: Desk, text: str, serials: tuple[str, ...]) -> tuple[str, set[int]]:
    """The index name of a version in a database that counts its keys from 7, and these keys."""
    with suppress(OtherDatabase), transaction.atomic():
        with connection.cursor() as cursor:
            for table in COUNTED:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), 7, false)", [table])
        version = kettles.approved(text, serials)
        found = index_name(version), {version.pk, version.recall_id, version.imports.get().pk}
        raise OtherDatabase
    return found


@pytest.mark.parametrize(
    ("text", "serials", "is_same"),
    [
        (recall_text(), SERIALS, True),
        (recall_text(), (*SERIALS[1:], "TW24088881"), False),
        (recall_text(about=True), SERIALS, False),
    ],
)
def test_an_index_of_another_database_with_the_same_keys_has_another_name(
    kettles: Desk, text: str, serials: tuple[str, ...], is_same: bool
) -> None:
    """A restored backup counts its keys again from an earlier one."""
    with time_machine.travel("2026-02-03T04:05:06Z", tick=False):
        name, keys = name_and_keys(kettles, recall_text(), SERIALS)
        other, same_keys = name_and_keys(kettles, text, serials)
    assert keys == same_keys == {7}
    assert (name == other) is is_same


def test_what_changed_since_it_was_looked_at_is_looked_at_anew(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved(serials=WITH_REJECTS)
    override(version, Reason.REJECTS_OPEN, cast.author, cast.approver)
    basis = basis_of(version)
    settle_rejects(
        rejects=unsettled_rejects(version.recall)[:1],
        reason=Reason.NOT_A_UNIT,
        by=cast.approver,
        note="A word.",
    )
    with pytest.raises(PublicationRefused, match="changed") as refused:
        actions._make_live(version, cast.approver, basis)
    assert "Publish it again" in refused.value.hint
    assert state_of(version) == VersionState.APPROVED


def test_nothing_is_counted_while_others_wait_for_its_locks(
    kettles: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = kettles.approved()
    basis = basis_of(version)

    def counted(*_: object) -> None:
        raise AssertionError("the rows are counted under the locks")

    for place in ("recalldesk.units.publication.scope_facts", "recalldesk.units.publication.build"):
        monkeypatch.setattr(place, counted)
    assert actions._make_live(version, cast.approver, basis).state == VersionState.LIVE


def test_a_list_stored_under_another_folding_is_never_published(kettles: Desk) -> None:
    version = kettles.apply(recall_text())
    kettles.take(version)
    SerialList.objects.filter(recall=version.recall).update(read_as="X9")
    assert [f.reason for f in findings(scope_facts(version))] == [Reason.READ_OTHERWISE]
    assert not findings(scope_facts(version))[0].can_be_overridden


def test_a_list_stored_under_another_folding_is_only_replaced_as_a_whole(kettles: Desk) -> None:
    version = kettles.apply(recall_text())
    kettles.take(version)
    SerialList.objects.filter(recall=version.recall).update(read_as="X9")
    with pytest.raises(ImportRefused, match="read otherwise"):
        kettles.take(version)
    kettles.take(version, replace=True)
    assert findings(scope_facts(version)) == ()
