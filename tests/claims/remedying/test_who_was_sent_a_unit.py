"""When a replacement is itself recalled, its owners are found by what was said to be sent."""

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.models import Filing, ListExport
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.remedying.sent_units import (
    MOST_SERIALS,
    NoUnitsNamed,
    Sought,
    count_sent,
    list_owners,
)
from recalldesk.claims.states import SheetForm
from recalldesk.foundation import clock
from recalldesk.purchasers.models import Purchase
from recalldesk.remedies.batches.freezing import freeze
from recalldesk.remedies.batches.reading.taking import take_file
from recalldesk.remedies.models import Batch, BatchLine
from recalldesk.remedies.placing.due import place_due
from tests.at_the_desk import staff
from tests.cast import SERIALS, SLUG, Command
from tests.claims.deciding.filed import owner, sent
from tests.claims.owner import KETTLE, claim_of, fresh_pass
from tests.claims.remedying.test_an_approved_claim_gets_its_remedy import LATER
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
GUIDE = Path(__file__).parents[3] / "docs" / "remedy-files.md"


@pytest.fixture(autouse=True)
def manager(settings: Settings, tmp_path: Path) -> Staff:
    """Who hands files out, and takes lists."""
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    return staff(Role.RECALL_MANAGER)


def told(by: Staff, path: Path, *said: str) -> list[Filing]:
    """Claims whose kettles the warehouse has; of each it says so much: status, serial, batch."""
    filings = [sent(owner(each), SERIALS[each], remedy=KETTLE) for each in range(len(said))]
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert order_due() == place_due() == len(said)
        assert freeze(number=Batch.objects.get().pk, by=by)
    marks = {
        str(each): mark for each, mark in BatchLine.objects.values_list("order__remedy_id", "mark")
    }
    lines = [
        f"{marks[str(claim_of(f).remedy_id)]},{more}\n"
        for f, more in zip(filings, said, strict=True)
    ]
    path.write_text("Line,Status,Serial,Batch\n" + "".join(lines))
    with time_machine.travel(clock.now() + LATER, tick=False):
        assert take_file(path, by=by).file.accepted == len(said)
        run_jobs(tasks=["remedies.look_at", "claims.remedy_news"])
    return filings


def listed(sought: Sought, by: Staff) -> list[dict[str, str]]:
    made = list_owners(sought, by=by, form=SheetForm.CSV, reason="The new kettle is recalled.")
    text = b"".join(made.parts).decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines()))


def serials(rows: Sequence[dict[str, str]]) -> list[str]:
    return [row["Serial"] for row in rows]


def test_they_are_found_by_serial_and_by_batch_with_where_to_reach_them(
    manager: Staff, tmp_path: Path
) -> None:
    first, *_ = told(manager, tmp_path / "a.csv", "delivered,NK 1,L7", "shipped,NK2,L8")
    by_serial, by_batch = Sought(serials=("nk1", "NK9")), Sought(lots=("L7", "L8"))
    assert (count_sent(by_serial, by=manager).listed, serials(listed(by_serial, manager))) == (
        1,
        ["NK 1"],
    )
    row, other = listed(by_batch, manager)
    assert row["Claim"] == f"{first.reference}/1"
    assert (row["Name"], row["E-mail"]) == ("Given0 Family0", "owner0@home.example")
    assert (row["Street"], row["City"], row["Country"]) == ("100 Madeup0 Lane", "SPRINGFIELD", "US")
    assert (row["State"], other["State"], other["Batch"]) == ("delivered", "sent", "L8")


def test_a_parcel_that_came_back_brought_nobody_a_unit(manager: Staff, tmp_path: Path) -> None:
    told(manager, tmp_path / "a.csv", "returned,NK1,L7", "delivered,NK2,L7")
    assert serials(listed(Sought(lots=("L7",)), manager)) == ["NK2"]


def test_parcels_of_which_nobody_said_what_they_held_are_counted_and_can_be_listed(
    manager: Staff, tmp_path: Path
) -> None:
    told(manager, tmp_path / "a.csv", "delivered,NK1,L7", "delivered,,", "delivered,NK3,L9")
    found = count_sent(Sought(lots=("L7",)), by=manager)
    assert (found.listed, found.unknown) == (1, 1)
    every = Sought(lots=("L7",), also_unknown=True)
    assert count_sent(every, by=manager).unknown == 0
    assert serials(listed(every, manager)) == ["NK1", ""]


@pytest.mark.parametrize(
    ("sought", "found", "unknown"),
    [
        (Sought(lots=("L7",)), ["NK1"], ["NK2", ""]),
        (Sought(serials=("NK2",)), ["NK2"], ["", ""]),
        (Sought(serials=("NK2",), lots=("L7",)), ["NK1", "NK2"], ["", ""]),
        (Sought(article="KET-2"), [], ["NK1", "NK2", "", ""]),
        (Sought(article="KET-2", lots=("L7",)), ["NK1"], ["NK2", ""]),
    ],
)
def test_what_was_said_in_part_may_be_one_all_the_same(
    manager: Staff, tmp_path: Path, sought: Sought, found: list[str], unknown: list[str]
) -> None:
    """The recall names no article: whether a kettle is of one is known of none."""
    both, serial, batch, none = "delivered,NK1,L7", "shipped,NK2,", "shipped,,L8", "shipped,,"
    told(manager, tmp_path / "a.csv", both, serial, batch, none)
    counted = count_sent(sought, by=manager)
    assert (counted.listed, counted.unknown) == (len(found), len(unknown))
    every = replace(sought, also_unknown=True)
    assert sorted(serials(listed(every, manager))) == sorted(found + unknown)


def test_who_was_erased_stands_there_by_the_claim_and_is_counted(
    manager: Staff, tmp_path: Path
) -> None:
    filing, _ = told(manager, tmp_path / "a.csv", "delivered,NK1,L7", "delivered,NK2,L8")
    erase_filing(opened=fresh_pass(filing))
    found = count_sent(Sought(lots=("L7",)), by=manager)
    assert (found.listed, found.erased) == (1, 1)
    (row,) = listed(Sought(lots=("L7",)), manager)
    assert (row["Claim"], row["Name"]) == (f"{filing.reference}/1", "")


def test_who_took_it_and_why_is_in_the_log_and_no_serial(manager: Staff, tmp_path: Path) -> None:
    told(manager, tmp_path / "a.csv", "delivered,NK1,L7")
    listed(Sought(serials=("NK1",)), manager)
    row = ListExport.objects.get()
    assert (row.by, row.is_personal, row.expected, row.written) == (manager, True, 1, 1)
    assert row.query == "sent-units?article=&batches=&serials=1&unknown=0"
    assert StateChange.objects.filter(subject=Subject.EXPORT, subject_id=row.pk).count() == 2


def test_it_is_for_who_may_take_lists_and_names_some_unit(manager: Staff) -> None:
    with pytest.raises(NotPermitted):
        count_sent(Sought(lots=("L7",)), by=staff(Role.VIEWER))
    with pytest.raises(NoUnitsNamed, match="No unit is named"):
        count_sent(Sought(), by=manager)
    with pytest.raises(NoUnitsNamed, match="Name the article"):
        count_sent(Sought(serials=("X",) * (MOST_SERIALS + 1)), by=manager)


def test_the_list_comes_into_the_recall_of_the_replacement_as_the_guide_says(
    manager: Staff, tmp_path: Path, command: Command
) -> None:
    told(manager, tmp_path / "a.csv", f"delivered,{SERIALS[4]},L7", "delivered,NK2,L7", "shipped,,")
    words, owners = ("--as", "author@desk.example"), tmp_path / "owners.csv"
    asked = ("remedies", "owners", "--to", str(owners), "--reason", "It is recalled.", *words)
    ran = command(*asked, "--batch", "L7")
    assert ran.code == 0, ran.err
    assert f"2 parcels stand in {owners}." in ran.out
    assert "1 parcel is not in it of which nobody said what" in ran.err
    assert owners.stat().st_mode & 0o777 == 0o600
    assert "is there already" in command(*asked, "--batch", "L7").err
    mapping = tmp_path / "owners.toml"
    found = re.search(r'```toml\n(channel = "replacements".*?)```', GUIDE.read_text(), re.DOTALL)
    assert found
    mapping.write_text(found[1])
    kind = ("--channel", "generic", "--kind", "registrations", "--mapping", str(mapping))
    taken = command("purchasers", "import", SLUG, str(owners), *kind, *words)
    assert taken.code == 0, taken.err
    assert "3 lines = 1 heading + 2 accepted + 0 rejected" in taken.out
    assert Purchase.objects.count() == 1, "whose serial the recall covers"


def test_what_nobody_was_sent_writes_no_file(
    manager: Staff, tmp_path: Path, command: Command
) -> None:
    named = tmp_path / "serials.txt"
    named.write_text("NK1\n\nNK2\n")
    ran = command(
        *("remedies", "owners", "--to", str(tmp_path / "owners.xlsx"), "--reason", "It is."),
        *("--serials", str(named), "--as", "author@desk.example"),
    )
    assert (ran.code, "no file was written" in ran.out) == (0, True)
    assert not (tmp_path / "owners.xlsx").exists()
