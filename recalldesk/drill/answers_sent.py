"""Owners of whom another photo is asked, by the rule or a reviewer, send one.

Guarantee: each answers what they were told of, once, with photos that can be read; only who
photographs the wrong thing does so once more, until a person asks. Whoever cannot is left to the
desk.
"""

import http.client
from collections.abc import Mapping
from datetime import datetime

from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.claims.untold import untold_of
from recalldesk.drill.at_claim import DRAWN, AtClaim
from recalldesk.drill.owners import Kind, MadeUpOwner


class Answering:
    """All who are asked. `owners`: by the reference of their claims; `models`: by product."""

    def __init__(
        self, site: str, owners: Mapping[str, MadeUpOwner], models: Mapping[str, str]
    ) -> None:
        self._site, self._owners, self._models = site, owners, models
        self._answered: set[tuple[int, datetime]] = set()

    def answer(self) -> int:
        """Everybody who was asked and has not answered; how many owners did."""
        asked = Claim.objects.filter(state=ClaimState.NEEDS_OWNER)
        return sum(self._answer(claim) for claim in asked.select_related("filing"))

    def _answer(self, claim: Claim) -> bool:
        turn = (claim.pk, claim.state_since)
        if turn in self._answered or untold_of(claim) is not None:
            return False  # the letter leaves once the reviewer can undo it no more
        before = sum(number == claim.pk for number, _ in self._answered)
        self._answered.add(turn)
        owner = self._owners.get(claim.filing.reference)
        if owner is None or not owner.is_honest or not owner.takes_photos:
            return False
        is_right = owner.kind is not Kind.WRONG_THING or before > 0
        seed = 10_000 + 100 * owner.number + 10 * before
        try:
            there = AtClaim(self._site, claim.filing, owner, self._models[owner.product])
            sent = [
                there.sends_photo(
                    kind, unit=claim.position, seed=seed + 2 * place, is_right=is_right
                )
                for place, kind in enumerate(DRAWN)
            ]
        except (OSError, LookupError, http.client.HTTPException):
            return False
        return any(sent)
