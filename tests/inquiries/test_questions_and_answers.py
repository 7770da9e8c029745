"""An authority asks, the firm answers; both are told by mail, and all of it is kept as it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Subject
from recalldesk.audit.verifying import verify
from recalldesk.foundation import clock
from recalldesk.inquiries.answering import answer, promise
from recalldesk.inquiries.asking import ask, withdraw
from recalldesk.inquiries.errors import NoSeat, NoSuchQuestion, NotAnswered, NotAsked
from recalldesk.inquiries.giving import end_seat
from recalldesk.inquiries.models import Answer, PromisedDay, Question, Seat
from recalldesk.inquiries.reads import open_questions, question_seen, questions_seen
from recalldesk.inquiries.states import QuestionState
from recalldesk.inquiries.wording import Said
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import staff
from tests.cast import Desk
from tests.inquiries.seated import regulator, seat

pytestmark = pytest.mark.django_db
SAID = Said(
    "How many came back", "How many kettles came back in October?", "/desk/seat/kettle-k20/"
)
TEXT = "Nine kettles came back."


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.apply().recall


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER, name="Mona Manager")


@pytest.fixture
def greta(recall: Recall, manager: Staff) -> Staff:
    person = regulator()
    seat(person, recall, given_by=manager)
    return person


def told(purpose: Purpose) -> list[str]:
    """To whom, and the whole of what the mails of a purpose say."""
    rows = Mailing.objects.filter(purpose=purpose)
    return [opened(row, "sealed_content") for row in rows]


def test_a_question_is_asked_promised_and_answered(
    recall: Recall, manager: Staff, greta: Staff
) -> None:
    today = clock.now().date()
    asked = ask(by=greta, recall=recall, said=SAID, wanted_by=today + timedelta(days=9))
    assert open_questions(by=manager) == (1, 0)
    promise(number=asked.pk, day=today + timedelta(days=5), by=manager)
    seen = question_seen(asked.pk, by=greta)
    assert (seen.said, seen.state, seen.due) == (SAID, "open", today + timedelta(days=5))
    answer(number=asked.pk, text=TEXT, by=manager)
    answer(number=asked.pk, text="Ten, by now.", by=manager)
    seen = question_seen(asked.pk, by=greta)
    assert [each.text for each in seen.answers] == [TEXT, "Ten, by now."]
    assert seen.state is QuestionState.ANSWERED
    assert open_questions(by=manager) == (0, 0)
    moves = StateChange.objects.filter(subject=Subject.QUESTION).order_by("pk")
    assert list(moves.values_list("to_state", flat=True)) == [
        "open",
        "promised",
        "answered",
        "answered",
    ]
    seal_what_waits()
    assert verify().findings.kept == []


def test_mails_lead_to_the_words_and_say_none_of_them(
    recall: Recall, manager: Staff, greta: Staff
) -> None:
    asked = ask(by=greta, recall=recall, said=SAID)
    answer(number=asked.pk, text=TEXT, by=manager)
    (to_firm, *_), (to_authority,) = (
        told(Purpose.QUESTION_TO_DESK),
        told(Purpose.QUESTION_ANSWERED),
    )
    assert f"/desk/seats/questions/{asked.pk}/" in to_firm
    assert f"/desk/seat/{recall.slug}/questions/{asked.pk}/" in to_authority
    for mail in (to_firm, to_authority):
        assert not any(words in mail for words in (SAID.subject, SAID.text, TEXT, "October"))


def test_a_form_that_is_sent_twice_asks_and_answers_once(
    recall: Recall, manager: Staff, greta: Staff
) -> None:
    asked = ask(by=greta, recall=recall, said=SAID, nonce="form-1")
    assert ask(by=greta, recall=recall, said=SAID, nonce="form-1") == asked
    other = ask(by=greta, recall=recall, said=Said("Another", "Another one?"), nonce="form-1")
    assert other != asked
    given = answer(number=asked.pk, text=TEXT, by=manager, nonce="form-2")
    assert answer(number=asked.pk, text=TEXT, by=manager, nonce="form-2") == given
    assert Answer.objects.count() == 1


def test_what_was_asked_promised_and_answered_stays_for_ever(
    recall: Recall, manager: Staff, greta: Staff
) -> None:
    asked = ask(by=greta, recall=recall, said=SAID)
    promise(number=asked.pk, day=clock.now().date(), by=manager)
    given = answer(number=asked.pk, text=TEXT, by=manager)
    named = PromisedDay.objects.get()
    refused: list[Callable[[], object]] = [
        asked.delete,
        given.delete,
        named.delete,
        lambda: Question.objects.filter(pk=asked.pk).update(sealed_text=b""),
        lambda: Question.objects.filter(pk=asked.pk).update(wanted_by=clock.now().date()),
        lambda: Question.objects.filter(pk=asked.pk).update(state=QuestionState.OPEN),
        lambda: Answer.objects.filter(pk=given.pk).update(sealed_text=b""),
        lambda: PromisedDay.objects.filter(pk=named.pk).update(day=clock.now().date()),
    ]
    for change in refused:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_open_question_is_withdrawn_by_whoever_asked_it(
    recall: Recall, manager: Staff, greta: Staff
) -> None:
    asked = ask(by=greta, recall=recall, said=SAID)
    colleague = regulator("Gus Guard", email="gus@authority.example")
    seat(colleague, recall, given_by=manager)
    with pytest.raises(NoSuchQuestion):
        withdraw(number=asked.pk, by=colleague)
    withdraw(number=asked.pk, by=greta)
    assert question_seen(asked.pk, by=greta).state is QuestionState.WITHDRAWN
    with pytest.raises(NotAnswered, match="withdrawn"):
        answer(number=asked.pk, text=TEXT, by=manager)
    with pytest.raises(NotAnswered, match="needs no day"):
        promise(number=asked.pk, day=clock.now().date(), by=manager)
    with pytest.raises(NotAsked, match="withdrawn already"):
        withdraw(number=asked.pk, by=greta)


def test_people_of_one_authority_read_each_others_questions_and_nobody_elses(
    recall: Recall, manager: Staff, greta: Staff
) -> None:
    asked = ask(by=greta, recall=recall, said=SAID)
    colleague = regulator("Gus Guard", email="gus@authority.example")
    row = Seat.objects.create(
        person=colleague,
        recall=recall,
        authority="cpsc",
        given_by=manager,
        begins_on=clock.now().date(),
    )
    assert [each.number for each in questions_seen(by=colleague)] == [asked.pk]
    stranger = regulator("Hedda Health", email="hedda@other.example")
    Seat.objects.create(
        person=stranger,
        recall=recall,
        authority="Health Canada",
        given_by=manager,
        begins_on=clock.now().date(),
    )
    assert questions_seen(by=stranger) == []
    with pytest.raises(NoSuchQuestion):
        question_seen(asked.pk, by=stranger)
    end_seat(number=row.pk, by=manager)
    assert questions_seen(by=colleague) == []


def test_without_a_seat_nobody_asks_and_without_the_right_nobody_answers(
    kettles: Desk, recall: Recall, manager: Staff, greta: Staff
) -> None:
    asked = ask(by=greta, recall=recall, said=SAID)
    other = Recall.objects.create(slug="toaster-t1")
    with pytest.raises(NoSeat):
        ask(by=greta, recall=other, said=SAID)
    with pytest.raises(NotPermitted):
        ask(by=manager, recall=recall, said=SAID)
    for person in (greta, kettles.cast.viewer, staff(Role.SENIOR_REVIEWER)):
        with pytest.raises(NotPermitted):
            answer(number=asked.pk, text=TEXT, by=person)
        with pytest.raises(NotPermitted):
            promise(number=asked.pk, day=clock.now().date(), by=person)
    with pytest.raises(NotPermitted):
        questions_seen(by=kettles.cast.viewer)
    assert open_questions(by=kettles.cast.viewer) == (0, 0)


def test_nobody_is_written_to_whose_seat_has_ended(
    recall: Recall, manager: Staff, greta: Staff
) -> None:
    asked = ask(by=greta, recall=recall, said=SAID)
    end_seat(number=asked.seat_id, by=manager)
    answer(number=asked.pk, text=TEXT, by=manager)
    assert told(Purpose.QUESTION_ANSWERED) == []


@pytest.mark.parametrize("days", [-1, 3_651])
def test_a_day_that_cannot_be_meant_is_refused(
    recall: Recall, manager: Staff, greta: Staff, days: int
) -> None:
    day = clock.now().date() + timedelta(days=days)
    with pytest.raises(NotAsked):
        ask(by=greta, recall=recall, said=SAID, wanted_by=day)
    asked = ask(by=greta, recall=recall, said=SAID)
    with pytest.raises(NotAnswered):
        promise(number=asked.pk, day=day, by=manager)
