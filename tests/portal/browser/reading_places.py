"""The pages of a claim whose photos are read, in each state."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.portal.browser.claims import goes_on
from tests.portal.browser.conftest import Site
from tests.portal.browser.following_places import open_claim


def _draft(name: str, path: str = "label") -> Callable[[Page, Site], None]:
    def go(page: Page, site: Site) -> None:
        open_claim(page, site, name, path)

    return go


def _looked_at_again(page: Page, site: Site) -> None:
    open_claim(page, site, "label_in_doubt", "label")
    goes_on(page, 'form[action$="/unit"] .button')


READING: dict[str, Callable[[Page, Site], None]] = {
    "label being read": _draft("label_waits"),
    "label being read for long": _draft("label_slow"),
    "label read": _draft("label_read"),
    "label read, in doubt": _draft("label_in_doubt"),
    "label read, within reach": _looked_at_again,
    "label not read": _draft("label_not_read"),
    "label of no use": _draft("label_of_no_use"),
    "photos read": _draft("photos_read", "photos"),
    "photos read, as given": _draft("photos_as_given", "photos"),
    "label reads otherwise": _draft("photos_read"),
    "status, mark not seen": _draft("mark_not_seen", ""),
}
