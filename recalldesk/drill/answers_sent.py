"""Owners of whom another photo is asked send one, by the pages that a mailed link opens.

Guarantee: each answers once, with photos that can be read; whoever cannot is left to the desk.
"""

import http.client
from collections.abc import Mapping

from recalldesk.claims.access import new_link
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.demo.browser import Browser, Page
from recalldesk.demo.tour_photos import Unit, photos_for
from recalldesk.drill.owners import MadeUpOwner

KINDS = ("label", "marking")


class Answering:
    """All who are asked. `owners`: by the reference of their claims; `models`: by product."""

    def __init__(
        self, site: str, owners: Mapping[str, MadeUpOwner], models: Mapping[str, str]
    ) -> None:
        self._site, self._owners, self._models = site, owners, models
        self._answered: set[int] = set()

    def answer(self) -> int:
        """Everybody who was asked and has not answered; how many photos were sent."""
        asked = Claim.objects.filter(state=ClaimState.NEEDS_OWNER).exclude(pk__in=self._answered)
        return sum(self._answer(claim) for claim in asked.select_related("filing"))

    def _answer(self, claim: Claim) -> int:
        self._answered.add(claim.pk)
        owner = self._owners.get(claim.filing.reference)
        if owner is None or not owner.is_honest or not owner.takes_photos:
            return 0
        browser = Browser(self._site, client=owner.client)
        language, key = claim.filing.language, claim.filing.key
        try:
            page = browser.open(f"/{language}/claims/link/{new_link(filing=claim.filing)}")
            browser.send(page, page.form_of_a_button())
            return sum(
                self._sent(browser, f"/{language}/claims/{key}/more-photos?kind={kind}", owner)
                for kind in KINDS
            )
        except (OSError, LookupError, http.client.HTTPException):
            return 0

    def _sent(self, browser: Browser, path: str, owner: MadeUpOwner) -> bool:
        page = browser.open(path)
        form = next(each for each in page.forms if each.files)
        kind = form.fields.get("kind", "")
        field = form.files[0]
        drawn = self._drawn(kind, field, page, owner)
        return browser.send(page, form, {"kind": kind}, {field: drawn}).status == 200

    def _drawn(self, kind: str, field: str, page: Page, owner: MadeUpOwner) -> bytes:
        """As `photos_for` draws what a field of this kind's name takes."""
        unit = Unit(
            owner.serial, self._models[owner.product], owner.name, seed=2 * owner.number + 10_000
        )
        named = page.form_with("kind")
        named.files[:] = [kind if kind in KINDS else field]
        return next(iter(photos_for(unit, page, named).values()))
