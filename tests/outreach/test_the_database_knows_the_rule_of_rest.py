"""The database says of each contact what the rule of rest says, in drawn and in known cases."""

import random

import pytest

from recalldesk.claims.states import ClaimState, UnitReading
from recalldesk.outreach.answering.of_erased import BEFORE_IT
from recalldesk.outreach.models import Answer, NoticeFiling
from recalldesk.outreach.resting import at_rest
from recalldesk.outreach.rules import Answered, Claimed, Corrected, is_at_rest
from recalldesk.outreach.states import AnswerKind, WaveKind
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser
from tests.outreach.told import Told

MAILS = [f"home{number}@example.org" for number in range(3)]


@pytest.mark.parametrize("seed", [*range(12), 61, 72, 163, 174, 262, 296, 310, 321])
def test_it_says_what_the_rule_says(told: Told, seed: int) -> None:
    drawn = random.Random(seed)
    mails = {}
    for number in range(4):
        mail = drawn.choice(MAILS)
        mails[told.buyer(f"Owner {number}", email=mail, phone=f"+1202555010{number}")] = mail
    buyers = list(mails)
    bought: dict[int, dict[int, int]] = {each.pk: {} for each in buyers}
    orders: dict[str, list[Purchase]] = {}
    for place in range(4):
        buyer, *also = drawn.sample(buyers, drawn.choice([1, 1, 2]))
        units, back = drawn.randint(1, 2), drawn.randint(0, 1)
        order = drawn.choice(["ORDER-1", "ORDER-2", "ORDER-3"])
        purchase = told.purchase(
            buyer,
            units=units + back,
            units_back=back,
            also=tuple(also),
            order=order,
            product=str(place),
            serial=f"SERIAL-{place}",
        )
        orders.setdefault(order, []).append(purchase)
        for each in (buyer, *also):
            bought[each.pk][purchase.pk] = units
    corrected = [draw_corrections(told, drawn, *each) for each in orders.items()]
    wave = told.sent()
    claimed: list[Claimed] = []
    for _ in range(drawn.randint(0, 3)):
        tied = drawn.sample(buyers, drawn.choice([1, 2]))
        reading = drawn.choice([UnitReading.UNREADABLE, UnitReading.GONE])
        count = drawn.randint(1, 2)
        serial = f"SERIAL-{len(claimed)}" if count == 1 and drawn.choice([True, False]) else ""
        told.claim(*tied, units=count, reading=reading, serial=serial)
        gone = count if reading is UnitReading.GONE else 0
        serials = frozenset({serial}) if serial else frozenset[str]()
        claimed.append(Claimed(frozenset(each.pk for each in tied), count, gone, serials))
    answered = []
    for notice in wave.notices.all():
        holders = ContactPoint.objects.filter(digest=notice.contact_digest)
        by = frozenset(holders.values_list("purchaser_id", flat=True))
        kind = drawn.choice([None, AnswerKind.DONE_ALREADY, AnswerKind.SOLD, AnswerKind.NOT_MINE])
        erased = drawn.choice([0, 0, 1, 2]) if kind is not AnswerKind.DONE_ALREADY else 0
        if erased:
            at = notice.made_at - BEFORE_IT
            given = {"kind": AnswerKind.DONE_ALREADY, "units": erased, "at": at}
            Answer.objects.create(notice=notice, **given)
        if kind is not None:
            Answer.objects.create(notice=notice, kind=kind, units=1)
        done = int(kind is AnswerKind.DONE_ALREADY)
        got_rid_of = int(kind is AnswerKind.SOLD)
        if done or got_rid_of or erased:
            answered.append(Answered(by, done, got_rid_of, erased))
    points = ContactPoint.objects.filter(recall_id=told.recall.pk)
    digests = {bytes(each) for each in points.values_list("digest", flat=True)}
    said = at_rest(told.recall.pk, digests)
    for digest in digests:
        held = points.filter(digest=digest).values_list("purchaser_id", flat=True)
        assert (digest in said) == is_at_rest(list(held), bought, claimed, answered, corrected)


def draw_corrections(
    told: Told, drawn: random.Random, order: str, purchases: list[Purchase]
) -> Corrected:
    """What the shop reports of an order, as it is stored and as the rule sees it."""
    rows = [drawn.randint(1, 3) for _ in range(drawn.randint(0, 2))]
    for units in rows:
        told.corrected(order, units=units)
    named = {f"SERIAL-{each.product}" for each in purchases if drawn.choice([True, False])}
    for serial in sorted(named):
        told.corrected(serial=serial)
    return Corrected(
        frozenset(each.pk for each in purchases),
        sum(each.units for each in purchases),
        frozenset(named),
        max(rows, default=0),
    )


@pytest.mark.parametrize(
    "state", [ClaimState.DRAFT, ClaimState.WITHDRAWN, ClaimState.DECLINED, ClaimState.DUPLICATE]
)
def test_a_claim_that_came_to_nothing_silences_nobody(told: Told, state: ClaimState) -> None:
    ana = told.bought(email="ana@example.org")
    told.claim(ana, state=state)
    assert not rests(told, ana)


def test_a_claim_by_the_link_of_a_notice_silences_every_contact_of_the_buyer(told: Told) -> None:
    ana = told.bought(email="ana@example.org", phone="+12025550111")
    notice = told.notice(told.sent(), ana)
    NoticeFiling.objects.create(notice=notice, filing=told.claim())
    assert rests(told, ana)


def test_an_answer_that_was_taken_back_silences_nobody(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    notice = told.notice(told.sent(), ana)
    given = Answer.objects.create(notice=notice, kind=AnswerKind.THREW_AWAY, units=1)
    assert rests(told, ana)
    Answer.objects.filter(pk=given.pk).update(undone_at=given.at)
    assert not rests(told, ana)


def test_answers_to_two_notices_may_speak_of_the_same_unit(told: Told) -> None:
    ana = told.bought(email="ana@example.org", units=2)
    first = told.notice(told.sent(), ana)
    again = told.notice(told.sent(kind=WaveKind.REMINDER, silent_days=0), ana)
    Answer.objects.create(notice=first, kind=AnswerKind.SOLD, units=1)
    Answer.objects.create(notice=again, kind=AnswerKind.THREW_AWAY, units=1)
    assert not rests(told, ana)
    Answer.objects.create(notice=first, kind=AnswerKind.THREW_AWAY, units=1)
    assert rests(told, ana), "to one notice they were said of two"


def test_units_that_came_back_to_the_shop_need_no_answer(told: Told) -> None:
    ana = told.buyer(email="ana@example.org")
    told.purchase(ana, units=3, units_back=2)
    assert not rests(told, ana)
    told.claim(ana)
    assert rests(told, ana)


def rests(told: Told, buyer: Purchaser) -> bool:
    """Whether every contact of somebody does; all of them, or none."""
    digests = {
        bytes(each)
        for each in ContactPoint.objects.filter(purchaser=buyer).values_list("digest", flat=True)
    }
    resting = at_rest(told.recall.pk, digests)
    assert resting in (frozenset(), digests)
    return bool(resting)
