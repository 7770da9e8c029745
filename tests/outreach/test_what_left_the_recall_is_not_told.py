"""A notice of which nothing is covered any more at its turn is withheld, with the reason."""

import pytest

from recalldesk.foundation import clock
from recalldesk.outreach.let_go import let_go_among
from recalldesk.outreach.sending.claiming import Ended, claim
from recalldesk.outreach.sending.rounds import Preparing
from recalldesk.outreach.sending.sender import Words
from recalldesk.outreach.states import Way, Withheld
from recalldesk.purchasers.models import Purchase
from tests.cast import Desk
from tests.outreach.told import Told


@pytest.mark.django_db
def test_what_was_taken_out_after_the_notice_was_made_is_not_told(kettles: Desk) -> None:
    kettles.published()
    told = Told(kettles.cast)
    told.bought(email="out@example.org")
    told.bought(email="in@example.org")
    wave = told.started(Way.EMAIL)
    first, second = wave.notices.order_by("pk")
    gone = first.named.get().purchase_id
    Purchase.objects.filter(pk=gone).update(unmatched_at=clock.now())
    prepare = Preparing()
    prepare.look_ahead([first.pk, second.pk])
    held = claim([first.pk], now=clock.now())
    assert held is not None
    became = prepare(held)
    assert isinstance(became, Ended)
    assert became.withheld == Withheld.LET_GO
    other = claim([second.pk], now=clock.now())
    assert other is not None
    assert isinstance(prepare(other), Words)
    assert let_go_among([first.pk, second.pk]) == {first.pk}
