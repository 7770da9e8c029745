"""The Atom feed: an entry for each version that was published, under an id that stays."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import SERIALS, Desk, recall_text

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client: Client, language: str = "en") -> ElementTree.Element:
    answer = client.get(f"/{language}/recalls.atom")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=60"
    return ElementTree.fromstring(answer.content)


def told(entry: ElementTree.Element, name: str) -> str:
    return entry.findtext(f"{ATOM}{name}") or ""


def ids(feed: ElementTree.Element) -> list[str]:
    return [told(entry, "id") for entry in feed.findall(f"{ATOM}entry")]


def grow(desk: Desk) -> None:
    draft = desk.apply(recall_text(units=6))
    desk.take(draft, [*SERIALS, "TW24088881"])
    desk.publish(desk.approve(draft))


def test_each_version_is_an_entry_the_newest_first(kettles: Desk, client: Client) -> None:
    kettles.published()
    (first,) = ids(feed_of(client))
    grow(kettles)
    feed = feed_of(client)
    second, again = feed.findall(f"{ATOM}entry")
    assert told(again, "id") == first
    assert first.startswith("tag:")
    assert first.endswith(":recalls/kettle-k20/versions/1")
    assert "(version 2)" in told(second, "title")
    assert told(feed, "updated") == told(second, "updated")
    link = second.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href", "").endswith("/en/recalls/kettle-k20/versions/2/")
    assert client.get(urlsplit(link.get("href", "")).path).status_code == 200


def test_an_id_is_the_same_in_each_language_and_at_each_address(
    kettles: Desk, client: Client, settings: Settings
) -> None:
    kettles.published()
    here = ids(feed_of(client))
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(
        update={"public_address": "https://elsewhere.example"}
    )
    assert ids(feed_of(client, "es")) == here
    first = feed_of(client, "es").find(f"{ATOM}entry/{ATOM}link")
    assert first is not None
    assert first.get("href", "").startswith("https://elsewhere.example/es/recalls/")


def test_it_has_all_that_atom_asks_for(published_recall: object, client: Client) -> None:
    feed = feed_of(client)
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    for part in (feed, entry):
        assert all(told(part, name) for name in ("id", "title", "updated"))
        assert part.findtext(f"{ATOM}author/{ATOM}name")
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"alternate", "self"}
    assert "handle" in told(entry, "summary")


@pytest.mark.usefixtures("db", "index_folder")
def test_it_is_there_before_anything_was_published(client: Client) -> None:
    assert ids(feed_of(client)) == []


def test_the_page_leads_to_it(published_recall: object, client: Client) -> None:
    body = client.get("/en/recalls/kettle-k20/").content.decode()
    assert 'type="application/atom+xml"' in body
    assert body.count('href="/en/recalls.atom"') == 2
