"""Hostile files of text: quotes, odd bytes, line ends, headings, and what exports leave behind."""

import codecs

from tests.units.hostile_files.entry import GOOD, Counts, Hostile, good, lines

NOTES = {"heading": "serial,note", "row": "{},x"}
ON_TWO_LINES = '{},"one\ntwo"'

OF_TEXT = [
    Hostile("a stray quote inside a cell", lines('AB"1201').encode(), good(2, rejected=1)),
    Hostile("a quote never closed", lines('AB1201,"x', **NOTES).encode(), good(2, rejected=1)),
    Hostile(
        "two stray quotes with a row between them",
        ("\n".join(["serial,note", 'AB1201,"x', "AB1202,y", 'AB1203,z"', "AB1204,w"])).encode(),
        Counts(lines=5, accepted=1, rejected=3),
    ),
    Hostile(
        "a quote in every line",
        "\n".join(["serial,note", *(f'{serial},"' for serial in GOOD)]).encode(),
        Counts(lines=501, rejected=500),
    ),
    Hostile(
        "an opening quote in every line",
        "\n".join(["serial,note", *(f'{serial},"x' for serial in GOOD)]).encode(),
        Counts(lines=501, rejected=500),
    ),
    Hostile(
        "rows on two lines",
        lines(heading="serial,note", row=ON_TWO_LINES).encode(),
        Counts(lines=1001, accepted=500, continued=500),
    ),
    Hostile(
        "rows on two lines that end in CR",
        lines(heading="serial,note", row=ON_TWO_LINES, end="\r").replace("\n", "\r").encode(),
        Counts(lines=1001, accepted=500, continued=500),
    ),
    Hostile(
        "rows on two lines in UTF-16",
        lines(heading="serial,note", row=ON_TWO_LINES).encode("utf-16"),
        Counts(lines=1001, accepted=500, continued=500),
    ),
    Hostile(
        "a note of more lines than a row may have",
        lines('AB1201,"' + "\n" * 200 + '"', **NOTES).encode(),
        good(202, rejected=2, blank=199),
    ),
    Hostile("a NUL", lines("AB\x001201").encode(), good(2, rejected=1)),
    Hostile("NULs in place of a block", lines("\0" * 4096).encode(), good(2, rejected=1)),
    Hostile("a cell of 200,000 characters", lines("A" * 200_000).encode(), good(2, rejected=1)),
    Hostile("100 MB of one line", b"serial\n" + b"A" * 100_000_000, "does not end"),
    Hostile(
        "mixed line ends",
        b"serial\rAB1201\r\nAB1202\n\rAB1203\r\r\nAB1204",
        Counts(lines=7, accepted=4, blank=2),
    ),
    Hostile("lone CRs only", lines(end="\r").encode(), good()),
    Hostile(
        "a line separator of Unicode is no line end",
        lines("AB1201\u2028AB1202").encode(),
        good(2, rejected=1),
    ),
    Hostile(
        "a byte order mark in the middle",
        lines("\ufeffAB1201").encode(),
        Counts(lines=502, accepted=501),
    ),
    Hostile(
        "two files joined, each with its mark and heading",
        codecs.BOM_UTF8 + b"serial\nAB1201\n" + codecs.BOM_UTF8 + b"serial\nAB1202\n",
        Counts(lines=4, accepted=2, rejected=1),
    ),
    Hostile("UTF-16 without a mark", lines().encode("utf-16-le"), good()),
    Hostile("UTF-16 of the other order", lines().encode("utf-16-be"), good()),
    Hostile("UTF-16 cut in half a unit", lines().encode("utf-16") + b"\n", good(2, rejected=1)),
    Hostile("UTF-32", lines().encode("utf-32"), "UTF-32"),
    Hostile(
        "cp1252 with bytes that it does not have",
        lines("AB1201,\x81", heading="serial,note", row="{},K\xf6ln").encode("latin-1"),
        good(2, rejected=1),
    ),
    Hostile(
        "UTF-8 with one byte of another encoding is read as cp1252",
        lines("AB1201,?", heading="serial,note", row="{},Łódź").encode().replace(b"?", b"\xff"),
        Counts(lines=502, accepted=1, rejected=500),
    ),
    Hostile(
        "too few and too many columns",
        lines("AB1201", "AB1202,x,y", **NOTES).encode(),
        good(3, rejected=2),
    ),
    Hostile(
        "a delimiter after every row",
        lines(heading="serial,note,", row="{},x,").encode(),
        good(),
    ),
    Hostile(
        "a delimiter after the rows alone",
        lines(heading="serial,note", row="{},x,").encode(),
        Counts(lines=501, rejected=500),
    ),
    Hostile(
        "sep=, as spreadsheets write it",
        ("sep=;\n" + lines(heading="serial;note", row="{};x")).encode(),
        Counts(lines=502, heading=2, accepted=500),
    ),
    Hostile("sep= alone", b"sep=;\n", "only says how its columns"),
    Hostile(
        "formulas",
        lines('=CONCAT("A";B1)', "=1+1", "@SUM(1)", "+1", "-1").encode(),
        good(6, rejected=5),
    ),
    Hostile("a number as a spreadsheet shows it", lines("1.23E+15").encode(), good(2, rejected=1)),
    Hostile("a trailer and dashes", lines("Total: 500", "------").encode(), good(3, rejected=2)),
    Hostile("markup", lines("<script>alert(1)</script>").encode(), good(2, rejected=1)),
    Hostile(
        "statements", lines("'; DROP TABLE units_serialentry; --").encode(), good(2, rejected=1)
    ),
    Hostile(
        "what COPY takes for its end",
        lines("\\.", "\\N", "AB12\\t01").encode(),
        good(4, rejected=3),
    ),
    Hostile("no bytes", b"", "is empty"),
    Hostile("a mark alone", codecs.BOM_UTF8, "no line"),
    Hostile("a heading line alone", b"serial\n", "heading and no rows"),
    Hostile("a heading alone, on two lines", b'"serial\nnumber"\n', "heading and no rows"),
    Hostile("blanks alone", b"\n ,\n\t\n\r\n", "only blank lines"),
    Hostile(
        "a heading that swallows rows", b'serial,"x\nAB1201,y\nAB1202,z"\n', "may hold serials"
    ),
    Hostile(
        "a title line above the heading", b"Units\nx,serial\ny,AB1201\n", "other lines stand above"
    ),
    Hostile("two columns of serials", b"serial,other\nAB1201,CD1201\n", "More than one column"),
    Hostile("no heading that says serial", b"a,b\nAB1201,x\n", "None of the columns"),
    Hostile("one heading twice", b"serial,serial\nAB1201,AB1202\n", "More than one column"),
    Hostile("a PDF", b"%PDF-1.7\n", "PDF"),
    Hostile(
        "a picture",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15",
        "not text",
    ),
    Hostile(
        "an old spreadsheet",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "damaged old workbook",
    ),
    Hostile(
        "a workbook with a password",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "locked with a password",
    ),
]
