"""Whom somebody named as the new owner is reminded as any contact is, until they have answered."""

from datetime import timedelta

import pytest

from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer, take_back_answer
from recalldesk.outreach.answering.next_owner import NextOwner
from recalldesk.outreach.answering.passing_on import name_next_owner
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.audience.counting import NotReached, preview
from recalldesk.outreach.models import Answer, DirectNotice, NoticeFiling, Wave
from recalldesk.outreach.reads.words import words_of_notice
from recalldesk.outreach.resting import at_rest
from recalldesk.outreach.states import AnswerKind, WaveKind, Way
from recalldesk.purchasers.models import Purchase
from recalldesk.sealing.fields_of_rows import opened
from tests.outreach.told import Told

NIA = NextOwner("Nia Example", "nia@example.org")


@pytest.fixture
def passed_on(told: Told) -> Answer:
    """Ana, who was told, sold her unit to Nia, who was told, too."""
    buyer = told.bought(email="ana@example.org")
    given = answer(notice=told.notice(told.sent(), buyer), kind=AnswerKind.SOLD, next_owner=NIA)
    went_out(told)
    return given


def went_out(told: Told) -> None:
    """All that waits left fifteen days ago."""
    long_ago = clock.now() - timedelta(days=15)
    DirectNotice.objects.filter(recall_id=told.recall.pk).update(state="sent", sent_at=long_ago)


def reminder(told: Told, *ways: Way) -> Wave:
    return told.draft(*ways, kind=WaveKind.REMINDER, silent_days=14)


def reached(told: Told) -> int:
    return preview(reminder(told), by=told.cast.author).to_new_owners


def test_a_reminder_goes_to_them_in_their_own_words(told: Told, passed_on: Answer) -> None:
    found = preview(reminder(told), by=told.cast.author)
    assert (found.notices, found.to_new_owners) == (1, 1)
    assert found.not_reached == {NotReached.AT_REST: 1}, "the buyer sold it"
    wave = told.started(kind=WaveKind.REMINDER, silent_days=14)
    notice = wave.notices.get()
    assert (notice.passed_on_by, notice.purchaser, notice.units) == (passed_on, None, 1)
    assert opened(notice, "sealed_to") == "nia@example.org"
    words, _ = words_of_notice(wave, notice.pk, by=told.cast.author)
    assert words is not None
    assert not [each for each in ("Ana", "Amazon", "2024") if each in words.text]


def test_not_once_they_answered_or_claimed(told: Told, passed_on: Answer) -> None:
    theirs = passed_on.led_to.get()
    given = answer(notice=theirs, kind=AnswerKind.THREW_AWAY)
    assert reached(told) == 0
    assert at_rest(told.recall.pk, [NIA.digest])
    take_back_answer(answer=given)
    assert reached(told) == 1
    NoticeFiling.objects.create(notice=theirs, filing=told.claim())
    assert reached(told) == 0


def test_not_before_they_were_told_or_where_it_was_taken_back(
    told: Told, passed_on: Answer
) -> None:
    theirs = DirectNotice.objects.filter(passed_on_by=passed_on)
    theirs.update(sent_at=clock.now())
    assert reached(told) == 0, "too short ago"
    theirs.update(state="waiting", sent_at=None)
    assert reached(told) == 0, "not told yet"
    went_out(told)
    assert reached(told) == 1
    take_back_answer(answer=passed_on)
    assert reached(told) == 0


def test_not_of_what_left_the_recall_or_is_not_in_the_wave(told: Told, passed_on: Answer) -> None:
    assert reached(told) == 1
    elsewhere = told.draft(
        kind=WaveKind.REMINDER, silent_days=14, audience=Audience(countries=("CA",))
    )
    assert preview(elsewhere, by=told.cast.author).to_new_owners == 0
    Purchase.objects.update(unmatched_at=clock.now())
    assert reached(told) == 0


def test_a_new_owner_of_a_new_owner_too(told: Told, passed_on: Answer) -> None:
    owner = NextOwner("Leo", "leo@example.org")
    answer(notice=passed_on.led_to.get(), kind=AnswerKind.SOLD, next_owner=owner)
    went_out(told)
    wave = told.started(kind=WaveKind.REMINDER, silent_days=14)
    assert [opened(each, "sealed_to") for each in wave.notices.all()] == ["leo@example.org"]


def test_of_two_units_that_two_sold_one_answer_is_not_enough(told: Told, passed_on: Answer) -> None:
    told.bought("Ben Example", email="ben@example.org")
    more = told.sent()
    second = answer(notice=more.notices.get(), kind=AnswerKind.SOLD, next_owner=NIA)
    name_next_owner(answer=second, owner=NIA)
    went_out(told)
    theirs = DirectNotice.objects.filter(contact_digest=NIA.digest)
    assert sum(each.units for each in theirs) == 2
    Answer.objects.create(notice=theirs[0], kind=AnswerKind.DONE_ALREADY, units=1)
    assert not at_rest(told.recall.pk, [NIA.digest])
    NoticeFiling.objects.create(notice=theirs[0], filing=told.claim(units=2))
    assert at_rest(told.recall.pk, [NIA.digest])


def test_who_bought_one_and_was_told_of_it_in_the_same_wave_does_not_rest_too_early(
    told: Told,
) -> None:
    nia = told.bought("Nia Example", email="nia@example.org")
    ana = told.bought(email="ana@example.org")
    wave = told.sent()
    answer(notice=told.notice(wave, ana), kind=AnswerKind.SOLD, next_owner=NIA)
    theirs = told.notice(wave, nia)
    theirs.refresh_from_db()
    assert (theirs.passed_on_by, theirs.units) == (None, 2), "no notice bears the answer"
    Answer.objects.create(notice=theirs, kind=AnswerKind.DONE_ALREADY, units=1)
    assert not at_rest(told.recall.pk, [NIA.digest])
    theirs.answers.update(units=2)
    assert at_rest(told.recall.pk, [NIA.digest])


def test_who_was_named_for_two_units_rests_once_both_are_answered_for(told: Told) -> None:
    ana = told.bought(email="ana@example.org", units=2)
    given = answer(notice=told.notice(told.sent(), ana), kind=AnswerKind.SOLD, next_owner=NIA)
    theirs = given.led_to.get()
    assert theirs.units == 2
    done = Answer.objects.create(notice=theirs, kind=AnswerKind.DONE_ALREADY, units=1)
    assert not at_rest(told.recall.pk, [NIA.digest])
    leo = NextOwner("Leo", "leo@example.org")
    name_next_owner(answer=given, owner=leo)
    assert at_rest(told.recall.pk, [NIA.digest]), "the other unit is Leo's"
    assert not at_rest(told.recall.pk, [leo.digest])
    Answer.objects.filter(pk=done.pk).update(undone_at=clock.now())
    assert not at_rest(told.recall.pk, [NIA.digest])


def test_who_bought_one_too_rests_once_both_are_answered_for(told: Told, passed_on: Answer) -> None:
    nia = told.bought("Nia Example", email="nia@example.org")
    told.claim(nia)
    assert not at_rest(told.recall.pk, [NIA.digest]), (
        "of the unit that Ana sold her nothing is known"
    )
    assert reached(told) == 0, "the reminder is that of a buyer"
    NoticeFiling.objects.create(notice=passed_on.led_to.get(), filing=told.claim())
    assert at_rest(told.recall.pk, [NIA.digest])


def test_what_was_taken_back_keeps_no_buyer_awake(told: Told, passed_on: Answer) -> None:
    told.claim(told.bought("Nia Example", email="nia@example.org"))
    take_back_answer(answer=passed_on)
    assert at_rest(told.recall.pk, [NIA.digest])
