"""Every public page: kept by anybody for a minute, no cookie, nothing from elsewhere."""

import re

import pytest

from tests.portal.conftest import Owner

PAGES = [
    "/en/",
    "/en/check",
    "/en/danger",
    "/en/recalls/anker-a1263/",
    "/en/recalls/anker-a1263/versions/1/",
    "/en/recalls/anker-a1263/shops",
    "/en/recalls/anker-a1263/check",
    "/en/recalls/anker-a1263/unreadable",
    "/en/recalls/anker-a1263/danger",
    "/en/recalls/anker-a1263/claim",
    "/en/recalls/anker-a1263/claim?several",
    "/en/recalls/anker-a1263/privacy",
    "/en/recalls/soundcore-a3102-a3302/powerconf/claim",
    "/en/recalls/soundcore-a3102-a3302/",
    "/en/recalls/soundcore-a3102-a3302/powerconf/check",
    "/en/recalls/soundcore-a3102-a3302/powerconf/unreadable",
    "/en/recalls/anker-25-466/check",
    "/en/recalls/made-up-vehicles/check",
    "/en/recalls/baseus-bs30kp365/",
]
NO_SCRIPT = (
    r'<script type="application/ld\+json">[^<]*</script>'
    r'|<link rel="(?:canonical|alternate)"[^>]*>'
)
"""What programs read of a page: nothing in it runs, and no browser fetches anything for it."""


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "es", "en-xa", "ar-xb"])
def test_it_can_be_kept_and_sets_no_cookie(owner: Owner, path: str, language: str) -> None:
    path = path.replace("/en/", f"/{language}/", 1)
    page = owner.sees(path)
    assert page.status_code == 200
    assert page["Cache-Control"] == "public, max-age=60"
    assert page["Vary"] == "Accept-Encoding"
    assert not page.cookies
    again = owner.sees(path, headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", PAGES)
def test_it_holds_no_style_and_no_script_of_its_own(owner: Owner, path: str) -> None:
    body = re.sub(NO_SCRIPT, "", owner.sees(path).content.decode())
    assert not re.search(r"<[^>]*\sstyle=", body)
    assert "<style" not in body
    assert not re.search(r"<script(?![^>]*\ssrc=)", body)
    assert not re.search(r'(?:src|<link[^>]*href)="(?:https?:)?//', body)
    assert not re.search(r"\son[a-z]+=", body)


@pytest.mark.parametrize("path", PAGES)
def test_it_says_once_that_no_card_and_no_fee_are_asked(owner: Owner, path: str) -> None:
    body = owner.sees(path).content.decode()
    assert body.count("We never ask for a card number or a fee") == 1
    assert "tel:+18005550142" in body


@pytest.mark.parametrize("path", PAGES)
def test_it_has_one_main_button_at_most(owner: Owner, path: str) -> None:
    classes = re.findall(r'class="(button[^"]*)"', owner.sees(path).content.decode())
    assert classes.count("button") <= 1


def test_the_headers_allow_nothing_from_elsewhere(owner: Owner) -> None:
    page = owner.sees("/en/")
    assert page["Content-Security-Policy"].startswith("default-src 'none'")
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in page["Permissions-Policy"]


def test_only_the_root_looks_at_the_browser(owner: Owner) -> None:
    answer = owner.sees("/", headers={"Accept-Language": "es-MX,es;q=0.9"})
    assert answer.status_code == 302
    assert answer["Location"] == "/es/"
    assert "Accept-Language" in answer["Vary"]


def test_open_recalls_stand_before_closed_ones(owner: Owner) -> None:
    body = owner.sees("/en/").content.decode()
    closed = body.index("Closed: the remedy is still offered")
    assert all(
        body.index(f"/recalls/{slug}/") < closed for slug in ("anker-a1263", "baseus-bs30kp365")
    )


def test_the_language_links_lead_to_the_same_page(owner: Owner) -> None:
    body = owner.sees("/en/recalls/anker-a1263/check").content.decode()
    assert 'href="/es/recalls/anker-a1263/check" lang="es" hreflang="es"' in body


def test_each_country_of_a_recall_has_its_section(owner: Owner) -> None:
    body = owner.sees("/en/recalls/soundcore-a3102-a3302/").content.decode()
    assert "<h2>United States</h2>" in body
    assert "<h2>Canada</h2>" in body


def test_a_brand_has_its_colour_in_a_sheet_of_its_own(owner: Owner) -> None:
    body = owner.sees("/en/recalls/anker-a1263/check").content.decode()
    found = re.search(r'href="(/theme/[^"]+)"', body)
    assert found
    sheet = owner.sees(found.group(1))
    assert sheet.content.startswith(b":root{--accent:#1d4f91;--accent-tint:#")
    assert sheet["Cache-Control"] == "public, max-age=31536000, immutable"
    assert owner.sees("/theme/0123456789ab/anker-a1263/anker.css").status_code == 404


def test_spanish_pages_say_the_recall_in_spanish(owner: Owner) -> None:
    body = owner.sees("/es/recalls/anker-a1263/").content.decode()
    assert '<html lang="es">' in body
    assert "12 de junio de 2025" in body
    assert "Unidades" in body


def test_a_text_in_another_language_is_marked(owner: Owner) -> None:
    body = owner.sees("/ar-xb/recalls/anker-a1263/check").content.decode()
    assert '<html lang="ar-xb" dir="rtl">' in body
    assert '<span lang="en" dir="ltr">Is my power bank in the recall?</span>' in body
