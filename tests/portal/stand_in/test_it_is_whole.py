"""A stand-in holds every notice, every link in it leads somewhere, and it answers nothing."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from recalldesk.operating.stand_in.exporting import export
from recalldesk.operating.stand_in.links import links_of_page, path_on_this_site
from recalldesk.portal.stand_in import STAND_IN
from tests.now_and_then import now_and_then

LANGUAGES = [code for code, _name in settings.LANGUAGES]
pytestmark = pytest.mark.usefixtures("db")


def pages(folder: Path) -> dict[str, str]:
    """Every page by its address."""
    found = {}
    for path in sorted(folder.rglob("*.html")):
        address = "/" + str(path.relative_to(folder)).removesuffix("index.html")
        found[address] = path.read_text("utf-8")
    return found


def text_of(written: Path, address: str) -> str:
    return (written / address / "index.html").read_text("utf-8")


def test_every_link_leads_to_a_file_in_it(written: Path) -> None:
    seen = 0
    for address, html in pages(written).items():
        for link in links_of_page(html).addresses:
            assert link != "", address
            path = path_on_this_site(link, page=address)
            if path is None:
                assert re.match(r"(https?://|//|tel:|mailto:|data:|#)", link), (address, link)
                continue
            seen += 1
            file = written / path.lstrip("/")
            assert file.is_file() or (file / "index.html").is_file(), (address, link)
    assert seen > 500


def test_nothing_can_be_sent_and_nothing_leads_to_the_desk(written: Path) -> None:
    for address, html in pages(written).items():
        assert not re.search(r"<(form|button|input|select|textarea)\b", html), address
        assert "/desk/" not in html, address
        assert "/claim" not in html, address


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "",
        "check",
        "danger",
        "recalls/anker-a1263",
        "recalls/made-up-vehicles/versions/1",
        "recalls/made-up-vehicles/versions/2",
        "recalls/anker-a1263/check",
        "recalls/anker-25-466",
        "recalls/soundcore-a3102-a3302/powerconf/check",
    ],
)
def test_it_has_the_addresses_of_the_live_site(written: Path, language: str, path: str) -> None:
    html = text_of(written, f"{language}/{path}")
    assert f'<html lang="{language}"' in html
    live = Client().get(
        f"/{language}/{path}" + ("/" if "recalls" in path and "check" not in path else "")
    )
    assert live.status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_posters_press_release_and_feed_are_those_of_the_live_site(
    written: Path, language: str
) -> None:
    for name in ("poster-letter", "poster-tabloid", "poster-a4", "poster-a3", "press-release"):
        path = f"{language}/recalls/anker-a1263/{name}.pdf"
        assert (written / path).read_bytes() == Client().get(f"/{path}").content
    feed = f"{language}/recalls.atom"
    entries = re.findall(rb"<id>tag:[^<]+", (written / feed).read_bytes())
    assert entries == re.findall(rb"<id>tag:[^<]+", Client().get(f"/{feed}").content)


def test_the_records_are_those_of_the_live_site(written: Path) -> None:
    records = json.loads((written / "recalls.cpsc.json").read_bytes())
    assert records == Client().get("/recalls.cpsc.json").json()


def test_a_notice_says_what_the_live_one_says(written: Path) -> None:
    """All but the ways to what a stand-in cannot do."""
    live = Client().get("/en/recalls/anker-a1263/").content.decode()
    kept = text_of(written, "en/recalls/anker-a1263")
    facts = re.compile(r"<(?:dd|li|h1|h2|h3|p class=\"lead\")[^>]*>([^<]+)")
    assert facts.findall(live) == facts.findall(kept)
    assert "Just now only the notices can be read here" in kept
    assert "Just now only the notices" not in live


@pytest.mark.parametrize(
    "path", ["recalls/anker-a1263/check", "recalls/soundcore-a3102-a3302/powerconf/check", "check"]
)
def test_in_place_of_a_check_it_says_that_none_is_answered(written: Path, path: str) -> None:
    html = text_of(written, f"en/{path}")
    assert "Checks are not answered here just now" in html
    said = " ".join(html.split())
    assert "Until somebody has compared its serial number, count your unit as recalled." in said
    assert "<strong>Stop using it.</strong>" in html
    assert 'href="tel:+1' in html
    assert 'href="mailto:' in html
    assert f'href="http://127.0.0.1:8000/en/{path}"' in html, "where to check later"
    assert '<meta name="robots" content="noindex">' in html
    assert "safe" not in re.sub(r"<[^>]+>", " ", html).lower()


def test_in_spanish_too(written: Path) -> None:
    html = text_of(written, "es/recalls/anker-a1263/check")
    assert "Aquí no se responden comprobaciones en este momento" in html


def test_the_start_page_offers_each_language(written: Path) -> None:
    html = (written / "index.html").read_text("utf-8")
    for language in LANGUAGES:
        assert f'href="/{language}/"' in html


def test_a_page_for_what_is_not_there_speaks_all_languages(written: Path) -> None:
    html = (written / "404.html").read_text("utf-8")
    assert "This page is not here just now" in html
    assert "Esta página no está aquí en este momento" in html
    assert 'href="tel:+1' in html


def test_robots_may_read_it(written: Path) -> None:
    assert (written / "robots.txt").read_text("ascii") == "User-agent: *\nAllow: /\n"


@now_and_then
def test_made_again_it_is_the_same_bytes(written: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in written.rglob("*") if path.is_file()}
    assert not export(written).has_changed
    assert {path: path.read_bytes() for path in written.rglob("*") if path.is_file()} == before


def test_of_some_recalls_it_has_only_these(written: Path, tmp_path: Path) -> None:
    export(tmp_path / "www", ["baseus-bs30kp365"])
    found = {path.name for path in (tmp_path / "www" / "en" / "recalls").iterdir()}
    assert found == {"baseus-bs30kp365"}


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    "header", [STAND_IN, "HTTP_RECALLDESK_STAND_IN", "HTTP_RECALLDESK.STAND_IN"]
)
def test_nobody_can_ask_the_live_site_for_it(header: str) -> None:
    answer = Client().get("/en/recalls/anker-a1263/check", **{header: "1"})
    assert "Checks are not answered here" not in answer.content.decode()
