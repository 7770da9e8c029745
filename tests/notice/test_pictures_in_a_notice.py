"""The pictures of a version in every form of its notice; without any, each form is as before."""

from dataclasses import replace

import pytest
from django.conf import settings

from recalldesk.notices.changes import changes_between
from recalldesk.notices.cpsc.writing import record_of
from recalldesk.notices.lines import lines_of
from recalldesk.notices.linked_data import linked_data
from recalldesk.notices.notice import Notice
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from recalldesk.pictures.reads import ShownPicture, Size
from tests.notice.examples import PAGE, kettle

SITE = f"http://127.0.0.1:{settings.ENVIRONMENT.port}"
LABEL = """caption = { en = "The kettle from the front"""
SECOND = """caption = { en = "The foot & its label.", es = "La base & su etiqueta." }
shows_serial = true

[[products.photographs]]
file = "k20-front.jpg"
caption = { en = "The kettle from the front"""


def shown(letter: str) -> ShownPicture:
    sizes = ((320, 240), (640, 480), (1280, 960))
    return ShownPicture(
        digest=letter * 64,
        source_digest="0" * 64,
        sizes=tuple(Size(f"{letter}{width:063}", width, height) for width, height in sizes),
    )


@pytest.fixture
def pictured() -> Published:
    """The kettle with a picture of its label, which the file names first, and one of its front."""
    version = kettle(('file = "k20-front.jpg"', 'file = "k20-label.png"'), (LABEL, SECOND))
    return replace(version, pictures={"k20-front.jpg": shown("a"), "k20-label.png": shown("b")})


def test_the_main_one_shows_the_whole_product(pictured: Published) -> None:
    [product] = notice_of(pictured, "es").products
    assert [each.words for each in product.photos] == [
        "El hervidor por delante: de acero, con asa negra."
    ]
    assert [each.words for each in product.serial_photos] == ["La base & su etiqueta."]


def test_one_that_never_came_is_not_told_of(pictured: Published) -> None:
    part = replace(pictured, pictures={"k20-label.png": shown("b")})
    [product] = notice_of(part, "en").products
    assert [each.shows_serial for each in product.pictures] == [True]


def test_their_words_are_a_line_of_the_notice(pictured: Published) -> None:
    said = {line.key: line.text for line in lines_of(notice_of(pictured, "en"))}
    assert said["product k20 pictures"].split("\n") == [
        "The foot & its label.",
        "The kettle from the front: steel, with a black handle.",
    ]


def test_a_picture_that_came_later_is_a_change(pictured: Published) -> None:
    before: Notice = notice_of(replace(pictured, pictures={}), "en")
    [change] = changes_between(before, notice_of(pictured, "en"))
    assert (change.before, change.label) == ("", "Tidewater Kettle, K20: pictures")


def test_the_cpscs_form_has_address_and_caption(pictured: Published) -> None:
    record = record_of(pictured, url=PAGE)
    assert [image.model_dump() for image in record.Images] == [
        {
            "URL": f"{SITE}/pictures/a{1280:063}.jpg",
            "Caption": "The kettle from the front: steel, with a black handle.",
        },
        {
            "URL": f"{SITE}/pictures/b{1280:063}.jpg",
            "Caption": "The foot &amp; its label.",
        },
    ]


def test_one_picture_of_two_products_is_one_image(pictured: Published) -> None:
    same = replace(pictured, pictures={"k20-front.jpg": shown("a"), "k20-label.png": shown("a")})
    assert len(record_of(same, url=PAGE).Images) == 1


def test_programs_read_its_sides_and_words(pictured: Published) -> None:
    data = linked_data(notice_of(pictured, "en"), address=PAGE, picture_at=lambda d: f"/p/{d[0]}")
    assert data["about"][0]["image"][1] == {
        "@type": "ImageObject",
        "contentUrl": "/p/a",
        "caption": "The kettle from the front: steel, with a black handle.",
        "width": 1280,
        "height": 960,
    }


def test_without_pictures_nothing_is_said_of_them() -> None:
    version = kettle()
    notice = notice_of(version, "en")
    assert notice.products[0].pictures == ()
    assert record_of(version, url=PAGE).Images == []
    assert "image" not in linked_data(notice, address=PAGE, picture_at=str)["about"][0]
    assert "product k20 pictures" not in {line.key for line in lines_of(notice)}
