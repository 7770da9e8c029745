"""The main photograph on posters, press releases and letters; another picture is another paper."""

import io
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from pytest_django import Settings

from recalldesk.notices.papers.keeping import Printed, printed
from recalldesk.notices.papers.kinds import Kind, Paper
from recalldesk.notices.published import Published, versions_published
from recalldesk.pictures.actions import keep_picture
from tests.cast import SERIALS, Desk, recall_text
from tests.made_pictures import sizes_of

TODAY = date(2026, 3, 1)


@pytest.fixture
def live(kettles: Desk, settings: Settings, tmp_path: Path) -> Published:
    settings.PAPERS_FOLDER = tmp_path / "papers"
    kettles.published()
    return versions_published("kettle-k20")[-1]


def paper_of(kind: Kind, published: Published, paper: Paper = Paper.LETTER) -> Printed:
    return printed(kind, paper, published, "en", today=TODAY)


def widths_of(made: Printed) -> list[int]:
    reader = PdfReader(io.BytesIO(made.pdf))
    return [
        Image.open(io.BytesIO(image.data)).width for page in reader.pages for image in page.images
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(Kind))
def test_each_paper_holds_the_photograph(live: Published, kind: Kind) -> None:
    made = paper_of(kind, live)
    assert sizes_of()[-1].width in widths_of(made)
    assert b"The kettle from the front" in made.pdf or len(made.pdf) > len(sizes_of()[-1].jpeg)


@pytest.mark.parametrize("paper", list(Paper))
def test_a_poster_is_still_one_page(live: Published, paper: Paper) -> None:
    made = paper_of(Kind.POSTER, live, paper)
    assert len(PdfReader(io.BytesIO(made.pdf)).pages) == 1


def test_the_words_stand_below_it_in_the_press_release(live: Published) -> None:
    reader = PdfReader(io.BytesIO(paper_of(Kind.PRESS_RELEASE, live).pdf))
    assert "The kettle from the front" in reader.pages[0].extract_text()


def test_another_picture_is_another_paper(live: Published, kettles: Desk) -> None:
    first = paper_of(Kind.POSTER, live)
    second = kettles.apply(recall_text(units=6))
    keep_picture(
        draft=second,
        file="k20-front.jpg",
        sizes=sizes_of("#123456"),
        source_digest="1" * 64,
        by=kettles.cast.author,
    )
    kettles.take(second, [*SERIALS, "TW24055550"])
    kettles.publish(kettles.approve(second))
    before, after = versions_published("kettle-k20")
    assert paper_of(Kind.POSTER, before).digest == first.digest
    assert paper_of(Kind.POSTER, after).digest != first.digest
