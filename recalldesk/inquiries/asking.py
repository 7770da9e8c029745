"""Somebody of an authority asks the firm, or takes a question back.

Guarantees: a form that is sent twice asks once, and another text is never taken for it; a question
that was taken back stays to be read.
"""

import hashlib
import secrets
from datetime import date

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.inquiries.errors import NoSeat, NoSuchQuestion, NotAsked
from recalldesk.inquiries.letters import tell_firm
from recalldesk.inquiries.models import Question, Seat
from recalldesk.inquiries.seats import seat_of
from recalldesk.inquiries.states import QuestionState
from recalldesk.inquiries.wording import Said
from recalldesk.recalls.models import Recall
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import sealed

NAME_LENGTH = 32
FURTHEST = 10 * 365
"""Days: a later day by which an answer is wanted is a slip of the keyboard."""


@transaction.atomic
def ask(
    *, by: Staff, recall: Recall, said: Said, wanted_by: date | None = None, nonce: str = ""
) -> Question:
    """Asks the firm about a recall at which the person has a seat; whoever may answer is told.

    Raises NotPermitted, NoSeat, NotAsked.
    """
    require(by, Permission.ASK_FIRM)
    seat = seat_of(by, recall)
    if seat is None:
        raise NoSeat
    Seat.objects.select_for_update().get(pk=seat.pk)  # the same form twice at once waits here
    name = name_of(nonce, said.written, purpose="inquiries.Question.nonce")
    known = Question.objects.filter(nonce=name, seat=seat).first()
    if known is not None:
        return known
    _refuse_day(wanted_by)
    text = sealed(Question, "sealed_text", said.written, recall_id=recall.pk)
    question = Question.objects.create(
        seat=seat,
        recall=recall,
        asked_by=by,
        sealed_text=text,
        text_digest=hashlib.sha256(text).digest(),
        wanted_by=wanted_by,
        nonce=name,
    )
    record_change(
        subject=Subject.QUESTION,
        subject_id=question.pk,
        to_state=QuestionState.OPEN,
        actor_id=by.pk,
        recall_id=recall.pk,
        with_content=True,
    )
    tell_firm(question)
    return question


@transaction.atomic
def withdraw(*, number: int, by: Staff) -> Question:
    """Takes a question back that nobody has answered: whoever asked it may.

    Raises NotPermitted, NoSuchQuestion, NoSeat, NotAsked.
    """
    require(by, Permission.ASK_FIRM)
    question = Question.objects.select_for_update().filter(pk=number, asked_by=by).first()
    if question is None:
        raise NoSuchQuestion(number)
    if seat_of(by, question.recall) is None:
        raise NoSeat
    if question.state != QuestionState.OPEN:
        raise NotAsked(
            f"The question is {question.get_state_display().lower()} already.",
            "It stays as it is.",
        )
    question.state = QuestionState.WITHDRAWN
    question.save(update_fields=["state"])
    record_change(
        subject=Subject.QUESTION,
        subject_id=question.pk,
        from_state=QuestionState.OPEN,
        to_state=QuestionState.WITHDRAWN,
        reason=Reason.TAKEN_BACK,
        actor_id=by.pk,
        recall_id=question.recall_id,
    )
    return question


def name_of(nonce: str, text: str, *, purpose: str) -> str:
    """What a form with this text is known by."""
    said = f"{nonce or secrets.token_hex(16)}\n{text}"
    return vault.digest_for_lookup(said, purpose=purpose).hex()[:NAME_LENGTH]


def _refuse_day(wanted_by: date | None) -> None:
    if wanted_by is None:
        return
    days = (wanted_by - clock.now().date()).days
    if not 0 <= days <= FURTHEST:
        raise NotAsked(
            "The day by which you want the answer has passed, or is years away.",
            "Give another day, or none.",
        )
