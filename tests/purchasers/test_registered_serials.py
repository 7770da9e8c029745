"""A registration counts by its serial, as the recall's lists know it: also one with a slip."""

import pytest

from recalldesk.purchasers import wanted
from recalldesk.purchasers.errors import OrdersRefused
from recalldesk.purchasers.importing.run import OrdersTaken
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.states import FileKind, Strength
from tests.cast import AFFECTED
from tests.purchasers.shops import Shops
from tests.purchasers.test_corrections_meet_purchases import REGISTERED

pytestmark = pytest.mark.django_db
SLIP = AFFECTED[:-1] + ("8" if AFFECTED[-1] != "8" else "9")
FAR = "TW24555555"


def registered(shops: Shops, *serials: str) -> OrdersTaken:
    rows = (f"{serial},{at}@example.org" for at, serial in enumerate(serials))
    path = shops.file("\n".join(["Serial,Mail", *rows]) + "\n")
    return shops.take_mapped(path, REGISTERED, FileKind.REGISTRATIONS)


def test_one_that_differs_by_a_slip_from_a_listed_one_is_weak_and_not_lost(shops: Shops) -> None:
    taken = registered(shops, AFFECTED, SLIP, FAR)
    assert any("by their serials alone" in remark for remark in taken.remarks)
    strong, weak = Purchase.objects.order_by("line")
    assert (strong.strength, strong.reasons) == (Strength.STRONG, ["serial"])
    assert (weak.line, weak.strength, weak.reasons[0]) == (3, Strength.WEAK, "serial_slip")


def test_a_file_is_not_taken_while_nobody_can_look_a_serial_up(
    shops: Shops, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wanted, "answer_now", lambda serial: None)
    with pytest.raises(OrdersRefused, match="not at hand"):
        registered(shops, AFFECTED)
    assert not OrderFile.objects.exists()
