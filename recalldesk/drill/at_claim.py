"""An owner comes back to their claim by a mailed link, and what they then send. No script.

Guarantee: everything goes as a browser would send it; a photo is drawn for the unit, and readable.
"""

from recalldesk.claims.access import new_link
from recalldesk.claims.models import Filing
from recalldesk.demo.browser import Browser, Page
from recalldesk.demo.tour_photos import Unit, photos_for
from recalldesk.drill.owners import MadeUpOwner
from recalldesk.drill.photos_sent import wrong_thing

DRAWN = ("label", "marking")
"""Kinds of photos that have a form of their own; any other is drawn as a label."""


class AtClaim:
    """One owner at one claim. Raises OSError, LookupError, HTTPException on the way."""

    def __init__(self, site: str, filing: Filing, owner: MadeUpOwner, model: str) -> None:
        self._owner, self._model = owner, model
        self._language, self._key = filing.language, filing.key
        self._browser = Browser(site, client=owner.client)
        page = self._browser.open(f"/{self._language}/claims/link/{new_link(filing=filing)}")
        self._browser.send(page, page.form_of_a_button())

    def page(self) -> Page:
        """How the claim stands, as the owner sees it."""
        return self._browser.open(f"/{self._language}/claims/{self._key}/")

    def presses(self, page: Page, ending: str) -> bool:
        """A button of the page; whether it was taken."""
        form = page.form_to(ending)
        return self._browser.send(page, form, dict(form.fields)).status == 200

    def sends_photo(self, kind: str, *, unit: int, seed: int, is_right: bool = True) -> bool:
        """A readable photo of a kind, or of something else; whether it was taken."""
        path = f"/{self._language}/claims/{self._key}/more-photos?unit={unit}&kind={kind}"
        page = self._browser.open(path)
        form = next(each for each in page.forms if each.files)
        field = form.files[0]
        drawn = self._drawn(kind, page, seed) if is_right else wrong_thing(seed)
        return self._browser.send(page, form, {"kind": kind}, {field: drawn}).status == 200

    def _drawn(self, kind: str, page: Page, seed: int) -> bytes:
        """As `photos_for` draws what a field of this kind's name takes."""
        unit = Unit(self._owner.serial, self._model, self._owner.name, seed=seed)
        named = page.form_with("kind")
        named.files[:] = [kind if kind in DRAWN else DRAWN[0]]
        return next(iter(photos_for(unit, page, named).values()))
