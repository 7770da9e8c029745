"""A figure may say what of the incidents it counts; what does not fit is refused at its field."""

import pytest

from recalldesk.recalls.errors import RecallFileProblems
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

TEXT = starting_text("kettle-k20")
BURNS = 'as_of = 2025-03-01, counts = "injuries" }'


def test_a_figure_says_what_it_counts() -> None:
    assert read_recall_file(TEXT).figures["burns"].counts == "injuries"
    assert read_recall_file(TEXT).figures["units"].counts is None


@pytest.mark.parametrize(
    ("instead", "field", "said"),
    [
        ('as_of = 2025-03-01, counts = "sorrows" }', "figures.burns.counts", "must be one of"),
        ('as_of = 2025-03-01, counts = "damage" }', "figures.burns.currency", "is missing"),
        (
            'as_of = 2025-03-01, counts = "injuries", currency = "USD" }',
            "figures.burns.currency",
            "leave it out",
        ),
        (
            'as_of = 2025-03-01, counts = "deaths" }',
            "incidents.injured[1]",
            "counts deaths",
        ),
    ],
)
def test_what_does_not_fit_is_refused(instead: str, field: str, said: str) -> None:
    assert BURNS in TEXT
    with pytest.raises(RecallFileProblems) as refused:
        read_recall_file(TEXT.replace(BURNS, instead))
    found = {each.field: each.message for each in refused.value.problems}
    assert field in found, found
    assert said in found[field]


def test_people_are_whole() -> None:
    with pytest.raises(RecallFileProblems) as refused:
        read_recall_file(TEXT.replace("burns = { value = 3,", "burns = { value = 3.5,"))
    assert [each.field for each in refused.value.problems] == ["figures.burns.value"]
