"""The second part of the tour: a made-up owner files a claim by the pages, with no script.

Guarantee: everything goes through the pages as a browser would send it; a step that is not found
ends the tour with its name.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recalldesk.demo.browser import Browser, Form, Page
from recalldesk.demo.tour import TourEnded
from recalldesk.demo.tour_photos import Unit, photos_for

UNTIL_READ = 120
"""Seconds; the first photo after a start takes longest, since the models are loaded for it."""


@dataclass(frozen=True)
class Owner:
    """A made-up owner: who they are, where they live, and which remedy they want, by its key."""

    name: str
    email: str
    street: str
    remedy: str

    @property
    def contact(self) -> dict[str, str]:
        """What the page about the owner asks for."""
        return {"name": self.name, "email": self.email}

    @property
    def address(self) -> dict[str, str]:
        """Where a parcel goes."""
        town = {"city": "Springfield", "country_area": "CA", "postal_code": "90001"}
        return {"street_address": self.street, **town}


@dataclass(frozen=True)
class ClaimStep:
    """One step of the way, and how long it took; what is only shown took no time of its own."""

    what: str
    milliseconds: float | None = None

    def __str__(self) -> str:
        """In a line: short times in milliseconds."""
        if self.milliseconds is None:
            return self.what
        is_long = self.milliseconds >= 10_000
        took = f"{self.milliseconds / 1000:.1f} s" if is_long else f"{self.milliseconds:.0f} ms"
        return f"{self.what} ({took})"


class ClaimTour:
    """Files a claim for a unit with the site that `browser` visits, and shows each step.

    `status` is the address of the claim's page, once it was sent. `photographed` is the unit in the
    photos, where it is by mistake another than the one claimed.
    """

    def __init__(
        self,
        browser: Browser,
        *,
        recall: str,
        owner: Owner,
        unit: Unit,
        photographed: Unit | None = None,
    ) -> None:
        self._browser = browser
        self._recall = recall
        self._owner = owner
        self._unit = unit
        self._photographed = photographed or unit
        self.reference = self.status = ""

    def steps(self) -> Iterator[ClaimStep]:
        """From the check page to the status page of a claim that was sent. Raises TourEnded."""
        try:
            yield from self._way()
        except LookupError as error:
            raise TourEnded(f"A page of the claim lacks something: {error}") from error

    def _way(self) -> Iterator[ClaimStep]:
        page = self._browser.open(f"/en/recalls/{self._recall}/check")
        yield self._seen(page, "the check page")
        page = self._sent(page, page.form_with("serial"), {"serial": self._unit.serial})
        yield self._seen(page, "the serial is in the recall: stop using it")
        page = self._sent(page, page.form_to("/claim"), {})
        yield self._seen(page, "the claim is begun")
        yield from self._through(page)

    def _through(self, page: Page) -> Iterator[ClaimStep]:
        """One form after the other, by what each page asks for."""
        for _ in range(12):
            path = page.address.partition("?")[0]
            if path.endswith("/photos"):
                form = self._photo_form(page)
                page = self._sent(page, form, {}, photos_for(self._photographed, page, form))
                yield self._seen(page, "photos of the label and of the mark are sent")
                yield self._read(page)
                form = self._photo_form(page)
                page = self._sent(page, form, self._lead_on(form))
            elif path.endswith("/you"):
                page = self._filled(page, "name", self._owner.contact)
                yield self._seen(page, "who the owner is, and how to reach them")
            elif path.endswith("/remedy"):
                form = page.form_with("remedy")
                if self._owner.remedy not in form.choices["remedy"]:
                    raise LookupError(f"no remedy {self._owner.remedy}")
                page = self._sent(page, form, {"remedy": self._owner.remedy})
                yield self._seen(page, f"the remedy is chosen: {self._owner.remedy}")
            elif path.endswith("/details"):
                page = self._filled(page, "street_address", self._owner.address)
                yield self._seen(page, "where the parcel goes")
            elif path.endswith("/send"):
                form = page.form_to("/send")
                page = self._sent(page, form, form.boxes)
                self.reference, self.status = reference_on(page), page.address.partition("?")[0]
                yield self._seen(page, f"the claim is sent: {self.reference}")
                return
            else:
                raise TourEnded(f"The claim leads to a page that the tour does not know: {path}")
        raise TourEnded("The claim has more pages than it should.")

    def _read(self, page: Page) -> ClaimStep:
        """Asks as the page's script does until the photos are read; an owner need not wait."""
        since, state = time.monotonic(), page.address.partition("?")[0] + "/state"
        while True:
            photos = json.loads(self._browser.open(state).text)["photos"]
            if not any(photo["isWaiting"] for photo in photos):
                break
            if time.monotonic() - since > UNTIL_READ:
                return ClaimStep("the photos still wait to be read", UNTIL_READ * 1000)
            time.sleep(0.5)
        said = "; ".join(photo["says"].removesuffix(".") for photo in photos)
        return ClaimStep(f"the photos are read: {said}", (time.monotonic() - since) * 1000)

    def _photo_form(self, page: Page) -> Form:
        for form in page.forms:
            if form.files:
                return form
        raise LookupError("no form for photos")

    def _lead_on(self, form: Form) -> Mapping[str, str]:
        """The button that leads on, where the form has several."""
        return {name: value for name, value in form.buttons.items() if name == "next"}

    def _filled(self, page: Page, named: str, values: Mapping[str, str]) -> Page:
        form = page.form_with(named)
        return self._sent(page, form, {k: v for k, v in values.items() if k in form.names})

    def _sent(
        self,
        page: Page,
        form: Form,
        values: Mapping[str, str],
        files: Mapping[str, bytes] | None = None,
    ) -> Page:
        return self._browser.send(page, form, values, files)

    def _seen(self, page: Page, what: str) -> ClaimStep:
        if page.status != 200:
            raise TourEnded(f"{page.address} answered {page.status}, after: {what}.")
        return ClaimStep(what, page.milliseconds)


def reference_on(page: Page) -> str:
    """The reference that the page shows, or nothing."""
    start = page.text.find("R-")
    return page.text[start : start + 11] if start >= 0 else ""
