"""A claim that is erased goes on to answer for what its purchaser bought, and leads to nobody."""

from unittest.mock import patch

import pytest
from django.db import transaction

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.erasing import erase_if_over
from recalldesk.claims.models import Filing
from recalldesk.claims.states import ClaimState, UnitReading
from recalldesk.keeping.early import agree, ask_early
from recalldesk.keeping.holding import HoldAsked, lift_hold, place_hold
from recalldesk.keeping.standing_still import lock_erasing
from recalldesk.keeping.states import Thing, Why
from recalldesk.keeping.things import thing_at
from recalldesk.keeping.waiting import carry_out, keep_wish
from recalldesk.outreach.answering.actions import answer, standing_answers
from recalldesk.outreach.models import Answer, NoticeFiling
from recalldesk.outreach.reach.figures import reach_of
from recalldesk.outreach.reads.answers import AnswerFilters, answers_of
from recalldesk.outreach.reads.progress import answered_of_waves, progress_of
from recalldesk.outreach.resting import at_rest
from recalldesk.outreach.states import AnswerKind, WaveKind
from recalldesk.purchasers.models import ContactPoint, Join, Purchaser
from recalldesk.purchasers.people.keeping import keep_people_current
from recalldesk.purchasers.people.untying import let_go_of_erased
from tests.keeping.kept import mario, mona
from tests.outreach.told import Told

SETTLED = ClaimState.SETTLED


def erased(filing: Filing, why: Why = Why.TERM) -> None:
    with transaction.atomic():
        lock_erasing()
        assert erase_if_over(filing.pk, why)


def rests(told: Told, buyer: Purchaser, *, by_ties: bool = True) -> bool:
    points = ContactPoint.objects.filter(purchaser=buyer).values_list("digest", flat=True)
    return bool(at_rest(told.recall.pk, {bytes(each) for each in points}, by_ties=by_ties))


def are_reminded(told: Told, *buyers: Purchaser) -> bool:
    """Whether a further wave writes to these alone."""
    wave = told.started(kind=WaveKind.REMINDER, silent_days=0)
    points = ContactPoint.objects.filter(purchaser__in=buyers).values_list("digest", flat=True)
    written = wave.notices.filter(state="waiting").values_list("contact_digest", flat=True)
    return {bytes(each) for each in written} == {bytes(each) for each in points}


def test_whoever_settled_and_was_erased_is_not_reminded(told: Told) -> None:
    ana = told.bought(email="ana@example.org", phone="+12025550111")
    zoe = told.bought("Zoe Example", email="zoe@example.org")
    told.sent()
    erased(told.claim(ana, state=SETTLED))
    assert let_go_of_erased() == 1
    assert not Join.objects.exists()
    assert rests(told, ana)
    assert not rests(told, ana, by_ties=False), "as a tie, it keeps back no first notice"
    assert are_reminded(told, zoe)


def test_who_bought_two_and_claimed_one_is_still_reminded_till_both_were_claimed(
    told: Told,
) -> None:
    ana = told.bought(email="ana@example.org", units=2)
    told.sent()
    erased(told.claim(ana, state=SETTLED))
    let_go_of_erased()
    assert not rests(told, ana)
    other = told.claim(ana, state=SETTLED)
    assert rests(told, ana), "one that is erased and one that is not"
    erased(other, Why.EARLY)
    let_go_of_erased()
    assert rests(told, ana)
    assert Answer.objects.get().units == 2
    told.purchase(ana)
    assert not rests(told, ana)
    assert are_reminded(told, ana)


def test_no_figure_changes_and_nothing_leads_to_the_claim(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    wave = told.sent()
    filing = told.claim(ana, state=SETTLED)

    def figures() -> list[object]:
        return [
            reach_of(told.recall, by=mona()),
            progress_of(wave, by=mona()),
            answered_of_waves(told.recall, by=mona()),
            answers_of(told.recall, AnswerFilters(), by=mona()),
            standing_answers(told.notice(wave, ana)),
        ]

    before = figures()
    erased(filing)
    rows = StateChange.objects.count()
    let_go_of_erased()
    assert figures() == before
    assert StateChange.objects.count() == rows
    kept = Answer.objects.get()
    assert kept.at < kept.notice.made_at


def test_a_kill_leaves_the_tie_and_twice_counts_once(told: Told) -> None:
    ana = told.bought(email="ana@example.org", units=2)
    told.sent()
    erased(told.claim(ana, state=SETTLED))
    killed = patch.object(Answer.objects, "create", side_effect=KeyboardInterrupt)
    with killed, pytest.raises(KeyboardInterrupt):
        let_go_of_erased()
    assert Join.objects.count() == 1
    keep_people_current(told.recall)
    assert Join.objects.count() == 1, "it goes where its units are counted"
    let_go_of_erased()
    let_go_of_erased()
    assert Answer.objects.get().units == 1


def test_by_two_people_and_by_a_wish_that_waited_for_a_hold(told: Told) -> None:
    ana, ben = told.bought(email="ana@example.org"), told.bought(email="ben@example.org")
    told.sent()
    early, waited = told.claim(ana, state=SETTLED), told.claim(ben, state=SETTLED)
    found = thing_at(Thing.FILING, early.pk)
    assert found
    asked = ask_early(thing=Thing.FILING, found=found, reason="Made up.", by=mona())
    agree(number=asked.pk, reason="Made up.", by=mario())
    found = thing_at(Thing.FILING, waited.pk)
    assert found
    hold = place_hold(
        asked=HoldAsked(thing=Thing.FILING, found=found), reason="Made up.", by=mona()
    )
    keep_wish(
        thing=Thing.FILING,
        number=waited.pk,
        recall_id=told.recall.pk,
        subject=Subject.FILING,
        actor=Actor.OWNER,
        state=waited.state,
    )
    let_go_of_erased()
    assert rests(told, ana)
    assert Join.objects.get().filing == waited
    lift_hold(number=hold.pk, reason="Over.", by=mona())
    carry_out()
    let_go_of_erased()
    assert not Join.objects.exists()
    assert rests(told, ben)


@pytest.mark.parametrize("state", [ClaimState.DECLINED, ClaimState.WITHDRAWN])
def test_a_claim_that_came_to_nothing_answers_for_nothing(told: Told, state: ClaimState) -> None:
    ana = told.bought(email="ana@example.org")
    told.sent()
    erased(told.claim(ana, state=state))
    let_go_of_erased()
    assert not rests(told, ana)


def test_what_was_claimed_by_the_link_of_a_notice_counts_once(told: Told) -> None:
    ana = told.bought(email="ana@example.org", units=2)
    notice = told.notice(told.sent(), ana)
    filing = told.claim(ana, state=SETTLED)
    NoticeFiling.objects.create(notice=notice, filing=filing)
    erased(filing)
    let_go_of_erased()
    assert not rests(told, ana)


def test_of_a_unit_that_was_gone_an_answer_counts_no_second_one(told: Told) -> None:
    ana = told.bought(email="ana@example.org", units=2)
    notice = told.notice(told.sent(), ana)
    filing = told.claim(ana, state=SETTLED, reading=UnitReading.GONE)
    answer(notice=notice, kind=AnswerKind.SOLD, units=1)
    assert not rests(told, ana)
    erased(filing)
    let_go_of_erased()
    assert not rests(told, ana)


def test_a_claim_tied_to_two_silences_neither_for_the_unit_of_the_other(told: Told) -> None:
    ana, ben = told.bought(email="ana@example.org"), told.bought(email="ben@example.org")
    told.sent()
    erased(told.claim(ana, ben, state=SETTLED))
    let_go_of_erased()
    assert not rests(told, ana)
    assert not rests(told, ben)


def test_the_word_of_its_owner_counts_instead(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    notice = told.notice(told.sent(), ana)
    erased(told.claim(ana, state=SETTLED))
    let_go_of_erased()
    answer(notice=notice, kind=AnswerKind.NOT_MINE)
    assert not rests(told, ana)
    given = answer(notice=notice, kind=AnswerKind.DONE_ALREADY)
    assert standing_answers(notice) == [given]
    assert rests(told, ana)
