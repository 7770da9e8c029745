"""Hostile workbooks and Parquet files."""

import io
import random
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.units.hostile_files.entry import GOOD, Counts, Hostile, good
from tests.units.parquet import parquet
from tests.units.workbooks import MAIN, number, packed, parts_of, rows, sheet, text, workbook

UNITS = rows("serial", *GOOD)


def _of(content: str, **more: object) -> bytes:
    return packed(parts_of({"Units": sheet(content)}, **more))  # type: ignore[arg-type]


def _with(part: str, content: str | bytes) -> bytes:
    """A sound workbook with one part replaced."""
    return packed({**parts_of({"Units": sheet(UNITS)}), part: content})


def _twice() -> bytes:
    made = io.BytesIO(packed(parts_of({"Units": sheet(UNITS)})))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("XL/worksheets/sheet1.xml", sheet(rows("serial", "AB1201")))
    return made.getvalue()


def _locked() -> bytes:
    content = bytearray(packed(parts_of({"Units": sheet(UNITS)})))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(sign)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(sign, at + 4)
    return bytes(content)


def _unusual() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in parts_of({"Units": sheet(UNITS)}).items():
            archive.writestr(name, content)
    return made.getvalue()


def _scrambled() -> bytes:
    content = bytearray(packed(parts_of({"Units": sheet(UNITS)})))
    draw = random.Random(8)
    at = content.find(b"xl/worksheets/sheet1.xml") + 40
    for place in draw.sample(range(at, at + 200), 20):
        content[place] ^= 0x55
    return bytes(content)


def _row(place: str, value: str = "AB1201", of: int | None = None) -> str:
    count = of or int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return f'<row r="{count}"><c r="{place}" t="str"><v>{value}</v></c></row>'


FORMATTED = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(502, 300_000))
LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "AB1201">' + "".join(
        f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
    ) + f']><sst xmlns="{MAIN}"><si><t>&j;</t></si></sst>'
)  # fmt: skip
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'

SHEETS = [
    Hostile("a workbook", _of(UNITS), good()),
    Hostile(
        "blank rows around the heading",
        workbook([], [" "], "serial", [], "AB1201", []),
        Counts(lines=5, accepted=1, blank=3),
    ),
    Hostile(
        "a title above the heading",
        workbook("Units", ["a", "serial"], ["", "AB1201"]),
        "other lines stand above",
    ),
    Hostile(
        "numbers where serials have letters",
        workbook("serial", "AB1201", number(1201)),
        Counts(lines=3, accepted=1, rejected=1),
    ),
    Hostile(
        "a number of 16 digits",
        workbook("serial", "AB1201", number("1.234567890123456E+15")),
        Counts(lines=3, accepted=1, rejected=1),
    ),
    Hostile(
        "dates, errors, true and false",
        workbook(
            "serial",
            number(45000, 2),
            '<c t="e"><v>#REF!</v></c>',
            '<c t="b"><v>0</v></c>',
            "AB1201",
        ),
        Counts(lines=5, accepted=1, rejected=3),
    ),
    Hostile(
        "formulas with and without a result",
        workbook("serial", '<c t="str"><f>B1</f><v>AB1201</v></c>', "<c><f>B2</f></c>"),
        Counts(lines=3, accepted=1, rejected=1),
    ),
    Hostile(
        "formulas without a result and nothing else in the row",
        workbook("serial", "AB1201", *["<c><f/></c>"] * 3),
        Counts(lines=5, accepted=1, rejected=3),
    ),
    Hostile(
        "cells joined into one",
        _of(
            rows(["serial", "shop"], ["AB1201", "x"], ["", "y"]),
        ),
        Counts(lines=3, accepted=1, rejected=1),
    ),
    Hostile("rows that are formatted and empty", _of(UNITS + FORMATTED), good()),
    Hostile(
        "a size that is a lie",
        _with(
            "xl/worksheets/sheet1.xml",
            sheet(UNITS).replace("<sheetData>", '<dimension ref="A1:A3"/><sheetData>'),
        ),
        good(),
    ),
    Hostile(
        "two sheets",
        packed(parts_of({"A": sheet(UNITS), "B": sheet(rows("serial"))})),
        "more than one sheet",
    ),
    Hostile(
        "a hidden second sheet",
        packed(parts_of({"A": sheet(UNITS), "B": sheet(UNITS)}, hidden=["B"])),
        "(hidden)",
    ),
    Hostile("an empty second sheet", packed(parts_of({"A": sheet(UNITS), "B": sheet("")})), good()),
    Hostile("no sheet with rows", packed(parts_of({"A": sheet(""), "B": sheet("")})), "no rows"),
    Hostile("cells of blanks alone", workbook(" ", ["", "\t"]), "holds no rows"),
    Hostile("a heading alone", workbook("serial"), "heading and no rows"),
    Hostile("rows out of order", _of(_row("A2", "serial") + _row("A1")), "rows are not in order"),
    Hostile("a row twice", _of(_row("A1", "serial") + _row("A1")), "rows are not in order"),
    Hostile(
        "a row beyond the last one", _of(_row("A1", "serial") + _row("A1048577")), "out of bounds"
    ),
    Hostile("a row without end of number", _of(_row("A1", "serial", 10**12)), "out of bounds"),
    Hostile("a cell of another row", _of(_row("A1", "serial") + _row("A7", of=2)), "wrong row"),
    Hostile("a cell beyond the last column", _of(_row("XFE1", "serial")), "not in order"),
    Hostile(
        "cells out of order",
        _of('<row><c r="B1" t="str"><v>serial</v></c><c r="A1" t="str"><v>x</v></c></row>'),
        "not in order",
    ),
    Hostile("a row in a row", _of("<row>" + _row("A2") + "</row>"), "rows are not in order"),
    Hostile(
        "a text that is not there", _of(rows("serial", '<c t="s"><v>9</v></c>')), "out of bounds"
    ),
    Hostile(
        "the text before the first", _of(rows("serial", '<c t="s"><v>-1</v></c>')), "out of bounds"
    ),
    Hostile("a format that is not there", _of(rows("serial", number(7, 99))), "out of bounds"),
    Hostile(
        "a kind of cell that is not there",
        _of(rows("serial", '<c t="z"><v>1</v></c>')),
        "unknown kind",
    ),
    Hostile("more columns than a list has", _of(rows(["serial"] + [""] * 1500 + ["x"])), "columns"),
    Hostile(
        "serials and line ends in one cell",
        workbook(["serial", "note"], ["AB1201\nAB1202", "x"], ["AB1203", "AB1204\nAB1205"]),
        Counts(lines=3, accepted=1, rejected=1),
    ),
    Hostile(
        "a cell that holds CSV",
        workbook(["serial", "x"], ['AB1201","AB1202', "y"], ["AB1203", 'x","y\nAB1204,"']),
        Counts(lines=3, accepted=1, rejected=1),
    ),
    Hostile("entities in entities", _with("xl/sharedStrings.xml", LAUGHS), "document type"),
    Hostile("a document type that reads files", _with("xl/workbook.xml", OUTSIDE), "document type"),
    Hostile("no XML", _with("xl/worksheets/sheet1.xml", "serial\nAB1201\n"), "no sound XML"),
    Hostile("XML cut off", _with("xl/worksheets/sheet1.xml", sheet(UNITS)[:-400]), "no sound XML"),
    Hostile(
        "XML in UTF-16",
        _with("xl/worksheets/sheet1.xml", sheet(UNITS).encode("utf-16")),
        "not in UTF-8",
    ),
    Hostile(
        "a tag without end",
        _with("xl/worksheets/sheet1.xml", "<x " + "a" * (17 << 20)),
        "does not end",
    ),
    Hostile(
        "a missing sheet",
        _with(
            "xl/_rels/workbook.xml.rels",
            parts_of({"A": ""})["xl/_rels/workbook.xml.rels"].replace("sheet1", "sheet9"),
        ),
        "missing",
    ),
    Hostile("no sheets at all", _with("xl/workbook.xml", f'<workbook xmlns="{MAIN}"/>'), "no rows"),
    Hostile("a part twice", _twice(), "parts twice"),
    Hostile("parts with a password", _locked(), "locked with a password"),
    Hostile("packed in an unusual way", _unusual(), "unusual way"),
    Hostile("bytes changed on the way", _scrambled(), "damaged workbook"),
    Hostile(
        "a zip bomb", _of(UNITS + f"<row>{text('A' * 60_000_000)}</row>"), "unpacks to far more"
    ),
    Hostile("a workbook cut off", _of(UNITS)[:-100], "damaged or cut-off"),
]


def _parquet(
    select: str, options: str = "", change: Callable[[bytes], bytes] = bytes
) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        path.write_bytes(change(parquet(path, select, options).read_bytes()))

    return make


ALL = "SELECT 'AB' || lpad(i::varchar, 6, '0') AS serial FROM range(500) AS t(i)"
KEY = ", ENCRYPTION_CONFIG {footer_key: 'k'}"

PARQUET = [
    Hostile("Parquet", _parquet(ALL), Counts(lines=500, heading=0, accepted=500)),
    Hostile(
        "Parquet with nulls",
        _parquet("SELECT unnest([NULL, 'AB1201', '', 'AB?']) AS serial"),
        Counts(lines=4, heading=0, accepted=1, rejected=1, blank=2),
    ),
    Hostile(
        "Parquet of numbers that were text", _parquet("SELECT 1201.0::DOUBLE AS serial"), "no text"
    ),
    Hostile("Parquet of lists", _parquet("SELECT ['AB1201'] AS serial"), "lists or records"),
    Hostile(
        "Parquet with a serial for a heading",
        _parquet("SELECT 'AB1202' AS \"AB1201\""),
        "may be named by a serial",
    ),
    Hostile("Parquet of no rows", _parquet("SELECT 'x' AS serial WHERE false"), "no rows"),
    Hostile(
        "Parquet with a key",
        _parquet(ALL, change=lambda content: b"PARE" + content[4:]),
        "encrypted",
    ),
    Hostile(
        "Parquet cut off", _parquet(ALL, change=lambda content: content[:-9]), "ends too early"
    ),
    Hostile(
        "Parquet with its middle cut out",
        _parquet(ALL, change=lambda content: content[:50] + content[-300:]),
        "damaged",
    ),
    Hostile(
        "Parquet with another footer",
        _parquet(ALL, change=lambda content: content[:-60] + b"\xff" * 52 + content[-8:]),
        "damaged",
    ),
    Hostile("the first bytes of Parquet", b"PAR1", "damaged"),
    Hostile("the first bytes of Parquet twice", b"PAR1\0\0\0\0PAR1", "damaged"),
]
