"""Every ordinary shape of a serial file is read right."""

import gzip

import pytest

from tests.units.desk import Desk, tally

ROWS = ["AB1201", "AB1202", "AB1203"]


@pytest.mark.parametrize(
    "content",
    [
        "serial\nAB1201\nAB1202\nAB1203\n",
        "serial\r\nAB1201\r\nAB1202\r\nAB1203",
        "serial\rAB1201\rAB1202\rAB1203\r",
        "Serial No.,model\nAB1201,x\nAB1202,y\nAB1203,z\n",
        "model;S/N\nx;AB1201\ny;AB1202\nz;AB1203\n",
        "model\tserial_number\nx\tAB1201\ny\tAB1202\nz\tAB1203\n",
        "model|Número de serie\nx|AB1201\ny|AB1202\nz|AB1203\n",
        '"serial","note"\n"AB1201","a, b"\n"AB1202","he said ""no"""\n"AB1203",""\n',
        "serial\n'AB1201\n ab-12 02 \n\"'AB1203\"\n",
        'serial\n"AB1201"\n"AB1202"\n"AB1203"\n',
    ],
)
def test_three_serials_under_a_heading(desk: Desk, content: str) -> None:
    assert tally(desk.take(content)) == (4, 1, 3, 0, 0, 0)
    assert desk.serials() == set(ROWS)


@pytest.mark.parametrize(
    ("encoding", "stored"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_plain_and_packed(desk: Desk, encoding: str, stored: str, packed: bool) -> None:
    content = "serial;place\r\nAB1201;Kön\r\nAB1202;Łód\r\n".replace(
        "Łód", "é" if encoding == "cp1252" else "Łód"
    ).encode(encoding)
    report = desk.take(gzip.compress(content, mtime=0) if packed else content)
    assert tally(report) == (3, 1, 2, 0, 0, 0)
    assert report.encoding == stored


def test_a_list_without_a_heading(desk: Desk) -> None:
    assert tally(desk.take("AB1201\nAB1202\n\nAB1201\n")) == (4, 0, 2, 0, 1, 1)


def test_blank_lines_before_and_after_the_heading(desk: Desk) -> None:
    content = "\n ,\nserial,model\n,\n\t\nAB1201,x\n,,\n"
    assert tally(desk.take(content)) == (7, 1, 1, 0, 0, 5)


def test_letters_never_printed_are_folded(desk: Desk) -> None:
    desk.take("serial\nABO2OI\nＡＢ１２０３\n")
    assert desk.serials() == {"AB0201", "AB1203"}


def test_serials_of_several_chunks(desk: Desk) -> None:
    rows = "".join(f"AB{number:08d}\r\n" for number in range(450_000))
    assert tally(desk.take("serial\r\n" + rows)) == (450_001, 1, 450_000, 0, 0, 0)
