"""Each order line ends as the table says: strong, weak, outside, or no candidate."""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from recalldesk.matching.matches.matching import Matched
from recalldesk.matching.matches.reasons import MatchReason
from recalldesk.matching.orders import OrderLine
from tests.matching.matches.wanted_goods import BANK, matches_of

TABLE = Path(__file__).parents[2] / "tables" / "order_matches.csv"
Row = dict[str, str]


def rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def line_of(number: int, row: Row) -> OrderLine:
    return OrderLine(
        number=number,
        order=row["case"],
        asin=row["asin"],
        sku=row["sku"],
        upc=row["upc"],
        item_number=row["item_number"],
        title=row["title"],
        serial=row["serial"],
        units=int(row["units"]),
        units_sent=int(row["units_sent"]) if row["units_sent"] else None,
        units_back=int(row["units_back"]),
        is_cancelled=row["cancelled"] == "yes",
        ordered_on=date.fromisoformat(row["ordered_on"]) if row["ordered_on"] else None,
        country=row["country"],
        copies=int(row["copies"]),
    )


def returned(row: Row) -> OrderLine:
    return OrderLine(
        number=1, order=row["case"], asin=row["asin"], units=0, units_back=int(row["came_back"])
    )


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Matched], dict[str, str]]:
    """The match of each case, and for channels how many ended outside, by reason."""
    by_channel = defaultdict(list)
    for number, row in enumerate(rows()):
        by_channel[row["channel"]].append((line_of(number, row), returned(row)))
    matched, counted = dict[str, Matched](), dict[str, str]()
    for channel, pairs in by_channel.items():
        lines, backs = zip(*pairs, strict=True)
        each, matches = matches_of(
            lines, tmp_path_factory.mktemp(channel), returns=backs, channel=channel
        )
        matched |= {match.line.order: match for match in each}
        counted[channel] = " ".join(sorted(map(str, matches.outside.elements())))
        assert len(each) + matches.outside.total() + matches.others == len(pairs)
    return matched, counted


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["case"])
def test_it_ends_as_the_table_says(
    row: Row, found: tuple[dict[str, Matched], dict[str, str]]
) -> None:
    match = found[0].get(row["case"])
    if row["ends"] in {"outside", "none"}:
        assert match is None
        return
    assert match is not None
    assert match.strength == row["ends"]
    assert match.reasons == tuple(map(MatchReason, row["reasons"].split()))
    assert match.units == int(row["units_left"])
    assert match.units + match.units_back == int(row["units"])
    assert match.product == ("lamp" if "LAMP" in row["sku"] else BANK)
    assert match.line == line_of(match.line.number, row)


def test_what_ends_outside_is_counted_by_its_one_reason(
    found: tuple[dict[str, Matched], dict[str, str]],
) -> None:
    outside = defaultdict(list)
    for row in rows():
        outside[row["channel"]] += [row["reasons"]] if row["ends"] == "outside" else []
    assert found[1] == {channel: " ".join(sorted(each)) for channel, each in outside.items()}


def test_every_reason_has_a_word_that_fits_and_words_for_people() -> None:
    assert max(len(each) for each in MatchReason) <= 24
    assert all(each.words for each in MatchReason)
    assert not any(each.is_doubt and each.is_outside for each in MatchReason)
