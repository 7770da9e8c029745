"""The pages of whoever tells what happened."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.portal.browser.conftest import Site

REPORT = "/recalls/anker-a1263/incident"
SEND = "main form .row.full .button[value=send]"


def _here(page: Page, site: Site) -> str:
    """The address with the language of the page that is open."""
    return f"{site.address}/{page.url.removeprefix(site.address).split('/')[1]}"


def _press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).click()


def _report(path: str = REPORT) -> Callable[[Page, Site], None]:
    def go(page: Page, site: Site) -> None:
        page.goto(_here(page, site) + path)

    return go


def tells(page: Page) -> None:
    """Fills in what is made up of somebody who was hurt, and of something that was damaged."""
    page.check("[name=happened][value=fire]")
    page.fill("[name=account]", "Made up: it burnt on the sofa.")
    page.check("[name=anyone_hurt][value=yes]")
    page.select_option("[name=person-0-care]", "first_aid")
    page.fill("[name=person-0-harm]", "Made up: a burnt hand")
    page.check("[name=anything_damaged][value=yes]")
    page.fill("[name=thing-0-what]", "Made up: a sofa")


def _two_people(page: Page, site: Site) -> None:
    _report()(page, site)
    tells(page)
    _press(page, "[name=do][value=person]")


def _refused(page: Page, site: Site) -> None:
    _report()(page, site)
    tells(page)
    page.fill("[name=thing-0-amount]", "much")
    page.fill("[name=contact]", "nobody")
    _press(page, SEND)


def _told(page: Page, site: Site) -> None:
    _report()(page, site)
    tells(page)
    page.fill("[name=contact]", "made-up-owner@example.org")
    _press(page, SEND)


def _told_of_any(page: Page, site: Site) -> None:
    _report("/incident")(page, site)
    page.check("[name=happened][value=smoke]")
    _press(page, SEND)


def _photo_missing(page: Page, site: Site) -> None:
    _told(page, site)
    _press(page, "main [name=send]")


def _cut_off(page: Page, site: Site) -> None:
    page.goto(_here(page, site).replace(site.address, site.cut_off) + "/incident")
    tells(page)
    _press(page, SEND)


REPORTING: dict[str, Callable[[Page, Site], None]] = {
    "report": _report(),
    "report of any product": _report("/incident"),
    "report of a brand in two countries": _report(
        "/recalls/soundcore-a3102-a3302/powerconf/incident"
    ),
    "report of two people": _two_people,
    "report, something wrong": _refused,
    "report told": _told,
    "report told of any product": _told_of_any,
    "report told, photo missing": _photo_missing,
    "report without a database": _cut_off,
}
"""Each begins at the check page, in the language that is looked at."""
