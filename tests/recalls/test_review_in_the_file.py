"""Who decides claims, within which limits, and on which days nobody works: part of the file."""

from datetime import date
from decimal import Decimal

import pytest

from recalldesk.recalls.document.decline_reasons import BUILT_IN, decline_reasons
from recalldesk.recalls.document.review import Review
from recalldesk.recalls.document.safe_words import safe_words_in
from recalldesk.recalls.errors import RecallFileProblems
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

WHOLE = starting_text("kettle-k20")
REVIEW = WHOLE[WHOLE.index("[review]") : WHOLE.index("[disposal]")]
OWN = """[[review.decline_reasons]]
key = "another-unit"
title = { en = "Another unit", es = "Otra unidad" }
text = { en = "Your photos show another unit.", es = "Sus fotos muestran otra unidad." }

"""


def with_review(text: str) -> str:
    return WHOLE.replace(REVIEW, text)


def problem_of(text: str) -> str:
    with pytest.raises(RecallFileProblems) as caught:
        read_recall_file(text)
    (problem,) = caught.value.problems
    return str(problem)


def test_a_file_without_the_part_has_what_the_starting_file_says() -> None:
    review = read_recall_file(WHOLE).review
    assert review == Review() == read_recall_file(with_review("")).review
    assert review.by_rule
    assert review.second_person_over is None


def test_limits_may_be_other_ones() -> None:
    review = read_recall_file(with_review("[review.limits]\nhouse = 40\n")).review
    assert (review.limits.house, review.limits.person) == (40, 3)


def test_a_value_from_which_on_two_people_decide_is_money() -> None:
    text = '[review]\nsecond_person_over = { amount = "100.00", currency = "USD" }\n'
    over = read_recall_file(with_review(text)).review.second_person_over
    assert over is not None
    assert over.amount == Decimal(100)


@pytest.mark.parametrize("days", [0, 14])
def test_a_remedy_waits_as_many_days_as_the_file_says(days: int) -> None:
    text = with_review(f"[review]\nwait_before_order_days = {days}\n")
    assert read_recall_file(text).review.wait_before_order_days == days
    assert Review().wait_before_order_days == 7


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[review]\nlike_within = 32\n", "31 or less"),
        ("[review]\nlike_within = 5\n", "no more than like_within"),
        ("[review.limits]\nperson = 0\n", "1 or more"),
        ("[review]\nwait_before_order_days = -1\n", "0 or more"),
        ('[review]\nby_rule = "perhaps"\n', "true or false"),
        ("[review]\nby_rules = true\n", "by_rule"),
        (OWN * 2, "is the key of two decline_reasons"),
        (OWN.replace(', es = "Otra unidad"', ""), "has no text in es"),
        (OWN.replace("show another unit", "are harmless"), "harmless"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(wrong: str, said: str) -> None:
    assert said in problem_of(with_review(wrong))


def test_a_holiday_stands_once() -> None:
    assert date(2025, 7, 4) in read_recall_file(WHOLE).promises.holidays
    twice = WHOLE.replace("2025-05-26, 2025-07-04", "2025-07-04, 2025-07-04")
    assert "names 2025-07-04 twice" in problem_of(twice)


def test_reasons_for_declining_are_the_firms_own_or_a_list_of_ours() -> None:
    assert decline_reasons(read_recall_file(WHOLE)) == BUILT_IN
    own = decline_reasons(read_recall_file(with_review(OWN)))
    assert [reason.title["en"] for reason in own] == ["Another unit"]


def test_ours_stand_in_both_languages_and_call_nothing_safe() -> None:
    assert len({reason.key for reason in BUILT_IN}) == len(BUILT_IN)
    for reason in BUILT_IN:
        for texts in (reason.title, reason.text):
            assert set(texts) == {"en", "es"}
            assert not any(safe_words_in(language, text) for language, text in texts.items())
