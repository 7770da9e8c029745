"""Owners are told what people decided, once it can be undone no more.

Guarantees: told once, however often the job runs or dies; words and letter stand in the transaction
that says so in the log; what was undone is never told; what no job tells is found and told later.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, override

from recalldesk.accounts.models import Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.access import new_link
from recalldesk.claims.desk.recall_asks import decline_reason
from recalldesk.claims.desk.writing import MOVES_TO
from recalldesk.claims.letters import mail_claimed_before, mail_declined, mail_stage
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.messages import keep_from_desk
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.states import DecisionKind, DecisionState, FilingState
from recalldesk.claims.unit_lists.telling import is_told_lately
from recalldesk.claims.untold import TOLD, untold
from recalldesk.foundation import clock
from recalldesk.jobs.errors import NotYet
from recalldesk.recalls.reads import document_of, every_recall

LOOKED_BACK = timedelta(days=14)
A_WHILE = timedelta(minutes=5)
"""The job of a decision comes first."""


@transaction.atomic
def tell_decision(*, decision_id: int) -> bool:
    """Tells an owner what was decided; False where it was told, undone, or there is nobody to tell.

    Raises NotYet while it can be undone.
    """
    found = Decision.objects.filter(pk=decision_id).values_list("claim__filing_id", flat=True)
    filing = locked_filing(found.first() or 0)
    if filing is None or filing.state != FilingState.FILED:
        return False
    decision = untold().select_related("claim__evidence", "by").filter(pk=decision_id).first()
    if decision is None:
        return False
    if clock.now() < decision.takes_effect_at:
        raise NotYet("The decision can still be undone.")
    claim = decision.claim
    claim.filing = filing
    _tell(claim, decision)
    record_change(
        subject=Subject.DECISION,
        subject_id=decision.pk,
        from_state=DecisionState.FINAL,
        to_state=TOLD,
        actor=Actor.MACHINE,
        recall_id=decision.recall_id,
    )
    return True


def left_untold() -> list[int]:
    """The decisions that no job told, though their time came. What waited for a second person
    counts from when they agreed, however long ago it was proposed."""
    now = clock.now()
    rows = untold().alias(counts_at=Coalesce("settled_at", "at"))  # as its index has it
    rows = rows.filter(
        recall_id__in=[recall.pk for recall in every_recall()],
        counts_at__gt=now - LOOKED_BACK,
        takes_effect_at__lt=now - A_WHILE,
        claim__filing__state=FilingState.FILED,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def words_to_owner(claim: Claim, decision: Decision) -> str:
    """What the owner is told of a decision in words, in their language; empty where a stage says
    it all. Raises SealingError."""
    filing, parts = claim.filing, []
    with override(filing.language):
        for key in decision.reasons if decision.kind == DecisionKind.DECLINE else ():
            reason = decline_reason(document_of(filing.version), key, filing.language)
            parts += [reason.text] if reason else []
        if words := _words_of(decision):
            parts.append(words)
        if decision.kind == DecisionKind.DECLINE:
            parts.append(how_to_appeal())
    return "\n\n".join(parts)


def how_to_appeal() -> str:
    """How an owner asks for another person, in the language at hand."""
    return gettext(
        "You do not agree? On the page of your claim you can ask another person to look at it. "
        "That costs nothing."
    )


def _tell(claim: Claim, decision: Decision) -> None:
    filing, kind = claim.filing, DecisionKind(decision.kind)
    said = words_to_owner(claim, decision)
    if is_told_lately(filing, kind, said):
        return  # of another unit of the same list: one letter, and words once
    if said:
        author = decision.by
        assert isinstance(author, Staff)
        keep_from_desk(filing, said, f"decision-{decision.pk}", by=author)
    token = new_link(filing=filing)
    if kind is DecisionKind.DECLINE:
        document = document_of(filing.version)
        reasons = [decline_reason(document, key, filing.language) for key in decision.reasons]
        mail_declined(
            claim=claim, token=token, reasons=tuple(each.text for each in reasons if each)
        )
    elif kind is DecisionKind.DUPLICATE:
        mail_claimed_before(filing=filing, token=token)
    else:
        mail_stage(claim=claim, token=token, stage=MOVES_TO[kind])


def _words_of(decision: Decision) -> str:
    """What was to be told, from beside the row of the log that made the decision."""
    rows = StateChange.objects.filter(
        subject=Subject.DECISION, subject_id=decision.pk, note__isnull=False
    )
    row = rows.select_related("note").order_by("pk").first()
    return text_of(row.note) if row else ""
