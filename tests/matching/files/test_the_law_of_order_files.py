"""The law holds for any bytes, a candidate is never lost, and no cell is altered."""

import csv
import io
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.matching.files import judging, kernels, scanning
from recalldesk.matching.files.dialect import Dialect
from recalldesk.matching.files.errors import OrderFileRefused
from recalldesk.matching.files.lines import Lines
from recalldesk.matching.files.rows import cells_of
from tests.matching.files.made import SHOPIFY, read

HEAD = b"Name,Created at,Lineitem quantity,Lineitem sku,Email\n"
PIECES = st.sampled_from(
    (
        *(
            b'"',
            b'""',
            b",",
            b"\n",
            b"\r\n",
            b"\r",
            b"A1263-BLK",
            b"x",
            b" ",
            b"#1",
            b"\0",
            b"\xe9",
        ),
        b"#2,2026-01-02,1,A1263-BLK,a@example.com\n",
        b'"#3","2026-01-02","1","A1263-BLK",""\n',
        *(HEAD, b"\t", b"3 record(s) downloaded\n"),
    )
)
HOSTILE = st.lists(PIECES, max_size=60).map(b"".join)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("orders")


@given(HOSTILE)
@settings(deadline=None, max_examples=30)
def test_every_line_is_counted_whatever_the_file_holds(folder: Path, rows: bytes) -> None:
    found = read(folder, HEAD + rows, "shopify")
    assert found.counts.lines == (HEAD + rows).replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(
        b"\n"
    ) + (not (HEAD + rows).endswith((b"\n", b"\r")))


@given(st.binary(max_size=300))
@settings(deadline=None, max_examples=30)
def test_bytes_that_are_no_order_file_are_refused_in_words(folder: Path, content: bytes) -> None:
    with pytest.raises(OrderFileRefused) as refused:
        read(folder, content, "shopify")
    assert refused.value.hint


@given(HOSTILE, HOSTILE)
@settings(deadline=None, max_examples=30)
def test_a_row_of_a_wanted_product_is_a_line_a_copy_or_a_reject(
    folder: Path, before: bytes, after: bytes
) -> None:
    row = b"#77,2026-01-02,1,A1263-BLK,seven@example.com\n"
    found = read(folder, HEAD + before + b"\n" + row + after, "shopify")
    is_line = any(line.order == "#77" and line.sku == "A1263-BLK" for line in found.lines)
    assert is_line or any(b"#77" in reject.raw for reject in found.rejects)


CELLS = st.text(st.sampled_from("ab\",;\té ' \n\\1"), max_size=5)


@given(
    st.lists(st.lists(CELLS, min_size=4, max_size=4), max_size=12),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_what_python_writes_comes_back_cell_for_cell(
    rows: list[list[str]], quoting: int, separator: str, end: str
) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=quoting, delimiter=separator, lineterminator=end).writerows(rows)  # type: ignore[arg-type] # a number for a literal
    dialect = Dialect(separator.encode(), quotes=True, width=4)
    written = out.getvalue().replace("\r\n", "\n").replace("\r", "\n").encode()
    whole = [[cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row] for row in rows]
    text, found = written, []
    while text:
        size = 0
        while True:
            size = text.index(b"\n", size) + 1
            cells = cells_of(text[: size - 1], dialect)
            if isinstance(cells, list):
                break
        found.append([cell.decode() for cell in cells])
        text = text[size:]
    assert found == whole


@given(st.lists(st.lists(st.sampled_from('a",\n"'), max_size=9).map("".join), max_size=9))
def test_a_line_called_plain_is_what_the_strict_reader_reads(rows: list[str]) -> None:
    text = "\n".join(rows).encode()
    chunk = Lines(io.BytesIO(text or b"\n"), 0).chunk()
    assert chunk is not None
    for quotes in (True, False):
        for width in (1, 2, 3):
            dialect = Dialect(b",", quotes, width)
            plain = kernels.plain_lines(chunk, chunk.as_array(), dialect)
            for index in range(len(chunk)):
                cells = cells_of(chunk.line(index), dialect)
                assert plain[index] == (isinstance(cells, list) and len(cells) == width)


@given(HOSTILE)
@settings(deadline=None, max_examples=15)
def test_where_a_chunk_ends_changes_nothing(folder: Path, rows: bytes) -> None:
    content = HEAD + b"#2,2026-01-02,1,A1263-BLK,a@example.com\n" * 30 + rows
    content += b'#4,2026-01-02,1,A1263-BLK,"a\nb"\n' * 30
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "MOST_BYTES", 300)
        whole = read(folder, content, "shopify")
        patch.setitem(cast(Any, scanning.Scanner.scan).__kwdefaults__, "block", 700)
        parts = read(folder, content, "shopify")
    assert (parts.lines, parts.counts) == (whole.lines, whole.counts)
    assert parts.rejects == whole.rejects


def test_every_column_of_shopify_may_be_quoted_or_not(folder: Path) -> None:
    cells = {"Name": "#1", "Lineitem sku": "A1263-BLK", "Lineitem quantity": "1", "Notes": 'a "b"'}
    row = [cells.get(each, "") for each in SHOPIFY]
    out = io.StringIO()
    csv.writer(out).writerows([SHOPIFY, row])
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow(row)
    assert [line.order for line in read(folder, out.getvalue(), "shopify").lines] == ["#1", "#1"]


def test_lines_that_differ_in_two_numbers_are_no_duplicates(folder: Path) -> None:
    rows = "".join(
        f"111-{at % 2_000:05}-{at // 2_000:05},2026-01-02,1,LAMP-{at * 7919 % 500:05},\n"
        for at in range(200_000)
    )
    assert read(folder, HEAD + rows.encode() * 2, "shopify").counts.duplicate == 200_000
