"""Owners follow from the seed; what is true of each fits together; serials are of the recall."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.drill.drawn_serials import in_pattern, in_range, is_within, matches_pattern
from recalldesk.drill.errors import DrillRefused
from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.owners import FRAUD, NEEDS_PHOTOS, Kind, made_up_owners
from recalldesk.drill.wanted import Wanted
from recalldesk.foundation.serial_form import SerialForm

FORM = SerialForm("0123456789ABCDEF", 8, 8, look_alikes=("8B", "0D"))
AFFECTED = [(f"AB{number:06d}", "k20") for number in range(400)]
FORMS = {"k20": FORM}
SHARES = st.floats(0, 0.9)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 80), SHARES, SHARES, st.integers(0, 50), st.integers(0, 10**6))
def test_they_are_as_many_as_wanted_and_fit_together(
    owners: int, errors: float, fraud: float, photographed: int, seed: int
) -> None:
    wanted = Wanted(owners=owners, errors=errors, fraud=fraud, photographed=photographed, seed=seed)
    made = made_up_owners(wanted, AFFECTED, FORMS)

    serials = {serial for serial, _ in AFFECTED}
    honest = [each for each in made if each.is_honest]
    assert len(honest) == owners
    assert len({each.email for each in made}) == len(made)
    assert all(each.email.endswith("@example.org") for each in made)
    for each in made:
        assert (each.serial in serials) == each.is_recalled
        assert (each.typed != each.serial) == (each.kind is Kind.SLIP)
        assert (each.shown != each.serial) == (each.kind is Kind.OTHER_LABEL)
        assert each.takes_photos or each.kind not in NEEDS_PHOTOS
    claimed = Counter(each.serial for each in honest if each.is_recalled)
    assert set(claimed.values()) <= {1}, "each honest owner has a unit of their own"
    seconds = [each for each in made if each.kind is Kind.SECOND_CLAIM]
    assert all(each.serial in claimed for each in seconds)
    assert len(made) - len(honest) >= round(owners * fraud)
    assert made == made_up_owners(wanted, AFFECTED, FORMS)


def test_all_kinds_come_in_a_drill_of_the_usual_size() -> None:
    made = made_up_owners(Wanted(owners=200, fraud=0.02), AFFECTED, FORMS)

    assert {each.kind for each in made} == set(Kind)
    assert sum(each.kind in FRAUD for each in made) == 4
    assert any(each.tells for each in made)


@given(st.integers(0, 99_999), st.integers(0, 99_999), st.integers())
def test_a_serial_drawn_in_a_range_lies_within(first: int, last: int, seed: int) -> None:
    start, end = (f"AB{number:05d}" for number in sorted((first, last)))

    drawn = in_range(start, end, "digits", FORM.alphabet, random.Random(seed))

    assert is_within(drawn, start=start, end=end)


@given(st.integers())
def test_a_serial_drawn_of_a_pattern_is_of_it(seed: int) -> None:
    pattern = "AB*[0-3]"

    drawn = in_pattern(pattern, FORM, random.Random(seed))

    assert len(drawn) == 8
    assert matches_pattern(drawn, pattern=pattern, form=FORM)
    assert not matches_pattern("C" + drawn[1:], pattern=pattern, form=FORM)


@pytest.mark.parametrize(
    "wrong",
    [
        {"owners": 0},
        {"owners": 5_001},
        {"errors": 1.5},
        {"fraud": -0.1},
        {"faults": float("nan")},
        {"owners": -1},
        {"owners": 10_000_000},
        {"reviewers": 0},
        {"reviewers": 1_000_000},
        {"seconds_a_case": 0},
        {"seconds_a_case": 10**9},
    ],
)
def test_what_makes_no_drill_is_refused_with_what_to_do(wrong: dict[str, float]) -> None:
    with pytest.raises(DrillRefused) as refused:
        Wanted(**wrong)  # type: ignore[arg-type]  # that is what is wrong with them

    assert refused.value.hint


def test_a_launch_day_follows_from_its_assumptions() -> None:
    day = LaunchDay(1_158_000, told=0.5, first_day=0.1, peak_hour=0.15)

    assert day.owners == 57_900
    assert day.claims_an_hour == pytest.approx(8_685)
    assert day.checks_a_second == pytest.approx(4.825)
    assert day.photos_a_day == pytest.approx(115_800)
    for wrong in ({"units": 0}, {"told": 0}, {"first_day": 2}, {"peak_hour": float("nan")}):
        with pytest.raises(DrillRefused):
            LaunchDay(**{"units": 5, **wrong})  # type: ignore[arg-type]  # as above
