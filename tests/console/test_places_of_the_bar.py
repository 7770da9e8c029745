"""The bar at the top of the desk: its places in groups, only those that somebody may open."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from tests.at_the_desk import sign_in, staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
GROUP = re.compile(
    r'<details class="group"([^>]*)><summary[^>]*>([^<]+)</summary>(.*?)</details>', re.S
)
LINK = re.compile(r'<a href="([^"]+)"( aria-current="page")?>')


def bar_of(response: HttpResponse) -> str:
    found = re.search(
        r'<nav class="row" aria-label="Desk">.*?</nav>', response.content.decode(), re.S
    )
    assert found
    return found[0]


def groups_in(bar: str) -> dict[str, tuple[bool, str]]:
    """Each group by its name: whether it stands open, and its links."""
    return {name: (" open" in more, links) for more, name, links in GROUP.findall(bar)}


def here_in(bar: str) -> list[str]:
    return [url for url, here in LINK.findall(bar) if here]


def test_the_group_of_the_page_stands_open_and_no_other(client: Client) -> None:
    sign_in(client, staff(Role.ADMINISTRATOR))
    bar = bar_of(client.get("/desk/letters/"))
    assert [name for name, (is_open, _) in groups_in(bar).items() if is_open] == ["Claims"]
    assert here_in(bar) == ["/desk/letters/"]


def test_the_nearest_place_is_marked_and_only_one(client: Client) -> None:
    sign_in(client, staff(Role.ADMINISTRATOR))
    assert here_in(bar_of(client.get("/desk/recalls/new/"))) == ["/desk/recalls/"]
    assert here_in(bar_of(client.get("/desk/incidents/figures/"))) == ["/desk/incidents/"]


def test_nobody_is_led_to_what_they_may_not_open(client: Client) -> None:
    sign_in(client, staff(Role.VIEWER))
    bar = bar_of(client.get("/desk/claims/"))
    addresses = [url for url, _ in LINK.findall(bar)]
    assert "/desk/recalls/" in addresses
    assert "/desk/staff/" not in addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address


def test_a_group_of_one_place_is_that_place(client: Client) -> None:
    sign_in(client, staff(Role.VIEWER))
    bar = bar_of(client.get("/desk/claims/"))
    assert "Remedies" not in groups_in(bar)
    assert '<a href="/desk/corrections/">Corrections</a>' in bar
