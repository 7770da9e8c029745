"""Whatever lines come: each ends in one bin, and nothing that is told later loses a match."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.matching.matches.forms import key_of, title_form
from recalldesk.matching.matches.matching import Matched
from recalldesk.matching.matches.reasons import Strength
from recalldesk.matching.orders import Buyer, OrderLine, Wanted
from tests.matching.matches.wanted_goods import WANTED, matches_of

DAYS = st.none() | st.dates(date(2016, 4, 1), date(2023, 3, 1))
LINES = st.builds(
    OrderLine,
    number=st.integers(1, 99),
    order=st.sampled_from(("", "order-1", "order-2")),
    item=st.sampled_from(("", "1", "2")),
    asin=st.sampled_from(("", "B0MADEUP01", "B0MADEUP02")),
    sku=st.sampled_from(("", "PB10-BLK", "SET-1", "LAMP-1", "012345678905")),
    upc=st.sampled_from(("", "012345678905", "no number")),
    title=st.sampled_from(("", "PowerCore 10000", "A phone case")),
    serial=st.sampled_from(("", "SN-LISTED", "SN-OTHER")),
    units=st.integers(0, 3),
    units_sent=st.none() | st.integers(0, 3),
    units_back=st.integers(0, 4),
    is_cancelled=st.booleans(),
    ordered_on=DAYS,
    country=st.sampled_from(("", "US", "us", "CA", "MX")),
    copies=st.integers(1, 3),
)
SOME = st.lists(LINES, max_size=25)
FEW = settings(max_examples=8, deadline=None)


def matched(
    lines: list[OrderLine], *, returns: tuple[OrderLine, ...] = (), wanted: Wanted = WANTED
) -> list[Matched]:
    """What is matched; every line is counted once."""
    with TemporaryDirectory() as folder:
        found, matches = matches_of(lines, Path(folder), returns=returns, wanted=wanted)
    assert len(found) + matches.outside.total() + matches.others == len(lines)
    return found


def returned(line: OrderLine) -> OrderLine:
    return replace(line, units=0, units_back=max(1, line.units_back), title="", serial="")


@FEW
@given(SOME)
def test_every_line_ends_once_in_the_order_of_the_lines_and_as_it_came(
    lines: list[OrderLine],
) -> None:
    numbered = [replace(line, number=number) for number, line in enumerate(lines)]
    found = matched(numbered)
    assert [match.line for match in found] == [
        numbered[number] for number in sorted({match.line.number for match in found})
    ]
    for match in found:
        assert (match.strength is Strength.WEAK) == any(each.is_doubt for each in match.reasons)
        assert not any(each.is_outside for each in match.reasons)


@FEW
@given(SOME, SOME)
def test_units_are_never_negative_and_returns_take_no_match_away(
    lines: list[OrderLine], others: list[OrderLine]
) -> None:
    returns = tuple(map(returned, others))
    found, before = matched(lines, returns=returns), matched(lines)
    for match, bare in zip(found, before, strict=True):
        assert (match.line, match.product, match.strength, match.reasons) == (
            bare.line,
            bare.product,
            bare.strength,
            bare.reasons,
        )
        assert match.units >= 0
        assert match.units_back >= bare.units_back
        assert match.units + match.units_back == match.line.units
    taken = sum(
        match.units_back - bare.units_back for match, bare in zip(found, before, strict=True)
    )
    assert taken <= sum(each.units_back for each in returns)


@FEW
@given(SOME)
def test_a_refund_alone_changes_no_match(lines: list[OrderLine]) -> None:
    refunds = tuple(replace(returned(line), units_back=0) for line in lines)
    assert matched(lines, returns=refunds) == matched(lines)


@FEW
@given(SOME, st.integers(0, 40), st.integers(0, 40))
def test_a_wider_window_loses_no_match(lines: list[OrderLine], before: int, after: int) -> None:
    numbered = [replace(line, number=number) for number, line in enumerate(lines)]
    wider = tuple(
        replace(
            window,
            since=window.since and window.since - timedelta(days=before),
            until=window.until and window.until + timedelta(days=after),
            countries=(*window.countries, "CA") if window.countries else (),
        )
        for window in WANTED.windows
    )
    narrow = {match.line.number: match.strength for match in matched(numbered)}
    wide = {
        match.line.number: match.strength
        for match in matched(numbered, wanted=replace(WANTED, windows=wider))
    }
    assert narrow.keys() <= wide.keys()
    assert all(
        wide[number] is Strength.STRONG
        for number, strength in narrow.items()
        if strength is Strength.STRONG
    )


ANY = st.text(st.characters(), max_size=12)
NUMBERS = st.integers(0, 10**20)
STRANGE = st.builds(
    OrderLine,
    number=NUMBERS,
    order=ANY,
    item=ANY,
    sku=ANY,
    upc=ANY,
    title=ANY,
    serial=ANY,
    country=ANY,
    units=NUMBERS,
    units_sent=st.none() | NUMBERS,
    copies=NUMBERS,
    ordered_on=st.none() | st.dates(),
    buyer=st.builds(Buyer, name=ANY, email=ANY, address=st.dictionaries(ANY, ANY, max_size=3)),
)


@FEW
@given(st.lists(STRANGE, max_size=8))
def test_a_line_of_any_text_and_number_comes_back_as_it_was(lines: list[OrderLine]) -> None:
    named = [replace(line, asin="B0MADEUP01", is_cancelled=False) for line in lines]
    assert all(match.line in named for match in matched(named))


@given(st.text(max_size=30), st.sampled_from(("asin", "sku", "upc", "item_number")))
def test_a_form_is_its_own_form(text: str, kind: str) -> None:
    form = key_of(kind, text).partition(":")[2]
    assert not form or key_of(kind, form) == key_of(kind, text)
    assert title_form(title_form(text)) == title_form(text)
