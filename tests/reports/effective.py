"""A made-up recall that has run for weeks: who was told, who claimed, what was corrected.

From a seed: the same each time, but for the days, which end today.
"""

import random
from datetime import datetime, timedelta
from hashlib import sha256

from recalldesk.checks.models import CheckCount
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.outreach.models import DirectNotice, NoticeFiling
from recalldesk.outreach.states import NoticeState, Way
from recalldesk.purchasers.models import Purchaser
from recalldesk.purchasers.states import Channel, Strength
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import Correction
from tests.cast import Cast
from tests.outreach.reach.told import a_notice, a_wave
from tests.outreach.told import PLACE, Told
from tests.remedies.corrections.reported import report
from tests.remedies.ordered import granted

BUYERS = 240
COMES_IN = {Way.EMAIL: 0.55, Way.LETTER: 0.4}
STOPS_AT = (
    ClaimState.DRAFT,
    ClaimState.IN_REVIEW,
    ClaimState.APPROVED,
    ClaimState.REMEDY_ORDERED,
)


def a_recall_for_months(cast: Cast, *, weeks: int, seed: int, buyers: int = BUYERS) -> Told:
    """Buyers of two channels; most were told by mail, some by letter, some not at all; some whom
    nobody told claim, too. Shops report stock."""
    draw, told = random.Random(seed), Told(cast)
    began = clock.now() - timedelta(weeks=weeks)
    wave = a_wave(told.recall)
    for number in range(buyers):
        way = Way.LETTER if number % 4 == 0 else Way.EMAIL
        buyer = _buyer(told, number, way)
        channel = (Channel.AMAZON, Channel.EBAY)[number % 3 == 0]
        strength = Strength.WEAK if number % 20 == 7 else Strength.STRONG
        purchase = told.purchase(buyer, units=1 + number % 2, channel=channel, strength=strength)
        if number % 6 == 5:
            continue
        notice = a_notice(wave, purchase, way, NoticeState.WAITING)
        _sent(notice, draw, began)
        if notice.state == NoticeState.SENT and draw.random() < COMES_IN[way]:
            _claims(told, draw, began, weeks, buyer, notice)
    for _ in range(buyers // 12):
        _claims(told, draw, began, weeks)
    for level, units in ((Level.RETAILER, 130), (Level.DISTRIBUTOR, 60), (Level.CONSUMER, 9)):
        measure = Measure.REFUNDED if level is Level.CONSUMER else Measure.DESTROYED
        report(told.recall, cast.approver, units=units, level=level, measure=measure)
    _checks(told, began, weeks)
    return told


def _buyer(told: Told, number: int, way: Way) -> Purchaser:
    if way is Way.LETTER:
        return told.buyer(
            f"Buyer {number} Example",
            address=PLACE | {"street_address": f"{number} Example Street"},
        )
    return told.buyer(f"Buyer {number} Example", email=f"buyer{number}@example.org")


def _sent(notice: DirectNotice, draw: random.Random, began: datetime) -> None:
    notice.state = NoticeState.SENT if draw.random() < 0.93 else NoticeState.BOUNCED
    notice.sent_at = began + timedelta(hours=draw.randrange(48))
    if notice.way == Way.EMAIL and draw.random() < 0.8:
        notice.delivered_at = notice.sent_at
    if draw.random() < 0.62:
        notice.opened_at = notice.sent_at + timedelta(days=1)
    notice.save()


def _claims(
    told: Told,
    draw: random.Random,
    began: datetime,
    weeks: int,
    buyer: Purchaser | None = None,
    notice: DirectNotice | None = None,
) -> None:
    ends = draw.choices([*STOPS_AT, ClaimState.SETTLED], [4, 6, 3, 4, 60])[0]
    filing = told.claim(*((buyer,) if buyer else ()), state=ends)
    if notice is not None:
        NoticeFiling.objects.create(notice=notice, filing=filing)
    if ends is ClaimState.SETTLED:
        at = began + timedelta(days=min(3 + draw.expovariate(1 / 24), weeks * 7 - 1))
        _corrected(told, filing, at)


def _corrected(told: Told, filing: Filing, at: datetime) -> None:
    unit = sha256(f"unit of {filing.pk}".encode()).digest()
    remedy = granted(unit)
    Claim.objects.filter(filing=filing).update(remedy=remedy)
    Correction.objects.create(
        recall=told.recall,
        level=Level.CONSUMER,
        measure=Measure.REFUNDED,
        units=1,
        unit_digest=unit,
        turn=1,
        remedy=remedy,
        counted_at=at,
    )


def _checks(told: Told, began: datetime, weeks: int) -> None:
    for week in range(weeks):
        for verdict, count in (("affected", 60), ("not_affected", 90), ("look_again", 25)):
            CheckCount.objects.create(
                recall=told.recall,
                version=1,
                minute=began.replace(second=0, microsecond=0) + timedelta(weeks=week),
                verdict=verdict,
                source="page",
                count=max(1, count - 3 * week),
            )
