"""What leads against a claim at this moment, beyond what was kept when the rule ruled.

Guarantees: of all that the rule looks at, what changes while the claim itself does not: other
claims, the remedies of its unit, and what is said of its serial; each newer thing has a name, by
which whoever decides says that they have seen it; nothing is written here.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from recalldesk.claims.deciding.facts import is_given_a_remedy, neighbours_of, terms_now
from recalldesk.claims.decision_facts import ClaimFacts
from recalldesk.claims.models import Claim, Decision
from recalldesk.claims.reasons import DecisionReason as R
from recalldesk.claims.rules import MOST_NAMED, Grounds, leads_against
from recalldesk.claims.states import UnitReading
from recalldesk.claims.units_named import found_now
from recalldesk.evidence.reads import photos_of
from recalldesk.remedies.corrections.reads import reports_of_unit
from recalldesk.units.verdict.answer import Verdict

LIMIT = "limit"


@dataclass(frozen=True)
class Newer:
    """What is newer. `grounds`: by reason, only what was not kept, of a count with what it was
    (`before`); `found`: what is said of the serial, where that is another verdict by now;
    `ruled_at`: when the rule ruled last."""

    grounds: Mapping[R, Grounds]
    found: str
    ruled_at: datetime | None = field(default=None, compare=False)

    @property
    def names(self) -> frozenset[str]:
        """Each newer thing by its name: one a lead, one any other reason."""
        named = {
            _name(reason, each)
            for reason, grounds in self.grounds.items()
            for each in grounds.get("leads", (grounds,))
        }
        return frozenset(named | ({f"found.{self.found}"} if self.found else set()))

    @property
    def is_delisted(self) -> bool:
        """Whether the serial was found affected when it was sent, and is not by now."""
        return bool(self.found) and R.NOT_AFFECTED in self.grounds

    def __bool__(self) -> bool:
        return bool(self.names)


def newer_of(claim: Claim) -> Newer:
    """What is newer of a claim that was ruled on. Raises SealingError."""
    grounds, found = leading_now(claim)
    ruled = Decision.objects.filter(claim=claim, by=None).order_by("-pk").first()
    kept: dict[str, Grounds] = {tag: {} for tag in claim.tags}
    newer = newer_in(kept | (ruled.grounds if ruled else {}), grounds)
    return Newer(newer, found, ruled.at if ruled else None)


def leading_now(claim: Claim) -> tuple[Mapping[R, Grounds], str]:
    """What leads against it, by reason; and the verdict on its serial where it is another now."""
    terms = terms_now(claim.filing)[0]
    found = found_now(claim)
    is_lost = claim.found == Verdict.AFFECTED
    facts = ClaimFacts(
        reading=UnitReading(claim.reading),
        found=found if is_lost else claim.found,
        holds_unit=claim.holds_unit,
        has_remedy=is_given_a_remedy(claim),
        reported=reports_of_unit(bytes(claim.unit_digest)),
        neighbours=neighbours_of(claim, photos_of(claim.evidence), terms),
    )
    return leads_against(facts, terms), found if found != claim.found else ""


def newer_in(kept: Mapping[str, Grounds], now: Mapping[R, Grounds]) -> Mapping[R, Grounds]:
    """What of the grounds of now goes beyond those kept, which came through JSON. Pure."""
    return {
        reason: left
        for reason, grounds in now.items()
        if (left := _beyond(json.loads(json.dumps(grounds)), kept.get(reason.value))) is not None
    }


def _beyond(now: Grounds, kept: Grounds | None) -> Grounds | None:
    if kept is None:
        return now
    if "leads" in now:
        leads = _leads_beyond(now["leads"], kept.get("leads", ()))
        return {**now, "leads": leads} if leads else None
    before = {name: kept.get(name) for name in now if name != LIMIT}
    if not any(_grew(now[name], then) for name, then in before.items()):
        return None
    return {**now, "before": before["count"]} if before.get("count") else now


def _leads_beyond(now: list[Any], kept: list[Any]) -> list[Any]:
    """The leads that were not kept. Where the nearest alone were, one that is farther may have been
    there all the time."""
    known = {(lead["photo"], lead["other_photo"]): lead for lead in kept}
    farthest = max((lead["distance"] for lead in kept), default=0)
    is_cut = len(kept) >= MOST_NAMED
    return [
        lead
        for lead in now
        if _shares_more(lead, known.get((lead["photo"], lead["other_photo"])))
        and not (is_cut and lead["distance"] >= farthest)
    ]


def _shares_more(lead: Any, kept: Any) -> bool:
    return kept is None or not {*lead["shared"]} <= {*kept["shared"]}


def _grew(now: Any, kept: Any) -> bool:
    if isinstance(now, list) and isinstance(kept, list):
        return any(each not in kept for each in now)
    if isinstance(now, int) and isinstance(kept, int):
        return now > kept
    return bool(now != kept)


def _name(reason: R, grounds: Grounds) -> str:
    said = json.dumps(grounds, sort_keys=True).encode()
    return f"{reason.value}.{sha256(said).hexdigest()[:12]}"
