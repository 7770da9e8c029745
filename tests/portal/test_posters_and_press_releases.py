"""Posters and the press release at their addresses: for anybody, kept by caches, made once."""

from pathlib import Path
from typing import Any

import pytest

from recalldesk.notices.papers import keeping
from tests.notice.papers import read, words_of
from tests.portal.conftest import Owner

A1263 = "/en/recalls/anker-a1263"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.PAPERS_FOLDER = tmp_path / "papers"
    return tmp_path / "papers"


@pytest.mark.parametrize("name", ["poster-letter", "poster-tabloid", "poster-a4", "poster-a3"])
def test_a_poster_for_each_size(owner: Owner, name: str) -> None:
    answer = owner.sees(f"{A1263}/{name}.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == f'inline; filename="anker-a1263-v1-{name}-en.pdf"'
    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    assert "Productsafetyrecall" in words_of(read(answer.content))


def test_the_press_release_in_another_language(owner: Owner) -> None:
    answer = owner.sees("/es/recalls/anker-a1263/press-release.pdf")
    assert "anker-a1263-v1-press-release-letter-es.pdf" in answer["Content-Disposition"]
    assert "Comunicadodeprensa" in words_of(read(answer.content))


def test_the_page_leads_to_them(owner: Owner) -> None:
    body = owner.sees(f"{A1263}/").content.decode()
    for name in ("press-release", "poster-letter", "poster-tabloid", "poster-a4", "poster-a3"):
        assert f'href="{A1263}/{name}.pdf"' in body


@pytest.mark.parametrize("path", ["poster-a5.pdf", "trade-letter.pdf"])
def test_nothing_else_is_there(owner: Owner, path: str) -> None:
    assert owner.sees(f"{A1263}/{path}").status_code == 404


def test_a_recall_that_is_not_there_has_none(owner: Owner) -> None:
    assert owner.sees("/en/recalls/toaster/poster-a4.pdf").status_code == 404


def test_it_is_made_once(owner: Owner, monkeypatch: pytest.MonkeyPatch) -> None:
    first = owner.sees(f"{A1263}/poster-a4.pdf")

    def fail(*_given: object) -> bytes:
        raise AssertionError("made again")

    monkeypatch.setattr(keeping, "as_pdf", fail)
    again = owner.sees(f"{A1263}/poster-a4.pdf")
    assert again.content == first.content
    known = owner.sees(f"{A1263}/poster-a4.pdf", headers={"If-None-Match": first["ETag"]})
    assert known.status_code == 304


def test_a_folder_that_fails_keeps_nobody_from_a_poster(owner: Owner, folder: Path) -> None:
    folder.write_text("no folder")
    assert owner.sees(f"{A1263}/poster-a4.pdf").content.startswith(b"%PDF")


def test_the_oldest_files_go_first(
    owner: Owner, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_KEPT", 2)
    for name in ("poster-letter", "poster-tabloid", "poster-a4"):
        owner.sees(f"{A1263}/{name}.pdf")
    assert len(list(folder.glob("*.pdf"))) == 2


TWO_BRANDS = "/en/recalls/soundcore-a3102-a3302"


def test_each_brand_has_its_own_where_there_are_several(owner: Owner) -> None:
    body = owner.sees(f"{TWO_BRANDS}/").content.decode()
    for brand in ("soundcore", "powerconf"):
        assert f"Of {'Soundcore' if brand == 'soundcore' else 'Anker PowerConf'} alone:" in body
        for name in ("press-release", "poster-letter", "poster-a3"):
            path = f"{TWO_BRANDS}/{brand}/{name}.pdf"
            assert f'href="{path}"' in body
        answer = owner.sees(f"{TWO_BRANDS}/{brand}/poster-letter.pdf")
        kept = f"soundcore-a3102-a3302-{brand}-v1-poster-letter-en.pdf"
        assert kept in answer["Content-Disposition"]
    assert "alone:" not in owner.sees(f"{A1263}/").content.decode()
    assert owner.sees(f"{TWO_BRANDS}/nobody/poster-a4.pdf").status_code == 404
