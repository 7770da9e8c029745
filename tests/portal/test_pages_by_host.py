"""Several brands on one installation: a host name orders and frames its pages, and hides nothing.

The examples, with contacts of PowerConf's own: one recall has two brands, and there are others.
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from pytest_django import Settings

from tests.portal.conftest import Owner, desk_in
from tests.portal.published import EXAMPLES

BOTH = "soundcore-a3102-a3302"
SOUNDCORE, POWERCONF = "recall.soundcore.example", "recall.powerconf.example"
ANKER, NOBODYS = "recall.anker.example", "testserver"
OTHERS_PHONE, POWERCONFS_PHONE = "+18005550142", "+18005550143"
OWN = """hosts = ["recall.powerconf.example"]
sender = "recall@powerconf.example"
email = "help@powerconf.example"
phone = "+18005550143"
phone_shown = "1-800-555-0143"
"""
AS_IT_IS = (
    OWN.replace("recall@powerconf.example", "recall@example.com")
    .replace("help@powerconf.example", "recall-help@example.com")
    .replace("0143", "0142")
)
SLUGS = sorted(path.parent.name for path in EXAMPLES.glob("*/recall.toml"))
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def published(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """As in every test of the pages, with what PowerConf has of its own."""
    folder = tmp_path_factory.mktemp("desk")
    examples = folder / "examples"
    shutil.copytree(EXAMPLES, examples)
    file = examples / BOTH / "recall.toml"
    text = file.read_text(encoding="utf-8")
    assert AS_IT_IS in text
    file.write_text(text.replace(AS_IT_IS, OWN), encoding="utf-8")
    with desk_in(folder, django_db_blocker, examples):
        yield folder


@dataclass
class Visitor:
    """Somebody at one of the installation's host names."""

    owner: Owner
    host: str

    def sees(self, path: str) -> HttpResponse:
        return self.owner.client.get(path, headers={"Host": self.host})

    def reads(self, path: str) -> str:
        return self.sees(path).content.decode()

    def sends(self, path: str, **fields: str) -> str:
        headers = {"Host": self.host, "Origin": f"http://{self.host}"}
        return self.owner.client.post(path, fields, headers=headers).content.decode()


At = Callable[[str], Visitor]


@pytest.fixture
def at(owner: Owner, settings: Settings) -> At:
    settings.ALLOWED_HOSTS = ["testserver"]
    return partial(Visitor, owner)


def framed(page: str) -> str:
    """Whose page it is: what its head says."""
    (name,) = re.findall(r'class="firm" .*?<span>([^<]+)</span></a>', page)
    return name


def phones(page: str) -> set[str]:
    return set(re.findall(r"tel:(\+\d+)", page))


def recalls_on(page: str) -> list[str]:
    """The recalls of a list, each once, in their order."""
    return list(dict.fromkeys(re.findall(r"/en/recalls/([a-z0-9-]+)/", page)))


def test_a_brands_first_page_is_its_own_and_leads_with_its_recalls(at: At) -> None:
    page = at(POWERCONF).reads("/en/")
    assert framed(page) == "Anker PowerConf recalls"
    assert phones(page) == {POWERCONFS_PHONE}
    assert f"/{BOTH}/powerconf.css" in page
    own, others = page.split("Recalls of other brands")
    assert recalls_on(own) == [BOTH]
    assert sorted([BOTH, *recalls_on(others)]) == SLUGS


def test_a_host_of_several_recalls_leads_with_all_of_them(at: At) -> None:
    own, others = at(ANKER).reads("/en/").split("Recalls of other brands")
    assert len(recalls_on(own)) == 3
    assert all(slug.startswith("anker-") for slug in recalls_on(own))
    assert sorted(recalls_on(own) + recalls_on(others)) == SLUGS


def test_at_a_host_that_no_brand_has_the_frame_is_nobodys_with_everybodys_people(
    at: At,
) -> None:
    page = at(NOBODYS).reads("/en/")
    assert framed(page) == "Product recalls"
    assert "Recalls of other brands" not in page
    assert sorted(recalls_on(page)) == SLUGS
    assert {OTHERS_PHONE, POWERCONFS_PHONE} <= phones(page)


@pytest.mark.parametrize("host", [SOUNDCORE, POWERCONF, NOBODYS])
@pytest.mark.parametrize("path", ["/en/check", "/en/search"])
def test_a_unit_of_another_brand_is_found_and_it_is_said_whose_it_is(
    at: At, host: str, path: str
) -> None:
    visitor = at(host)
    serial = visitor.owner.recalled("a1263")
    answer = visitor.sends(path, serial=serial, q=serial)
    assert "Stop using it now" in answer
    assert framed(answer) == "Anker recalls"
    assert ("This is a recall of Anker, not of the brand" in answer) is (host != NOBODYS)
    assert phones(answer) == {OTHERS_PHONE}


def test_of_the_hosts_own_recall_nothing_of_another_is_said(at: At) -> None:
    visitor = at(SOUNDCORE)
    answer = visitor.sends("/en/check", serial=visitor.owner.recalled("soundcore"))
    assert "Stop using it now" in answer
    assert framed(answer) == "Soundcore recalls"
    assert "This is a recall of" not in answer


def test_where_nothing_else_says_the_brand_the_host_does(at: At) -> None:
    visitor = at(POWERCONF)
    serial = visitor.owner.recalled("soundcore")
    assert framed(visitor.sends("/en/check", serial=serial)) == "Anker PowerConf recalls"
    of_soundcore = visitor.sends("/en/check", serial=serial, recall=BOTH, brand="soundcore")
    assert framed(of_soundcore) == "Soundcore recalls"
    by_model = visitor.sends("/en/check", serial=serial, model="A3102016")
    assert framed(by_model) == "Soundcore recalls"
    assert framed(at(NOBODYS).sends("/en/check", serial=serial)) == "Soundcore recalls"


def test_the_other_brands_product_is_found_by_name_too(at: At) -> None:
    assert recalls_on(at(POWERCONF).sends("/en/search", q="Anker A1263"))[0] == "anker-a1263"


@pytest.mark.parametrize("path", ["/en/search", "/en/check"])
def test_where_all_products_are_shown_the_hosts_own_stand_first(at: At, path: str) -> None:
    page = at(POWERCONF).sends(path, q="", serial="")
    (shown,) = re.findall(r'<ul class="products">.*?</ul>', page, re.S)
    assert re.findall(r'href="(/[^"]+)"', shown)[:2] == [f"/en/recalls/{BOTH}/powerconf/check"] * 2
    assert sorted(recalls_on(shown)) == SLUGS


@pytest.mark.parametrize(
    ("host", "name", "answering"),
    [
        (SOUNDCORE, "Soundcore recalls", {OTHERS_PHONE}),
        (POWERCONF, "Anker PowerConf recalls", {POWERCONFS_PHONE}),
        (NOBODYS, "Soundcore recalls", {OTHERS_PHONE, POWERCONFS_PHONE}),
        (ANKER, "Soundcore recalls", {OTHERS_PHONE, POWERCONFS_PHONE}),
    ],
)
@pytest.mark.parametrize("page", ["", "privacy", "versions/1/"])
def test_a_recall_of_two_brands_is_framed_by_the_one_whose_host_it_is(
    at: At, host: str, name: str, answering: set[str], page: str
) -> None:
    text = at(host).reads(f"/en/recalls/{BOTH}/{page}")
    assert framed(text) == name
    foot = text.partition('id="person"')[2]
    assert phones(foot) == answering


@pytest.mark.parametrize(
    ("host", "first"), [(SOUNDCORE, "Soundcore"), (POWERCONF, "Anker PowerConf")]
)
def test_its_main_button_checks_the_hosts_own_product(at: At, host: str, first: str) -> None:
    page = at(host).reads(f"/en/recalls/{BOTH}/")
    assert re.findall(r'class="button" href="[^"]+">Check my ([^<]+)<', page) == [first]


def test_a_notice_has_one_address_whatever_host_it_is_asked_at(at: At) -> None:
    found = {
        tuple(re.findall(r'<link rel="canonical" href="([^"]+)"', at(host).reads(path)))
        for host in (SOUNDCORE, POWERCONF, NOBODYS)
        for path in (f"/en/recalls/{BOTH}/",)
    }
    assert len(found) == 1


@pytest.mark.parametrize(
    ("path", "status"), [("/en/no-such-page", 404), ("/en/recalls/none/check", 404)]
)
def test_an_error_page_has_the_frame_of_its_host(at: At, path: str, status: int) -> None:
    answer = at(POWERCONF).sees(path)
    assert answer.status_code == status
    page = answer.content.decode()
    assert (framed(page), phones(page)) == ("Anker PowerConf recalls", {POWERCONFS_PHONE})


def test_a_host_that_is_nobodys_is_refused_in_the_frame_of_nobody(at: At) -> None:
    answer = at("recall.elsewhere.example").sees("/en/")
    assert answer.status_code == 400
    assert framed(answer.content.decode()) == "Product recalls"


def test_whoever_tells_of_danger_may_choose_any_recall_the_hosts_own_first(
    at: At,
) -> None:
    page = at(POWERCONF).sends("/en/danger")
    slugs = [each for each in re.findall(r'<option value="([^"]+)"', page) if each]
    assert slugs[0] == BOTH
    assert sorted(slugs) == SLUGS


def test_the_feed_is_the_same_at_each_host_and_names_itself_there(at: At) -> None:
    feeds = {
        host: ElementTree.fromstring(at(host).sees("/en/recalls.atom").content)
        for host in (SOUNDCORE, POWERCONF)
    }
    for host, feed in feeds.items():
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {
            "alternate": f"http://{host}/en/",
            "self": f"http://{host}/en/recalls.atom",
        }
    one, other = feeds.values()
    for part in ("id", f"{ATOM}id", f"{ATOM}entry/{ATOM}id"):
        assert [e.text for e in one.findall(part)] == [e.text for e in other.findall(part)]
    assert len(one.findall(f"{ATOM}entry")) == len(SLUGS)


def test_the_cpscs_form_is_the_same_at_each_host(at: At) -> None:
    one, other = (at(host).reads("/recalls.cpsc.json") for host in (SOUNDCORE, POWERCONF))
    assert one == other
    assert len(json.loads(one)) > 3


def test_a_claim_begun_at_another_brands_host_is_still_that_recalls(at: At) -> None:
    page = at(POWERCONF).reads("/en/recalls/anker-a1263/claim")
    assert (framed(page), phones(page)) == ("Anker recalls", {OTHERS_PHONE})
