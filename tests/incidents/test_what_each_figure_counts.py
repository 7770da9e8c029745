"""What each figure counts of a report, as a table; of any rows, held against counting by hand."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.incidents.states import Care, Happened, IncidentState
from recalldesk.incidents.tally.compared import compared, unsaid
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.definitions import DEFINITIONS, PARTS, title_of
from recalldesk.incidents.tally.figures import (
    PARTED,
    Figure,
    Kind,
    Told,
    When,
    adds,
    every_figure,
    figure_named,
    figure_of,
)
from recalldesk.recalls.document.parts import Counts
from recalldesk.recalls.document.parts import Figure as NoticeFigure

TABLE = Path(__file__).parent.parent / "tables" / "incident_figures.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
SAID = ("what", "happened", "nothing", "cares", "damages")
ANNOUNCED = date(2025, 6, 12)


def damages_in(text: str) -> tuple[tuple[Decimal | None, str], ...]:
    words = iter(text.split())
    return tuple((None, "") if word == "?" else (Decimal(next(words)), word) for word in words)


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_each_figure_counts_what_the_table_says(row: Mapping[str, str]) -> None:
    told = Told(
        1,
        happened=Happened(row["happened"]) if row["happened"] else None,
        nothing_happened=bool(row["nothing"]),
        cares=tuple(map(Care, row["cares"].split())),
        damages=damages_in(row["damages"]),
    )
    for name, number in row.items():
        if name not in SAID:
            figure = figure_named(name)
            assert figure, name
            assert adds(figure, told) == Decimal(number), name


AMOUNTS = st.one_of(
    st.just((None, "")),
    st.tuples(
        st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100),
        st.sampled_from(["USD", "EUR"]),
    ),
)
DAYS = st.one_of(st.none(), st.integers(-3, 3).map(lambda days: ANNOUNCED + timedelta(days=days)))
TOLD = st.builds(
    Told,
    number=st.integers(1, 10**6),
    state=st.sampled_from(IncidentState),
    happened=st.one_of(st.none(), st.sampled_from(Happened)),
    nothing_happened=st.booleans(),
    happened_on=DAYS,
    cares=st.lists(st.sampled_from(Care), max_size=4).map(tuple),
    damages=st.lists(AMOUNTS, max_size=3).map(tuple),
)
TALLIES = st.builds(
    Tally,
    st.lists(TOLD, max_size=8, unique_by=lambda told: told.number).map(tuple),
    st.sampled_from([ANNOUNCED, None]),
)
EVERY = list(every_figure(["EUR", "USD"]))


@given(TALLIES)
def test_a_tally_is_what_counting_by_hand_gives(tally: Tally) -> None:
    fires = hurt = dead = property_reports = 0
    dollars = Decimal(0)
    for told in tally.told:
        if told.happened and told.happened.value in ("fire", "explosion"):
            fires += 1
        for care in told.cares:
            if care == "death":
                dead += 1
            else:
                hurt += 1
        if len(told.damages) > 0:
            property_reports += 1
        for amount, currency in told.damages:
            if currency == "USD" and amount:
                dollars += amount
    assert tally.number(Figure(Kind.REPORTS)) == len(tally.told)
    assert tally.number(Figure(Kind.FIRES_AND_EXPLOSIONS)) == fires
    assert tally.number(Figure(Kind.INJURIES)) == hurt
    assert tally.number(Figure(Kind.DEATHS)) == dead
    assert tally.number(Figure(Kind.PROPERTY_REPORTS)) == property_reports
    assert tally.number(Figure(Kind.DAMAGE, "USD")) == dollars


@given(TALLIES)
def test_every_figure_is_its_rows_and_its_times_are_the_whole(tally: Tally) -> None:
    for figure in EVERY:
        behind = tally.behind(figure)
        assert sum(added for _, added in behind) == tally.number(figure)
        assert all(added for _, added in behind)
        assert sum(tally.number(figure, when) for when in When) == tally.number(figure)


@given(TALLIES)
def test_parts_are_the_whole(tally: Tally) -> None:
    def of(kind: Kind, *parts: str) -> Decimal:
        return sum((tally.number(Figure(kind, part)) for part in parts), Decimal(0))

    assert of(Kind.CARE, *PARTED[Kind.CARE]) == tally.number(Figure(Kind.INJURIES))
    assert of(Kind.STATE, *PARTED[Kind.STATE]) == tally.number(Figure(Kind.REPORTS))
    assert of(Kind.HAPPENED, *PARTED[Kind.HAPPENED]) == tally.number(Figure(Kind.INCIDENTS))


@pytest.mark.parametrize("figure", EVERY, ids=str)
def test_each_figure_has_an_address_a_title_and_a_definition(figure: Figure) -> None:
    assert figure_named(figure.name) == figure
    assert title_of(figure)
    assert DEFINITIONS[figure.kind].says
    assert {*PARTS} == {*PARTED}


@pytest.mark.parametrize(
    "name", ["", "happened", "damage", "damage-usd", "damage-US", "care-death", "x"]
)
def test_what_is_no_figure_is_none(name: str) -> None:
    assert figure_named(name) is None


@pytest.mark.parametrize("counts", Counts)
def test_each_thing_that_a_notice_may_count_is_a_figure(counts: Counts) -> None:
    figure = figure_of(counts, "USD" if counts is Counts.DAMAGE else None)
    assert figure_named(figure.name) == figure


def notice(**counts: str) -> dict[str, NoticeFigure]:
    return {
        name: NoticeFigure(
            value=1,
            source="Made up",
            counts=Counts(what),
            currency="USD" if what == "damage" else None,
        )
        for name, what in counts.items()
    }


FIRE = Told(1, happened=Happened.FIRE, cares=(Care.HOSPITAL,), damages=((Decimal(5), "EUR"),))


def test_the_notice_is_held_against_the_tally_figure_by_figure() -> None:
    found = compared(
        notice(fires="fires_and_explosions", burns="injuries_untreated"), Tally((FIRE,))
    )
    assert [(each.name, each.said, each.counted, each.differs) for each in found] == [
        ("fires", 1, 1, False),
        ("burns", 1, 0, True),
    ]


def test_harm_that_no_figure_of_the_notice_counts_is_told_of() -> None:
    figures = notice(fires="fires_and_explosions", burns="injuries_untreated", damage="damage")
    assert unsaid(figures, Tally((FIRE,))) == [
        (Figure(Kind.CARE, "hospital"), 1),
        (Figure(Kind.PROPERTY_REPORTS), 1),
        (Figure(Kind.DAMAGE, "EUR"), 5),
    ]
    assert unsaid(notice(all="injuries"), Tally((Told(1, cares=(Care.DEATH,)),))) == [
        (Figure(Kind.DEATHS), 1),
        (Figure(Kind.INCIDENTS), 1),
    ]
    assert unsaid({}, Tally((FIRE,))) == []
