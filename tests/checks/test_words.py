"""The reason of an answer, in words."""

import pytest
from django.utils import translation

from recalldesk.checks.words import asks_for_person, reason
from recalldesk.units.verdict.answer import Answer, Verdict, Why

BOX = {"en": "the bar code number on the box", "es": "el número del código de barras"}


def answer(
    why: Why, *, look_at: tuple[int, ...] = (), named: dict[str, str] | None = None
) -> Answer:
    return Answer(
        verdict=Verdict.LOOK_AGAIN,
        why=why,
        recalls=(),
        read_as="A12F8G7K",
        look_at=look_at,
        named=named or {},
        second_look="",
        second=1_749_686_400,
    )


def test_another_number_is_called_by_its_name() -> None:
    said = answer(Why.OTHER_FORM, named=BOX)
    assert reason(said).startswith("This looks like the bar code number on the box.")
    with translation.override("es"):
        assert reason(said).startswith("Esto parece el número del código de barras.")


def test_the_number_of_doubtful_characters_is_said() -> None:
    assert "One of these characters" in reason(answer(Why.LOOK_ALIKE, look_at=(5,)))
    assert "2 of these characters" in reason(answer(Why.LOOK_ALIKE, look_at=(5, 12)))


def test_a_length_is_compared_with_what_is_known() -> None:
    assert reason(answer(Why.TOO_SHORT)) == (
        "You gave 8 characters. The serials of these products have more."
    )
    assert "have fewer" in reason(answer(Why.TOO_LONG))


@pytest.mark.parametrize("why", Why)
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reason_has_words(why: Why, language: str) -> None:
    with translation.override(language):
        for words in (reason(answer(why)), asks_for_person(answer(why))):
            assert words
            assert "%(" not in words
            assert "safe" not in words
