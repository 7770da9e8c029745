"""What is kept of a person is erased.

Guarantees: rows and figures stay, as stubs that name nobody; photos go from the file store too; a
draft leaves nothing but its rows in the log; what the limits count stays for a year, as keyed
digests that lead to no filing; nothing that somebody still waits for is erased. A gift code goes a
month later: until then it can be said which one was given. What an
owner had erased is erased again after a restore. What a legal hold names is kept; its owner's wish
waits, and is carried out when the hold ends.
"""

from collections.abc import Callable
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet
from procrastinate.contrib.django import app

from recalldesk.audit.actions import erase_notes, record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import is_fresh, is_written_to_often, new_link
from recalldesk.claims.erased_keys import remember_erased
from recalldesk.claims.erasures import each_listed, note_erasure
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.kept import drafts_kept, is_kept
from recalldesk.claims.letters import mail_reminder
from recalldesk.claims.letters_of_erasure import mail_erased, mail_kept_for_now
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.models import Decision, Filing, FormerReference, Pass, UnitList
from recalldesk.claims.reads import seen_by_owner
from recalldesk.claims.states import FilingState
from recalldesk.evidence.actions import erase_evidence
from recalldesk.foundation import clock
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Thing, Why
from recalldesk.keeping.stubs import note_erased
from recalldesk.keeping.waiting import keep_wish
from recalldesk.mailing.actions import forget_recipient
from recalldesk.mailing.texts import are_texts_sent
from recalldesk.remedies.forgetting import forget_recipients
from recalldesk.remedies.providers.codes.emptying import empty_later

log = structlog.get_logger()
DRAFT_KEPT = timedelta(days=30)
REMINDED_AFTER = timedelta(days=7)
A_BATCH = 200
LAST_LETTER_DAYS = 4
"""A letter is tried for three days."""


ON_WHOSE_WORD = {Why.OWNER: Actor.OWNER, Why.RESTORED: Actor.OWNER}
SAID = {
    Why.TERM: Reason.KEPT_LONG_ENOUGH,
    Why.EARLY: Reason.TWO_PEOPLE,
    Why.RESTORED: Reason.RESTORED,
}
"""How the log says why a filing was erased; of its owner's own wish it says nothing more."""


@transaction.atomic
def erase_filing(*, opened: Pass) -> bool:
    """Erases what names the owner of a filing that is over. The pass must be fresh. False where a
    legal hold keeps it: then the wish waits for its end, and the owner is written to, once.

    Raises NotPossibleNow.
    """
    lock_erasing()
    filing = locked_filing(opened.filing_id)
    if filing is not None and filing.state == FilingState.ERASED:
        return True
    if filing is None or not is_fresh(opened, clock.now()):
        raise NotPossibleNow
    if filing.state != FilingState.FILED or not seen_by_owner(filing).is_over:
        raise NotPossibleNow
    if is_kept(filing):
        note_erasure(filing)
        if _keep_wish(filing):
            mail_kept_for_now(filing=filing, token=new_link(filing=filing))
        return False
    _erase(filing, Why.OWNER)
    return True


def erase_if_over(filing_id: int, why: Why) -> bool:
    """The same without its owner at the page, in the transaction of a caller that holds
    `lock_erasing`; False where somebody still waits, a hold keeps it, or it is erased."""
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.FILED:
        return False
    if is_kept(filing) or not seen_by_owner(filing).is_over:
        return False
    if why is not Why.OWNER and filing.owner_wrote_at is not None:
        return False  # the desk owes an answer
    _erase(filing, why)
    return True


def _erase(filing: Filing, why: Why) -> None:
    """Whoever asked for it is told by a last letter."""
    last = mail_erased(filing=filing) if why is Why.OWNER else None
    note_erasure(filing)
    _empty(filing, why)
    forget_recipient(filing_id=filing.pk, but=last.pk if last else None)
    if last is not None:
        forget_later(filing.pk)


def forget_later(filing_id: int) -> None:
    """The last letter needs its address until it was sent, or was tried for days."""
    app.configure_task(
        "claims.forget_recipient", queue="claims", schedule_in={"days": LAST_LETTER_DAYS}
    ).defer(filing_id=filing_id)


@transaction.atomic
def forget_last_recipient(filing_id: int) -> bool:
    """Forgets where the last letter went. False where a hold on the filing keeps that."""
    lock_erasing()
    filing = locked_filing(filing_id)
    if filing is not None and is_kept(filing):
        return False
    forget_recipient(filing_id=filing_id)
    return True


def erase_again() -> int:
    """After a restore: erases what its owner had erased before; returns how many filings. What a
    hold keeps waits for its end."""
    return each_listed(_erase_again)


@transaction.atomic
def _erase_again(filing_id: int) -> bool:
    lock_erasing()
    filing = locked_filing(filing_id)
    if filing is None or filing.state == FilingState.ERASED:
        return False
    if is_kept(filing):
        if filing.state == FilingState.FILED:
            _keep_wish(filing)
        return False
    if filing.state == FilingState.DRAFT:
        _remove_draft(filing, Reason.RESTORED)
        return True
    _empty(filing, Why.RESTORED)
    forget_recipient(filing_id=filing.pk)
    return True


def _keep_wish(filing: Filing) -> bool:
    return keep_wish(
        thing=Thing.FILING,
        number=filing.pk,
        recall_id=filing.recall_id,
        subject=Subject.FILING,
        actor=Actor.OWNER,
        state=filing.state,
    )


def _empty(filing: Filing, why: Why) -> None:
    """Leaves a stub."""
    actor = ON_WHOSE_WORD.get(why, Actor.MACHINE)
    erase_photos(filing, actor)
    _erase_notes(filing, actor)
    filing.claims.update(sealed_serial=b"")
    UnitList.objects.filter(filing=filing).update(
        sealed_lines=b"", sent_digest=b"", confirmed_digest=b""
    )
    remedies = filing.claims.filter(remedy__isnull=False).values_list("remedy_id", flat=True)
    of_filing = [remedy_id for remedy_id in remedies if remedy_id]
    empty_later(of_filing)
    forget_recipients(of_filing)
    filing.messages.update(sealed_text=b"")
    remember_erased(filing)
    filing.keys.all().delete()
    FormerReference.objects.filter(filing=filing).delete()
    filing.contacts.update(sealed_note=b"")
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
        reason=SAID.get(why, ""),
        actor=actor,
        recall_id=filing.recall_id,
    )
    note_erased(
        Kind.OWNER, thing=Thing.FILING, number=filing.pk, recall_id=filing.recall_id, why=why
    )


def erase_photos(filing: Filing, actor: Actor) -> None:
    """The photos of its claims, contacts and messages."""
    for claim in filing.claims.select_related("evidence"):
        erase_evidence(evidence_set=claim.evidence, actor=actor)
    for contact in filing.contacts.exclude(evidence=None).select_related("evidence"):
        assert contact.evidence is not None
        erase_evidence(evidence_set=contact.evidence, actor=actor)
    for message in filing.messages.exclude(evidence=None).select_related("evidence"):
        assert message.evidence is not None
        erase_evidence(evidence_set=message.evidence, actor=actor)


def _erase_notes(filing: Filing, actor: Actor) -> None:
    """What staff wrote about a claim may name its owner. Call it before texts are emptied: the log
    says of each that it was erased."""
    decisions = Decision.objects.filter(claim__filing=filing)
    written = {
        Subject.CLAIM: filing.claims.values_list("pk", flat=True),
        Subject.MESSAGE: filing.messages.values_list("pk", flat=True),
        Subject.CONTACT: filing.contacts.values_list("pk", flat=True),
        Subject.DECISION: decisions.values_list("pk", flat=True),
        Subject.FILING: [filing.pk],
    }
    texts = {
        Subject.MESSAGE: filing.messages.exclude(sealed_text=b"").values_list("pk", flat=True),
        Subject.CONTACT: filing.contacts.exclude(sealed_note=b"").values_list("pk", flat=True),
    }
    for subject, ids in written.items():
        erase_notes(
            subject=subject,
            subject_ids=ids,
            actor=actor,
            recall_id=filing.recall_id,
            and_texts_of=texts.get(subject, ()),
        )


def remind_drafts() -> int:
    """Reminds the owners of drafts that were left for a week, once; returns how many.

    Who gave nothing to be reached by is not due yet, and may be once they come back and do.
    """
    is_reached = ~Q(email_digest=b"")
    if are_texts_sent():
        is_reached |= ~Q(phone_digest=b"")
    due = Filing.objects.filter(
        is_reached,
        state=FilingState.DRAFT,
        reminded_at__isnull=True,
        touched_at__lte=clock.now() - REMINDED_AFTER,
    )
    return _each(due, _remind)


def _each(due: QuerySet[Filing], done: Callable[[int], bool]) -> int:
    """Does all that is due, a batch at a time; returns how many were done.

    One that fails is told of and left for the next time; the others do not wait for it.
    """
    count, last = 0, 0
    while batch := list(
        due.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:A_BATCH]
    ):
        for filing_id in batch:
            try:
                count += done(filing_id)
            except Exception as error:
                log.error("draft_left_for_next_time", filing=filing_id, error=type(error).__name__)
        last = batch[-1]
    return count


@transaction.atomic
def _remind(filing_id: int) -> bool:
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.DRAFT or filing.reminded_at is not None:
        return False
    filing.reminded_at = clock.now()
    filing.save(update_fields=["reminded_at"])
    if is_written_to_often(filing):
        return False
    mail_reminder(
        filing=filing,
        token=new_link(filing=filing),
        kept_until=None if is_kept(filing) else (filing.touched_at + DRAFT_KEPT).date(),
    )
    return True


def erase_drafts() -> int:
    """Erases the drafts that nobody touched for 30 days; returns how many."""
    due = Filing.objects.filter(state=FilingState.DRAFT, touched_at__lte=clock.now() - DRAFT_KEPT)
    return _each(due.exclude(drafts_kept()), _erase_draft)


@transaction.atomic
def _erase_draft(filing_id: int) -> bool:
    lock_erasing()
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.DRAFT:
        return False
    if filing.touched_at > clock.now() - DRAFT_KEPT or is_kept(filing):
        return False
    _remove_draft(filing, Reason.DRAFT_LEFT)
    return True


def _remove_draft(filing: Filing, reason: Reason) -> None:
    sets = [claim.evidence for claim in filing.claims.select_related("evidence")]
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.DRAFT,
        to_state=FilingState.ERASED,
        reason=reason,
        actor=Actor.MACHINE,
        recall_id=filing.recall_id,
    )
    forget_recipient(filing_id=filing.pk)
    filing.delete()
    for evidence in sets:
        erase_evidence(evidence_set=evidence, actor=Actor.MACHINE)


def forget_old_passes() -> int:
    """Deletes passes whose time is over."""
    return Pass.objects.filter(expires_at__lte=clock.now()).delete()[0]
