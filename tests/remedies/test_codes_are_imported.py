"""Files of gift codes: every line is accounted for, nothing of a code is said, twice is once."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation.problem import Problem
from recalldesk.remedies.errors import CodesRefused
from recalldesk.remedies.models import CodeImport, CodePool, GiftCode
from recalldesk.remedies.providers.codes.importing import run
from recalldesk.remedies.providers.codes.importing.run import CodesTaken, import_codes
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import Cast, Command, Desk
from tests.remedies.pooled import pool_of
from tests.units.workbooks import number, workbook

pytestmark = pytest.mark.django_db
CODES = [f"MADE-UP{place:02}-{place * 7919:06}" for place in range(1, 7)]


@pytest.fixture
def pool(cast: Cast) -> CodePool:
    return pool_of()


def take(pool: CodePool, path: Path, cast: Cast, **more: str) -> CodesTaken:
    return import_codes(pool=pool, path=path, by=cast.approver, **more)  # type: ignore[arg-type]


def figures(taken: CodesTaken) -> tuple[int, int, int, int, int, int]:
    tally = taken.tally
    return (
        taken.lines,
        tally.heading,
        tally.accepted,
        tally.rejected,
        tally.duplicate,
        tally.blank,
    )


def written(folder: Path, *lines: str, name: str = "codes.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def kept() -> dict[str, str]:
    return {
        opened(each, "sealed_code"): opened(each, "sealed_pin")
        for each in GiftCode.objects.order_by("pk")
    }


def test_codes_come_in_with_their_pins_and_each_line_is_told(
    pool: CodePool, cast: Cast, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "Order;Gift Code;PIN",
        f"1;{CODES[0]};0042",
        "",
        f'2;"{CODES[1]}";1234',
        f"3;{CODES[0].replace('-', ' ')};0042",
        "4;;1234",
        f"5;{CODES[2]}",
        f'6;"{CODES[3]};1',
        "7;AB;1",
        f"8;{CODES[4]}ü;1",
    )
    taken = take(pool, path, cast)
    assert figures(taken) == (10, 1, 2, 5, 1, 1)
    assert kept() == {CODES[0]: "0042", CODES[1]: "1234"}
    assert taken.rejects == (
        (6, "has no code in its column"),
        (7, "does not have as many columns as the heading"),
        (8, "has a quotation mark that is not closed, or stands inside a cell"),
        (9, "has a code of fewer than 4 characters"),
        (10, "holds a character that codes and PINs never have"),
    )
    row = CodeImport.objects.get(accepted=2)
    assert StateChange.objects.get(subject=Subject.CODE_IMPORT).subject_id == row.pk


def test_the_same_file_twice_changes_nothing(pool: CodePool, cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, "code", *CODES)
    assert figures(take(pool, path, cast)) == (7, 1, 6, 0, 0, 0)
    before = list(GiftCode.objects.values())
    assert figures(take(pool, path, cast)) == (7, 1, 0, 0, 6, 0)
    assert list(GiftCode.objects.values()) == before
    assert CodeImport.objects.filter(accepted__gt=0).count() == 1


def test_a_code_of_another_pool_is_a_duplicate(pool: CodePool, cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, "code", *CODES)
    take(pool, path, cast)
    assert take(pool_of(name="others"), path, cast).tally.duplicate == 6


def test_an_import_that_was_broken_off_left_nothing_and_begins_anew(
    pool: CodePool, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "code", *CODES)

    def dies(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(run, "_log", dies)
        with pytest.raises(KeyboardInterrupt):
            take(pool, path, cast)
    assert not GiftCode.objects.exists()
    assert take(pool, path, cast).tally.accepted == 6


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_encoding_of_an_export_is_read(
    pool: CodePool, cast: Cast, tmp_path: Path, encoding: str
) -> None:
    path = written(tmp_path, "código,note", *(f"{code},ñ" for code in CODES), encoding=encoding)
    assert take(pool, path, cast).tally.accepted == 6
    assert list(kept()) == CODES


def test_a_file_of_nothing_but_codes_needs_no_heading(
    pool: CodePool, cast: Cast, tmp_path: Path
) -> None:
    assert figures(take(pool, written(tmp_path, *CODES), cast)) == (6, 0, 6, 0, 0, 0)


def test_a_workbook_is_read_and_a_number_of_it_is_sent_back(
    pool: CodePool, cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "codes.xlsx"
    cells = (
        ["code", "pin"],
        [CODES[0], "0042"],
        [number(1234567890123456), "1"],
        [CODES[1], number(42)],
    )
    path.write_bytes(workbook(*cells))
    taken = take(pool, path, cast)
    assert figures(taken) == (4, 1, 1, 2, 0, 0)
    assert kept() == {CODES[0]: "0042"}
    assert {why for _, why in taken.rejects} == {
        "is a number in the sheet, of which digits or letters may be lost"
    }


def test_capital_and_small_letters_are_told_apart(
    pool: CodePool, cast: Cast, tmp_path: Path
) -> None:
    assert take(pool, written(tmp_path, "code", "abcd1234", "ABCD1234"), cast).tally.accepted == 2


@pytest.mark.parametrize(
    ("lines", "options"),
    [
        (["SECRET99,SECRET98", "SECRET97,SECRET96"], {}),
        (["SECRET99 is the first", "SECRET98"], {}),
        (["code,voucher", "SECRET99,SECRET98"], {}),
        (["serial number", "SECRET99"], {}),
        (["code", "SECRET99"], {"column": "other"}),
        (["code,pin", "SECRET99,1"], {"pin_column": "other"}),
        (["code", "", " "], {}),
    ],
)
def test_what_is_not_clear_is_refused_and_nothing_of_it_is_said(
    pool: CodePool, cast: Cast, tmp_path: Path, lines: list[str], options: dict[str, str]
) -> None:
    with pytest.raises(CodesRefused) as refused:
        take(pool, written(tmp_path, *lines), cast, **options)
    assert "SECRET" not in f"{refused.value.message} {refused.value.hint}"
    assert not GiftCode.objects.exists()


def test_who_may_not_bring_codes_in_is_refused(pool: CodePool, cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        import_codes(pool=pool, path=written(tmp_path, *CODES), by=cast.outsider)


LINES = st.lists(
    st.one_of(
        st.sampled_from([*CODES, "", " ", '"', f'"{CODES[0]}"', f'{CODES[1]}"', "AB", "é", "a,b"]),
        st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12),
    ),
    min_size=1,
    max_size=30,
)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(lines=LINES, ending=st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_is_accounted_for(
    pool: CodePool, cast: Cast, tmp_path: Path, lines: list[str], ending: str
) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes((ending.join(["code", *lines]) + ending).encode())
    before = GiftCode.objects.count()
    try:
        taken = take(pool, path, cast)
    except Problem:
        assert GiftCode.objects.count() == before
        return
    tally = taken.tally
    parts = tally.heading + tally.accepted + tally.rejected + tally.duplicate + tally.blank
    assert taken.lines == len(lines) + 1 == parts + tally.continued
    assert GiftCode.objects.count() == before + tally.accepted


def test_the_command_tells_figures_and_lines_and_never_a_code(
    command: Command, kettles: Desk, tmp_path: Path
) -> None:
    kettles.apply()
    path = written(tmp_path, "code,pin", f"{CODES[0]},0042", "AB,7", f"{CODES[1]},")
    who = ("--as", "approver@desk.example")
    worth = ("--value", "30.00", "--currency", "USD", "--low-stock", "1", "--expires", "2030-12-31")
    assert command("remedies", "codes", "new", "kettle-k20", "cards", *worth, *who).code == 0
    rejects = tmp_path / "rejects.csv"
    ran = command(
        "remedies",
        "codes",
        "import",
        "kettle-k20/cards",
        str(path),
        *who,
        "--rejects",
        str(rejects),
    )
    assert ran.code == 0, ran.err
    assert "4 lines = 1 heading + 2 accepted + 1 rejected + 0 duplicate + 0 blank" in ran.out
    assert "line 3 has a code of fewer than 4 characters" in ran.out
    assert rejects.read_text().splitlines()[1].startswith("3,too_short,")
    listed = command("remedies", "codes", "list")
    for said in (ran.out, ran.err, listed.out, rejects.read_text()):
        assert "MADE" not in said
        assert "0042" not in said
    assert "kettle-k20/cards" in listed.out
    assert "30.00 USD" in listed.out
    assert (
        "nothing changed"
        in command("remedies", "codes", "import", "kettle-k20/cards", str(path), *who).out
    )


def test_a_pool_that_is_not_there_is_said_with_those_that_are(command: Command, cast: Cast) -> None:
    pool_of()
    ran = command(
        "remedies", "codes", "import", "kettle-k20/nothing", "x.csv", "--as", "a@b.example"
    )
    assert ran.code == 1
    assert "kettle-k20/cards-30" in ran.err
