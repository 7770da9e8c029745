"""A preview says of each purchaser and each unit whether it is reached, and if not, why not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.foundation import clock
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.audience.counting import NotReached, Preview, preview
from recalldesk.outreach.audience.errors import AudienceRefused
from recalldesk.outreach.models import Suppressed, Wave
from recalldesk.outreach.states import Suppression, WaveKind, Way
from recalldesk.purchasers.models import ContactPoint, Purchaser
from recalldesk.purchasers.states import Channel, ContactKind, Strength
from tests.outreach.told import PLACE, Told


def test_those_reached_and_each_reason_add_up_to_all(told: Told) -> None:
    told.bought(email="ana@example.org", units=2)
    told.bought("Ben Example", phone="+12025550112", units=3)
    told.bought("Cleo Example", units=4)
    suppress(told, told.bought("Dan Example", email="dan@example.org", units=5))
    told.purchase(None, units=6)
    told.purchase(told.buyer("Eve Example", email="eve@example.org"), units=7, units_back=7)
    found = counted(told.draft())
    assert (found.notices, found.purchasers, found.purchasers_reached) == (1, 4, 1)
    assert found.not_reached == {
        NotReached.NO_CONTACT: 1,
        NotReached.NO_WAY: 1,
        NotReached.SUPPRESSED: 1,
    }
    assert (found.units, found.units_reached) == (20, 2)
    assert found.units_not_reached == {
        NotReached.NO_BUYER: 6,
        NotReached.NO_CONTACT: 4,
        NotReached.NO_WAY: 3,
        NotReached.SUPPRESSED: 5,
    }


def test_whoever_shares_a_contact_gets_one_notice(told: Told) -> None:
    told.bought(email="home@example.org")
    told.bought("Ben Example", email="home@example.org")
    found = counted(told.draft())
    assert (found.notices, found.purchasers_reached, found.units_reached) == (1, 2, 2)


def test_a_first_notice_goes_to_every_contact_of_everybody_whom_files_name(told: Told) -> None:
    ana = told.bought(email="ana@example.org", phone="+12025550111", address=PLACE)
    other = told.buyer("A. Example", email="a.other@example.org", person=ana.person)
    told.purchase(told.buyer("Ana Maria Example", phone="+12025550113"), also=(other,))
    found = counted(told.draft(Way.EMAIL, Way.SMS, Way.LETTER, Way.PHONE))
    assert found.by_way == {Way.EMAIL: 2, Way.SMS: 2, Way.LETTER: 1, Way.PHONE: 2}
    assert found.persons_reached == 2


def test_it_says_which_contacts_a_first_notice_leaves_out(told: Told) -> None:
    told.bought("Ana Example", email="ana@example.org", phone="+12025550111", address=PLACE)
    told.bought("Ben Example", email="ben@example.org", phone="+12025550111")
    by = told.cast.viewer
    found = preview(told.draft(), by=by)
    assert found.unused_in_words == "1 phone number, 1 postal address"
    assert preview(told.draft(Way.EMAIL, Way.LETTER), by=by).unused_in_words == "1 phone number"
    assert not preview(told.draft(*Way), by=by).unused
    told.sent(Way.PHONE)
    assert preview(told.draft(), by=by).unused_in_words == "1 postal address"
    assert not preview(told.draft(kind=WaveKind.REMINDER), by=by).unused


def test_a_wave_is_narrowed_to_what_it_means(told: Told) -> None:
    meant = told.buyer(email="ana@example.org")
    told.purchase(meant, channel=Channel.EBAY, country="MX", ordered_on=date(2024, 5, 2))
    for number, (channel, country, day) in enumerate(
        [
            (Channel.AMAZON, "MX", date(2024, 5, 2)),
            (Channel.EBAY, "US", date(2024, 5, 2)),
            (Channel.EBAY, "MX", date(2024, 4, 30)),
            (Channel.EBAY, "MX", date(2024, 6, 1)),
            (Channel.EBAY, "MX", None),
        ]
    ):
        other = told.buyer(email=f"other{number}@example.org")
        told.purchase(other, channel=channel, country=country, ordered_on=day)
    audience = Audience(
        countries=("MX",),
        channels=(Channel.EBAY,),
        products=("k20",),
        ordered_from=date(2024, 5, 1),
        ordered_until=date(2024, 5, 31),
    )
    found = counted(told.draft(audience=audience))
    assert (found.notices, found.purchasers) == (1, 1)


def test_who_has_perhaps_bought_one_is_in_a_wave_of_its_own(told: Told) -> None:
    told.purchase(told.buyer(email="ana@example.org"), strength=Strength.WEAK)
    assert counted(told.draft()).purchasers == 0
    assert counted(told.draft(audience=Audience(strength=Strength.WEAK))).purchasers == 1


def test_nobody_is_told_twice_of_the_same_purchase(told: Told) -> None:
    ana = told.bought(email="ana@example.org")
    told.sent()
    found = counted(told.draft())
    assert (found.notices, found.not_reached) == (0, {NotReached.TOLD: 1})
    told.purchase(ana)
    assert counted(told.draft()).notices == 1, "she is told of what she bought besides"


def test_one_who_was_told_by_mail_may_be_told_by_letter(told: Told) -> None:
    told.bought(email="ana@example.org", address=PLACE)
    told.sent()
    assert counted(told.draft(Way.LETTER)).notices == 1


def test_whom_nothing_reached_is_told_again(told: Told) -> None:
    told.bought(email="ana@example.org")
    told.started().notices.update(state="given_up")
    assert counted(told.draft()).notices == 1


def test_a_reminder_goes_to_those_who_were_told_long_ago_and_did_not_answer(told: Told) -> None:
    told.bought(email="ana@example.org")
    done = told.bought("Ben Example", email="ben@example.org")
    told.sent()
    told.bought("Cleo Example", email="cleo@example.org")
    told.claim(done)
    wave = told.draft(kind=WaveKind.REMINDER, silent_days=14)
    assert counted(wave).not_reached == {NotReached.NOT_DUE: 3}
    with time_machine.travel(clock.now() + timedelta(days=15), tick=False):
        found = counted(wave)
    assert found.notices == 1
    assert found.not_reached == {NotReached.NOT_DUE: 1, NotReached.AT_REST: 1}


def test_each_is_written_to_in_a_language_that_they_read(told: Told) -> None:
    told.bought(email="ana@example.org", language="es-MX")
    told.bought(email="ben@example.org", country="MX")
    told.bought(email="cleo@example.org", country="US")
    told.bought(email="dan@example.org", country="FI", language="fi")
    assert counted(told.draft()).by_language == {"es": 2, "en": 2}


def test_costs_are_of_each_way_that_has_a_price(told: Told) -> None:
    for number in range(3):
        told.bought(email=f"owner{number}@example.org", address=street(number))
    costs = {Way.LETTER: Decimal("1.25")}
    found = counted(told.draft(Way.EMAIL, Way.LETTER, costs=costs, currency="USD"))
    assert (found.costs, found.cost, found.currency) == (
        {Way.LETTER: Decimal("3.75")},
        Decimal("3.75"),
        "USD",
    )


def test_a_preview_is_for_those_who_see_purchasers(told: Told) -> None:
    with pytest.raises(NotPermitted):
        preview(told.draft(), by=told.cast.outsider)


@pytest.mark.parametrize(
    "stored",
    [
        {"countries": ["usa"]},
        {"channels": ["bazaar"]},
        {"ordered_from": "yesterday"},
        {"ordered_from": "2024-06-02", "ordered_until": "2024-06-01"},
        {"age": 30},
        {"products": "k20"},
        ["k20"],
    ],
)
def test_what_means_nobody_is_refused(stored: object) -> None:
    with pytest.raises(AudienceRefused):
        Audience.from_stored(stored)


def test_what_is_stored_is_read_back() -> None:
    audience = Audience(("US",), (Channel.EBAY,), ("k20",), date(2024, 1, 2), None, Strength.WEAK)
    assert Audience.from_stored(audience.stored()) == audience
    assert Audience.from_stored({}) == Audience()


def counted(wave: Wave) -> Preview:
    """What the wave would send now; reached and each reason add up, whatever the test is about."""
    assert wave.written_by is not None
    found = preview(wave, by=wave.written_by)
    assert found.purchasers == found.purchasers_reached + sum(found.not_reached.values())
    assert found.units == found.units_reached + sum(found.units_not_reached.values())
    assert found.notices == sum(found.by_way.values()) == sum(found.by_language.values())
    return found


def street(number: int) -> dict[str, str]:
    """An address of its own."""
    return PLACE | {"street_address": f"{number + 1} Example Street"}


def suppress(told: Told, buyer: Purchaser) -> None:
    """Nobody writes to their mail address any more."""
    point = ContactPoint.objects.get(purchaser=buyer, kind=ContactKind.EMAIL)
    Suppressed.objects.create(
        contact_digest=point.digest, way=Way.EMAIL, reason=Suppression.BOUNCED
    )
