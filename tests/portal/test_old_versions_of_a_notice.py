"""An old version stays at its own address, says that it is old, and what changed since."""

import pytest
from django.test import Client

from tests.cast import SERIALS, Desk, recall_text

V1 = "/en/recalls/kettle-k20/versions/1/"
LIVE = "/en/recalls/kettle-k20/"
NEW = "TW24088881"


@pytest.fixture
def grown(kettles: Desk) -> Desk:
    """The kettle by its second version: one unit more, another hazard."""
    kettles.published()
    text = recall_text(units=6).replace("The handle can break", "The handle can come off")
    draft = kettles.apply(text)
    kettles.take(draft, [*SERIALS, NEW])
    kettles.publish(kettles.approve(draft))
    return kettles


def body_of(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    assert page["Cache-Control"] == "public, max-age=60"
    assert not page.cookies
    return page.content.decode()


def test_it_says_that_it_is_old_and_leads_to_the_one_that_holds(
    grown: Desk, client: Client
) -> None:
    body = body_of(client, V1)
    assert "This is an old version" in body
    assert "<title>An old version" in body
    assert f'<a class="button" href="{LIVE}">Read the recall as it is now</a>' in body
    assert '<meta name="robots" content="noindex">' in body
    assert f'{LIVE}">' in body.partition('rel="canonical"')[2].partition("\n")[0]
    assert "application/ld+json" not in body


def test_it_still_says_what_it_said(grown: Desk, client: Client) -> None:
    old, live = body_of(client, V1), body_of(client, LIVE)
    assert "The handle can break" in old
    assert "The handle can break" not in live
    assert "The handle can come off" in live


def test_what_changed_since_is_told_before_and_now(grown: Desk, client: Client) -> None:
    changes = body_of(client, V1).partition('<dl class="changes">')[2].partition("</dl>")[0]
    assert changes.index("The handle can break") < changes.index("The handle can come off")
    assert "Units, United States" in changes
    assert "5</p>" in changes
    assert "6</p>" in changes


def test_it_offers_neither_its_own_check_nor_its_own_claim(grown: Desk, client: Client) -> None:
    body = body_of(client, V1)
    assert body.count(f'href="{LIVE}check"') == 1
    assert f'href="{LIVE}claim"' not in body


def test_the_live_page_lists_it_and_its_own_address_is_the_same_page(
    grown: Desk, client: Client
) -> None:
    assert f'href="{V1}"' in body_of(client, LIVE)
    own = body_of(client, f"{LIVE}versions/2/")
    assert own.partition("<main")[2] == body_of(client, LIVE).partition("<main")[2]
    assert f'{LIVE}">' in own.partition('rel="canonical"')[2].partition("\n")[0]


@pytest.mark.parametrize("number", ["0", "3", "999999999999"])
def test_what_never_went_live_is_not_there(grown: Desk, client: Client, number: str) -> None:
    grown.apply(recall_text(units=7))
    assert client.get(f"{LIVE}versions/{number}/").status_code == 404


def test_a_recall_of_one_version_lists_none(published_recall: object, client: Client) -> None:
    assert "Earlier versions" not in body_of(client, LIVE)
    assert "old version" not in body_of(client, V1)
