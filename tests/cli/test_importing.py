"""`serials import` says what it did, to which version, and writes over nothing."""

from pathlib import Path

import pytest

from tests.cast import SERIALS, SLUG, Command, Desk
from tests.units.workbooks import packed, parts_of, rows, sheet

AS = ("--as", "author@desk.example")
WITH_A_REJECT = ["serial", *SERIALS, "nonsense"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(WITH_A_REJECT), encoding="utf-8")
    return path


def test_rejected_lines_never_go_where_something_stands(
    command: Command, kettles: Desk, file: Path
) -> None:
    kettles.apply()
    first = file.with_name("list.csv.rejects.csv")
    first.write_text("corrected by hand", encoding="utf-8")
    ran = command("serials", "import", SLUG, str(file), *AS)
    assert ran.code == 0
    assert first.read_text() == "corrected by hand"
    assert "list.csv.rejects-2.csv" in ran.out
    assert "nonsense" in file.with_name("list.csv.rejects-2.csv").read_text()


def test_a_place_that_is_taken_is_refused_and_kept(
    command: Command, kettles: Desk, file: Path
) -> None:
    kettles.apply()
    for taken in (file, file.with_name("other.csv")):
        taken.touch()
        before = taken.read_text()
        ran = command("serials", "import", SLUG, str(file), *AS, "--rejects", str(taken))
        assert (ran.code, "is there already" in ran.err) == (1, True)
        assert taken.read_text() == before


def test_an_import_after_approval_says_that_it_opens_a_new_draft(
    command: Command, kettles: Desk, file: Path
) -> None:
    kettles.approved()
    ran = command("serials", "import", SLUG, str(file), *AS)
    assert "Version 1 is approved and stays as it is; this is a new draft." in ran.out
    assert f"{SLUG} version 2, list k20:" in ran.out


def test_what_was_all_taken_before_names_no_version_that_is_not_there(
    command: Command, kettles: Desk
) -> None:
    kettles.published()
    ran = command("serials", "import", SLUG, str(kettles.file(SERIALS)), *AS)
    assert "nothing changed" in ran.out
    assert "version 2" not in ran.out


def test_a_sheet_is_named_and_what_it_hides_is_told(
    command: Command, kettles: Desk, tmp_path: Path
) -> None:
    kettles.apply()
    hidden = rows(SERIALS[0]).replace("<row>", '<row hidden="1">')
    path = tmp_path / "units.xlsx"
    path.write_bytes(
        packed(parts_of({"Notes": sheet(rows("x")), "Units": sheet(rows("serial") + hidden)}))
    )
    ran = command("serials", "import", SLUG, str(path), *AS)
    assert (ran.code, "--sheet" in ran.err) == (1, True)
    ran = command("serials", "import", SLUG, str(path), *AS, "--sheet", "Units")
    assert "2 lines = 1 heading + 1 accepted" in ran.out
    assert "1 row is hidden in the sheet" in ran.out


def test_lines_that_continue_a_row_are_counted(command: Command, kettles: Desk, file: Path) -> None:
    kettles.apply()
    file.write_text(f'serial,note\n{SERIALS[0]},"one\ntwo"\n')
    ran = command("serials", "import", SLUG, str(file), *AS)
    assert "+ 0 blank + 1 continued" in ran.out
