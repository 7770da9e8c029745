"""Photographs on the owners' pages: in sizes, with words, kept for a year, and none too early."""

import re

import pytest
from django.test import Client

from recalldesk.pictures.reads import pictures_of
from recalldesk.recalls.models import RecallVersion
from tests.cast import Desk, recall_text
from tests.made_pictures import fill_in, sizes_of

PAGE = "/en/recalls/kettle-k20/"
FRONT = "k20-front.jpg"
WITH_LABEL = recall_text(units=6).replace(
    "[products.made]",
    """[[products.photographs]]
file = "k20-label.jpg"
caption = { en = "The label below the foot.", es = "La etiqueta bajo la base." }
shows_serial = true

[products.made]""",
    1,
)
"""Another version, with a picture of where the serial stands."""


def images(body: str) -> list[str]:
    return re.findall(r"<img class=\"photograph\"[^>]*>", body)


def addresses(body: str) -> list[str]:
    return re.findall(r"/pictures/[0-9a-f]{64}\.jpg", body)


def test_the_notice_shows_it_in_each_size_with_its_words(
    client: Client, published_recall: RecallVersion
) -> None:
    [image] = images(client.get(PAGE).content.decode())
    sizes = pictures_of(published_recall)[FRONT].sizes
    for size in sizes:
        assert f"/pictures/{size.digest}.jpg {size.width}w" in image
    assert 'alt="The kettle from the front: steel, with a black handle."' in image
    assert 'width="640" height="457"' in image
    assert "sizes=" in image
    assert "loading" not in image


@pytest.mark.parametrize(
    ("language", "words"), [("en", "The kettle from the front"), ("es", "El hervidor por delante")]
)
def test_a_banner_on_a_shops_page_shows_it_too(
    client: Client, published_recall: RecallVersion, language: str, words: str
) -> None:
    """Where the frame is narrow it is not shown, and so not loaded."""
    [image] = images(client.get(f"/{language}/embed/kettle-k20/banner").content.decode())
    assert f'alt="{words}' in image
    assert 'loading="lazy"' in image


def test_in_spanish_its_words_are_spanish(client: Client, published_recall: RecallVersion) -> None:
    [image] = images(client.get(PAGE.replace("/en/", "/es/")).content.decode())
    assert 'alt="El hervidor por delante: de acero, con asa negra."' in image
    assert "lang=" not in image


def test_it_is_a_jpeg_that_anybody_may_keep_for_a_year(
    client: Client, published_recall: RecallVersion
) -> None:
    for address in set(addresses(client.get(PAGE).content.decode())):
        response = client.get(address)
        assert response.content in [size.jpeg for size in sizes_of()]
        assert response["Content-Type"] == "image/jpeg"
        assert response["Cache-Control"] == "public, max-age=31536000, immutable"
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
        assert again.status_code == 304


def test_networks_are_told_of_the_main_one(client: Client, published_recall: RecallVersion) -> None:
    body = client.get(PAGE).content.decode()
    largest = pictures_of(published_recall)[FRONT].largest
    where = f"http://127.0.0.1:8000/pictures/{largest.digest}.jpg"
    assert f'<meta property="og:image" content="{where}">' in body
    assert f'<meta property="og:image:width" content="{largest.width}">' in body
    assert '<meta property="og:image:alt" content="The kettle from the front' in body
    assert f'"contentUrl":"{where}"' in body


def test_a_draft_shows_nobody_its_picture(client: Client, kettles: Desk) -> None:
    draft = kettles.apply()
    digest = pictures_of(draft)[FRONT].largest.digest
    assert client.get(f"/pictures/{digest}.jpg").status_code == 404
    kettles.take(draft)
    approved = kettles.approve(draft)
    assert client.get(f"/pictures/{digest}.jpg").status_code == 404
    kettles.publish(approved)
    assert client.get(f"/pictures/{digest}.jpg").status_code == 200


@pytest.mark.parametrize("digest", ["0" * 64, "0" * 63, "A" * 64, "made-up", "%00"])
def test_what_is_no_picture_is_not_found(
    client: Client, published_recall: RecallVersion, digest: str
) -> None:
    assert client.get(f"/pictures/{digest}.jpg").status_code == 404


def test_an_old_version_keeps_its_picture(client: Client, kettles: Desk) -> None:
    first = kettles.published()
    second = kettles.apply(recall_text(units=6), pictures=False)
    fill_in(second)
    from recalldesk.pictures.actions import keep_picture

    keep_picture(
        draft=second,
        file=FRONT,
        sizes=sizes_of("#123456"),
        source_digest="1" * 64,
        by=kettles.cast.author,
    )
    kettles.take(second, [*["TW24013337", "TW24047719"], "TW24222222"])
    kettles.publish(kettles.approve(second))
    old, new = pictures_of(first)[FRONT].largest, pictures_of(second)[FRONT].largest
    assert old != new
    before = client.get(f"{PAGE}versions/1/").content.decode()
    now = client.get(PAGE).content.decode()
    assert old.digest in before
    assert new.digest not in before
    assert new.digest in now
    for size in (old, new):
        assert client.get(f"/pictures/{size.digest}.jpg").status_code == 200


def test_the_serials_place_stands_with_it_and_later_ones_are_lazy(
    client: Client, kettles: Desk
) -> None:
    kettles.published(WITH_LABEL, [*["TW24013337", "TW24047719", "TW24113490"], *FURTHER])
    body = client.get(PAGE).content.decode()
    front, label = images(body)
    assert 'alt="The label below the foot."' in label
    assert 'loading="lazy"' in label
    assert 'loading="lazy"' not in front
    assert body.index('id="where-h"') < body.index(label)
    assert "k20-label" not in body


FURTHER = ("TW24097773", "TW24074437", "TW24055550")


def test_the_check_shows_it_where_there_is_one_look(
    client: Client, published_recall: RecallVersion
) -> None:
    body = client.get(f"{PAGE}check").content.decode()
    smallest = pictures_of(published_recall)[FRONT].sizes[0]
    assert (f"/pictures/{smallest.digest}.jpg" in body) == ('class="alone"' in body)
