"""The pages of the second look by photo, and how a browser comes to see each."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import Page

from tests.portal.browser.looks_made import FILE

if TYPE_CHECKING:
    from tests.portal.browser.conftest import Site

NAME = "made-up-name-abc"


def has_look(page: Page, site: "Site", name: str, address: str = "") -> None:
    """Gives the browser the pass of a look, in the page's language, and opens its page."""
    base = address or site.address
    language = page.url.removeprefix(site.address).split("/")[1]
    token = json.loads((site.folder / FILE).read_text(encoding="utf-8"))[name]
    address = f"{base}/{language}/check/photo/{NAME}"
    cookie = {"name": f"look-{language}-{NAME}", "value": token, "url": address}
    page.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(address)


def _look(name: str) -> Callable[[Page, "Site"], None]:
    return lambda page, site: has_look(page, site, name)


def _over(page: Page, site: "Site") -> None:
    page.goto(f"{page.url.partition('/recalls/')[0]}/check/photo")


def _try_later(page: Page, site: "Site") -> None:
    has_look(page, site, "settled", site.stale)


LOOKS: dict[str, Callable[[Page, "Site"], None]] = {
    "photo waiting": _look("waiting"),
    "photo unreadable": _look("unreadable"),
    "photo of no use": _look("no use"),
    "photo unclear": _look("unclear"),
    "photo reads otherwise": _look("otherwise"),
    "photo settles it": _look("settled"),
    "photo is affected": _look("affected"),
    "photo leads to a person": _look("person"),
    "photo answered later": _try_later,
    "photo before a text": _look("before a text"),
    "photo before a text, unreadable": _look("before a text, unreadable"),
    "photo is over": _over,
}
