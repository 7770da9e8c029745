"""What owner and desk write to each other.

Guarantees: a message sent twice is one, and another text is never taken for it; what the desk
writes is told to the owner by a letter that does not say what it is; what an owner writes stands in
a list of the desk until it is answered, or somebody says that it needs no answer.
"""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.access import new_link
from recalldesk.claims.desk_place import place_anew
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.letters import mail_message
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Filing, Message
from recalldesk.claims.states import Direction
from recalldesk.evidence.actions import new_evidence_set
from recalldesk.foundation import clock
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import sealed

LONGEST_MESSAGE = 4000
MOST_MESSAGES_A_DAY = 30
"""Of one filing: each may bring a dozen photos."""
NAME_LENGTH = 32


@transaction.atomic
def write_message(*, filing_id: int, text: str, nonce: str, has_photos: bool = False) -> Message:
    """Keeps what the owner wrote to the desk; the same form again is the same message.

    Photos may then be received into its evidence; with `has_photos` the text may be left out.
    Raises FieldsRefused, NotPossibleNow.
    """
    filing = filed(filing_id)
    known = known_message(filing, text, nonce)
    if known is not None:
        return known
    _refuse_unfit(text, may_be_empty=has_photos)
    if _messages_today(filing) >= MOST_MESSAGES_A_DAY:
        raise FieldsRefused({"message": FieldProblem.TOO_MANY})
    message = _kept(filing, text, nonce, by=None)
    if filing.owner_wrote_at is None:
        filing.owner_wrote_at = message.at
        filing.save(update_fields=["owner_wrote_at"])
        place_anew(filing)
    return message


@transaction.atomic
def write_to_owner(*, filing_id: int, by: Staff, text: str, nonce: str) -> Message:
    """Keeps what the desk wrote to an owner, and mails that it did; again changes nothing.

    Raises NotPermitted, FieldsRefused, NotPossibleNow.
    """
    require(by, Permission.ANSWER_OWNERS)
    filing = filed(filing_id)
    known = known_message(filing, text, nonce)
    if known is not None:
        return known
    refuse_unfit_words(text)
    message = keep_from_desk(filing, text, nonce, by=by)
    needs_no_answer(filing)
    mail_message(filing=filing, token=new_link(filing=filing))
    return message


def keep_from_desk(filing: Filing, text: str, nonce: str, *, by: Staff) -> Message:
    """Keeps what the desk wrote, in a locked filing; no letter tells of it."""
    return _kept(filing, text, nonce, by=by)


def refuse_unfit_words(text: str) -> None:
    """Raises FieldsRefused where a text cannot be sent to an owner."""
    _refuse_unfit(text, may_be_empty=False)


def needs_no_answer(filing: Filing) -> None:
    """Notes that nothing which the owner of a locked filing wrote waits for an answer."""
    if filing.owner_wrote_at is not None:
        filing.owner_wrote_at = None
        filing.save(update_fields=["owner_wrote_at"])
        place_anew(filing)


def known_message(filing: Filing, text: str, nonce: str) -> Message | None:
    """The message that this form with this text made before, or None."""
    return filing.messages.filter(nonce=_name(nonce, text)).first() if nonce else None


def _refuse_unfit(text: str, *, may_be_empty: bool) -> None:
    if not text.strip() and not may_be_empty:
        raise FieldsRefused({"message": FieldProblem.MISSING})
    if len(text) > LONGEST_MESSAGE:
        raise FieldsRefused({"message": FieldProblem.TOO_LONG})


def _kept(filing: Filing, text: str, nonce: str, *, by: Staff | None) -> Message:
    direction = Direction.FROM_DESK if by else Direction.FROM_OWNER
    said = text.strip()
    kept = sealed(Message, "sealed_text", said, recall_id=filing.recall_id) if said else b""
    message = Message.objects.create(
        filing=filing,
        direction=direction,
        sealed_text=kept,
        text_digest=hashlib.sha256(kept).digest() if kept else None,
        evidence=new_evidence_set(recall=filing.recall),
        author=by,
        nonce=_name(nonce or secrets.token_hex(16), text),
    )
    record_change(
        subject=Subject.MESSAGE,
        subject_id=message.pk,
        to_state=direction,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=filing.recall_id,
        with_content=True,
    )
    return message


def _messages_today(filing: Filing) -> int:
    since = clock.now() - timedelta(days=1)
    return filing.messages.filter(direction=Direction.FROM_OWNER, at__gt=since).count()


def _name(nonce: str, text: str) -> str:
    """What a message is known by: its form and its text, so that none stands for another."""
    said = f"{nonce}\n{text.strip()}"
    return vault.digest_for_lookup(said, purpose="claims.Message.nonce").hex()[:NAME_LENGTH]
