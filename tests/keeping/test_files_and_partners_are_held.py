"""Order files, rejected lines and partners' persons go by their terms, and stay while held."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.keeping import daily
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.states import Thing
from recalldesk.purchasers.forgetting import forget_rejected_lines
from recalldesk.purchasers.models import OrderReject
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.stock.partners.erasing import partners_due
from tests.cast import Desk
from tests.keeping.kept import all_held, held, lifted, term
from tests.outreach.told import Told
from tests.stock.at_a_shop import shop

pytestmark = pytest.mark.django_db


def test_rejected_lines_stay_while_held_and_go_by_their_term(desk: Desk) -> None:
    told = Told(desk.cast)
    OrderReject.objects.create(
        file=told.file(),
        number=1,
        reason="made-up",
        sealed_row=sealed(OrderReject, "sealed_row", "a made-up line", recall_id=told.recall.pk),
    )
    hold = all_held(kind=Kind.REJECTED_LINES)
    term(Kind.REJECTED_LINES, 30)
    with time_machine.travel(clock.now() + timedelta(days=31), tick=False):
        assert forget_rejected_lines() == 0
        lifted(hold)
        assert forget_rejected_lines() == 1
    assert not bytes(OrderReject.objects.get().sealed_row)


def test_the_person_of_a_partner_goes_half_a_year_after_its_end(desk: Desk) -> None:
    partner = shop(desk.cast.author, person="Mo Madeup", phone="+1 202 555 0101")
    Partner.objects.filter(pk=partner.pk).update(ended_at=clock.now())
    hold = held(Thing.PARTNER, partner.pk)
    with time_machine.travel(clock.now() + timedelta(days=181), tick=False):
        assert partners_due(clock.now()).count() == 1
        daily.erase_due()
        partner.refresh_from_db()
        assert bytes(partner.sealed_email)
        lifted(hold)
        daily.erase_due()
    partner.refresh_from_db()
    assert not bytes(partner.sealed_email) + bytes(partner.sealed_person)
    assert partner.name
