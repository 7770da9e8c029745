"""What is done with a version's scope: publish it, settle its rejects.

Guarantees: a version goes live by the one commit that names its finished index; the same call
repeated changes nothing; an override counts for the very facts that were seen.
"""

from collections.abc import Iterable

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.models import Override, Recall, RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.indexing import build, index_name
from recalldesk.units.models import SerialReject
from recalldesk.units.publication import standing_findings
from recalldesk.units.rules import Finding


@transaction.atomic
def override_finding(*, version: RecallVersion, finding: Finding, by: Staff, note: str) -> None:
    """One person's reason to publish in spite of a finding. Raises PublicationRefused."""
    require(by, Permission.OVERRIDE_FINDING)
    version = RecallVersion.objects.select_for_update().get(pk=version.pk)
    if version.state != VersionState.APPROVED:
        # What a draft covers can still change under the same counts.
        raise _not_approved(version)
    if not finding.can_be_overridden:
        raise PublicationRefused(finding.message, "This is never overridden.")
    if not note.strip():
        raise PublicationRefused("An override needs a reason.", 'Give it with --reason "…".')
    _, created = Override.objects.get_or_create(
        version=version, finding=finding.reason, facts_digest=finding.digest, by=by
    )
    if created:
        record_change(
            subject=Subject.RECALL_VERSION,
            subject_id=version.pk,
            from_state=version.state,
            to_state=version.state,
            reason=finding.reason,
            actor_id=by.pk,
            recall_id=version.recall_id,
            note=note,
        )


def publish_version(*, version: RecallVersion, by: Staff) -> RecallVersion:
    """Builds the index and makes the version live. Live already: nothing changes.

    Raises NotPermitted, or PublicationRefused with everything that holds it back.
    """
    require(by, Permission.PUBLISH_RECALL)
    version = RecallVersion.objects.select_related("recall").get(pk=version.pk)
    if version.state == VersionState.LIVE:
        return version
    _refuse_unless_ready(version)
    build(version)
    return _make_live(version, by)


def _refuse_unless_ready(version: RecallVersion) -> None:
    if version.state != VersionState.APPROVED:
        raise _not_approved(version)
    held = [s for s in standing_findings(version) if s.holds]
    if held:
        raise PublicationRefused(
            " ".join(str(standing) for standing in held),
            "Mend it, or let two people override it: "
            '`recalldesk recall publish … --override NAME --reason "…"`.'
            if all(s.finding.can_be_overridden for s in held)
            else "Import the serials first: `recalldesk serials import`.",
        )


def _not_approved(version: RecallVersion) -> PublicationRefused:
    approved = version.recall.versions.filter(state=VersionState.APPROVED).last()
    return PublicationRefused(
        f"Version {version.number} is {version.get_state_display().lower()}.",
        "Only an approved version goes live: `recalldesk recall approve`."
        if approved is None
        else f"Version {approved.number} is approved: publish it with --version {approved.number}.",
    )


@transaction.atomic
def _make_live(version: RecallVersion, by: Staff) -> RecallVersion:
    recall = Recall.objects.select_for_update().get(pk=version.recall_id)
    version = RecallVersion.objects.select_for_update().get(pk=version.pk)
    if version.state == VersionState.LIVE:
        return version
    _refuse_unless_ready(version)
    older = recall.versions.filter(
        number__lt=version.number, state__in=[VersionState.LIVE, VersionState.APPROVED]
    )
    newer = recall.versions.filter(number__gt=version.number, state=VersionState.LIVE).first()
    if newer is not None:
        raise PublicationRefused(
            f"Version {newer.number} is live already.", "An older version never replaces it."
        )
    for replaced in older:
        _move(replaced, VersionState.SUPERSEDED, by)
    version.index_name = index_name(version)
    version.published_at = clock.now()
    version.save(update_fields=["index_name", "published_at"])
    _move(version, VersionState.LIVE, by)
    return version


def _move(version: RecallVersion, to_state: VersionState, by: Staff) -> None:
    from_state, version.state = version.state, to_state
    version.save(update_fields=["state"])
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=version.pk,
        from_state=from_state,
        to_state=to_state,
        actor_id=by.pk,
        recall_id=version.recall_id,
    )


@transaction.atomic
def settle_rejects(*, rejects: Iterable[SerialReject], reason: Reason, by: Staff, note: str) -> int:
    """Settles rejected lines: they name no unit, or were corrected. Returns how many were open.

    Raises NotPermitted, or PublicationRefused without a reason or for lines of a file that this
    person imported; then none is settled.
    """
    require(by, Permission.EDIT_RECALL)
    if not note.strip():
        raise PublicationRefused("Settling a line needs a reason.", 'Give it with --reason "…".')
    settled = 0
    waiting = SerialReject.objects.select_related("serial_import__version").select_for_update(
        of=("self",)
    )
    chosen = waiting.filter(pk__in=[row.pk for row in rejects], settled_at__isnull=True)
    own = [reject for reject in chosen if reject.serial_import.by_id == by.pk]
    if own:
        raise PublicationRefused(
            f"{by.name} imported {own[0].serial_import.file_name} and cannot settle its lines.",
            "Somebody else settles them: while they are open, owners of units that they may name "
            "are sent to a person.",
        )
    for reject in chosen:
        reject.settled_at, reject.settled_by = clock.now(), by
        reject.save(update_fields=["settled_at", "settled_by"])
        record_change(
            subject=Subject.SERIAL_REJECT,
            subject_id=reject.pk,
            from_state="open",
            to_state="settled",
            reason=reason,
            actor_id=by.pk,
            recall_id=reject.serial_import.version.recall_id,
            note=note,
        )
        settled += 1
    return settled
