"""The folder of two firms' brands: one set of pages for all host names, or one for each."""

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.operating.errors import StandInProblem
from recalldesk.operating.stand_in.exporting import (
    collect_static_files,
    export,
    keep_up_to_date,
)
from recalldesk.operating.stand_in.folder import is_whole
from tests.cast import SLUG, Desk
from tests.two_brands import HARBOUR, HARBOUR_SLUG, HARBOURS_SERIALS, TIDEWATER, harbours_text

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


def test_a_worker_keeps_one_for_each_host_name_its_brands_own_and_nothing_left_out(
    folder: Path, settings: Settings
) -> None:
    settings.NOTICE_FOLDER = folder / "{host}"
    assert keep_up_to_date() is not None
    assert {path.name for path in folder.iterdir()} == {HARBOUR, TIDEWATER}
    for host, own, other in (
        (HARBOUR, "Harbour", "Tidewater"),
        (TIDEWATER, "Tidewater", "Harbour"),
    ):
        for name in OF_NOBODY:
            page = (folder / host / name).read_text("utf-8")
            assert f"/{own.lower()}.css" in page, name
            assert f"/{other.lower()}.css" not in page, name
            assert re.search(PHONES[own], page), name
            assert not re.search(PHONES[other], page), name
        assert is_whole(folder / host)
    first = (folder / HARBOUR / "en" / "index.html").read_text("utf-8")
    assert "Recalls of other brands" in first
    assert first.index(f"/recalls/{HARBOUR_SLUG}/") < first.index(f"/recalls/{SLUG}/")
    kettle = (folder / HARBOUR / "en" / "recalls" / SLUG / "index.html").read_text("utf-8")
    assert "/tidewater.css" in kettle
    assert keep_up_to_date() is None


def test_a_folder_that_cannot_be_written_keeps_no_other_from_it(
    folder: Path, settings: Settings
) -> None:
    settings.NOTICE_FOLDER = folder / "{host}"
    (folder / HARBOUR).mkdir(parents=True)
    (folder / HARBOUR / "letter.txt").write_text("somebody else's")
    with pytest.raises(StandInProblem, match="not one that this command wrote"):
        keep_up_to_date()
    assert is_whole(folder / TIDEWATER)


def test_a_host_name_that_no_brand_has_is_refused(folder: Path) -> None:
    with pytest.raises(StandInProblem, match=r"recall\.elsewhere\.example"):
        export(folder, host="recall.elsewhere.example")
    assert not folder.exists()
