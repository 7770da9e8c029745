"""Files that somebody's program or hand has spoilt."""

from pathlib import Path

import pytest

from recalldesk.matching.files.errors import OrderFileRefused
from tests.matching.files.made import Read, read

HEAD = "Name,Created at,Lineitem quantity,Lineitem sku,Notes\n"
GOOD = "#{},2026-01-02,1,A1263-BLK,\n"


def shop(path: Path, text: str | bytes) -> Read:
    rows = text.encode() if isinstance(text, str) else text
    return read(path, HEAD.encode() + rows, "shopify")


def rejected(found: Read) -> list[tuple[int, str]]:
    return [(reject.number, reject.reason.value) for reject in found.rejects]


def test_an_unclosed_quote_costs_its_line_and_no_other(tmp_path: Path) -> None:
    rows = GOOD.format(1) + '#2,2026-01-02,1,A1263-BLK,"open\n'
    rows += "".join(GOOD.format(n) for n in range(3, 5_000))
    found = shop(tmp_path, rows)
    assert rejected(found) == [(3, "unclosed_quote")]
    assert len(found.lines) == 4_998


def test_two_stray_quotes_do_not_swallow_the_rows_between(tmp_path: Path) -> None:
    rows = '#1,2026-01-02,1,LAMP,"open\n' + GOOD.format(2) + '#3,2026-01-02,1,LAMP,closed"\n'
    found = shop(tmp_path, rows)
    assert [line.order for line in found.lines] == ["#2"]
    assert rejected(found) == [(2, "lines_in_doubt"), (4, "stray_quote")]


def test_a_row_hidden_in_a_text_over_several_lines_is_in_doubt(tmp_path: Path) -> None:
    rows = '#1,2026-01-02,1,LAMP,"open\n#2,2026-01-02,1,A1263-BLK\nclosed"\n'
    found = shop(tmp_path, rows)
    assert rejected(found) == [(2, "lines_in_doubt")]
    assert found.counts.continued == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ('#1,2026-01-02,1,A1263-BLK,10" cable', "stray_quote"),
        ('"#1",2026-01-02,1,A1263-BLK,"a" b', "stray_quote"),
        ("#1,2026-01-02,1,A1263-BLK", "column_count"),
        ("#1,2026-01-02,1,A1263-BLK,,x", "column_count"),
        ("#1,2026-01-02,1,A1263-BLK,\0", "nul"),
        (",2026-01-02,1,A1263-BLK,", "no_order"),
        ("#1,2026-01-02,1,A1263-BLK," + "x" * (2 << 20), "too_long"),
    ],
)
def test_a_line_that_is_no_row_is_rejected_as_it_came(
    tmp_path: Path, row: str, reason: str
) -> None:
    found = shop(tmp_path, GOOD.format(0) + row + "\n" + GOOD.format(9))
    assert rejected(found) == [(3, reason)]
    assert found.rejects[0].raw == row.encode()
    assert len(found.lines) == 2


def test_a_line_of_ten_megabytes_is_one_reject(tmp_path: Path) -> None:
    found = shop(tmp_path, "A1263-BLK," * (1 << 20) + "\n" + GOOD.format(1))
    assert rejected(found) == [(2, "too_long")]


def test_empty_cells_too_many_are_no_error(tmp_path: Path) -> None:
    assert shop(tmp_path, "#1,2026-01-02,1,A1263-BLK,,,\n").one.order == "#1"


def test_a_line_in_another_encoding_is_rejected_and_not_altered(tmp_path: Path) -> None:
    good = "#1,2026-01-02,1,A1263-BLK,é\n".encode() * 30
    bad = "#é,2026-01-02,1,A1263-BLK,\n".encode("cp1252")
    found = shop(tmp_path, good + bad)
    assert rejected(found) == [(32, "not_decodable")]
    assert found.rejects[0].raw == bad[:-1]


def test_line_ends_of_all_sorts_may_be_mixed(tmp_path: Path) -> None:
    ends = ["\r", "\r\n", "\n", "\n\r", ""]
    rows = "".join(GOOD.format(at).rstrip("\n") + end for at, end in enumerate(ends))
    found = shop(tmp_path, rows)
    assert [(line.number, line.order) for line in found.lines] == [
        (2, "#0"), (3, "#1"), (4, "#2"), (5, "#3"), (7, "#4"),
    ]  # fmt: skip
    assert found.counts.blank == 1


def test_a_heading_that_stands_again_is_no_row_and_is_told_of(tmp_path: Path) -> None:
    found = shop(tmp_path, GOOD.format(1) + HEAD + GOOD.format(2))
    assert found.counts.heading == 2
    assert any("line 3" in remark for remark in found.remarks)


def test_rows_above_the_heading_are_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(OrderFileRefused, match="above the heading"):
        read(tmp_path, GOOD.format(1) + HEAD, "shopify")


def test_a_title_above_the_heading_is_counted_with_it(tmp_path: Path) -> None:
    found = read(tmp_path, "Orders of the made-up shop\n\n" + HEAD + GOOD.format(1), "shopify")
    assert (found.counts.heading, found.counts.blank, found.one.number) == (2, 1, 4)


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(OrderFileRefused, match="lineitem sku"):
        read(tmp_path, HEAD.replace("Notes", "Lineitem SKU") + "\n", "shopify")


def test_half_a_character_at_the_end_is_refused(tmp_path: Path) -> None:
    content = (HEAD + GOOD.format(1)).encode("utf-16") + b"x"
    with pytest.raises(OrderFileRefused, match="middle of a character"):
        read(tmp_path, content, "shopify")
