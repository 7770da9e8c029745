"""A wave is drafted, asked for, approved by another, started: then its notices are there."""

from recalldesk.outreach.models import NamedPurchase
from recalldesk.outreach.states import NoticeState, WaveState, Way
from recalldesk.outreach.waves.preparing import prepare_wave
from tests.outreach.told import PLACE, Told


def test_each_contact_gets_one_notice_that_names_what_was_bought_under_it(told: Told) -> None:
    ana = told.bought(email="ana@example.org", phone="+12025550111", address=PLACE)
    told.bought("Ben Example", email="ana@example.org", units=2)
    wave = told.started(Way.EMAIL, Way.SMS, Way.LETTER)
    assert wave.state == WaveState.SENDING
    found = {each.way: each for each in wave.notices.all()}
    assert set(found) == {Way.EMAIL, Way.SMS, Way.LETTER}
    assert {way: each.units for way, each in found.items()} == {
        Way.EMAIL: 3,
        Way.SMS: 1,
        Way.LETTER: 1,
    }
    assert {each.state for each in found.values()} == {NoticeState.WAITING}
    assert found[Way.EMAIL].purchaser == ana
    named = NamedPurchase.objects.filter(notice=found[Way.EMAIL])
    assert sum(each.purchase.units for each in named) == 3


def test_preparing_twice_makes_nothing_new(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.started()
    assert prepare_wave(wave.pk) == 1
    assert wave.notices.count() == 1
