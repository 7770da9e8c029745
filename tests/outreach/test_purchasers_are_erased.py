"""Purchasers go when their recall closed and their time is over; every figure and row id stays."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.keeping import daily
from recalldesk.keeping.early import agree, ask_early
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import Erased
from recalldesk.keeping.restoring import erase_early_again
from recalldesk.keeping.states import Thing
from recalldesk.keeping.things import thing_at
from recalldesk.keeping.waiting import carry_out
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.reach.figures import reach_of
from recalldesk.outreach.states import Way
from recalldesk.outreach.waves.errors import WaveRefused
from recalldesk.purchasers.models import ContactPoint, Purchase, Purchaser
from recalldesk.recalls.actions import close_recall
from tests.keeping.kept import all_held, held, lifted, mario, mona, term
from tests.outreach.told import PLACE, Told

pytestmark = pytest.mark.django_db
LATER = timedelta(days=3 * 365)


@pytest.fixture
def sent(told: Told) -> Told:
    """Two purchasers, one of whom was written to."""
    told.bought("Ana Example", email="ana@home.example")
    told.bought("Ben Example", units=2, address=PLACE)
    told.sent(Way.EMAIL)
    return told


def later() -> time_machine.travel:
    return time_machine.travel(clock.now() + LATER, tick=False)


def closed(told: Told) -> None:
    close_recall(recall=told.recall, by=mona())


def numbers() -> dict[str, Any]:
    models = (Purchaser, ContactPoint, Purchase, DirectNotice)
    return {
        each.__name__: list(each.objects.order_by("pk").values_list("pk", flat=True))
        for each in models
    }


def is_known() -> bool:
    return any(bytes(each.sealed_name) for each in Purchaser.objects.all()) or any(
        bytes(each.sealed_value) for each in ContactPoint.objects.all()
    )


def test_while_the_recall_is_open_nobody_goes(sent: Told) -> None:
    with later():
        assert daily.erase_due() == 0
    assert is_known()


def test_they_go_after_its_close_and_every_figure_stays(sent: Told) -> None:
    closed(sent)
    before = reach_of(sent.recall, by=mona()), numbers()
    with later():
        assert daily.erase_due() > 0
        assert daily.erase_due() == 0
    assert not is_known()
    assert not any(bytes(each.sealed_to) for each in DirectNotice.objects.all())
    assert (reach_of(sent.recall, by=mona()), numbers()) == before
    assert Erased.objects.filter(thing=Thing.PURCHASER).count() == 2


def test_a_country_may_keep_them_shorter(sent: Told) -> None:
    closed(sent)
    Purchaser.objects.filter(pk=Purchaser.objects.order_by("pk")[0].pk).update(country="CA")
    term(Kind.PURCHASERS, 120, country="CA")
    with time_machine.travel(clock.now() + timedelta(days=150), tick=False):
        daily.erase_due()
    assert Erased.objects.filter(kind=Kind.PURCHASERS).count() == 1


@pytest.mark.parametrize("which", ["the recall", "the purchaser", "the kind"])
def test_a_hold_keeps_them(sent: Told, which: str) -> None:
    closed(sent)
    ana = Purchaser.objects.order_by("pk")[0]
    hold = {
        "the recall": all_held,
        "the kind": lambda: all_held(kind=Kind.PURCHASERS),
        "the purchaser": lambda: held(Thing.PURCHASER, ana.pk),
    }[which]()
    with later():
        daily.erase_due()
    ana.refresh_from_db()
    assert bytes(ana.sealed_name)
    lifted(hold)
    with later():
        daily.erase_due()
    ana.refresh_from_db()
    assert not bytes(ana.sealed_name)


def test_who_was_erased_early_is_erased_again_after_a_restore(sent: Told) -> None:
    ana = Purchaser.objects.order_by("pk")[0]
    name = bytes(ana.sealed_name)
    found = thing_at(Thing.PURCHASER, ana.pk)
    assert found
    asked = ask_early(thing=Thing.PURCHASER, found=found, reason="Made up.", by=mona())
    agree(number=asked.pk, reason="Made up.", by=mario())
    ana.refresh_from_db()
    assert not bytes(ana.sealed_name)
    Purchaser.objects.filter(pk=ana.pk).update(sealed_name=name)
    hold = held(Thing.PURCHASER, ana.pk)
    assert erase_early_again() == 0
    lifted(hold)
    assert carry_out() == 1
    Purchaser.objects.filter(pk=ana.pk).update(sealed_name=name)
    assert erase_early_again() == 1
    assert erase_early_again() == 0


def test_whoever_was_erased_is_written_to_no_more(sent: Told) -> None:
    ana = Purchaser.objects.order_by("pk")[0]
    found = thing_at(Thing.PURCHASER, ana.pk)
    assert found
    asked = ask_early(thing=Thing.PURCHASER, found=found, reason="Made up.", by=mona())
    agree(number=asked.pk, reason="Made up.", by=mario())
    sent.purchase(ana)
    with pytest.raises(WaveRefused, match="Nobody would be written to"):
        sent.sent(Way.EMAIL)
    assert DirectNotice.objects.filter(purchaser=ana).count() == 1
