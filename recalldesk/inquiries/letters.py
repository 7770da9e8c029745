"""The letters about seats and questions, in English as the desk is.

Guarantees: they say that there is something, of which recall and by when, and nothing of what was
asked or answered: that stands behind the sign-in; nobody is written to who could not open it.
"""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from recalldesk.accounts.permissions import Permission
from recalldesk.accounts.reads import staff_who_may
from recalldesk.inquiries.models import Question, Seat
from recalldesk.inquiries.seats import may_see
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.mailing.to_staff import SIGNED, desk_site, write_to_staff

WHERE = "The words stand at the desk only, behind your second factor."


def tell_of_seat(seat: Seat) -> None:
    """To whoever was given it."""
    until = f", until {_day(seat.until)}" if seat.until else ""
    letter = Letter(
        subject=f"Your seat at the recall {seat.recall.slug}",
        language="en",
        signed=SIGNED,
        paragraphs=(
            f"From {_day(seat.begins_on)}{until} you can read what the firm reports of this "
            "recall, the figures and the rows behind them, and ask the firm questions.",
        ),
        button=("Open your seat", desk_site() + reverse("console:seat")),
    )
    write_to_staff(to=seat.person.email, letter=letter, purpose=Purpose.SEAT_GIVEN)


def tell_firm(question: Question) -> None:
    """To everybody who may answer."""
    wanted = f" It wants the answer by {_day(question.wanted_by)}." if question.wanted_by else ""
    letter = Letter(
        subject=f"Question {question.pk} of an authority: {question.recall.slug}",
        language="en",
        signed=SIGNED,
        paragraphs=(f"An authority asks about the recall {question.recall.slug}.{wanted}", WHERE),
        button=("Read and answer it", _at_the_desk(question)),
    )
    _to_whoever_answers(letter)


def tell_authority(question: Question, *, promised: date | None = None) -> None:
    """To whoever asked, while they can open it: the answer is there, or the day for it."""
    if not may_see(question.asked_by, question.recall):
        return
    what = f"will be answered by {_day(promised)}" if promised else "is answered"
    letter = Letter(
        subject=f"Your question {question.pk} {what}",
        language="en",
        signed=SIGNED,
        paragraphs=(
            f"Your question {question.pk} about the recall {question.recall.slug} {what}.",
            WHERE,
        ),
        button=(
            "Open it",
            desk_site()
            + reverse("console:seat_question", args=[question.recall.slug, question.pk]),
        ),
    )
    write_to_staff(to=question.asked_by.email, letter=letter, purpose=Purpose.QUESTION_ANSWERED)


def remind_firm(waiting: Sequence[tuple[Question, date | None]], today: date) -> None:
    """To everybody who may answer: what waits, the most urgent first."""
    count = len(waiting)
    says = f"{count} questions of authorities wait" if count != 1 else "A question waits"
    letter = Letter(
        subject=says,
        language="en",
        signed=SIGNED,
        paragraphs=(f"{says} for an answer.", WHERE),
        button=("Open them", desk_site() + reverse("console:seats")),
        points=tuple(_line(question, due, today) for question, due in waiting),
    )
    _to_whoever_answers(letter)


def _line(question: Question, due: date | None, today: date) -> str:
    if due is None:
        when = f"asked on {_day(question.asked_at.date())}, no day named"
    else:
        when = f"{'was due' if due < today else 'due'} on {_day(due)}"
    return f"Question {question.pk}, {question.recall.slug}: {when}."


def _to_whoever_answers(letter: Letter) -> None:
    for person in staff_who_may(Permission.ANSWER_AUTHORITY):
        write_to_staff(to=person.email, letter=letter, purpose=Purpose.QUESTION_TO_DESK)


def _at_the_desk(question: Question) -> str:
    return desk_site() + reverse("console:authority_question", args=[question.pk])


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""
