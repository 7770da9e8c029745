"""Guidance for some countries or conditions: the most particular is shown, and none twice."""

import pytest
from pydantic import ValidationError

from recalldesk.recalls.document.remedy import Attestation, Disposal, DisposalCase, UnitCondition

SOUND, DAMAGED = UnitCondition.SOUND, UnitCondition.DAMAGED


def text(words: str) -> tuple[dict[str, str], ...]:
    return ({"en": words},)


def case(words: str, *countries: str, condition: UnitCondition | None = None) -> DisposalCase:
    return DisposalCase(countries=countries, condition=condition, guidance=text(words))


def disposal(*cases: DisposalCase) -> Disposal:
    return Disposal(
        attestation=Attestation.NONE, guidance=text("all"), never=text("never"), cases=cases
    )


ALL_CASES = disposal(
    case("of Canada", "CA", "MX"),
    case("damaged", condition=DAMAGED),
    case("damaged in Canada", "CA", condition=DAMAGED),
)


@pytest.mark.parametrize(
    ("country", "condition", "words"),
    [
        ("US", SOUND, "all"),
        ("CA", SOUND, "of Canada"),
        ("MX", SOUND, "of Canada"),
        ("US", DAMAGED, "damaged"),
        ("MX", DAMAGED, "damaged"),
        ("CA", DAMAGED, "damaged in Canada"),
    ],
)
def test_the_most_particular_guidance_is_shown(
    country: str, condition: UnitCondition, words: str
) -> None:
    assert ALL_CASES.guidance_for(country, condition) == text(words)


def test_what_holds_for_a_sound_unit_is_never_said_of_a_damaged_one() -> None:
    assert ALL_CASES.guidance_of_damaged("CA") == text("damaged in Canada")
    assert ALL_CASES.guidance_of_damaged("US") == text("damaged")
    damaged_there = case("damaged in Mexico", "MX", condition=DAMAGED)
    elsewhere = disposal(case("of Canada", "CA"), damaged_there)
    assert elsewhere.guidance_of_damaged("MX") == text("damaged in Mexico")
    assert elsewhere.guidance_of_damaged("CA") == ()
    assert elsewhere.guidance_of_damaged("US") == ()


def test_countries_in_which_the_same_is_said_stand_together() -> None:
    assert ALL_CASES.guidance_by_country(["US", "CA", "GB", "MX"]) == (
        (("US", "GB"), text("all")),
        (("CA", "MX"), text("of Canada")),
    )


@pytest.mark.parametrize(
    ("cases", "words"),
    [
        ([lambda: case("a", "US"), lambda: case("b", "CA", "US")], "another is for"),
        ([lambda: case("a")], "names neither countries nor a condition"),
    ],
)
def test_guidance_that_cannot_be_told_apart_is_refused(cases: list, words: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(ValidationError, match=words):
        disposal(*(each() for each in cases))
