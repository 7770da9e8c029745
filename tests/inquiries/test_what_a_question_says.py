"""A question is kept as it was written, and its address leads nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.inquiries.errors import InquiryProblem, NotAnswered, NotAsked
from recalldesk.inquiries.wording import Said, answer_in, question_in, said_in

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(TEXTS, TEXTS, TEXTS)
def test_whatever_is_taken_in_comes_out_as_it_was(subject: str, text: str, about: str) -> None:
    try:
        said = question_in(subject, text, about)
    except InquiryProblem:
        return
    assert said_in(said.written) == said
    assert (said.subject, said.text) == (subject.strip(), text.strip())
    assert said.about == "" or (said.about.startswith("/") and not said.about.startswith("//"))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("/desk/seat/kettle-k20/log/", "/desk/seat/kettle-k20/log/"),
        (
            "https://recalls.example.com/desk/seat/k/?from=2026-11-01",
            "/desk/seat/k/?from=2026-11-01",
        ),
        ("https://recalls.example.com", "/"),
    ],
)
def test_an_address_is_kept_without_its_host(typed: str, kept: str) -> None:
    assert question_in("s", "t", typed).about == kept


@pytest.mark.parametrize(
    "typed",
    [
        "//evil.example/x",
        "https://a.example//evil.example/",
        "javascript:alert(1)",
        "evil.example",
        "/\\evil.example",
        "/a b",
        "/" + "x" * 500,
    ],
)
def test_what_is_no_address_of_ours_is_refused(typed: str) -> None:
    with pytest.raises(NotAsked, match="no address of this site"):
        question_in("s", "t", typed)


@pytest.mark.parametrize(
    ("subject", "text"), [("", "t"), ("s", " "), ("a\nb", "t"), ("s" * 161, "t"), ("s", "a\x00b")]
)
def test_a_question_without_its_parts_is_refused(subject: str, text: str) -> None:
    with pytest.raises(NotAsked):
        question_in(subject, text)


def test_an_empty_or_endless_answer_is_refused() -> None:
    for text in (" ", "x" * 10_001):
        with pytest.raises(NotAnswered):
            answer_in(text)
    assert Said("s", "t").about == ""
