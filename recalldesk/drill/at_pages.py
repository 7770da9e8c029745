"""One made-up owner at the pages: checks, claims, sends photos, chooses, sends. No script.

Guarantee: everything goes as a browser would send it; what an owner was told stands as it was said,
and the time that they needed is real.
"""

import http.client
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from recalldesk.demo.browser import Browser, Form, Page
from recalldesk.demo.claim_tour import reference_on
from recalldesk.drill.owners import Kind, MadeUpOwner
from recalldesk.drill.photos_sent import photos_of
from recalldesk.drill.where_it_goes import details_of

PATIENCE = 240.0
BUSY = (429, 503)
MOST_PAGES = 14
JSON_TYPE = "application/json"


@dataclass(frozen=True)
class Asked:
    """Which recall is asked about, and the country of its owners where they are not asked."""

    slug: str
    country: str


@dataclass
class Went:
    """How it went for an owner. `verdicts`: what they were told, with what they had typed;
    `reference`: of the claim, once a page showed it; `problem`: why there is none."""

    owner: MadeUpOwner
    verdicts: list[tuple[str, str]] = field(default_factory=list)
    reference: str = ""
    key: str = ""
    seconds: float = 0.0
    photos: int = 0
    problem: str = ""


class Lost(RuntimeError):
    """The way did not lead on."""


class OwnerAtPages:
    """One owner, with a browser of their own."""

    def __init__(self, site: str, asked: Asked, model: str, owner: MadeUpOwner) -> None:
        self._site, self._slug, self._model, self._owner = site, asked.slug, model, owner
        self._country = asked.country
        self._browser = Browser(site, client=owner.client)
        self._may_photograph = owner.takes_photos
        self.went = Went(owner)

    def go(self) -> Went:
        """The whole way."""
        began = time.monotonic()
        try:
            self._go()
        except (OSError, http.client.HTTPException, LookupError, Lost, ValueError) as error:
            self.went.problem = f"{type(error).__name__}: {error}"[:200]
        self.went.seconds = time.monotonic() - began
        return self.went

    def _go(self) -> None:
        owner = self._owner
        self._check(owner.typed)
        if owner.typed != owner.serial:
            self._check(owner.serial)
        if owner.kind is Kind.NOT_RECALLED:
            return
        page = self._open(f"/en/recalls/{self._slug}/check")
        page = self._sent(page, page.form_with("serial"), {"serial": owner.serial})
        page = self._sent(page, page.form_to("/claim"), {})
        for _ in range(MOST_PAGES):
            path = page.address.partition("?")[0]
            if (reference := reference_on(page)) and path.endswith("/"):
                self.went.reference, self.went.key = reference, path.rstrip("/").rpartition("/")[2]
                return
            page = self._led_on(page, path)
        raise Lost("the claim has more pages than it should")

    def _led_on(self, page: Page, path: str) -> Page:
        """What each page asks for."""
        step = path.rsplit("/", 1)[1]
        match step:
            case "photos":
                return self._photos(page)
            case "you":
                form = page.form_with("name")
                self._country = _first(form) or self._country
                person = {"name": self._owner.name, "email": self._owner.email}
                return self._sent(page, form, _known(form, person | {"country": self._country}))
            case "remedy":
                form = page.form_with("remedy")
                offered = form.choices["remedy"]
                chosen = offered[self._owner.number % len(offered)]
                return self._sent(page, form, {"remedy": chosen})
            case "details":
                form = page.form_with("next") if _has_next(page) else page.forms[-1]
                return self._sent(page, form, details_of(form, self._owner, self._country))
            case "send":
                form = page.form_to("/send")
                return self._sent(page, form, form.boxes)
            case _:
                return self._other(page, step)

    def _other(self, page: Page, step: str) -> Page:
        """A page that this recall asks for: the first choice of each question."""
        for form in page.forms:
            if form.method == "post" and (form.choices or form.fields):
                first = {name: values[-1] for name, values in form.choices.items() if values}
                return self._sent(page, form, first)
        raise Lost(f"the claim leads to {step!r}, which a made-up owner does not know")

    def _photos(self, page: Page) -> Page:
        form = next((each for each in page.forms if each.files), None)
        if form is None or not self._may_photograph:
            chosen = next(each for each in page.forms if {"next", "no_photo"} & set(each.buttons))
            name = "next" if form is None or "no_photo" not in chosen.buttons else "no_photo"
            return self._sent(page, chosen, {name: chosen.buttons[name]})
        pictures = photos_of(self._owner, self._model, page, form)
        self.went.photos += len(pictures)
        after = self._sent(page, form, {"next": form.buttons.get("next", "1")}, pictures)
        if after.address.partition("?")[0].endswith("/photos"):
            again = next(each for each in after.forms if "next" in each.buttons)
            return self._sent(after, again, {"next": again.buttons["next"]})
        return after

    def _check(self, serial: str) -> None:
        """By the way that programs ask, which says its verdict in a word."""
        body = json.dumps({"serial": serial}).encode()
        head = {"Content-Type": JSON_TYPE, "X-Forwarded-For": self._owner.client}
        request = urllib.request.Request(f"{self._site}/api/v1/checks", body, head)  # noqa: S310 - ours
        until = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
                    said: Mapping[str, Any] = json.load(answer)
                break
            except urllib.error.HTTPError as error:
                if error.code not in BUSY or time.monotonic() > until:
                    raise
                time.sleep(1)
        self.went.verdicts.append((serial, str(said["verdict"])))

    def _open(self, path: str) -> Page:
        page = self._browser.open(path)
        if page.status != 200:
            raise Lost(f"{path} answered {page.status}")
        return page

    def _sent(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str],
        files: Mapping[str, bytes] | None = None,
    ) -> Page:
        """Sends a form; where the desk is too busy for it, again after a while."""
        until = time.monotonic() + PATIENCE
        while True:
            after = self._browser.send(page, form, values, files)
            if after.status == 200:
                return after
            if after.status not in BUSY or time.monotonic() > until:
                raise Lost(f"{after.address.rpartition('/')[2] or '/'} answered {after.status}")
            time.sleep(2)


def _known(form: Form, values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name in form.names}


def _first(form: Form) -> str:
    return next((each for each in form.choices.get("country", ()) if each), "")


def _has_next(page: Page) -> bool:
    return any("next" in form.buttons for form in page.forms)
