"""The demo's partners are told once; what they tell is counted as anybody's."""

import pytest

from recalldesk.demo.partners import bring_partners
from recalldesk.recalls.models import RecallVersion
from recalldesk.stock.reads.counts import stock_of, totals
from recalldesk.stock.reads.notices import standings_of
from recalldesk.stock.states import Standing
from tests.cast import SLUG, Cast

pytestmark = pytest.mark.django_db


def test_they_come_once(published_recall: RecallVersion, cast: Cast) -> None:
    recall = published_recall.recall
    assert bring_partners(SLUG, by=cast.author)
    assert not bring_partners(SLUG, by=cast.author)
    assert not bring_partners("no-such-recall", by=cast.author)
    told = {each.partner.name: each.standing for each in standings_of(recall)}
    assert told == {
        "Example Depot": Standing.ACKNOWLEDGED,
        "Madeup Market": Standing.ACKNOWLEDGED,
        "Tienda Ejemplo": Standing.TOLD,
    }
    found = totals(stock_of(recall).values())
    assert (found.on_hand, found.returned, found.destroyed, found.refunded) == (280, 36, 36, 9)
