"""Two writers of the same JSON, one fast and one plain, never differ."""

import json
from datetime import UTC, datetime

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.checks.json_form import answer_text, covered_text
from recalldesk.units.checking import Covered
from recalldesk.units.next_steps import answer_as_json
from recalldesk.units.verdict.answer import Answer, RecallAnswer, Verdict, Why

RECALLS = st.lists(
    st.builds(
        RecallAnswer,
        st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True),
        st.integers(1, 99),
        st.sampled_from(Verdict),
    ),
    max_size=4,
).map(tuple)
MOMENTS = st.integers(0, 4_000_000_000).map(lambda s: datetime.fromtimestamp(s + 0.5, UTC))
ANSWERS = st.builds(
    Answer,
    verdict=st.sampled_from(Verdict),
    why=st.sampled_from(Why),
    recalls=RECALLS,
    read_as=st.text(max_size=5),
    look_at=st.lists(st.integers(1, 60), max_size=5).map(tuple),
    named=st.just({}),
    second_look=st.text('abc:_-"\\é', max_size=9),
    checked_at=MOMENTS,
)


@given(ANSWERS, st.sampled_from(["en", "es"]))
def test_an_answer_is_the_same_text(answer: Answer, language: str) -> None:
    with translation.override(language):
        assert answer_text(answer, language) == json.dumps(answer_as_json(answer))


@given(RECALLS.filter(bool), MOMENTS, st.sampled_from(["en", "es"]))
def test_so_is_that_of_a_covered_serial(
    recalls: tuple[RecallAnswer, ...], moment: datetime, language: str
) -> None:
    whole = Answer(Verdict.AFFECTED, Why.IN_SCOPE, recalls, "", (), {}, "", moment)
    assert covered_text(Covered(recalls, moment, None), language) == answer_text(whole, language)
