"""An open error of the linter holds a version back until its approver gives a reason."""

import pytest
from django.db import DatabaseError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.recalls.actions import override_notice_finding
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.linting import notice_findings_of, open_errors
from recalldesk.recalls.models import NoticeOverride, RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.sealing import vault
from recalldesk.units.actions import approve_for_publication, publish_version
from recalldesk.units.errors import PublicationRefused
from tests.cast import SLUG, Cast, Desk, recall_text

SOFT = recall_text().replace("The handle can break off", "In rare cases the handle can break off")
UNDATED = recall_text().replace("announced = 2025-03-03", "")
BARE = UNDATED.replace('legal_name = "Tidewater Kitchen, Inc."', "")


def draft(kettles: Desk, text: str) -> RecallVersion:
    version = kettles.apply(text)
    kettles.take(version)
    return version


def state_of(version: RecallVersion) -> str:
    return str(RecallVersion.objects.get(pk=version.pk).state)


def test_a_draft_with_softeners_is_kept_and_they_are_found(kettles: Desk) -> None:
    version = kettles.apply(SOFT)
    assert version.state == VersionState.DRAFT
    (found,) = notice_findings_of(version)
    assert (found.finding.rule, found.finding.field) == ("softener", "texts.hazard.en")
    assert SOFT.splitlines()[found.line - 1].startswith("hazard = ")


def test_a_warning_holds_nothing_back(kettles: Desk, cast: Cast) -> None:
    approved = approve_for_publication(version=draft(kettles, SOFT), by=cast.approver)
    assert kettles.publish(approved).state == VersionState.LIVE


class TestApproval:
    """Once approved nothing can be mended, so the errors are told before."""

    def test_it_is_refused_with_each_error_and_how_to_override(
        self, kettles: Desk, cast: Cast
    ) -> None:
        version = draft(kettles, BARE)
        with pytest.raises(PublicationRefused, match="2 errors") as refused:
            approve_for_publication(version=version, by=cast.approver)
        assert "us-date: line" in refused.value.message
        assert "us-legal-name: line" in refused.value.message
        assert f"`recalldesk recall lint {SLUG}`" in refused.value.hint
        assert f"`recalldesk recall approve {SLUG} --override RULE" in refused.value.hint
        assert state_of(version) == VersionState.DRAFT

    def test_each_error_needs_an_override(self, kettles: Desk, cast: Cast) -> None:
        version = draft(kettles, BARE)
        with pytest.raises(PublicationRefused, match="1 error") as refused:
            approve_for_publication(
                version=version, by=cast.approver, overrides={"us-date": "Not known yet."}
            )
        assert "us-date" not in refused.value.message
        assert state_of(version) == VersionState.DRAFT
        assert not NoticeOverride.objects.exists()

    def test_an_override_with_a_reason_lets_it_pass_and_go_live(
        self, kettles: Desk, cast: Cast
    ) -> None:
        reasons = {"us-date": "Not known yet.", "us-legal-name:firm.legal_name": "The same."}
        version = approve_for_publication(
            version=draft(kettles, BARE), by=cast.approver, overrides=reasons
        )
        assert {n.overridden_by for n in notice_findings_of(version)} == {cast.approver.name}
        assert kettles.publish(version).state == VersionState.LIVE

    def test_what_the_linter_does_not_find_is_not_overridden(
        self, kettles: Desk, cast: Cast
    ) -> None:
        version = draft(kettles, UNDATED)
        with pytest.raises(RecallProblem, match="us-price") as refused:
            approve_for_publication(
                version=version, by=cast.approver, overrides={"us-date": "x", "us-price": "x"}
            )
        assert "It finds us-date." in refused.value.hint
        assert state_of(version) == VersionState.DRAFT

    def test_without_a_reason_nothing_is_approved(self, kettles: Desk, cast: Cast) -> None:
        version = draft(kettles, UNDATED)
        with pytest.raises(RecallProblem, match="needs a reason"):
            approve_for_publication(version=version, by=cast.approver, overrides={"us-date": " "})
        assert state_of(version) == VersionState.DRAFT

    def test_whoever_approves_may_override(self, kettles: Desk, cast: Cast) -> None:
        """A senior reviewer may approve, though not override what two people must."""
        senior = Staff.objects.create(email="s@x.example", name="S", role=Role.SENIOR_REVIEWER)
        version = approve_for_publication(
            version=draft(kettles, UNDATED), by=senior, overrides={"us-date": "Not known yet."}
        )
        assert open_errors(version) == ()


class TestAfterTheApproval:
    """An approval past the linter, or an older release's: only an override mends it."""

    def test_publishing_is_refused(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approve(draft(kettles, UNDATED))
        with pytest.raises(PublicationRefused, match="1 error") as refused:
            publish_version(version=version, by=cast.author)
        assert f"`recalldesk recall override {SLUG} RULE" in refused.value.hint
        assert state_of(version) == VersionState.APPROVED

    def test_the_approver_overrides_and_it_goes_live(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.approve(draft(kettles, UNDATED))
        override(version, cast.approver)
        assert kettles.publish(version).state == VersionState.LIVE

    def test_nobody_else_does(self, kettles: Desk, cast: Cast) -> None:
        other = Staff.objects.create(email="o@x.example", name="O", role=Role.RECALL_MANAGER)
        version = kettles.approve(draft(kettles, UNDATED))
        for person in (cast.author, other):
            with pytest.raises(RecallProblem, match="did not approve"):
                override(version, person)
        with pytest.raises(NotPermitted):
            override(version, cast.viewer)
        assert not NoticeOverride.objects.exists()

    def test_a_draft_is_not_overridden_for_its_notice_can_change(
        self, kettles: Desk, cast: Cast
    ) -> None:
        version = draft(kettles, UNDATED)
        with pytest.raises(RecallProblem, match="is draft"):
            override(version, cast.approver)

    def test_nor_is_what_is_live(self, kettles: Desk, cast: Cast) -> None:
        version = kettles.published(SOFT)
        with pytest.raises(RecallProblem, match="is live"):
            override_notice_finding(
                version=version,
                finding=notice_findings_of(version)[0].finding,
                by=cast.approver,
                reason="x",
            )


def override(version: RecallVersion, by: Staff, reason: str = "Not known yet.") -> None:
    for error in open_errors(version):
        override_notice_finding(version=version, finding=error.finding, by=by, reason=reason)


def test_an_override_is_logged_with_its_reason_sealed(kettles: Desk, cast: Cast) -> None:
    version = kettles.approve(draft(kettles, UNDATED))
    override(version, cast.approver)
    (kept,) = NoticeOverride.objects.all()
    assert (kept.rule, kept.field, kept.by) == ("us-date", "announced", cast.approver)
    row = StateChange.objects.get(subject=Subject.NOTICE_OVERRIDE)
    assert (row.subject_id, row.actor_id, row.to_state) == (kept.pk, cast.approver.pk, "overridden")
    assert row.note is not None
    sealed = bytes(row.note.sealed_text)
    assert b"Not known" not in sealed
    opened = vault.open_text(sealed, scope=vault.DESK, purpose="audit.Note.sealed_text")
    assert opened == "Not known yet."


def test_the_same_override_again_changes_nothing(kettles: Desk, cast: Cast) -> None:
    version = kettles.approve(draft(kettles, UNDATED))
    (error,) = open_errors(version)
    for reason in ("Not known yet.", "Once more."):
        override_notice_finding(
            version=version, finding=error.finding, by=cast.approver, reason=reason
        )
    assert NoticeOverride.objects.count() == 1
    assert StateChange.objects.filter(subject=Subject.NOTICE_OVERRIDE).count() == 1


def test_an_override_counts_for_its_version_only(kettles: Desk, cast: Cast) -> None:
    first = kettles.approve(draft(kettles, UNDATED))
    override(first, cast.approver)
    second = kettles.apply(UNDATED.replace("Is my kettle in the recall?", "Is my kettle in it?"))
    assert second.number == 2
    assert [error.finding.rule for error in open_errors(second)] == ["us-date"]


def test_an_override_counts_for_the_very_finding(kettles: Desk, cast: Cast) -> None:
    """One that was given for other words, by an older release say, leaves the error open."""
    version = kettles.approve(draft(kettles, UNDATED))
    NoticeOverride.objects.create(
        version=version, rule="us-date", field="announced", finding_digest="x", by=cast.approver
    )
    with pytest.raises(PublicationRefused, match="us-date"):
        publish_version(version=version, by=cast.approver)


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_keeps_an_override(kettles: Desk, cast: Cast, change: str) -> None:
    version = kettles.approve(draft(kettles, UNDATED))
    override(version, cast.approver)
    rows = NoticeOverride.objects.filter(version=version)
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        rows.update(rule="other") if change == "update" else rows.delete()
    assert NoticeOverride.objects.get().rule == "us-date"


def test_the_database_takes_an_override_from_the_approver_only(kettles: Desk, cast: Cast) -> None:
    version = draft(kettles, UNDATED)
    columns = {"version": version, "rule": "us-date", "field": "announced", "finding_digest": "x"}
    for person in (cast.author, cast.approver):
        with pytest.raises(DatabaseError, match="only its approver"), transaction.atomic():
            NoticeOverride.objects.create(**columns, by=person)
    kettles.approve(version)
    with pytest.raises(DatabaseError, match="only its approver"), transaction.atomic():
        NoticeOverride.objects.create(**columns, by=cast.author)
    NoticeOverride.objects.create(**columns, by=cast.approver)
