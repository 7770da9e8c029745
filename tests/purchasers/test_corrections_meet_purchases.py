"""What a shop says that it corrected is tied to what was bought, by the order or by the serial."""

from pathlib import Path

from recalldesk.outreach.resting import at_rest
from recalldesk.purchasers.models import ContactPoint, Purchase
from recalldesk.purchasers.states import FileKind
from recalldesk.remedies.models import ReportedCorrection
from tests.cast import SERIALS
from tests.purchasers.shops import Shops, Sold
from tests.remedies.corrections.reported import REFUND, take, written

REGISTERED = """
channel = "Example Shop"
kind = "registrations"
[columns]
serial = "Serial"
email = "Mail"
"""


def resting(shops: Shops) -> list[str]:
    """Kinds of the contacts at rest."""
    points = {bytes(each.digest): each.kind for each in ContactPoint.objects.all()}
    return sorted(points[each] for each in at_rest(shops.recall.pk, list(points)))


def test_an_order_number_in_a_file_of_corrections(shops: Shops, tmp_path: Path) -> None:
    shops.took(Sold(order="MU-1001"))
    rows = ("order id;units;shop;reference", "mu-1001;1;Example Shop;C-1")
    took = take(shops.recall, shops.by, written(tmp_path, *rows), REFUND)
    assert (took.units, took.remarks) == (1, ())
    report = ReportedCorrection.objects.get()
    assert bytes(report.order_digest) == bytes(Purchase.objects.get().order_digest)
    assert "mu-1001" not in repr(report.__dict__).casefold()
    assert resting(shops) == ["address", "email", "phone"]


def test_rows_of_two_orders_are_two_rows(shops: Shops, tmp_path: Path) -> None:
    rows = ("order;units", "MU-1;1", "MU-2;1", "MU-2;1")
    assert take(shops.recall, shops.by, written(tmp_path, *rows), REFUND).tally.accepted == 3
    longer = written(tmp_path, *rows, "MU-3;1", name="longer.csv")
    assert take(shops.recall, shops.by, longer, REFUND).tally.accepted == 1


def test_a_serial_that_was_registered(shops: Shops, tmp_path: Path) -> None:
    registered = shops.file(
        f"Serial,Mail\ntw24-0133 37,ana@example.org\n{SERIALS[1]},b@example.org"
    )
    shops.take_mapped(registered, REGISTERED, FileKind.REGISTRATIONS)
    take(shops.recall, shops.by, written(tmp_path, "serial", SERIALS[0]), REFUND)
    assert resting(shops) == ["email"]
