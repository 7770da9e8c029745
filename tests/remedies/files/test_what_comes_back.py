"""What warehouse and bank send back: each line accounted for, twice the same is once."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings
from xlsxwriter import Workbook

from recalldesk.accounts.errors import NotPermitted
from recalldesk.demo.providers.bank import Bank
from recalldesk.demo.providers.ledger import lines_of
from recalldesk.demo.providers.papers import Trays
from recalldesk.demo.providers.warehouse import Warehouse
from recalldesk.foundation import clock
from recalldesk.remedies import journal
from recalldesk.remedies.adopting import adopt
from recalldesk.remedies.batches.erasing import KEPT_FOR, erase_what_is_over
from recalldesk.remedies.batches.errors import FileNotRead, FileNotReady
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.handing_out import hand_out
from recalldesk.remedies.batches.marks import mark_of, spaced
from recalldesk.remedies.batches.reading.taking import Taken, take_file
from recalldesk.remedies.batches.standing import SILENCE_PAYS
from recalldesk.remedies.batches.states import BatchState, LineState, ReadReason
from recalldesk.remedies.following import look_at
from recalldesk.remedies.models import Batch, BatchLine, FileRead, Order, Remedy, SentUnit
from recalldesk.remedies.placing import dead_letters
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.placing.tracking import tracking_of
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.remedies.reads import owners_of_units
from recalldesk.remedies.states import RemedyState, Stopped
from tests.cast import Cast
from tests.keeping.kept import all_held, lifted
from tests.remedies.files.listed import bank_is_set, listed_order
from tests.remedies.ordered import granted
from tests.units.old_workbooks import old_workbook

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def places(tmp_path: Path, settings: Settings) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    bank_is_set(settings)


def frozen(cast: Cast, *numbers: int, payee: str = "") -> Batch:
    for number in numbers:
        listed_order(number, payee=payee)
    place_due()
    batch = Batch.objects.get(state=BatchState.OPEN)
    freeze(number=batch.pk, by=cast.author)
    batch.refresh_from_db()
    return batch


def marks_of(batch: Batch) -> list[str]:
    return list(batch.lines.order_by("pk").values_list("mark", flat=True))


def read(cast: Cast, path: Path, content: str) -> Taken:
    path.write_text(content, "utf-8")
    taken = take_file(path, by=cast.author)
    look_at_all()
    return taken


def look_at_all() -> None:
    for order in Order.objects.all():
        look_at(order.remedy_id)


def states() -> list[str]:
    return list(Remedy.objects.order_by("order__pk").values_list("state", flat=True))


def test_a_line_that_nobody_knew_is_taken_from_the_same_file_once_it_is_known(
    cast: Cast, tmp_path: Path
) -> None:
    order = listed_order(1)
    mark = mark_of(order.remedy_id)
    content = f"Line;Status\n{mark};delivered\n"
    first = read(cast, tmp_path / "back.csv", content)
    assert (first.file.accepted, first.file.rejected) == (0, 1)
    again = read(cast, tmp_path / "back.csv", content)
    assert not again.is_new, "nothing is known by now that was not"
    place_due()
    batch = Batch.objects.get(state=BatchState.OPEN)
    freeze(number=batch.pk, by=cast.author)
    hand_out(
        number=batch.pk, form=next(iter(batch.files.values_list("form", flat=True))), by=cast.author
    )
    taken = read(cast, tmp_path / "back.csv", content)
    assert (taken.is_new, taken.file.turn, taken.file.accepted) == (True, 2, 1)
    assert batch.lines.get().state == LineState.DONE
    assert not read(cast, tmp_path / "back.csv", content).is_new


def test_every_line_of_a_table_is_accounted_for_and_twice_is_once(
    cast: Cast, tmp_path: Path
) -> None:
    first, second, third = marks_of(frozen(cast, 1, 2, 3))
    wrong = first[:-1] + ("0" if first[-1] != "0" else "1")
    content = (
        "Our ID;Carrier;Tracking;Shipped at;Serial\n"
        f"{spaced(first)};Post;TR1;2026-11-26;SN-1\n"
        "\n"
        f"{wrong};Post;TR2;2026-11-26;SN-2\n"
        f"{first};Post;TR1;2026-11-26;SN-1\n"
        f'{second};"Post;TR3;2026-11-26;SN-3\n'
        f"{third};Post;TR4;yesterday;SN-4\n"
        f"{second};Post;TR5;26.11.2026;SN-5\n"
    )
    taken = read(cast, tmp_path / "back.csv", content)
    file = taken.file
    assert taken.is_new
    assert (file.lines, file.heading, file.accepted, file.rejected) == (8, 1, 2, 3)
    assert (file.duplicate, file.blank) == (1, 1)
    assert list(file.rejects.order_by("number").values_list("number", "reason")) == [
        (4, ReadReason.NO_MARK),
        (6, ReadReason.UNREADABLE),
        (7, ReadReason.NO_TIME),
    ]
    assert states() == [RemedyState.SENT, RemedyState.SENT, RemedyState.ORDERED]
    tracking = tracking_of(Order.objects.order_by("pk")[0])
    assert tracking is not None
    assert (tracking.carrier, tracking.code) == ("Post", "TR1")
    again = read(cast, tmp_path / "again.csv", content)
    assert not again.is_new
    assert again.file == file
    assert FileRead.objects.count() == 1


def test_a_workbook_is_read_like_a_table(cast: Cast, tmp_path: Path) -> None:
    (mark,) = marks_of(frozen(cast, 1))
    path = tmp_path / "back.xlsx"
    with Workbook(path) as book:
        sheet = book.add_worksheet()
        for place, cell in enumerate(("Line", "Tracking", "Batch")):
            sheet.write_string(0, place, cell)
        for place, cell in enumerate((spaced(mark), "000123", "LOT-9")):
            sheet.write_string(2, place, cell)
    file = take_file(path, by=cast.author).file
    assert (file.lines, file.heading, file.accepted, file.blank) == (3, 1, 1, 1)
    assert SentUnit.objects.get().lot == "LOT-9"


def test_an_old_workbook_is_read_like_one(cast: Cast, tmp_path: Path) -> None:
    (mark,) = marks_of(frozen(cast, 1))
    path = tmp_path / "back.xls"
    path.write_bytes(
        old_workbook(["Line", "Tracking", "Batch"], [], [spaced(mark), "000123", "LOT-9"])
    )
    file = take_file(path, by=cast.author).file
    assert (file.lines, file.heading, file.accepted, file.blank) == (3, 1, 1, 1)
    assert SentUnit.objects.get().lot == "LOT-9"


def test_owners_of_units_that_were_sent_are_found_by_serial_and_by_lot(
    cast: Cast, tmp_path: Path
) -> None:
    first, second = marks_of(frozen(cast, 1, 2))
    read(
        cast,
        tmp_path / "a.csv",
        f"Line,Tracking,Serial,Batch\n{first},A,sn 0001,L1\n{second},B,,L2\n",
    )
    orders = list(Order.objects.order_by("pk"))
    assert [unit.order for unit in owners_of_units(serials=["SN0001"])] == [orders[0]]
    assert [unit.order for unit in owners_of_units(lots=["L2"])] == [orders[1]]
    assert [unit.order for unit in owners_of_units(article="0042")] == orders
    assert not owners_of_units(article="other", lots=["L2"])
    file = read(cast, tmp_path / "b.csv", f"Line,Tracking,Serial\n{first},A,OTHER\n").file
    assert file.rejects.get().reason == ReadReason.AGAINST


def test_what_was_not_handed_out_or_is_none_of_ours_is_not_taken(
    cast: Cast, tmp_path: Path
) -> None:
    listed_order(1)
    place_due()
    mark = BatchLine.objects.get().mark
    file = read(cast, tmp_path / "a.csv", f"Line,Status\n{mark},delivered\n").file
    assert file.rejects.get().reason == ReadReason.NOT_HANDED_OUT
    with pytest.raises(FileNotRead, match="does not name the columns"):
        read(cast, tmp_path / "b.csv", "Name,Town\nOlive,Springfield\n")
    with pytest.raises(NotPermitted):
        take_file(tmp_path / "a.csv", by=cast.viewer)


def test_a_returned_parcel_is_told_and_no_older_word_takes_it_back(
    cast: Cast, tmp_path: Path
) -> None:
    (mark,) = marks_of(frozen(cast, 1))
    read(cast, tmp_path / "a.csv", f"Line,Status\n{mark},returned\n")
    assert states() == [RemedyState.RETURNED]
    file = read(cast, tmp_path / "b.csv", f"Line,Status,Tracking\n{mark},shipped,TR1\n").file
    assert file.accepted == 1
    file = read(cast, tmp_path / "c.csv", f"Line,Status\n{mark},delivered\n").file
    assert file.rejects.get().reason == ReadReason.AGAINST
    assert states() == [RemedyState.RETURNED]


def test_what_left_before_a_restore_is_read_back_once_its_order_is_there_again(
    cast: Cast, tmp_path: Path
) -> None:
    order, mark = listed_order(1), mark_of(listed_order(1).remedy_id)
    entry = {"remedy": str(order.remedy_id), "provider": "dispatch", "mark": mark}
    journal.note("file", {**entry, "kind_of_file": "pick_list", "file": "RD9-1"})
    file = read(cast, tmp_path / "a.csv", f"Line,Tracking\n{mark},TR1\n").file
    assert file.accepted == 1
    assert states() == [RemedyState.SENT]
    batch = Batch.objects.get()
    assert not freeze(number=batch.pk, by=cast.author)


@pytest.mark.parametrize(
    ("amount", "status", "goes_to"),
    [(Decimal("30.00"), "paid", RemedyState.DELIVERED), (None, "returned", RemedyState.RETURNED)],
)
def test_of_a_payment_that_a_restore_forgot_a_report_with_its_amount_is_taken(
    cast: Cast, tmp_path: Path, amount: Decimal | None, status: str, goes_to: RemedyState
) -> None:
    """A journal of before names no amount: then there is nothing to compare it with."""
    remedy = granted()
    mark = mark_of(remedy.pk)
    entry = {"remedy": str(remedy.pk), "provider": "refund", "mark": mark}
    journal.note("file", {**entry, "kind_of_file": "check", "file": "RD9-1"})
    adopt(remedy, "refund", Found(mark, Standing.ORDERED, amount=amount, currency="USD"))
    file = read(cast, tmp_path / "a.csv", f"Line,Status,Amount\n{mark},{status},30.00\n").file
    assert (file.accepted, file.rejected) == (1, 0)
    assert states() == [goes_to]


def test_a_line_that_never_came_to_the_warehouse_is_said_to_be_refused_and_cancelled(
    cast: Cast, tmp_path: Path
) -> None:
    """The file was journalled as taken, and lost with the disk before it was sent on."""
    remedy = granted()
    mark = mark_of(remedy.pk)
    entry = {"remedy": str(remedy.pk), "provider": "dispatch", "mark": mark}
    journal.note("file", {**entry, "kind_of_file": "pick_list", "file": "RD9-1"})
    adopt(remedy, "dispatch", Found(mark, Standing.ORDERED))
    read(cast, tmp_path / "a.csv", f"Line,Status\n{mark},refused\n")
    order = Order.objects.get()
    assert order.stopped == Stopped.REFUSED
    assert dead_letters.cancel(order_id=order.pk, by=cast.author, note="It never came there.")
    assert states() == [RemedyState.CANCELLED]


def test_a_transfer_that_came_back_after_it_was_done_has_a_person_look(
    cast: Cast, tmp_path: Path
) -> None:
    (mark,) = marks_of(frozen(cast, 1, payee="iban"))
    read(cast, tmp_path / "a.csv", f"Line,Status\n{mark},paid\n")
    assert states() == [RemedyState.DELIVERED]
    read(cast, tmp_path / "b.csv", f"Line,Status\n{mark},rejected\n")
    assert Order.objects.get().stopped == Stopped.REFUSED
    read(cast, tmp_path / "c.csv", f"Line,Status,Amount\n{mark},executed,1.05\n")
    assert Order.objects.get().stopped == ""
    assert states() == [RemedyState.DELIVERED]


def pain_002(*transactions: tuple[str, str, str], group: str = "", message: str = "") -> str:
    told = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{mark}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        + (f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else "")
        + "</TxInfAndSts>"
        for mark, status, reason in transactions
    )
    return (
        '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10">'
        f"<CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId>"
        f"<GrpSts>{group}</GrpSts></OrgnlGrpInfAndSts>{told}</CstmrPmtStsRpt></Document>"
    )


def test_a_bank_confirms_refuses_an_account_or_has_a_person_look(
    cast: Cast, tmp_path: Path
) -> None:
    first, second, third = marks_of(frozen(cast, 1, 2, 3, payee="iban"))
    report = pain_002(
        (first, "ACSC", ""), (second, "RJCT", "AC04"), (third, "RJCT", "AM05"), ("X", "ACSC", "")
    )
    file = read(cast, tmp_path / "report.xml", report).file
    assert (file.lines, file.accepted, file.rejected) == (4, 3, 1)
    assert states() == [RemedyState.DELIVERED, RemedyState.FAILED, RemedyState.ORDERED]
    orders = Order.objects.order_by("pk")
    assert [order.stopped for order in orders] == ["", "", Stopped.REFUSED]
    assert orders[1].provider_status == "RJCT AC04"


def test_a_bank_that_refuses_a_whole_file_stops_all_of_it(cast: Cast, tmp_path: Path) -> None:
    batch = frozen(cast, 1, 2, payee="iban")
    report = pain_002(group="RJCT", message=batch.reference)
    file = read(cast, tmp_path / "report.xml", report).file
    assert (file.lines, file.accepted) == (1, 1)
    assert set(batch.lines.values_list("state", flat=True)) == {LineState.REFUSED}
    assert {order.stopped for order in Order.objects.all()} == {Stopped.REFUSED}


def test_a_us_transfer_is_paid_when_nothing_comes_back_and_may_still_be_returned(
    cast: Cast, tmp_path: Path
) -> None:
    batch = frozen(cast, 1, payee="us_account")
    hand_out(number=batch.pk, form="ach", by=cast.author)
    look_at_all()
    assert states() == [RemedyState.ORDERED]
    with time_machine.travel(clock.now() + SILENCE_PAYS + timedelta(minutes=1)):
        look_at_all()
        assert states() == [RemedyState.DELIVERED]


def tray(tmp_path: Path, cast: Cast, batch: Batch, form: str) -> Trays:
    trays = Trays.below(tmp_path / "desk")
    handed = hand_out(number=batch.pk, form=form, by=cast.author)
    (trays.incoming / handed.name).write_bytes(handed.content)
    return trays


@pytest.mark.parametrize(
    ("payee", "form"), [("iban", "xml"), ("us_account", "ach"), ("check", "csv")]
)
def test_what_the_made_up_bank_reports_is_read_back(
    cast: Cast, tmp_path: Path, payee: str, form: str
) -> None:
    batch = frozen(cast, 1, 2, 3, payee=payee)
    trays = tray(tmp_path, cast, batch, form)
    bank = Bank(trays, tmp_path / "ledger", refused=1.0)
    assert bank.work() == 1
    assert bank.work() == 0
    paid = list(lines_of(tmp_path / "ledger"))
    assert [line["mark"] for line in paid] == marks_of(batch)
    assert [line["amount"] for line in paid] == ["1.05", "2.05", "3.05"]
    (report,) = trays.outgoing.iterdir()
    file = take_file(report, by=cast.author).file
    look_at_all()
    assert (file.accepted, file.rejected) == (3, 0)
    expected = RemedyState.RETURNED if payee == "check" else RemedyState.FAILED
    assert states() == [expected] * 3


def test_what_the_made_up_warehouse_sends_back_delivers_and_is_erased_in_time(
    cast: Cast, tmp_path: Path
) -> None:
    batch = frozen(cast, 1, 2)
    trays = tray(tmp_path, cast, batch, "csv")
    assert Warehouse(trays, tmp_path / "ledger").work() == 1
    (tracking,) = trays.outgoing.iterdir()
    file = take_file(tracking, by=cast.author).file
    look_at_all()
    assert (file.accepted, file.lines) == (2, 3)
    assert states() == [RemedyState.DELIVERED] * 2
    assert erase_what_is_over() == 0
    with time_machine.travel(clock.now() + KEPT_FOR + timedelta(minutes=1)):
        hold = all_held(of_every_recall=True)
        assert erase_what_is_over() == 0
        lifted(hold)
        assert erase_what_is_over() == 3
        assert erase_what_is_over() == 0
    assert {bytes(order.sealed_recipient) for order in Order.objects.all()} == {b""}
    assert {bytes(each.sealed_content) for each in batch.files.all()} == {b""}
    with pytest.raises(FileNotReady, match="erased"):
        hand_out(number=batch.pk, form="csv", by=cast.author)
