"""Whatever becomes of a photo, its owner is told what is so and what to do, in plain words."""

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from recalldesk.cleaning.limits import MOST_BYTES, MOST_PIXELS
from recalldesk.evidence import words
from recalldesk.evidence.errors import MESSAGES, PhotoRefused, Refusal
from recalldesk.evidence.limits import MOST_PHOTOS
from recalldesk.evidence.states import PhotoProblem, PhotoState

ALL = [*words.REFUSALS.values(), *words.PROBLEMS.values()]
TEXTS = [text for pair in ALL for text in pair] + list(words.STATES.values())


def test_every_refusal_problem_and_state_has_words() -> None:
    assert set(words.REFUSALS) == set(MESSAGES) == set(Refusal)
    assert set(words.PROBLEMS) == set(PhotoProblem)
    assert set(words.STATES) == set(PhotoState)


@pytest.mark.parametrize("text", TEXTS, ids=str)
def test_they_are_there_in_spanish_too(text: Promise) -> None:
    with override("en"):
        english = str(text)
    with override("es"):
        assert str(text) != english
    assert english.endswith(".")
    assert "safe" not in english.lower()


def test_they_state_the_limits_that_hold() -> None:
    assert f"{MOST_BYTES // 1_000_000} MB" in words.REFUSALS[Refusal.TOO_LARGE].what
    assert f"{MOST_PHOTOS} photos" in words.REFUSALS[Refusal.TOO_MANY].what
    stated = words.PROBLEMS[PhotoProblem.TOO_MANY_PIXELS].what
    assert f"{MOST_PIXELS // 1_000_000} megapixels" in stated


@pytest.mark.parametrize("refusal", Refusal)
def test_each_refusal_says_what_to_do_in_a_log_too(refusal: Refusal) -> None:
    refused = PhotoRefused(refusal)
    assert refused.message
    assert refused.hint
