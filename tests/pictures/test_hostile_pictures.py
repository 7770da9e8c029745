"""Files that are no pictures, or worse: refused with what to do, and nothing of them is kept."""

import pytest

from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.pictures import actions
from recalldesk.pictures.actions import Became, take_pictures
from recalldesk.pictures.models import Picture
from tests.cast import Desk
from tests.evidence.pictures import odd_ones, png_bomb
from tests.made_pictures import file_of, picture

FRONT = "k20-front.jpg"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (odd_ones()["svg"], "is an SVG"),
        (b'<?xml version="1.0"?>\n<!-- x --><svg onload="alert(1)"></svg>', "is an SVG"),
        (odd_ones()["jpeg cut off"], "damaged or cut off"),
        (odd_ones()["bomb that says four billion pixels"], "more than 40 megapixels"),
        (odd_ones()["one pixel"], "fewer than 200 pixels"),
        (b"", "no picture that can be opened"),
        (b"%PDF-1.7 not a picture", "no picture that can be opened"),
        (b"GIF89a" + b"\x00" * 64, "no picture that can be opened"),
        (b"\x00" * (MOST_BYTES + 1), "over 25 MB"),
    ],
)
def test_it_is_refused_with_what_to_do(kettles: Desk, content: bytes, said: str) -> None:
    kettles.apply(pictures=False)
    [outcome] = take_pictures(
        recall=kettles.recall(), files=[file_of(FRONT, content)], by=kettles.cast.author
    ).outcomes
    assert outcome.became is Became.REFUSED
    assert outcome.problem is not None
    assert said in outcome.problem.message
    assert outcome.problem.hint
    assert not Picture.objects.exists()


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "JPEG"])
def test_what_it_is_its_bytes_decide_and_not_its_name(kettles: Desk, kind: str) -> None:
    kettles.apply(pictures=False)
    [outcome] = take_pictures(
        recall=kettles.recall(), files=[file_of(FRONT, picture(kind))], by=kettles.cast.author
    ).outcomes
    assert outcome.became is Became.TAKEN


def test_the_largest_that_is_allowed_is_taken(kettles: Desk) -> None:
    kettles.apply(pictures=False)
    [outcome] = take_pictures(
        recall=kettles.recall(),
        files=[file_of(FRONT, png_bomb(8_000, 5_000))],
        by=kettles.cast.author,
    ).outcomes
    assert outcome.became is Became.TAKEN


def test_where_the_process_dies_nobody_says_that_the_file_is_wrong(
    kettles: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(_chunks: object) -> None:
        raise actions.CleaningDied("exit code -9")

    monkeypatch.setattr(actions, "in_sizes_apart", dies)
    kettles.apply(pictures=False)
    [outcome] = take_pictures(
        recall=kettles.recall(), files=[file_of(FRONT, picture())], by=kettles.cast.author
    ).outcomes
    assert "no fault of its own" in str(outcome.problem)
