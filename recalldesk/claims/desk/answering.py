"""What owners wrote, and answering them.

Guarantees: a claim is opened for a reason only, and each look stands in the log with who looked and
why; the same answer to what an owner wrote last is one message, however often it is given.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.errors import NoReason, NoSuchClaim
from recalldesk.claims.letters import is_written_to
from recalldesk.claims.locking import filed
from recalldesk.claims.messages import known_message, needs_no_answer, write_to_owner
from recalldesk.claims.models import Filing
from recalldesk.claims.reads import SeenFiling, SeenMessage, messages_of, seen_filing
from recalldesk.claims.references import reference_in
from recalldesk.claims.states import Direction, FilingState

LOOKED_AT, CONTACT_READ, NO_ANSWER = "looked_at", "contact_read", "needs_no_answer"


@dataclass(frozen=True)
class Unanswered:
    """A filing whose owner wrote last. `since`: when."""

    reference: str
    recall: str
    since: datetime


@dataclass(frozen=True)
class SeenByDesk:
    """A filing, opened, with what was written. `is_written_to`: whether a letter arrives."""

    seen: SeenFiling
    messages: tuple[SeenMessage, ...]
    is_written_to: bool


@dataclass(frozen=True)
class Answered:
    """What became of an answer. `is_new`: it did not stand there already."""

    reference: str
    is_new: bool
    is_written_to: bool


def unanswered(*, by: Staff) -> list[Unanswered]:
    """The filings whose owner wrote last, the one that waits longest first. Raises NotPermitted."""
    require(by, Permission.ANSWER_OWNERS)
    rows = Filing.objects.filter(state=FilingState.FILED, owner_wrote_at__isnull=False)
    waiting = rows.select_related("recall").order_by("owner_wrote_at", "pk")
    return [
        Unanswered(filing.reference, filing.recall.slug, filing.owner_wrote_at)
        for filing in waiting
        if filing.owner_wrote_at is not None
    ]


@transaction.atomic
def look_at(*, reference: str, by: Staff, reason: str, contact: bool = False) -> SeenByDesk:
    """A claim that was sent, opened. `contact`: also how to reach its owner, which the log says.

    Raises NotPermitted, NoReason, NoSuchClaim.
    """
    require(by, Permission.ANSWER_OWNERS)
    if not reason.strip():
        raise NoReason
    filing = _named(reference)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=CONTACT_READ if contact else LOOKED_AT,
        actor_id=by.pk,
        recall_id=filing.recall_id,
        note=reason,
    )
    return SeenByDesk(seen_filing(filing), messages_of(filing), is_written_to(filing))


def refuse_unless_answerable(*, reference: str, by: Staff) -> None:
    """Before anybody types an answer in vain. Raises NotPermitted, NoSuchClaim."""
    require(by, Permission.ANSWER_OWNERS)
    _named(reference)


@transaction.atomic
def answer_owner(*, reference: str, by: Staff, text: str) -> Answered:
    """Writes to the owner of a claim that was sent.

    Raises NotPermitted, NoSuchClaim, FieldsRefused.
    """
    require(by, Permission.ANSWER_OWNERS)
    filing = filed(_named(reference).pk)
    last = filing.messages.filter(direction=Direction.FROM_OWNER).order_by("at", "pk").last()
    nonce = f"answers-{last.pk if last else 0}"
    is_new = known_message(filing, text, nonce) is None
    write_to_owner(filing_id=filing.pk, by=by, text=text, nonce=nonce)
    return Answered(filing.reference, is_new, is_written_to(filing))


@transaction.atomic
def leave_unanswered(*, filing_id: int, by: Staff) -> None:
    """Notes that what an owner wrote needs no answer; again changes nothing.

    Raises NotPermitted, NotPossibleNow.
    """
    require(by, Permission.ANSWER_OWNERS)
    filing = filed(filing_id)
    if filing.owner_wrote_at is None:
        return
    needs_no_answer(filing)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=NO_ANSWER,
        reason=Reason.BY_PERSON,
        actor_id=by.pk,
        recall_id=filing.recall_id,
    )


def _named(reference: str) -> Filing:
    """A claim that was sent, by its reference as anybody types it."""
    named = reference_in(reference)
    filing = Filing.objects.select_related("recall", "version").filter(reference=named).first()
    if filing is None:
        raise NoSuchClaim("There is no claim of this reference.", "It looks like R-2345-ACDE.")
    if filing.state == FilingState.DRAFT:
        raise NoSuchClaim("This claim is a draft: its owner has not sent it.", "Wait until it is.")
    if filing.state == FilingState.ERASED:
        raise NoSuchClaim(
            "What this claim held was erased, as its owner asked.", "Nobody can open it any more."
        )
    return filing
