"""The folder of two firms' brands: one set of pages, under whatever host name it is shown."""

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.operating.stand_in.exporting import collect_static_files, export
from tests.cast import SLUG, Desk
from tests.two_brands import HARBOUR_SLUG, HARBOURS_SERIALS, TIDEWATER, harbours_text

OF_NOBODY = (
    "404.html",
    "index.html",
    "en/index.html",
    "en/check/index.html",
    "en/danger/index.html",
    "es/index.html",
    "es/danger/index.html",
)
PHONES = {"Tidewater": r"tel:\+1800555\d+", "Harbour": r"tel:\+1888555\d+"}


@pytest.fixture
def folder(kettles: Desk, settings: Settings, tmp_path: Path) -> Path:
    """Where it goes; both recalls are published, and papers have a place of the test's own."""
    settings.PAPERS_FOLDER = tmp_path / "papers"
    settings.STATIC_ROOT = tmp_path / "static"
    collect_static_files()
    kettles.published()
    kettles.published(harbours_text(), HARBOURS_SERIALS)
    return tmp_path / "www"


def test_pages_of_no_recall_are_nobodys_and_a_recalls_own_are_its_brands(
    folder: Path, settings: Settings
) -> None:
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"public_address": f"https://{TIDEWATER}"}
    )
    export(folder)
    for name in OF_NOBODY:
        page = (folder / name).read_text("utf-8")
        assert not re.search(r"/(tidewater|harbour)\.css", page), name
        assert "Recalls of other brands" not in page, name
        for brand, phone in PHONES.items():
            assert re.search(phone, page), (name, brand)
    for slug, brand, other in (
        (SLUG, "Tidewater", "Harbour"),
        (HARBOUR_SLUG, "Harbour", "Tidewater"),
    ):
        page = (folder / "en" / "recalls" / slug / "index.html").read_text("utf-8")
        assert re.search(PHONES[brand], page), slug
        assert not re.search(PHONES[other], page), slug
