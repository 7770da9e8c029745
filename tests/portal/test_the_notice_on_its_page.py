"""A recall's page says its notice, whole: to people, in print, and to programs."""

import json
import re
from html import unescape

import pytest
from django.db import OperationalError
from django.utils.translation import gettext, override

from recalldesk.notices.lines import lines_of
from recalldesk.notices.published import Published, published_of
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.linting import notice_findings_of, open_errors
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import known_recall
from tests.portal.conftest import Owner
from tests.portal.published import EXAMPLES

NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/recall.toml"))
OTHERWISE = re.compile(
    r"^(remedies|firm|companies|contact|incidents|country|product .* (looks|numbers|pictures))"
)
"""Lines whose parts stand on the page one by one."""


def page_of(owner: Owner, name: str, language: str = "en") -> str:
    return owner.sees(f"/{language}/recalls/{name}/").content.decode()


def words_of(body: str) -> str:
    """The text of a page, without its marks."""
    main = re.sub(r"<(script|svg)\b.*?</\1>", " ", body, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", main)).split())


def main_of(body: str) -> str:
    """A page without its head and foot."""
    return body.partition("<main")[2].partition("</main>")[0]


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_every_line_of_the_notice_stands_on_the_page(
    owner: Owner, name: str, language: str
) -> None:
    live = known_recall(name)
    assert live is not None
    notice = notice_of(published_of(live), language)
    shown = words_of(page_of(owner, name, language))
    for line in lines_of(notice):
        if OTHERWISE.match(line.key):
            continue
        for words in line.text.split("\n"):
            assert plain(words) in shown, line.key
    for remedy in notice.remedies:
        for words in (remedy.title, remedy.explanation, *remedy.limits):
            assert plain(words) in shown
    for product in notice.products:
        for picture in product.pictures:
            assert f'alt="{picture.words}"' in page_of(owner, name, language)
    for contact in notice.contacts:
        assert contact.phone_shown in shown
        assert contact.hours in shown
        assert contact.email in shown
    for company in notice.companies:
        assert company.name in shown
    if notice.incidents:
        assert notice.incidents.summary in shown
        assert notice.incidents.as_of_shown in shown
    for country in notice.countries:
        assert plain(country.units) in shown
        assert country.regulator in shown


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
def test_brand_firm_and_where_it_sits_stand_in_the_notice_itself(
    owner: Owner, name: str, language: str
) -> None:
    """Not in the page's head and foot alone, which other pages of the brand have as well."""
    live = known_recall(name)
    assert live is not None
    notice = notice_of(published_of(live), language)
    main = words_of(main_of(page_of(owner, name, language)))
    with override(language):
        brand = gettext("Brand")
    for product in notice.products:
        assert f"{brand} {product.brand}" in main
    for words in (notice.firm_legal_name or notice.firm, notice.firm_address, notice.firm_website):
        assert plain(words) in main


def test_a1263_says_what_was_reported_as_approved_and_dated(owner: Owner) -> None:
    shown = words_of(page_of(owner, "anker-a1263"))
    assert (
        "Anker has 19 reports of fires and explosions. 2 people had minor burns and needed no "
        "medical attention. 11 reports were of damage to property, USD 60,700 in all. "
        "(as of June 12, 2025)"
    ) in shown


@pytest.mark.parametrize("name", NAMES)
def test_the_linter_passes_or_each_override_says_why(owner: Owner, name: str) -> None:
    version = RecallVersion.objects.get(recall__slug=name, state="live")
    assert open_errors(version) == ()
    overridden = [each for each in notice_findings_of(version) if each.overridden_by]
    assert len(overridden) == version.notice_overrides.count()


def test_the_heading_that_the_eu_words_stands_first_where_it_is_given(owner: Owner) -> None:
    body = page_of(owner, "made-up-vehicles")
    assert "<h1>Product safety recall</h1>" in body
    assert "<title>Product safety recall: Recall of Brisa" in body
    assert "Pass it on" in body
    assert "Product safety recall" not in page_of(owner, "anker-a1263")


def test_every_language_is_linked_and_the_page_names_its_address(owner: Owner) -> None:
    for language in ("en", "es"):
        body = page_of(owner, "anker-a1263", language)
        (canonical,) = re.findall(r'<link rel="canonical" href="([^"]+)">', body)
        assert canonical.endswith(f"/{language}/recalls/anker-a1263/")
        linked = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', body))
        assert linked["en"].endswith("/en/recalls/anker-a1263/")
        assert linked["es"].endswith("/es/recalls/anker-a1263/")
        assert "noindex" not in body


def test_what_programs_read_is_the_same_notice(owner: Owner) -> None:
    body = page_of(owner, "anker-a1263")
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body)
    assert not set(block) & set("<>&")
    told = json.loads(block)
    assert told["about"][0]["model"] == "A1263"
    assert told["abstract"] in words_of(body)


def test_where_the_serial_stands_is_drawn_and_said(owner: Owner) -> None:
    body = page_of(owner, "anker-a1263")
    assert 'id="where-h"' in body
    assert "On the bottom, where the model number stands" in body


def test_all_brands_can_be_called(owner: Owner) -> None:
    body = page_of(owner, "soundcore-a3102-a3302")
    live = known_recall("soundcore-a3102-a3302")
    assert live is not None
    assert len(live.document.brands) == 2
    for brand in live.document.brands:
        assert f"<strong>{brand.name}</strong><br>" in body


def test_the_page_says_no_serial(owner: Owner) -> None:
    assert owner.recalled() not in page_of(owner, "anker-a1263")


def test_it_is_there_while_the_database_is_away(
    owner: Owner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says is kept in memory; only the list of earlier versions is left out."""

    def away(_slug: str) -> list[Published]:
        raise OperationalError("away")

    monkeypatch.setattr("recalldesk.portal.views.notices.versions_published", away)
    assert "19 reports of fires and explosions" in words_of(page_of(owner, "anker-a1263"))
