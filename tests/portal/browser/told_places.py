"""The pages of whoever was written to, and how a browser comes to see each."""

import json
from collections.abc import Callable

from playwright.sync_api import Page

from tests.portal.browser.conftest import Site
from tests.portal.browser.told_made import FILE

MAIL_PROGRAM = """path => {
    const form = document.createElement('form')
    form.method = 'post'
    form.action = path
    const click = document.createElement('input')
    click.name = 'List-Unsubscribe'
    click.value = 'One-Click'
    form.append(click)
    document.body.append(form)
    form.submit()
}"""


def path_of(page: Page, site: Site, name: str) -> str:
    """The address of a notice's page, in the language of the page that is open."""
    language = page.url.removeprefix(site.address).split("/")[1]
    token = json.loads((site.folder / FILE).read_text(encoding="utf-8"))[name]
    return f"{site.address}/{language}/told/{token}"


def _notice(name: str) -> Callable[[Page, Site], None]:
    return lambda page, site: page.goto(path_of(page, site, name)) and None


def presses(page: Page, button: str) -> None:
    """Presses one of its buttons, and waits for the page that it leads to."""
    with page.expect_navigation():
        page.locator(f"main button[value={button}]").click()


def _refused(page: Page, site: Site) -> None:
    _notice("several")(page, site)
    page.fill("#units", "9")
    presses(page, "sold")


def _nothing_more(page: Page, site: Site) -> None:
    path = path_of(page, site, "silent")
    page.goto(path)
    with page.expect_navigation():
        page.evaluate(MAIL_PROGRAM, f"{path}/nothing-more")


def _unknown(page: Page, site: Site) -> None:
    page.goto(f"{path_of(page, site, 'fresh')}x")


def _you(page: Page, site: Site) -> None:
    _notice("fresh")(page, site)
    presses(page, "claim")
    page.goto(page.url.removesuffix("/unit") + "/you")


def _on_file(page: Page, site: Site) -> None:
    _you(page, site)
    page.goto(page.url.removesuffix("/you") + "/on-file")


TOLD: dict[str, Callable[[Page, Site], None]] = {
    "notice": _notice("fresh"),
    "notice answered": _notice("done"),
    "notice, sold": _notice("sold"),
    "notice, perhaps": _notice("perhaps"),
    "notice, claimed": _notice("filed"),
    "notice, to a new owner": _notice("next"),
    "notice, how many is refused": _refused,
    "notice no more": _nothing_more,
    "notice of no known link": _unknown,
    "name and address on file": _on_file,
    "name and address on file, offered": _you,
}
