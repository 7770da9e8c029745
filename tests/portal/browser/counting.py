"""An owner on the way through a claim, whose pages, taps and typed fields are counted."""

from collections.abc import Callable
from time import monotonic

from playwright.sync_api import Page

from tests.portal.browser.claims import MAIN, goes_on

MOST_PAGES, MOST_TAPS = 9, 20


class Counting:
    """Counts pages and taps. One into a field counts, unless the page has put that in focus.

    `typed` names the fields that were typed into; `waits` holds the seconds that a page kept the
    owner waiting, by what for.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pages = self.taps = 0
        self.typed: list[str] = []
        self.waits: dict[str, float] = {}

    def opens(self, address: str) -> None:
        self.page.goto(address)
        self.pages += 1

    def taps_on(self, where: str) -> None:
        self.page.locator(where).first.click()
        self.taps += 1

    def goes_on(self, button: str = MAIN) -> None:
        goes_on(self.page, button)
        self.taps += 1
        self.pages += 1

    def types(self, where: str, text: str) -> None:
        field = self.page.locator(where)
        if not field.evaluate("field => field === document.activeElement"):
            self.taps_on(where)
        self.page.keyboard.type(text)
        self.typed.append(where)

    def sends(self, where: str, photo: dict[str, object], button: str = "") -> None:
        """Chooses a photo that the page sends by itself; without a script, by a button."""
        if button:
            self.chooses(where, photo)
            self.goes_on(button)
            return
        with self.page.expect_navigation():
            self.chooses(where, photo)
        self.pages += 1

    def waits_for(self, what: str, until: Callable[[], None]) -> None:
        """Until something is there; how long that takes is noted."""
        begun = monotonic()
        until()
        self.waits[what] = round(monotonic() - begun, 1)

    def chooses(self, where: str, *photos: dict[str, object]) -> None:
        self.page.set_input_files(where, list(photos))
        self.taps += 1

    def selects(self, where: str, value: str) -> None:
        self.page.select_option(where, value=value)
        self.taps += 1
