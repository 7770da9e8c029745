"""A drawn marking holds what was given, and an unmarked unit nothing."""

from difflib import SequenceMatcher

import numpy as np
import pytest

from recalldesk.demo.photos.chance import chance
from recalldesk.demo.photos.conditions import Condition
from recalldesk.demo.photos.fonts import HANDS
from recalldesk.demo.photos.handwriting import Hand, somebodys_hand, written
from recalldesk.demo.photos.markings import (
    COLOURS,
    LOOK_ALIKE_WORDS,
    MADE_UP_NAMES,
    photograph_marking,
)
from tests.demo.conditions import some_conditions

WORD, CODE = "RECALLED", "4829-1375"
INVENTED = {"EXAMPLE", "SAMPLE", "MADEUP", "EJEMPLO", "NOBODY"}


@pytest.mark.parametrize("condition", some_conditions())
def test_what_is_written_lies_inside_the_frame(condition: Condition) -> None:
    seed = 20 + list(Condition).index(condition)
    drawn = photograph_marking(
        WORD, CODE, MADE_UP_NAMES[0], "26 Nov 2026", seed=seed, condition=condition
    )
    width, height = drawn.image.size
    for x, y in drawn.text:
        assert 0 < x < width
        assert 0 < y < height


@pytest.mark.parametrize("colour", sorted(set(COLOURS)))
def test_on_each_colour_the_writing_stands_out(colour: tuple[int, int, int]) -> None:
    drawn = photograph_marking(WORD, CODE, seed=5, colour=colour)
    across, down = [x for x, _ in drawn.text], [y for _, y in drawn.text]
    box = tuple(round(edge) for edge in (min(across), min(down), max(across), max(down)))
    darkest, lightest = np.percentile(np.asarray(drawn.image.convert("L").crop(box)), (2, 98))
    assert lightest - darkest > 60


def test_a_unit_without_a_marking_is_the_same_unit_with_its_print_alone() -> None:
    marked, unmarked = (
        photograph_marking(word, code, seed=4, colour=(236, 234, 228))
        for word, code in ((WORD, CODE), ("", ""))
    )
    before = np.asarray(unmarked.image.convert("L"), np.int16)
    changed = np.abs(np.asarray(marked.image.convert("L"), np.int16) - before) > 70
    rows, columns = np.nonzero(changed)
    across, down = [x for x, _ in marked.text], [y for _, y in marked.text]
    assert rows.size > 2_000
    assert min(across) - 5 < columns.min() < columns.max() < max(across) + 5
    assert min(down) - 5 < rows.min() < rows.max() < max(down) + 5


@pytest.mark.parametrize("face", HANDS, ids=lambda face: face.file)
def test_each_hand_writes_every_character(face) -> None:  # type: ignore[no-untyped-def]
    hand = Hand(face, height=80, pen=1, haste=1.8, slant=0.2, free=0.02)
    for seed, text in enumerate((WORD, CODE, *MADE_UP_NAMES)):
        whole = written(text, hand, chance(seed))
        without_the_last = written(text[:-1], hand, chance(seed))
        assert whole.width > without_the_last.width
        ink = np.asarray(whole)
        assert all(edge.any() for edge in (ink[0], ink[-1], ink[:, 0], ink[:, -1]))


def test_no_two_of_the_same_character_look_alike() -> None:
    hand = somebodys_hand(chance(1), (80, 80), held_out=False)
    draw = chance("one after the other")
    one, other = (written("8", hand, draw) for _ in range(2))
    assert one.tobytes() != other.tobytes()


def test_words_that_mislead_are_like_the_word_and_not_the_word() -> None:
    assert WORD not in LOOK_ALIKE_WORDS
    for word in LOOK_ALIKE_WORDS:
        assert SequenceMatcher(None, WORD, word).ratio() > 0.4


def test_names_are_clearly_made_up() -> None:
    for name in MADE_UP_NAMES:
        assert name.upper().split()[-1] in INVENTED
