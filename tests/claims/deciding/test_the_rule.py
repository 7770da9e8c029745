"""The decision rule: what is approved, what asks the owner once, and what a person decides."""

import csv
import json
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.decision_facts import ClaimFacts, Counted, Neighbours, PhotosSay
from recalldesk.claims.reasons import LABELS, DecisionReason
from recalldesk.claims.rules import Outcome, rule_on
from recalldesk.claims.states import DecisionKind
from tests.claims.deciding.told import GOOD, TERMS, as_told

TABLE = Path(__file__).parents[2] / "tables" / "decisions.csv"
with TABLE.open(encoding="utf-8", newline="") as opened:
    ROWS = list(csv.DictReader(opened))
TOLD = [row["facts"] for row in ROWS]
ALONE = [told for told in TOLD if len(told.split()) == 1]


@pytest.mark.parametrize("row", ROWS, ids=TOLD)
def test_each_row_of_the_table_is_ruled_as_it_says(row: dict[str, str]) -> None:
    ruling = rule_on(*as_told(row["facts"]))
    assert (ruling.outcome, " ".join(ruling.reasons)) == (row["outcome"], row["reasons"])


def test_the_table_knows_every_reason() -> None:
    assert {reason for row in ROWS for reason in row["reasons"].split()} == set(DecisionReason)
    assert set(LABELS) == set(DecisionReason)
    assert all(len(reason) <= 40 for reason in DecisionReason)


def test_the_rule_has_no_word_for_declining() -> None:
    assert {outcome.value for outcome in Outcome} == {
        DecisionKind.APPROVE,
        DecisionKind.ASK_OWNER,
        DecisionKind.TO_A_PERSON,
    }


def test_of_a_claim_of_which_nothing_is_known_everything_is_a_reason() -> None:
    ruling = rule_on(ClaimFacts(), TERMS)
    assert ruling.outcome is Outcome.TO_A_PERSON
    assert len(ruling.reasons) > 8


UNKNOWN = {each.name: getattr(ClaimFacts(), each.name) for each in fields(ClaimFacts)}
LEFT_OUT = sorted(set(UNKNOWN) - {"may_ask", "worth"})
PHOTOS_LEFT_OUT = sorted(
    set(PhotosSay.__dataclass_fields__)
    - {"other_labels", "useless", "is_marking_read", "are_markings_read"}
)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_a_fact_that_is_left_out_is_never_read_as_good(name: str) -> None:
    facts = replace(GOOD, **{name: UNKNOWN[name]})
    assert rule_on(facts, TERMS).outcome is not Outcome.APPROVE


@pytest.mark.parametrize("name", PHOTOS_LEFT_OUT)
def test_nor_is_one_of_its_photos(name: str) -> None:
    photos = replace(GOOD.photos, **{name: getattr(PhotosSay(), name)})
    assert rule_on(replace(GOOD, photos=photos), TERMS).outcome is not Outcome.APPROVE


@pytest.mark.parametrize("counted", Counted)
def test_nor_is_a_count_that_nobody_made(counted: Counted) -> None:
    counts = {each: 0 for each in Counted if each is not counted}
    facts = replace(GOOD, neighbours=Neighbours((), counts, fraud=(), paid_unnamed=()))
    assert rule_on(facts, TERMS).outcome is not Outcome.APPROVE


def test_nor_is_fraud_that_nobody_looked_for() -> None:
    facts = replace(GOOD, neighbours=Neighbours((), dict.fromkeys(Counted, 1), paid_unnamed=()))
    assert rule_on(facts, TERMS).reasons == (DecisionReason.FRAUD_FOUND,)


def test_nor_are_units_without_a_name_that_nobody_looked_for() -> None:
    facts = replace(GOOD, neighbours=Neighbours((), dict.fromkeys(Counted, 1), fraud=()))
    assert rule_on(facts, TERMS).reasons == (DecisionReason.PAID_UNNAMED,)


@given(st.lists(st.sampled_from(ALONE), min_size=1, max_size=4))
def test_a_fact_more_never_makes_an_approval(told: list[str]) -> None:
    """What is against a claim stays against it, whatever else is said. Of one name the first
    counts; `label=none`, which is right of one that cannot be photographed, changes no other.
    """
    by_name = {each.partition("=")[0]: each for each in reversed(told)}
    whole = rule_on(*as_told(" ".join(by_name.values())))
    each_alone = [rule_on(*as_told(each)) for each in by_name.values()]
    if any(ruling.outcome is not Outcome.APPROVE for ruling in each_alone):
        assert whole.outcome is not Outcome.APPROVE
    else:
        assert whole.outcome is Outcome.APPROVE


@given(st.sampled_from(TOLD))
def test_it_is_approved_exactly_where_there_is_no_reason(told: str) -> None:
    ruling = rule_on(*as_told(told))
    assert (ruling.outcome is Outcome.APPROVE) == (not ruling.reasons)


@pytest.mark.parametrize("told", TOLD)
def test_the_grounds_can_be_kept(told: str) -> None:
    ruling = rule_on(*as_told(told))
    kept = json.loads(json.dumps({reason: dict(why) for reason, why in ruling.grounds.items()}))
    assert set(kept) == set(ruling.reasons)


def test_a_lead_is_named_by_numbers_only() -> None:
    grounds = rule_on(*as_told("lead=31 lead_shared=payee")).grounds
    assert grounds[DecisionReason.LIKE_PHOTO] == {
        "leads": [
            {"photo": 1, "other_photo": 2, "other_claim": 3, "distance": 31, "shared": ["payee"]}
        ]
    }
    over = rule_on(*as_told("house=9")).grounds[DecisionReason.HOUSE_LIMIT]
    assert over == {"count": 9, "limit": 6}
