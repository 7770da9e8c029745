"""Two writers of the same JSON, one fast and one plain, never differ."""

import json
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.checks.json_form import answer_text, written
from recalldesk.checks.others import others_as_json
from recalldesk.elsewhere.at_hand import Other, Others
from recalldesk.units.next_steps import answer_as_json, instant
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
ANSWERS = st.builds(
    Answer,
    verdict=st.sampled_from(Verdict),
    why=st.sampled_from(Why),
    recalls=RECALLS,
    read_as=st.text(max_size=5),
    look_at=st.lists(st.integers(1, 60), max_size=5).map(tuple),
    named=st.just({}),
    second_look=st.text('abc:_-"\\é', max_size=9),
    second=st.integers(0, 4_000_000_000),
)
OTHERS = st.lists(
    st.builds(Other, *[st.text(max_size=4)] * 3, st.dates(), *[st.text(max_size=4)] * 3),
    max_size=2,
).map(tuple)


@given(ANSWERS, OTHERS, st.sampled_from(["en", "es"]))
def test_an_answer_is_the_same_text(answer: Answer, others: Others, language: str) -> None:
    with translation.override(language):
        whole = answer_as_json(answer) | {"may_also_be_in": others_as_json(others)}
        assert answer_text(answer, others, language) == json.dumps(whole)


@given(st.lists(ANSWERS, min_size=1, max_size=4), OTHERS, st.sampled_from(["en", "es"]))
def test_what_is_sent_is_that_text_also_where_it_is_kept(
    answers: list[Answer], others: Others, language: str
) -> None:
    # Those of one second, and of one recall, are the likeliest to be taken for each other.
    alike = [replace(answer, second=answers[0].second) for answer in answers]
    for answer in (*answers, *alike, *answers):
        sent = written(answer, others, language)
        assert sent.body.decode() == answer_text(answer, others, language)
        assert sent.length == ("Content-Length", str(len(sent.body)))


@pytest.mark.parametrize(
    ("second", "text"), [(0, "1970-01-01T00:00:00Z"), (1_795_608_000, "2026-11-25T12:00:00Z")]
)
def test_a_second_is_written_in_utc(second: int, text: str) -> None:
    assert instant(second) == text
