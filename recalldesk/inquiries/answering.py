"""The firm answers an authority, or says by when it will.

Guarantees: a form that is sent twice answers once; an answer is never changed: who wants to mend
one writes another, and both stay. The log holds the digest of each, and of each file with it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.evidence.enclosures.shelf import Kept
from recalldesk.foundation import clock
from recalldesk.inquiries.asking import FURTHEST, name_of
from recalldesk.inquiries.attaching import attach, kept_for
from recalldesk.inquiries.errors import NoSuchQuestion, NotAnswered
from recalldesk.inquiries.letters import tell_authority
from recalldesk.inquiries.models import Answer, PromisedDay, Question
from recalldesk.inquiries.states import PROMISED, QuestionState
from recalldesk.inquiries.wording import answer_in
from recalldesk.sealing.fields_of_rows import sealed


def answer(
    *,
    number: int,
    text: str,
    by: Staff,
    nonce: str = "",
    files: Sequence[Iterable[bytes]] = (),
) -> Answer:
    """Answers a question, or adds to its answer; whoever asked is told. `files`: what is attached
    to it, each chunk by chunk. With files call it outside a transaction: they are stored before the
    rows. Raises NotPermitted, NoSuchQuestion, NotAnswered, FileRefused, or whatever a file raises.
    """
    require(by, Permission.ANSWER_AUTHORITY)
    said = answer_in(text)
    question = Question.objects.filter(pk=number).first()
    if question is None:
        raise NoSuchQuestion(number)
    with kept_for(files, recall_id=question.recall_id) as kept:
        return _answer(number, said, by, nonce, kept)


@transaction.atomic
def _answer(number: int, said: str, by: Staff, nonce: str, kept: Sequence[Kept]) -> Answer:
    """The answer with its files; or what the same form made before."""
    question = _locked(number)
    whole = "\n".join([str(number), said, *(each.sha256 for each in kept)])
    name = name_of(nonce, whole, purpose="inquiries.Answer.nonce")
    known = Answer.objects.filter(nonce=name, question=question).first()
    if known is not None:
        return known
    if question.state == QuestionState.WITHDRAWN:
        raise NotAnswered("The question was withdrawn.", "Nobody waits for an answer.")
    content = sealed(Answer, "sealed_text", said, recall_id=question.recall_id)
    digest = hashlib.sha256(content).digest()
    given = Answer.objects.create(
        question=question, sealed_text=content, text_digest=digest, by=by, nonce=name
    )
    _record(
        question,
        QuestionState.ANSWERED,
        by,
        note=f"Answer {given.pk}; SHA-256 of its sealed text: {digest.hex()}" + attach(given, kept),
    )
    if question.state == QuestionState.OPEN:
        question.state = QuestionState.ANSWERED
        question.save(update_fields=["state"])
    tell_authority(question)
    return given


@transaction.atomic
def promise(*, number: int, day: date, by: Staff) -> PromisedDay:
    """Says by which day an open question will be answered; whoever asked is told.

    Raises NotPermitted, NoSuchQuestion, NotAnswered.
    """
    require(by, Permission.ANSWER_AUTHORITY)
    question = _locked(number)
    if question.state != QuestionState.OPEN:
        raise NotAnswered(
            f"The question is {question.get_state_display().lower()}.", "It needs no day any more."
        )
    if not 0 <= (day - clock.now().date()).days <= FURTHEST:
        raise NotAnswered("This day has passed, or is years away.", "Name a day to come.")
    newest = question.promises.order_by("-pk").first()
    if newest is not None and newest.day == day:
        return newest
    named = PromisedDay.objects.create(question=question, day=day, by=by)
    _record(question, PROMISED, by, note=f"By {day.isoformat()}")
    tell_authority(question, promised=day)
    return named


def _locked(number: int) -> Question:
    question = Question.objects.select_for_update().filter(pk=number).first()
    if question is None:
        raise NoSuchQuestion(number)
    return question


def _record(question: Question, to_state: str, by: Staff, *, note: str) -> None:
    record_change(
        subject=Subject.QUESTION,
        subject_id=question.pk,
        from_state=question.state,
        to_state=to_state,
        actor_id=by.pk,
        recall_id=question.recall_id,
        note=note,
    )
