"""Contacts that are not written to, in one way: an address that does not exist, a complaint, a
STOP, a wish to be told nothing more.

Guarantees: it silences that contact in that way alone, never the purchaser's others; the same
reason twice is one row; each comes and goes with a row of the log; it holds after a restore, too,
since the journal outside the database names the contact by its digest.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.models import DirectNotice, Suppressed
from recalldesk.outreach.states import Suppression, Way
from recalldesk.purchasers.looking import LONGEST_REASON, NoReasonGiven
from recalldesk.recalls.models import Recall
from recalldesk.remedies import journal

SILENCED, LIFTED = "contact_silenced", "contact_lifted"
"""The lines of the journal."""
STANDS, ENDED = "suppressed", "lifted"
"""States of a row in the log."""


@transaction.atomic
def suppress(
    *,
    contact_digest: bytes,
    way: Way,
    reason: Suppression,
    recall: Recall | None = None,
    notice: DirectNotice | None = None,
    actor: Actor = Actor.OWNER,
    by: Staff | None = None,
) -> bool:
    """From now on this contact is not written to in this way, in one recall or in any. False where
    it stood already for this reason. Raises OSError where the journal cannot be written."""
    at = clock.now()
    row, is_new = Suppressed.objects.get_or_create(
        recall=recall,
        contact_digest=contact_digest,
        way=way,
        reason=reason,
        lifted_at=None,
        defaults={"notice": notice, "at": at},
    )
    if not is_new:
        return False
    _record(row, "", STANDS, actor, by)
    _note(SILENCED, row)
    return True


def suppress_by_notice(notice: DirectNotice, reason: Suppression) -> bool:
    """As what came back to a notice says: in every recall."""
    return suppress(
        contact_digest=bytes(notice.contact_digest),
        way=Way(notice.way),
        reason=reason,
        notice=notice,
        actor=Actor.MACHINE if reason == Suppression.BOUNCED else Actor.OWNER,
    )


def is_suppressed(*, contact_digest: bytes, way: Way, recall_id: int) -> bool:
    """Whether this contact is not to be written to in this way, in this recall."""
    return standing(contact_digest=contact_digest, way=way, recall_id=recall_id).exists()


def standing(*, contact_digest: bytes, way: Way, recall_id: int) -> QuerySet[Suppressed]:
    """Why it is not."""
    rows = Suppressed.objects.filter(contact_digest=contact_digest, way=way, lifted_at=None)
    return rows.filter(Q(recall=None) | Q(recall_id=recall_id))


@transaction.atomic
def lift(*, suppressed: Suppressed, by: Staff, reason: str) -> bool:
    """This contact is written to again, unless another reason stands. `reason`: kept in the log.

    Raises NotPermitted, NoReasonGiven.
    """
    require(by, Permission.REACH_OWNERS)
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise NoReasonGiven("No reason was given.", "Say why it is written to again.")
    return _lift(suppressed.pk, Actor.STAFF, by, said)


@transaction.atomic
def lift_all(
    *, contact_digest: bytes, way: Way, reason: Suppression, recall: Recall | None = None
) -> int:
    """As the owner says, who may take back what they said; how many rows."""
    rows = Suppressed.objects.filter(
        contact_digest=contact_digest, way=way, reason=reason, recall=recall, lifted_at=None
    )
    ids = list(rows.values_list("pk", flat=True))
    return sum(_lift(each, Actor.OWNER, None) for each in ids)


@transaction.atomic
def suppress_again() -> int:
    """After a restore: what the journal says of each contact last holds again; how many rows."""
    last: dict[tuple[str, str, str, str], tuple[str, datetime]] = {}
    for line in journal.lines():
        if line.get("kind") in (SILENCED, LIFTED):
            key = line["contact"], line["way"], line["reason"], line["recall"]
            last[key] = line["kind"], datetime.fromisoformat(line["at"])
    return sum(_settle(*key, *said) for key, said in last.items())


def _settle(contact: str, way: str, reason: str, slug: str, kind: str, at: datetime) -> bool:
    recall = Recall.objects.filter(slug=slug).first() if slug else None
    if slug and recall is None:
        return False
    rows = Suppressed.objects.filter(
        contact_digest=bytes.fromhex(contact), way=way, reason=reason, recall=recall, lifted_at=None
    )
    standing_row = rows.first()
    if kind == LIFTED:
        # What was said later than the line, after the restore, stands.
        if standing_row is None or standing_row.at > at:
            return False
        return _end(standing_row, Actor.MACHINE, None)
    if standing_row is not None:
        return False
    row = rows.create(
        contact_digest=bytes.fromhex(contact), way=way, reason=reason, recall=recall, at=at
    )
    _record(row, "", STANDS, Actor.MACHINE, None)
    return True


def _lift(pk: int, actor: Actor, by: Staff | None, said: str = "") -> bool:
    row = Suppressed.objects.select_for_update().filter(pk=pk, lifted_at=None).first()
    if row is None or not _end(row, actor, by, said):
        return False
    _note(LIFTED, row)
    return True


def _end(row: Suppressed, actor: Actor, by: Staff | None, said: str = "") -> bool:
    row.lifted_at, row.lifted_by = clock.now(), by
    row.save(update_fields=["lifted_at", "lifted_by"])
    _record(row, STANDS, ENDED, actor, by, said)
    return True


def _note(kind: str, row: Suppressed) -> None:
    journal.note(
        kind,
        {
            "contact": bytes(row.contact_digest).hex(),
            "way": row.way,
            "reason": row.reason,
            "recall": row.recall.slug if row.recall else "",
        },
    )


def _record(
    row: Suppressed, was: str, is_now: str, actor: Actor, by: Staff | None, said: str = ""
) -> None:
    record_change(
        subject=Subject.SUPPRESSED,
        subject_id=row.pk,
        from_state=was,
        to_state=is_now,
        actor=actor,
        actor_id=by.pk if by else None,
        recall_id=row.recall_id,
        note=said,
    )
