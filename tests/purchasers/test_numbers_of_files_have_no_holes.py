"""A number is of a file that came in: looks, and files that are refused, use up none."""

import pytest

from recalldesk.matching.files.errors import OrderFileRefused
from recalldesk.purchasers.models import OrderFile
from recalldesk.purchasers.states import Channel
from tests.purchasers.shops import Shops, Sold

pytestmark = pytest.mark.django_db


def test_looks_and_refusals_use_up_no_number(shops: Shops) -> None:
    first = shops.took(Sold("1001")).number
    assert first
    file = shops.own(Sold("1002"), more="1003,broken\n")
    for _ in range(3):
        look = shops.take(file, only_look=True)
        assert (look.number, look.stored is not None, look.reasons.total()) == (None, True, 1)
    with pytest.raises(OrderFileRefused):
        shops.take(file, channel=Channel.EBAY)
    assert shops.take(file).number == first + 1
    assert OrderFile.objects.count() == 2
