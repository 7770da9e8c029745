"""What is done with a version's scope: approve it, publish it, settle its rejects.

Guarantees: a version goes live by the one commit that names its finished index, and only while all
that was looked at still stands; the same call repeated changes nothing; an override counts for the
very facts that were seen; nobody settles a rejected line of a file that they imported.
"""

from collections.abc import Iterable, Mapping

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.actions import approve_version, override_notice_finding
from recalldesk.recalls.approval import held_version
from recalldesk.recalls.linting import NoticeFinding, named, notice_findings_of, open_errors
from recalldesk.recalls.models import Override, Recall, RecallVersion
from recalldesk.recalls.states import VersionState
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.indexing import build, index_name
from recalldesk.units.models import SerialReject
from recalldesk.units.publication import basis_of, standing_findings
from recalldesk.units.rules import Finding
from recalldesk.units.stamps import is_stamp_of


@transaction.atomic
def approve_for_publication(
    *,
    version: RecallVersion,
    by: Staff,
    note: str = "",
    overrides: Mapping[str, str] | None = None,
    stamp: str = "",
) -> RecallVersion:
    """Approves a draft that could go live, at least once two people override what holds it back.

    `overrides` gives a reason for each finding of the linter, by its name, that this approver
    overrides; `stamp` is that of what they saw (`stamp_of`), or its first digits, where a page or
    command showed it. Raises as
    `approve_version`, and PublicationRefused with what is never overridden and with open errors of
    the linter, since once approved none of it can be mended; and where the stamp is another one.
    The draft is locked meanwhile: no import comes in between.
    """
    require(by, Permission.APPROVE_RECALL)
    version = held_version(version)
    if stamp and not is_stamp_of(version, stamp):
        raise PublicationRefused(
            f"Version {version.number} changed since you looked.",
            "Look at it as it is now; nothing was approved.",
        )
    found = [standing.finding for standing in standing_findings(version)]
    for_good = [finding for finding in found if not finding.can_be_overridden]
    if for_good:
        slug = version.recall.slug
        raise PublicationRefused(
            f"It could never go live. {' '.join(finding.message for finding in for_good)}",
            f"{_hints(for_good, slug)} Once approved, a version cannot change.",
        )
    reasons = _reasons(notice_findings_of(version), overrides or {})
    _refuse_open_errors(version, (e for e in open_errors(version) if e not in reasons))
    approved = approve_version(version=version, by=by, note=note)
    for overridden, reason in reasons.items():
        override_notice_finding(version=approved, finding=overridden.finding, by=by, reason=reason)
    return approved


def _reasons(
    found: tuple[NoticeFinding, ...], overrides: Mapping[str, str]
) -> dict[NoticeFinding, str]:
    """The reason for each finding that is named."""
    return {each: reason for name, reason in overrides.items() for each in named(found, name)}


def _refuse_open_errors(version: RecallVersion, errors: Iterable[NoticeFinding]) -> None:
    """Raises PublicationRefused with each open error of the linter."""
    held = [str(error) for error in errors]
    if not held:
        return
    slug = version.recall.slug
    is_approved = version.state == VersionState.APPROVED
    order = f"override {slug} RULE" if is_approved else f"approve {slug} --override RULE"
    errors_are = "1 error" if len(held) == 1 else f"{len(held)} errors"
    raise PublicationRefused(
        f"The notice has {errors_are}. {'; '.join(held)}.",
        f"`recalldesk recall lint {slug}` says what to do about each. Mend the recall file, or let "
        f'the approver give a reason: `recalldesk recall {order} --reason "…"`.',
    )


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
    basis = basis_of(version)
    _refuse_unless_ready(version)
    return _make_live(version, by, basis)


def _refuse_unless_ready(version: RecallVersion) -> None:
    """Refuses what is held back, also by what only its finished index shows."""
    if version.state != VersionState.APPROVED:
        raise _not_approved(version)
    held = [s for s in standing_findings(version) if s.holds]
    if held:
        for_good = [s.finding for s in held if not s.finding.can_be_overridden]
        raise PublicationRefused(
            " ".join(str(standing) for standing in held),
            _hints(for_good or [s.finding for s in held], version.recall.slug),
        )
    _refuse_open_errors(version, open_errors(version))


def _hints(found: Iterable[Finding], slug: str) -> str:
    return " ".join(dict.fromkeys(hint for finding in found for hint in finding.hints(slug)))


def _not_approved(version: RecallVersion) -> PublicationRefused:
    approved = version.recall.versions.filter(state=VersionState.APPROVED).last()
    return PublicationRefused(
        f"Version {version.number} is {version.get_state_display().lower()}.",
        "Only an approved version goes live: `recalldesk recall approve`."
        if approved is None
        else f"Version {approved.number} is approved: publish it with --version {approved.number}.",
    )


@transaction.atomic
def _make_live(version: RecallVersion, by: Staff, basis: tuple[object, ...]) -> RecallVersion:
    """The one short commit. Others wait for its locks, so nothing is counted under them: it makes
    sure that what was looked at before still stands."""
    recall = Recall.objects.select_for_update().get(pk=version.recall_id)
    version = RecallVersion.objects.select_for_update().get(pk=version.pk)
    if version.state == VersionState.LIVE:
        return version
    if version.state != VersionState.APPROVED:
        raise _not_approved(version)
    older = recall.versions.filter(
        number__lt=version.number, state__in=[VersionState.LIVE, VersionState.APPROVED]
    )
    newer = recall.versions.filter(number__gt=version.number, state=VersionState.LIVE).first()
    if newer is not None:
        raise PublicationRefused(
            f"Version {newer.number} is live already.", "An older version never replaces it."
        )
    if basis_of(version) != basis:
        raise PublicationRefused(
            f"While version {version.number} was being published, its rejected lines, its lists or "
            "the live version changed.",
            "Publish it again: what holds it back is looked at anew.",
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
        reject.settled_at, reject.settled_by, reject.settled_as = clock.now(), by, reason
        reject.save(update_fields=["settled_at", "settled_by", "settled_as"])
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
