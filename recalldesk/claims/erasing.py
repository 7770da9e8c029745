"""What is kept of a person is erased.

Guarantees: rows and figures stay, as stubs that name nobody; photos go from the file store too; a
draft leaves nothing but its rows in the log; nothing that somebody still waits for is erased.
"""

from datetime import timedelta

from django.db import transaction
from procrastinate.contrib.django import app

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import new_link
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.letters import mail_erased, mail_reminder
from recalldesk.claims.models import Filing, Pass
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.states import FilingState
from recalldesk.evidence.actions import erase_evidence
from recalldesk.foundation import clock
from recalldesk.mailing.actions import forget_recipient

DRAFT_KEPT = timedelta(days=30)
REMINDED_AFTER = timedelta(days=7)
A_BATCH = 200
LAST_LETTER_DAYS = 4
"""A letter is tried for three days."""


@transaction.atomic
def erase_filing(*, opened: Pass) -> None:
    """Erases what names the owner of a filing that is over. The pass must be fresh.

    Raises NotPossibleNow.
    """
    filing = _locked(opened.filing_id)
    if filing.state == FilingState.ERASED:
        return
    is_fresh = opened.fresh_until is not None and opened.fresh_until > clock.now()
    if not is_fresh or filing.state != FilingState.FILED or not seen_filing(filing).is_over:
        raise NotPossibleNow
    last = mail_erased(filing=filing)
    _empty(filing)
    forget_recipient(filing_id=filing.pk, but=last.pk if last else None)
    # The last letter needs its address until it was sent, or was tried for days.
    app.configure_task(
        "claims.forget_recipient", queue="claims", schedule_in={"days": LAST_LETTER_DAYS}
    ).defer(filing_id=filing.pk)


def _locked(filing_id: int) -> Filing:
    return (
        Filing.objects.select_for_update(of=("self",))
        .select_related("recall", "version")
        .get(pk=filing_id)
    )


def _empty(filing: Filing) -> None:
    """Leaves a stub."""
    _erase_photos(filing)
    filing.claims.update(sealed_serial=b"")
    filing.messages.update(sealed_text=b"")
    filing.links.all().delete()
    filing.passes.all().delete()
    filing.fresh_codes.all().delete()
    for field in ("sealed_name", "sealed_email", "email_digest", "sealed_phone", "phone_digest"):
        setattr(filing, field, b"")
    filing.sealed_address = filing.sealed_payee = b""
    filing.state, filing.erased_at = FilingState.ERASED, clock.now()
    filing.save()
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.FILED,
        to_state=FilingState.ERASED,
        actor=Actor.OWNER,
        recall_id=filing.recall_id,
    )


def _erase_photos(filing: Filing) -> None:
    for claim in filing.claims.select_related("evidence"):
        erase_evidence(evidence_set=claim.evidence)
    for message in filing.messages.exclude(evidence=None).select_related("evidence"):
        assert message.evidence is not None
        erase_evidence(evidence_set=message.evidence)


def remind_drafts() -> int:
    """Reminds the owners of drafts that were left for a week, once; returns how many."""
    due = Filing.objects.filter(
        state=FilingState.DRAFT,
        reminded_at__isnull=True,
        touched_at__lte=clock.now() - REMINDED_AFTER,
    )
    return sum(
        _remind(pk) for pk in due.order_by("touched_at").values_list("pk", flat=True)[:A_BATCH]
    )


@transaction.atomic
def _remind(filing_id: int) -> bool:
    filing = _locked(filing_id)
    if filing.state != FilingState.DRAFT or filing.reminded_at is not None:
        return False
    filing.reminded_at = clock.now()
    filing.save(update_fields=["reminded_at"])
    if not (filing.sealed_email or filing.sealed_phone):
        return False
    mail_reminder(
        filing=filing,
        token=new_link(filing=filing),
        kept_until=(filing.touched_at + DRAFT_KEPT).date(),
    )
    return True


def erase_drafts() -> int:
    """Erases the drafts that nobody touched for 30 days; returns how many."""
    due = Filing.objects.filter(
        state=FilingState.DRAFT, touched_at__lte=clock.now() - DRAFT_KEPT
    ).order_by("touched_at")
    return sum(_erase_draft(pk) for pk in due.values_list("pk", flat=True)[:A_BATCH])


@transaction.atomic
def _erase_draft(filing_id: int) -> bool:
    filing = Filing.objects.select_for_update().filter(pk=filing_id).first()
    if filing is None or filing.state != FilingState.DRAFT:
        return False
    if filing.touched_at > clock.now() - DRAFT_KEPT:
        return False
    sets = [claim.evidence for claim in filing.claims.select_related("evidence")]
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.DRAFT,
        to_state=FilingState.ERASED,
        reason=Reason.DRAFT_LEFT,
        actor=Actor.MACHINE,
        recall_id=filing.recall_id,
    )
    forget_recipient(filing_id=filing.pk)
    filing.delete()
    for evidence in sets:
        erase_evidence(evidence_set=evidence)
    return True


def forget_old_passes() -> int:
    """Deletes passes whose time is over."""
    return Pass.objects.filter(expires_at__lte=clock.now()).delete()[0]
