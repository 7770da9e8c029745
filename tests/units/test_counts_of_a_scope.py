"""The count of a scope's units against the units that the recall states."""

import pytest

from recalldesk.audit.states import Reason
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.facts import scope_facts
from recalldesk.units.rules import findings, rounding_of
from tests.cast import SERIALS, Desk, recall_text


def listed(name: str, more: str = "") -> str:
    return f'[[scope.lists]]\nname = "{name}"\nproducts = ["k20"]\n{more}\n'


def ranged(start: str, end: str, more: str = "") -> str:
    return f'[[scope.ranges]]\nstart = "{start}"\nend = "{end}"\nproducts = ["k20"]\n{more}\n'


EXCLUDED = 'meaning = "excluded"'


def counted(version: RecallVersion) -> int | None:
    return scope_facts(version).counted


def differs(version: RecallVersion) -> bool:
    return any(f.reason == Reason.COUNT_DIFFERS for f in findings(scope_facts(version)))


@pytest.mark.parametrize(
    ("stated", "off_by"),
    [
        (1_158_000, 500),
        (481_000, 500),
        (69_000, 500),
        (1_150, 5),
        (9_764, 0),
        (7, 0),
        (2_100, 50),
        (1_000, 25),
    ],
)
def test_a_round_number_may_be_off_by_half_of_its_last_place(stated: int, off_by: int) -> None:
    assert rounding_of(stated) == off_by


@pytest.mark.parametrize(("stated", "is_off"), [(5, False), (4, True), (6, True)])
def test_an_exact_number_must_be_exact(kettles: Desk, stated: int, is_off: bool) -> None:
    version = kettles.apply(recall_text(units=stated))
    kettles.take(version)
    assert differs(version) is is_off


@pytest.mark.parametrize(("stated", "is_off"), [(5, False), (10, True), (6, True)])
def test_about_a_number_may_be_off_by_its_rounding(
    kettles: Desk, stated: int, is_off: bool
) -> None:
    version = kettles.apply(recall_text(units=stated, about=True))
    kettles.take(version)
    assert differs(version) is is_off


def test_each_country_is_rounded_by_itself(kettles: Desk) -> None:
    text = recall_text(units=200, about=True)
    begin = text.index("\n[[jurisdictions]]\n")
    country, mark, remedies = text[begin:].partition("# One [[remedies]]")
    second = country.replace('"US"', '"CA"').replace("units = 200", "units = 2")
    second = second.replace("units_are_about = true", "units_are_about = false")
    remedies = remedies.replace('countries = ["US"]', 'countries = ["US", "CA"]')
    text = text[:begin] + country + second + mark + remedies
    version = kettles.apply(text)
    kettles.take(version, [f"TW2401{n:04d}" for n in range(198)])
    assert (scope_facts(version).stated, scope_facts(version).rounding) == (202, 5)
    assert not differs(version)


def test_a_list_that_states_its_units_is_held_to_them(kettles: Desk) -> None:
    version = kettles.apply(recall_text(scope=listed("k20", "units = 6")))
    kettles.take(version)
    assert differs(version)


def test_a_range_counts_both_its_ends(kettles: Desk) -> None:
    version = kettles.apply(recall_text(scope=ranged("TW24050001", "TW24050200")))
    assert counted(version) == 200


def test_what_two_ranges_share_counts_once(kettles: Desk) -> None:
    scope = ranged("TW24050001", "TW24050200") + ranged("TW24050101", "TW24050300")
    assert counted(kettles.apply(recall_text(scope=scope))) == 300


def test_a_serial_on_two_lists_counts_once(kettles: Desk) -> None:
    version = kettles.apply(recall_text(scope=listed("a") + listed("b")))
    kettles.take(version, name="a")
    kettles.take(version, SERIALS[:3], name="b")
    assert counted(version) == 5


def test_a_listed_serial_inside_a_range_counts_once(kettles: Desk) -> None:
    scope = listed("a") + ranged("TW24050001", "TW24050200")
    version = kettles.apply(recall_text(scope=scope))
    kettles.take(version, ["TW24050007", "TW24050000"])
    assert counted(version) == 201


def test_excluded_serials_are_taken_off_wherever_they_stand(kettles: Desk) -> None:
    scope = listed("a") + listed("out", EXCLUDED) + ranged("TW24050001", "TW24050200")
    version = kettles.apply(recall_text(scope=scope))
    kettles.take(version, name="a")
    kettles.take(version, [SERIALS[0], "TW24050007", "TW24999999"], name="out")
    assert counted(version) == 5 - 1 + 200 - 1


def test_an_excluded_range_is_taken_off(kettles: Desk) -> None:
    scope = ranged("TW24050001", "TW24050200") + ranged("TW24050101", "TW24050150", EXCLUDED)
    assert counted(kettles.apply(recall_text(scope=scope))) == 150


def test_a_removed_exclusion_is_not_taken_off(kettles: Desk) -> None:
    version = kettles.apply(recall_text(scope=listed("a") + listed("out", EXCLUDED)))
    kettles.take(version, name="a")
    kettles.take(version, SERIALS[:2], name="out")
    kettles.take(version, SERIALS[2:3], name="out", replace=True)
    assert counted(version) == 4


def test_ranges_from_a_file_count_with_those_of_the_recall_file(kettles: Desk) -> None:
    scope = listed("a") + ranged("TW24050001", "TW24050200")
    version = kettles.apply(recall_text(scope=scope))
    path = kettles.folder / "ranges.csv"
    path.write_text("start,end\nTW24050101,TW24050300\nTW24060001,TW24060010\n")
    kettles.take(version, path)
    assert counted(version) == 310


def test_a_pattern_cannot_be_counted(kettles: Desk) -> None:
    scope = '[[scope.patterns]]\npattern = "TW2406*"\nproducts = ["k20"]\n'
    version = kettles.apply(recall_text(scope=scope))
    assert counted(version) is None
    assert not differs(version)


def test_what_a_later_version_brings_does_not_count(kettles: Desk) -> None:
    first = kettles.approved()
    second = kettles.apply(recall_text(units=6))
    kettles.take(second, ["TW24088881"])
    assert (counted(first), counted(second)) == (5, 6)


def test_a_list_that_counts_by_letters_may_be_left_out_later(kettles: Desk) -> None:
    shapes = recall_text(scope=listed("a", 'counting = "alphabet"'), units=4)
    shapes = shapes.replace('shapes = ["TW########"]', "shapes = []")
    version = kettles.apply(shapes)
    path = kettles.folder / "ranges.csv"
    path.write_text("start,end\nTW2405000A,TW2405000D\n")
    kettles.take(version, path)
    assert counted(version) == 4
    kettles.publish(kettles.approve(version))
    second = kettles.apply(shapes.replace(listed("a", 'counting = "alphabet"'), listed("b")))
    kettles.take(second, name="b")
    assert counted(second) == 5
