"""Lines that were not taken come back under the shop's own heading, mended or not."""

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from recalldesk.matching.files.mapping import mapping_of
from recalldesk.matching.files.reading import read_orders
from recalldesk.matching.files.sent_back import COLUMNS, LONGEST_ROW, SentBack, kept_row
from tests.matching.files.made import (
    AMAZON_NEW,
    EBAY,
    NEWEGG,
    SHOPIFY,
    WANTED,
    Read,
    read,
    table,
)
from tests.matching.files.test_ebay_files import ITEM, TRAILER, quoted
from tests.matching.files.test_newegg_files import ROW
from tests.units.old_workbooks import old_workbook
from tests.units.workbooks import workbook

AMAZON = {"order-id": "111-1", "sku": "A1263-BLK", "quantity-purchased": "1"}
AMAZON |= {"purchase-date": "2026-06-01", "buyer-name": 'Ann "Pet" Example'}
SHOP = {"Name": "#1", "Lineitem sku": "A1263-BLK", "Lineitem quantity": "1"}
SHOP |= {"Created at": "2026-06-01", "Email": "ann@example.com", "Notes": "two\nlines"}
OWN = mapping_of(
    {
        "delimiter": "semicolon",
        "encoding": "cp1252",
        "columns": {"order": "Line", "sku": "SKU", "name": "Käufer"},
    }
)


def tabbed(order: str) -> str:
    row = AMAZON | {"order-id": order}
    return "\t".join(row.get(heading, "") for heading in AMAZON_NEW) + "\n"


def sent_back(tmp_path: Path, content: bytes | str, channel: str, **more: object) -> bytes:
    """The file of the lines that are not taken."""
    file = tmp_path / "first"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with read_orders(file, channel=channel, kind="orders", wanted=WANTED, **more) as reading:  # type: ignore[arg-type]
        list(reading)
        kept = [
            (each.number, each.reason, kept_row(each.text).decode()) for each in reading.rejects()
        ]
        form = reading.sent_back
    assert SentBack.again(asdict(form)) == form
    return b"".join(form.parts(kept))


def reasons(found: Read) -> list[str]:
    return sorted(each.reason.value for each in found.rejects)


WIDE = ",".join("x" for _ in EBAY)
CASES: dict[str, tuple[str, str, tuple[str, ...], Callable[[str], str]]] = {
    "amazon": (
        "amazon",
        "\t".join(AMAZON_NEW) + "\n" + tabbed("111-1"),
        ("111-2\t7\ttoo few\n", "111-3\t" + "\t".join("y" for _ in AMAZON_NEW) + "\n"),
        lambda text: text.replace("111-2\t7\ttoo few\n", tabbed("111-2")),
    ),
    "ebay": (
        "ebay",
        quoted(ITEM),
        ('"12-2","an "inner" mark",' + WIDE + "\n", '"12-3","never closed\n', '"12-4","few"\n'),
        lambda text: text.replace(
            '"12-4","few"',
            quoted(ITEM | {"Order Number": "12-4"}).split("\n")[2],
        ),
    ),
    "newegg": (
        "newegg",
        table(NEWEGG, ROW),
        ("100,too,few\n", "101,a\0b\n"),
        lambda text: text.replace(
            "100,too,few", table(NEWEGG, ROW | {"Order Number": "100"}).split("\n")[1]
        ),
    ),
    "shopify": (
        "shopify",
        table(SHOPIFY, SHOP),
        ("#2,too,few\n", '#3,"open,A1263-BLK\n'),
        lambda text: text.replace(
            "#2,too,few",
            table(SHOPIFY, SHOP | {"Name": "#2", "Notes": ""}).split("\n")[1],
        ),
    ),
}


@pytest.mark.parametrize("shop", CASES)
def test_what_nobody_mended_is_refused_again_with_the_same_reason(
    tmp_path: Path, shop: str
) -> None:
    channel, sound, broken, _ = CASES[shop]
    content = sound + "".join(broken) + (TRAILER if shop == "ebay" else "")
    first = read(tmp_path, content, channel)
    assert (len(first.lines), len(first.rejects)) == (1, len(broken))
    back = sent_back(tmp_path, content, channel)
    again = read(tmp_path, back, channel)
    assert again.lines == []
    assert reasons(again) == reasons(first)
    assert sent_back(tmp_path, back, channel).count(COLUMNS[0].encode()) == 1


@pytest.mark.parametrize("shop", CASES)
def test_what_was_mended_is_taken(tmp_path: Path, shop: str) -> None:
    channel, sound, broken, mend = CASES[shop]
    back = sent_back(tmp_path, sound + "".join(broken), channel).decode("utf-8-sig")
    mended = mend(back)
    assert mended != back
    found = read(tmp_path, "\ufeff" + mended, channel)
    assert found.one.units >= 1
    assert found.one.buyer.name or found.one.buyer.email
    assert len(found.rejects) == len(broken) - 1


def test_number_and_reason_stand_before_the_shops_own_columns(tmp_path: Path) -> None:
    content = table(NEWEGG, ROW) + "100,too,few\n"
    heading, line = sent_back(tmp_path, content, "newegg").decode("utf-8-sig").splitlines()
    assert heading == ",".join((*COLUMNS, *NEWEGG))
    number, why, rest = line.split(",", 2)
    assert (number, rest) == ("3", "100,too,few")
    assert why == "does not have as many columns as the heading"


def test_an_encoding_and_a_mapping_stay_what_they_are(tmp_path: Path) -> None:
    content = "Line;SKU;Käufer\n1;A1263-BLK;Zoë\n2;A1263-BLK\n".encode("cp1252")
    content += b"3;A1263-BLK;Zo\x81\n"
    back = sent_back(tmp_path, content, "generic", mapping=OWN)
    again = read(tmp_path, back, "generic", mapping=OWN)
    assert reasons(again) == ["column_count", "not_decodable"]
    mended = back.replace(b"2;A1263-BLK\n", "2;A1263-BLK;Zoë\n".encode())
    assert read(tmp_path, mended, "generic", mapping=OWN).one.buyer.name == "Zoë"


def test_utf_16_comes_back_as_text(tmp_path: Path) -> None:
    content = (table(NEWEGG, ROW) + "100,zoë,few\n").encode("utf-16")
    back = sent_back(tmp_path, content, "newegg")
    assert "100,zoë,few" in back.decode("utf-8-sig")
    assert reasons(read(tmp_path, back, "newegg")) == ["column_count"]


@pytest.mark.parametrize("made", [workbook, old_workbook])
def test_rows_of_a_workbook_come_back_as_text(tmp_path: Path, made: Callable[..., bytes]) -> None:
    headings = [*NEWEGG, "UPC"]
    row = [*(ROW.get(each, "") for each in NEWEGG), "1.94644E+11"]
    row[NEWEGG.index("Item Seller Part #")] = "x"
    row[NEWEGG.index("Ship To Company")] = 'The "Example", Inc.'
    back = sent_back(tmp_path, made(headings, row), "newegg")
    assert reasons(read(tmp_path, back, "newegg")) == ["number_shortened"]
    mended = read(tmp_path, back.replace(b"1.94644E+11\n", b"194644098728\n"), "newegg").one
    assert mended.buyer.address["company_name"] == 'The "Example", Inc.'


def test_a_formula_that_was_not_computed_is_no_text(tmp_path: Path) -> None:
    row = [ROW.get(heading, "") for heading in NEWEGG]
    row[NEWEGG.index("Item Seller Part #")] = "<c><f>A1</f></c>"
    back = sent_back(tmp_path, workbook(NEWEGG, row), "newegg")
    again = read(tmp_path, back, "newegg")
    assert (again.lines, reasons(again)) == ([], ["nul"])


def test_what_was_cut_or_forgotten_is_never_taken(tmp_path: Path) -> None:
    form = SentBack("Order Number,Notes", ",", quotes=True, is_sheet=False)
    long = kept_row("1," + "x" * LONGEST_ROW + ",y").decode()
    assert len(long.encode()) == LONGEST_ROW
    lines = list(form.parts([(7, "too_long", long), (8, "column_count", "")]))
    assert [line.split(b",")[0] for line in lines[1:]] == [b"7", b"8"]
    assert all(line.endswith(b",\n") for line in lines[1:])
