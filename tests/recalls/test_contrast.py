"""A firm's colour is measured as WCAG does."""

import pytest

from recalldesk.recalls.document.contrast import contrast, readable_on_sheet


def test_black_on_white_is_the_most_there_is() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#000000") == pytest.approx(21)


def test_a_colour_on_itself_is_the_least() -> None:
    assert contrast("#1d4f91", "#1d4f91") == pytest.approx(1)


def test_the_known_grey_at_the_limit_is_told_right() -> None:
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_colour_that_can_be_read_is_given_back() -> None:
    assert readable_on_sheet("#1d4f91") == "#1d4f91"


@pytest.mark.parametrize("colour", ["#ffffff", "#00a9e0", "#ffd400", "#7d7d7d"])
def test_a_colour_that_cannot_be_read_is_refused_with_its_contrast(colour: str) -> None:
    with pytest.raises(ValueError, match=r"contrast of \d+\.\d .* choose a darker colour"):
        readable_on_sheet(colour)
