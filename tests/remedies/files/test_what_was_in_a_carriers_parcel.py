"""What was in a parcel that a carrier has: kept by the carrier's name of it, or by our own id."""

from pathlib import Path

import pytest

from recalldesk.recalls.document.remedy import Ordering, ProviderName, RemedyKind
from recalldesk.remedies.batches.reading.taking import take_file
from recalldesk.remedies.batches.states import ReadReason
from recalldesk.remedies.models import FileRead, Order, SentUnit
from recalldesk.remedies.reads import owners_of_units
from recalldesk.remedies.states import RemedyState
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import Cast
from tests.remedies.ordered import card, ordered, units

pytestmark = pytest.mark.django_db
SHIPMENT = "shp_0123456789abcdef"


@pytest.fixture
def orders() -> list[Order]:
    """Two parcels by a carrier; of one its name is known."""
    parcel = card(
        key="new",
        kind=RemedyKind.REPLACEMENT,
        value=None,
        ordering=Ordering(provider=ProviderName.EASYPOST, article="0042"),
    )
    made = [ordered(unit, parcel) for unit in units(2)]
    Order.objects.filter(pk=made[0].pk).update(reference=SHIPMENT)
    return made


def read(cast: Cast, path: Path, *lines: str) -> FileRead:
    path.write_text("\n".join(lines) + "\n")
    return take_file(path, by=cast.author).file


def reasons(file: FileRead) -> list[str]:
    return list(file.rejects.order_by("number").values_list("reason", flat=True))


def test_its_serial_and_batch_are_kept_and_find_its_owner(
    orders: list[Order], cast: Cast, tmp_path: Path
) -> None:
    file = read(
        cast,
        tmp_path / "a.csv",
        "Shipment,Serial,Batch",
        f"{SHIPMENT},sn 0001,L1",
        f"{orders[1].remedy_id},,L2",
    )
    assert (file.accepted, file.rejected) == (2, 0)
    assert [unit.order for unit in owners_of_units(serials=["SN0001"])] == [orders[0]]
    (unit,) = owners_of_units(lots=["L2"], article="0042")
    assert unit.order == orders[1]
    assert opened(SentUnit.objects.get(order=orders[0]), "sealed_serial") == "sn 0001"
    states = {order.remedy.state for order in Order.objects.select_related("remedy")}
    assert states == {RemedyState.ORDERING}, "where it is, the carrier says"


def test_the_same_again_is_a_duplicate_and_another_unit_is_against_it(
    orders: list[Order], cast: Cast, tmp_path: Path
) -> None:
    heading, line = "Shipment,Serial", f"{SHIPMENT},SN1"
    assert read(cast, tmp_path / "a.csv", heading, line).accepted == 1
    file = read(cast, tmp_path / "b.csv", heading, line, f"{SHIPMENT},SN2")
    assert (file.accepted, file.duplicate, reasons(file)) == (0, 1, [ReadReason.AGAINST])


def test_what_is_none_of_ours_or_says_nothing_is_not_taken(
    orders: list[Order], cast: Cast, tmp_path: Path
) -> None:
    file = read(
        cast,
        tmp_path / "a.csv",
        "Shipment,Serial",
        "shp_of_somebody_else,SN1",
        "11111111-2222-4333-8444-555555555555,SN1",
        f"{SHIPMENT},",
        "a parcel,SN1",
    )
    assert reasons(file) == [*[ReadReason.UNKNOWN_MARK] * 2, *[ReadReason.NO_MARK] * 2]
    assert not SentUnit.objects.exists()
