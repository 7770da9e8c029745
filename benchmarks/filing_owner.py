"""An owner who files a claim by the pages, through whatever breaks on the way.

Guarantee: a claim counts as acknowledged only once a page showed its reference. Whatever else
comes, a broken connection or an error of the server, is answered as people do: by trying again.
"""

import http.client
import random
import re
import threading
import time
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field

from recalldesk.demo.browser import Browser, Form, Page

PATIENCE = 300.0
"""Seconds after which an owner gives up; the claim then counts as lost."""
SENT_AGAIN = 0.3
"""How often a form that was taken is sent once more, as by a double click or the back button."""
SENT_BY_TWO = 0.5
"""How often the last form is sent by two tabs at once."""
REFERENCE = re.compile(r"\bR-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
KEY = re.compile(r"/claims/([^/]{12})/")
ADDRESS = {
    "street_address": "1 Example Street",
    "city": "Springfield",
    "country_area": "IL",
    "postal_code": "62704",
}


@dataclass(frozen=True)
class Plan:
    """What an owner is to claim. Without serials it is a unit whose serial cannot be read."""

    email: str
    serials: tuple[str, ...] = ()
    photo: bytes = b""


@dataclass
class Filed:
    """What an owner saw in the end; without a reference the claim was never acknowledged."""

    plan: Plan
    key: str = ""
    reference: str = ""
    repeats: int = 0
    sent_again: int = 0
    refusals: list[str] = field(default_factory=list)


class BrokenError(RuntimeError):
    """A page that did not come as it should, and is asked for again."""


class FilingOwner:
    """One owner with one plan, at a browser of their own."""

    def __init__(self, site: str, *, slug: str, plan: Plan, seed: int) -> None:
        self._browser = Browser(site)
        self._begin = f"/en/recalls/{slug}/claim"
        self._at = self._begin
        self._plan = plan
        self._draw = random.Random(seed)
        self.filed = Filed(plan)

    def file(self) -> Filed:
        """Goes the whole way, however often that takes."""
        until = time.monotonic() + PATIENCE
        while not self.filed.reference and time.monotonic() < until:
            try:
                self._go_on()
            except (OSError, http.client.HTTPException, BrokenError, LookupError):
                self.filed.repeats += 1
                time.sleep(self._draw.uniform(0.1, 0.6))
        return self.filed

    def _go_on(self) -> None:
        """From where the owner is, page by page, to the reference."""
        page = self._whole(self._browser.open(self._at))
        while not self._is_there(page):
            page = self._step(page)
            self._at = page.address.partition("?")[0]
            named = KEY.search(self._at)
            self.filed.key = named.group(1) if named else ""

    def _is_there(self, page: Page) -> bool:
        path = urllib.parse.urlsplit(page.address).path
        if not re.fullmatch(r"/en/claims/[^/]{12}/", path):
            return False
        shown = REFERENCE.search(page.text)
        if shown is None:
            raise BrokenError
        self.filed.reference = shown.group()
        return True

    def _step(self, page: Page) -> Page:
        steps: dict[str, Callable[[Page], Page]] = {
            "claim": self._units,
            "unit": self._units,
            "photos": self._photos,
            "you": lambda page: self._fill(page, "name", {"name": "Made-up Owner"}),
            "remedy": lambda page: self._fill(page, "remedy", {}),
            "details": lambda page: self._fill(page, "street_address", ADDRESS),
            "send": self._last,
        }
        return steps[page.address.partition("?")[0].rpartition("/")[2]](page)

    def _units(self, page: Page) -> Page:
        if not self._plan.serials:
            return self._send(page, page.form_with("serial"), {"reading": "unreadable"})
        if len(self._plan.serials) > 1:
            page = self._whole(self._browser.open(f"{self._at}?several"))
            lines = "\n".join(self._plan.serials)
            return self._send(page, page.form_with("serials"), {"serials": lines})
        return self._send(page, page.form_with("serial"), {"serial": self._plan.serials[0]})

    def _photos(self, page: Page) -> Page:
        form = next(form for form in page.forms if "next" in form.buttons)
        if not form.files:
            return self._send(page, form, {"next": "1"})
        if not self._plan.photo:
            # A name on several buttons: the form knows the last of them, one unit after another.
            return self._send(page, form, {"no_photo": form.buttons["no_photo"]})
        files = {name: self._plan.photo + name.encode() for name in form.files}
        return self._whole(self._browser.send(page, form, {"next": "1"}, files))

    def _fill(self, page: Page, named: str, values: dict[str, str]) -> Page:
        form = page.form_with(named)
        if named == "name":
            values = {**values, "email": self._plan.email}
        if named == "remedy":
            values = {"remedy": form.choices["remedy"][0]}
        return self._send(page, form, values)

    def _last(self, page: Page) -> Page:
        form = page.form_to("/send")
        if self._draw.random() < SENT_BY_TWO:
            self.filed.sent_again += 1
            beside = threading.Thread(target=self._send_unseen, args=(page, form))
            beside.start()
            try:
                return self._send(page, form, form.boxes)
            finally:
                beside.join()
        return self._send(page, form, form.boxes)

    def _send_unseen(self, page: Page, form: Form) -> None:
        """What another tab gets is not looked at: it may be anything."""
        try:
            self._browser.send(page, form, form.boxes)
        except (OSError, http.client.HTTPException):
            return

    def _send(self, page: Page, form: Form, values: dict[str, str]) -> Page:
        after = self._whole(self._browser.send(page, form, values))
        if self.filed.key and self._draw.random() < SENT_AGAIN:
            self.filed.sent_again += 1
            after = self._whole(self._browser.send(page, form, values))
        return after

    def _whole(self, page: Page) -> Page:
        """A page that came as it should. Raises BrokenError."""
        if page.status != 200:
            if page.status < 500:
                path = urllib.parse.urlsplit(page.address).path
                self.filed.refusals.append(f"{page.status} {KEY.sub('/claims/…/', path)}")
                self._at = self._begin if page.status == 403 else self._at
            raise BrokenError
        return page
