"""The page of recalls elsewhere: feeds are read and searched, by whoever may."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.elsewhere import at_hand
from recalldesk.elsewhere.actions import take_feed
from recalldesk.elsewhere.models import FeedFile
from recalldesk.foundation import clock
from tests.at_the_desk import main_of, sign_in
from tests.cast import SLUG, Cast, Desk
from tests.elsewhere.feeds_made import OF_CPSC, OF_USA_GOV

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAGE = "/desk/elsewhere/"


def sent(client: Client, content: bytes, name: str = "feed.json") -> str:
    file = SimpleUploadedFile(name, content, content_type="application/json")
    return client.post(f"{PAGE}read/", {"file": file}, follow=True).content.decode()


def read(client: Client, path: str = PAGE) -> str:
    return " ".join(main_of(client.get(path)).split())


def test_a_feed_is_read_and_searched_by_the_page(cast: Cast) -> None:
    client = sign_in(Client(), cast.author)
    assert "No feed was read yet." in read(client)
    assert "5 entries = 4 accepted + 1 rejected" in sent(client, OF_CPSC.read_bytes())
    assert "nothing changed" in sent(client, OF_CPSC.read_bytes())
    assert "Choose the feed" in client.post(f"{PAGE}read/", follow=True).content.decode()
    assert "a web page" in sent(client, b"<html>")
    number = FeedFile.objects.get().pk
    body = read(client)
    assert "4 recalls, 10 numbers found in them" in body
    assert "feed.json" in body
    rejects = client.get(f"{PAGE}{number}/rejects/")
    assert "neither a recall number" in rejects.getvalue().decode("utf-8-sig")  # type: ignore[attr-defined]
    assert client.get(f"{PAGE}{number + 1}/rejects/").status_code == 404
    found = read(client, f"{PAGE}?model=k-20")
    assert "k-20 stands in 1 recall" in found
    assert 'href="https://www.example.org/made-up-recalls/90001" rel="noreferrer"' in found
    assert "possible, never an answer" in found
    assert "That says nothing of a unit" in read(client, f"{PAGE}?model=K20&word=Nobody%00")


def test_an_old_feed_is_warned_of(cast: Cast) -> None:
    with time_machine.travel(clock.now() - timedelta(days=31), tick=False):
        take_feed(OF_USA_GOV, came_from="made up", by=cast.author)
    client = sign_in(Client(), cast.viewer)
    assert "over 30 days ago" in read(client)
    take_feed(OF_CPSC, came_from="made up", by=cast.author)
    assert "over 30 days ago" not in read(client)


def test_who_only_sees_recalls_reads_no_feed(cast: Cast) -> None:
    client = sign_in(Client(), cast.viewer)
    assert 'type="file"' not in read(client)
    file = SimpleUploadedFile("feed.json", OF_CPSC.read_bytes())
    assert client.post(f"{PAGE}read/", {"file": file}).status_code == 403
    assert not FeedFile.objects.exists()


def test_a_recall_says_where_its_models_may_be_too(kettles: Desk) -> None:
    kettles.published()
    client = sign_in(Client(), kettles.cast.viewer)
    assert "may also be in other recalls" not in read(client, f"/desk/recalls/{SLUG}/")
    take_feed(OF_CPSC, came_from="made up", by=kettles.cast.author)
    at_hand.forget()
    body = read(client, f"/desk/recalls/{SLUG}/")
    assert "Its models may also be in other recalls" in body
    assert f'href="{PAGE}?model=K20"' in body
