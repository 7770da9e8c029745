"""Owners get rid of their units where the recall asks more of them than a promise, and tell it on
the page of their claim: by a button, by a photo, or that no place near them takes it.

Guarantee: on the drill's clock it takes them two days; each tells it once.
"""

import http.client
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from recalldesk.claims.models import Claim
from recalldesk.claims.remedying.disposal import DONE_FIRST
from recalldesk.claims.states import DECIDED_FOR, UnitReading
from recalldesk.claims.untold import untold_of
from recalldesk.drill.at_claim import AtClaim
from recalldesk.drill.owners import MadeUpOwner
from recalldesk.foundation import clock
from recalldesk.recalls.document import Document

TAKES = timedelta(days=2)
WITHOUT_PLACE = 5
"""Of so many owners one finds no place that takes it."""
PHOTO = "disposal"


class GettingRid:
    """All of them. `told`: how often each was said; nothing where a promise is enough."""

    def __init__(
        self,
        site: str,
        document: Document,
        owners: Mapping[str, MadeUpOwner],
        models: Mapping[str, str],
    ) -> None:
        self._site, self._owners, self._models = site, owners, models
        self._is_asked = document.disposal.attestation in DONE_FIRST
        self._due: dict[int, datetime] = {}
        self._over: set[int] = set()
        self.told: Counter[str] = Counter()

    def tell(self) -> int:
        """Everybody whose two days are over; how many told it."""
        if not self._is_asked:
            return 0
        rows = Claim.objects.filter(state__in=DECIDED_FOR, disposed_on=None, no_site_on=None)
        rows = rows.exclude(reading=UnitReading.GONE).exclude(pk__in=self._over)
        return sum(self._tells(claim) for claim in rows.select_related("filing"))

    def next_at(self) -> datetime | None:
        """When the next owner has got rid of a unit."""
        return min(self._due.values(), default=None)

    def _tells(self, claim: Claim) -> bool:
        owner = self._owners.get(claim.filing.reference)
        if owner is None or untold_of(claim) is not None:
            return False
        if self._due.setdefault(claim.pk, clock.now() + TAKES) > clock.now():
            return False
        del self._due[claim.pk]
        self._over.add(claim.pk)
        try:
            there = AtClaim(self._site, claim.filing, owner, self._models[owner.product])
            said = self._said(there, claim, owner)
        except (OSError, LookupError, http.client.HTTPException):
            return False
        self.told[said] += 1
        return True

    def _said(self, there: AtClaim, claim: Claim, owner: MadeUpOwner) -> str:
        page = there.page()
        if owner.number % WITHOUT_PLACE == 0 and there.presses(page, "/no-site"):
            return "no place takes it"
        if any(form.action.endswith("/disposed") for form in page.forms):
            there.presses(page, "/disposed")
            return "got rid of"
        seed = 2 * owner.number + 20_000
        there.sends_photo(PHOTO, unit=claim.position, seed=seed)
        return "got rid of, with a photo"
