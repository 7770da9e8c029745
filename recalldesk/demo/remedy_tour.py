"""The third part of the tour: what comes of a claim that the rule approved, as its owner sees it.

Guarantee: nothing is hurried: each step waits until a letter or a page of the running server shows
it; one that does not come ends the tour with its name.
"""

import html
import re
import time
from collections.abc import Callable, Iterator

from recalldesk.demo.browser import Browser, Page
from recalldesk.demo.claim_tour import ClaimStep
from recalldesk.demo.mailbox import Letter, Mailbox
from recalldesk.demo.tour import TourEnded

PATIENCE = 90
"""Seconds that one step may take: ordering is looked after each minute at the latest."""
PAUSE = 0.25
APPROVED = "Your claim is approved"
CODE_READY = "Your gift card code is ready"
PARCEL_ORDERED, PARCEL_SENT = "Your remedy is ordered", "Your parcel is on its way"
ARRIVED = "has arrived"
CODE_PAGE = re.compile(r'href="(/en/claims/[\w-]+/gift-code)"')
GIFT_CODE = re.compile(r'id="gift-code"[^>]*>(.*?)</p>', re.DOTALL)
TRACKING = re.compile(r'<p>([\w ]+) <strong class="nowrap" dir="ltr">(\w+)</strong>')
LINE = re.compile(r'<li[^>]*><span class="small soft">(.*?)</span><b>(.*?)</b>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")


class RemedyTour:
    """Follows one claim. `mailbox`: of its owner; `status`: the address of its page."""

    def __init__(self, browser: Browser, mailbox: Mailbox, status: str) -> None:
        self._browser, self._mailbox, self._status = browser, mailbox, status
        self._since = time.monotonic()

    def gift_card(self) -> Iterator[ClaimStep]:
        """From the rule's approval to a code that its owner sees. Raises TourEnded."""
        yield self._seen(self._letter(APPROVED), "the rule approved it, and a letter says so")
        letter = self._letter(CODE_READY)
        yield self._seen(letter, "a letter says that the gift card's code is ready")
        page = self._opened(letter)
        yield self._seen(page, "the letter's link opens the claim")
        page = self._browser.open(self._found(CODE_PAGE, page, "the way to the gift card's code"))
        page = self._sent(page)
        code = self._letter("Your code:").code
        yield self._seen(code, "six digits are mailed, since a code is shown to its owner only")
        page = self._browser.send(page, page.form_with("code"), {"code": code})
        page = self._browser.send(page, page.form_with("unit"))
        shown = _plain(self._found(GIFT_CODE, page, "the gift card's code")).replace(" ", "")
        yield self._seen(shown, f"the gift card's code is shown: {shown[:4]} … {shown[-4:]}")
        yield from self._settled(self._letter("was shown"), "a letter says that it was shown")

    def parcel(self) -> Iterator[ClaimStep]:
        """From the rule's approval to a parcel that was delivered. Raises TourEnded."""
        yield self._seen(self._letter(APPROVED), "the rule approved it, and a letter says so")
        ordered = self._letter(PARCEL_ORDERED)
        yield self._seen(ordered, "the label is bought, and a letter says that it is ordered")
        sent = self._letter(PARCEL_SENT)
        yield self._seen(sent, "the carrier tells that it has the parcel, and a letter says so")
        page = self._opened(sent)
        found = TRACKING.search(page.text)
        if found is None:
            raise TourEnded(f"{page.address} does not show the parcel's tracking number.")
        yield self._seen(page, f"the claim's page shows how to follow it: {found[1]} {found[2]}")
        told = "the carrier tells that it was delivered, and a letter says so"
        yield from self._settled(self._letter(ARRIVED), told)

    def _settled(self, letter: Letter, what: str) -> Iterator[ClaimStep]:
        yield self._seen(letter, what)
        for at, words in LINE.findall(self._opened(letter).text):
            yield ClaimStep(f"  its page says: {_plain(at)}: {_plain(words)}")

    def _seen(self, _what: object, words: str) -> ClaimStep:
        """The step with the time that went by since the one before."""
        before, self._since = self._since, time.monotonic()
        return ClaimStep(words, (self._since - before) * 1000)

    def _letter(self, words: str) -> Letter:
        return self._until(lambda: self._mailbox.letter_saying(words), f'the letter "{words} …"')

    def _until(self, look: Callable[[], Letter | None], what: str) -> Letter:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if found := look():
                return found
            time.sleep(PAUSE)
        page = self._browser.open(self._status)
        lines = [_plain(words) for _, words in LINE.findall(page.text)]
        raise TourEnded(
            f"In {PATIENCE} seconds there was nothing to be seen of {what}. "
            f"The claim's page says: {', '.join(lines) or page.status}."
        )

    def _opened(self, letter: Letter) -> Page:
        """The claim's page, by the link of a letter, in the owner's browser."""
        return self._sent(self._browser.open(letter.link))

    def _sent(self, page: Page) -> Page:
        """The page after its one button."""
        after = self._browser.send(page, page.form_of_a_button())
        if after.status != 200:
            raise TourEnded(f"{after.address} answered {after.status}.")
        return after

    def _found(self, form: re.Pattern[str], page: Page, what: str) -> str:
        found = form.search(page.text)
        if found is None:
            raise TourEnded(f"{page.address} does not show {what}.")
        return found[1]


def _plain(marked: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", marked)).split())
