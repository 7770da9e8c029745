"""The door to seats, questions and answers.

Guarantees: somebody of an authority reads what was asked for the same authority at the recalls of
their own open seats, and no other question; of the firm only whoever may answer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.evidence.enclosures.errors import FileNotShown
from recalldesk.foundation import clock
from recalldesk.inquiries.errors import NoSuchQuestion
from recalldesk.inquiries.models import Answer, Attachment, PromisedDay, Question, Seat
from recalldesk.inquiries.rules import due_on, is_late
from recalldesk.inquiries.seats import is_authority, open_seats
from recalldesk.inquiries.states import QuestionState
from recalldesk.inquiries.wording import Said, said_in
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened


@dataclass(frozen=True)
class SeenAnswer:
    """An answer, opened."""

    number: int
    text: str
    by: str
    at: datetime
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True)
class SeenQuestion:
    """A question, opened. `promised`: each day that the firm named, the newest last; `due`: the day
    that holds, None where there is none."""

    number: int
    recall: str
    said: Said
    state: QuestionState
    authority: str
    asked_by: str
    is_own: bool
    asked_at: datetime
    wanted_by: date | None
    promised: tuple[PromisedDay, ...]
    answers: tuple[SeenAnswer, ...]

    @property
    def due(self) -> date | None:
        """By when the answer is due."""
        return due_on(self.wanted_by, self.promised[-1].day if self.promised else None)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is QuestionState.OPEN

    @property
    def is_late(self) -> bool:
        """Whether it waits, and its day has passed."""
        return self.is_open and is_late(self.due, clock.now().date())


def questions_seen(
    *, by: Staff, recall: Recall | None = None, state: QuestionState | None = None
) -> list[SeenQuestion]:
    """Those that the person may read: open ones first, then the newest first.

    Raises NotPermitted, SealingError.
    """
    rows = _seen_by(by)
    if recall is not None:
        rows = rows.filter(recall=recall)
    if state is not None:
        rows = rows.filter(state=state)
    found = [_opened(row, by) for row in rows.order_by("-pk")]
    waiting = sorted((each for each in found if each.is_open), key=_urgency)
    return [*waiting, *(each for each in found if not each.is_open)]


def question_seen(number: int, *, by: Staff) -> SeenQuestion:
    """One of them. Raises NotPermitted, NoSuchQuestion, SealingError."""
    row = _seen_by(by).filter(pk=number).first()
    if row is None:
        raise NoSuchQuestion(number)
    return _opened(row, by)


def attachment_seen(number: int, *, question: int, by: Staff) -> Attachment:
    """A file attached to an answer to a question that the person may read.

    Raises NotPermitted, FileNotShown.
    """
    rows = Attachment.objects.select_related("answer__question")
    file = rows.filter(pk=number, answer__question__in=_seen_by(by).filter(pk=question)).first()
    if file is None:
        raise FileNotShown
    return file


def open_questions(*, by: Staff) -> tuple[int, int]:
    """How many wait for the person's answer, and how many of these are late; none for whoever may
    not answer."""
    if not by.may(Permission.ANSWER_AUTHORITY):
        return 0, 0
    today = clock.now().date()
    rows = open_rows()
    return len(rows), sum(is_late(due, today) for _, due in rows)


def open_rows(numbers: Iterable[int] | None = None) -> Sequence[tuple[Question, date | None]]:
    """The questions that wait, the most urgent first, each with its day; nothing is opened."""
    rows = Question.objects.filter(state=QuestionState.OPEN).select_related("recall")
    if numbers is not None:
        rows = rows.filter(pk__in=list(numbers))
    found = [
        (row, due_on(row.wanted_by, _newest_day(row)))
        for row in rows.prefetch_related("promises").defer("sealed_text")
    ]
    return sorted(found, key=lambda each: (each[1] or date.max, each[0].pk))


def seats_listed(*, by: Staff) -> list[Seat]:
    """Every seat ever given, open ones first, then the newest first. Raises NotPermitted."""
    require(by, Permission.ANSWER_AUTHORITY)
    rows = Seat.objects.select_related("person", "recall", "given_by", "ended_by")
    open_now = set(open_seats().values_list("pk", flat=True))
    return sorted(rows.order_by("-pk"), key=lambda each: each.pk not in open_now)


def standing_of(seat: Seat) -> str:
    """Where a seat stands today, in a word or two."""
    today = clock.now().date()
    if seat.ended_at is not None:
        return "ended"
    if seat.until is not None and seat.until < today:
        return "over"
    if seat.begins_on > today:
        return "not begun"
    if seat.person.is_active:
        return "open"
    return "left the desk" if seat.person.last_login else "invited"


def _seen_by(person: Staff) -> QuerySet[Question]:
    rows = Question.objects.select_related("recall", "asked_by", "seat")
    rows = rows.prefetch_related(
        "promises", "answers__by", "answers__question", "answers__attachments"
    )
    if not is_authority(person):
        require(person, Permission.ANSWER_AUTHORITY)
        return rows
    require(person, Permission.ASK_FIRM)
    own = open_seats().filter(person=person, recall=OuterRef("recall"))
    same = own.annotate(name=Lower("authority")).filter(name=Lower(OuterRef("seat__authority")))
    return rows.filter(Exists(same))


def _newest_day(row: Question) -> date | None:
    named = sorted(row.promises.all(), key=lambda each: each.pk)
    return named[-1].day if named else None


def _urgency(question: SeenQuestion) -> tuple[date, int]:
    return question.due or date.max, question.number


def _opened(row: Question, by: Staff) -> SeenQuestion:
    return SeenQuestion(
        number=row.pk,
        recall=row.recall.slug,
        said=said_in(opened(row, "sealed_text")),
        state=QuestionState(row.state),
        authority=row.seat.authority,
        asked_by=row.asked_by.name,
        is_own=row.asked_by_id == by.pk,
        asked_at=row.asked_at,
        wanted_by=row.wanted_by,
        promised=tuple(sorted(row.promises.all(), key=lambda each: each.pk)),
        answers=tuple(
            _answer(each) for each in sorted(row.answers.all(), key=lambda each: each.pk)
        ),
    )


def _answer(row: Answer) -> SeenAnswer:
    files = tuple(sorted(row.attachments.all(), key=lambda each: each.pk))
    return SeenAnswer(row.pk, opened(row, "sealed_text"), row.by.name, row.at, files)
