"""What is done with recalls: apply a file, approve, override what the linter found, close.

Publishing needs the units, above.
"""

from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.approval import (
    grant_request,
    held_version,
    refuse_unfinished,
    withdraw_request,
    wrote_at,
)
from recalldesk.recalls.differences import Difference, differences
from recalldesk.recalls.errors import NameTaken, RecallProblem
from recalldesk.recalls.lint.findings import Finding
from recalldesk.recalls.models import (
    Contribution,
    NoticeOverride,
    Recall,
    RecallVersion,
)
from recalldesk.recalls.reads import document_of, newest_version
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.states import VersionState


@dataclass(frozen=True)
class Applied:
    """What applying a file did. `version` is the draft, or the version that says the same.

    Changed without `changes`: the draft says what it said, in other words of TOML or comments.
    """

    version: RecallVersion
    changed: bool
    changes: tuple[Difference, ...]


def note_contribution(*, version: RecallVersion, by: Staff) -> None:
    """Remembers that this person wrote at the version and so cannot approve it.

    Whoever was asked to approve what it said before is asked no longer.
    """
    withdraw_request(version, by)
    Contribution.objects.get_or_create(version=version, by=by)


def held_draft(recall: Recall) -> RecallVersion | None:
    """The draft of a recall that is held already, held too, so that nobody approves it meanwhile;
    None where there is none, or it was approved while this waited."""
    rows = RecallVersion.objects.select_for_update()
    return rows.filter(recall=recall, state=VersionState.DRAFT).first()


@transaction.atomic
def apply_recall_file(*, text: str, by: Staff, begins: bool = False) -> Applied:
    """Makes or changes the draft of the recall that the file names.

    Raises RecallFileProblems with every problem, or NotPermitted. A file that says what the newest
    version says changes nothing, but that a draft takes its text, with its comments. `begins`:
    raises NameTaken where there is such a recall, also where one was begun in this very moment.
    """
    require(by, Permission.EDIT_RECALL)
    document = read_recall_file(text)
    recall, is_new = Recall.objects.get_or_create(slug=document.recall)
    if begins and not is_new:
        raise NameTaken(recall.slug)
    recall = Recall.objects.select_for_update().get(pk=recall.pk)
    draft = held_draft(recall)
    newest = newest_version(recall)
    changes: tuple[Difference, ...] = ()
    if newest is not None:
        changes = differences(document_of(newest), document)
        if not changes and (draft is None or draft.source == text):
            return Applied(newest, False, ())
    if draft is None:
        number = 1 if newest is None else newest.number + 1
        draft = RecallVersion(recall=recall, number=number, author=by)
    draft.document = document.model_dump(mode="json")
    draft.source = text
    draft.save()
    note_contribution(version=draft, by=by)
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=draft.pk,
        to_state=VersionState.DRAFT,
        reason=Reason.APPLIED,
        actor_id=by.pk,
        recall_id=recall.pk,
    )
    return Applied(draft, True, changes)


@transaction.atomic
def draft_for_expansion(*, recall: Recall, by: Staff) -> RecallVersion:
    """The draft, made from the newest version where there is none, so that serials can be added."""
    require(by, Permission.EDIT_RECALL)
    recall = Recall.objects.select_for_update().get(pk=recall.pk)
    draft = held_draft(recall)
    if draft is not None:
        return draft
    newest = newest_version(recall)
    if newest is None:
        raise RecallProblem(
            f"{recall.slug} has no version yet.", "Apply its recall file first: `recall apply`."
        )
    draft = RecallVersion.objects.create(
        recall=recall,
        number=newest.number + 1,
        author=by,
        document=newest.document,
        source=newest.source,
    )
    note_contribution(version=draft, by=by)
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=draft.pk,
        to_state=VersionState.DRAFT,
        actor_id=by.pk,
        recall_id=recall.pk,
    )
    return draft


@transaction.atomic
def approve_version(*, version: RecallVersion, by: Staff, note: str = "") -> RecallVersion:
    """Approves a draft. From then on neither it nor its scope can change.

    Raises NotPermitted, or RecallProblem where it is no draft, this person wrote at it, or a change
    that was begun at the desk lies beside it.
    """
    require(by, Permission.APPROVE_RECALL)
    version = held_version(version)
    if version.state != VersionState.DRAFT:
        raise RecallProblem(
            f"Version {version.number} is {version.get_state_display().lower()}, not a draft.",
            "Only a draft can be approved.",
        )
    if wrote_at(by, version):
        raise RecallProblem(
            f"{by.name} wrote at version {version.number} and cannot approve it.",
            "Somebody else approves: an error is seen by the eyes that did not make it.",
        )
    refuse_unfinished(version)
    version.state = VersionState.APPROVED
    version.approved_by = by
    version.approved_at = clock.now()
    version.save(update_fields=["state", "approved_by", "approved_at"])
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=version.pk,
        from_state=VersionState.DRAFT,
        to_state=VersionState.APPROVED,
        actor_id=by.pk,
        recall_id=version.recall_id,
        note=note,
    )
    grant_request(version, by)
    return version


@transaction.atomic
def override_notice_finding(
    *, version: RecallVersion, finding: Finding, by: Staff, reason: str
) -> None:
    """The approver's reason to publish in spite of what the linter found. Again: nothing changes.

    Raises NotPermitted, or RecallProblem where the version waits for no publication, was approved
    by somebody else, or no reason is given.
    """
    require(by, Permission.APPROVE_RECALL)
    version = RecallVersion.objects.select_for_update().get(pk=version.pk)
    if version.state != VersionState.APPROVED:
        raise RecallProblem(
            f"Version {version.number} is {version.get_state_display().lower()}, not approved.",
            "What the linter finds is overridden with the approval, or after it until publication.",
        )
    if version.approved_by_id != by.pk:
        raise RecallProblem(
            f"{by.name} did not approve version {version.number}.",
            "Only who approved it overrides what the linter finds of it.",
        )
    if not reason.strip():
        raise RecallProblem("An override needs a reason.", 'Give it with --reason "…".')
    override, created = NoticeOverride.objects.get_or_create(
        version=version,
        finding_digest=finding.digest,
        defaults={"rule": finding.rule, "field": finding.field, "by": by},
    )
    if created:
        record_change(
            subject=Subject.NOTICE_OVERRIDE,
            subject_id=override.pk,
            from_state="open",
            to_state="overridden",
            actor_id=by.pk,
            recall_id=version.recall_id,
            note=reason,
        )


@transaction.atomic
def close_recall(*, recall: Recall, by: Staff, note: str = "") -> Recall:
    """Closes a recall. It goes on answering checks; what it still offers stays.

    Raises NotPermitted, or RecallProblem where it was never live or is closed.
    """
    require(by, Permission.PUBLISH_RECALL)
    recall = Recall.objects.select_for_update().get(pk=recall.pk)
    if recall.closed_at is not None:
        raise RecallProblem(f"{recall.slug} was closed on {recall.closed_at:%Y-%m-%d}.")
    if not recall.versions.filter(state=VersionState.LIVE).exists():
        raise RecallProblem(f"{recall.slug} was never published.", "There is nothing to close.")
    recall.closed_at = clock.now()
    recall.save(update_fields=["closed_at"])
    record_change(
        subject=Subject.RECALL,
        subject_id=recall.pk,
        from_state="open",
        to_state="closed",
        actor_id=by.pk,
        recall_id=recall.pk,
        note=note,
    )
    return recall
