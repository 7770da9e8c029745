"""What is shown of a change puts both texts together again, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from recalldesk.console.word_changes import MOST_WORDS, Piece, pieces_of

TEXTS = st.lists(st.sampled_from(["fire", "burn", " ", "\n", "19", "reports,"])).map("".join)


def of(pieces: tuple[Piece, ...], *kinds: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


@given(TEXTS, TEXTS)
def test_both_texts_are_whole_in_it(before: str, after: str) -> None:
    pieces = pieces_of(before, after)
    assert of(pieces, "same", "out") == before
    assert of(pieces, "same", "in") == after


def test_only_the_words_that_changed_are_marked() -> None:
    pieces = pieces_of("19 reports of fires", "21 reports of fires")
    assert pieces == (Piece("out", "19"), Piece("in", "21"), Piece("same", " reports of fires"))


def test_a_very_long_text_is_not_compared() -> None:
    long = "word " * MOST_WORDS
    assert pieces_of(long, "short") == (Piece("out", long), Piece("in", "short"))
