"""A claim is paid where its provider counted one effect; whatever else must have its reason."""

from collections import Counter

import pytest

from chaos.verdict import Counted, Outcome, Row, Verdict, codes_in_two_hands, judge

NAMES = frozenset({"first turn", "second turn"})


def judged(row: Row, *counted: Counted) -> Verdict:
    return judge([row], counted, Verdict())


def one(**effects: int) -> Counted:
    return Counted(Counter({name.replace("_", " "): count for name, count in effects.items()}))


@pytest.mark.parametrize(
    ("row", "effects", "outcome"),
    [
        (Row(NAMES, "settled"), {"first_turn": 1}, Outcome.PAID),
        (Row(NAMES, "remedy_ordered"), {"second_turn": 1}, Outcome.PAID),
        (Row(NAMES, "settled"), {"first_turn": 2}, Outcome.DOUBLED),
        (Row(NAMES, "settled"), {"first_turn": 1, "second_turn": 1}, Outcome.DOUBLED),
        (Row(NAMES, "settled"), {}, Outcome.LOST),
        (Row(NAMES, "approved"), {}, Outcome.LOST),
        (Row(NAMES, "approved"), {"first_turn": 1}, Outcome.OPEN),
        (Row(NAMES, "remedy_ordered", stopped="no_answer"), {}, Outcome.DEAD_LETTER),
        (Row(NAMES, "remedy_ordered", stopped="refused"), {"first_turn": 2}, Outcome.DOUBLED),
        (Row(NAMES, "needs_owner", asks="came_back"), {"first_turn": 1}, Outcome.WITH_OWNER),
        (Row(NAMES, "needs_owner"), {}, Outcome.LOST),
        (Row(frozenset(), "not there"), {}, Outcome.LOST),
    ],
)
def test_each_outcome(row: Row, effects: dict[str, int], outcome: Outcome) -> None:
    verdict = judged(row, one(**effects))
    assert verdict.outcomes == Counter({outcome: 1})


def test_what_came_back_may_go_out_again_and_counts_once() -> None:
    again = Counted(Counter({"first turn": 1, "second turn": 1}), frozenset({"first turn"}))
    assert judged(Row(NAMES, "settled"), again).is_good
    both = Counted(Counter({"first turn": 1}), frozenset({"first turn"}))
    assert not judged(Row(NAMES, "settled"), both).is_good


def test_the_effects_of_all_providers_count_together() -> None:
    assert not judged(Row(NAMES, "settled"), one(first_turn=1), one(second_turn=1)).is_good


def test_an_effect_that_no_claim_knows_is_no_good() -> None:
    verdict = judged(Row(NAMES, "settled"), one(first_turn=1, somebody_elses=2))
    assert verdict.strange == 2
    assert not verdict.is_good


def test_a_broken_log_is_no_good() -> None:
    verdict = judged(Row(NAMES, "settled"), one(first_turn=1))
    assert verdict.is_good
    verdict.log.append("row 7 was touched")
    assert not verdict.is_good


def test_a_code_is_in_one_hand_and_a_hand_has_one_code() -> None:
    assert codes_in_two_hands([("a", "1"), ("a", "1"), ("b", "2")]) == 0
    assert codes_in_two_hands([("a", "1"), ("b", "1")]) == 1
    assert codes_in_two_hands([("a", "1"), ("a", "2")]) == 1
