"""What became of a year: which claims a person sees, and which the rule approves.

Said before any result was looked at: all claims of a ring are fraud, its first one too, unless
that is an honest owner's from whom the ring copied. A claim that is asked for one more photo is
seen where the rule gives it to a person once that photo is like the first. A claim that was
approved is seen before its remedy is ordered where a later one leads back to it in time. It is
seen at all where one leads to it later, too: it stands in a list of the desk then.
"""

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.year.desk_of_memory import DeskOfMemory, Ruled
from benchmarks.year.made_year import made_year
from benchmarks.year.sent import Fraud
from recalldesk.claims.decision_facts import Terms
from recalldesk.claims.rules import Outcome, rule_on
from recalldesk.recalls.document import Document

FEW = 5_000


@dataclass(frozen=True)
class SeenClaim:
    """A claim, what the rule said of it, and what became of that. `is_back`: it was approved, and
    taken back; `late`: a later claim led back to it so long after its approval, when its remedy was
    ordered already."""

    ruled: Ruled
    is_with_person: bool
    is_back: bool
    late: timedelta | None

    @property
    def is_seen(self) -> bool:
        """Whether a person sees it before anything is ordered."""
        return self.is_with_person or self.is_back

    @property
    def is_seen_at_all(self) -> bool:
        """Whether a person sees it, be it after its remedy was ordered."""
        return self.is_seen or self.late is not None

    def would_be_seen(self, waiting: timedelta) -> bool:
        """Whether one had, if remedies waited so long to be ordered."""
        return self.is_seen or (self.late is not None and self.late < waiting)


@dataclass(frozen=True)
class Year:
    """All claims of a year; `seconds`: what the rule itself takes of a claim."""

    claims: tuple[SeenClaim, ...]
    seconds: float

    def of(self, fraud: Fraud) -> list[SeenClaim]:
        """Those of a kind."""
        return [each for each in self.claims if each.ruled.filing.fraud is fraud]

    @property
    def fraud(self) -> list[SeenClaim]:
        """All that are fraud."""
        return [each for each in self.claims if each.ruled.filing.fraud is not None]

    @property
    def honest(self) -> list[SeenClaim]:
        """All that are not."""
        return [each for each in self.claims if each.ruled.filing.fraud is None]

    @property
    def readable(self) -> list[SeenClaim]:
        """The honest whose photos are all readable by how they were made."""
        return [
            each
            for each in self.honest
            if each.ruled.unit.is_readable and not each.ruled.filing.is_dangerous
        ]


def seen_year(
    document: Document, terms: Terms, *, seed: int, units: int, rings: int, kept: Path
) -> Year:
    """A year of so many claims, each ruled on when it is sent."""
    filings = made_year(seed, units, rings, kept)
    photos = sum(len(unit.photos) for filing in filings for unit in filing.units)
    desk = DeskOfMemory(document, terms, photos, terms.wait_before_order)
    ruled = [each for filing in filings for each in desk.takes(filing)]
    claims = tuple(
        SeenClaim(
            each,
            is_with_person=_is_with_person(each, terms),
            is_back=each.number in desk.taken_back,
            late=desk.led_to_late.get(each.number),
        )
        for each in ruled
    )
    return Year(claims, _seconds(ruled[:FEW], terms))


def _is_with_person(ruled: Ruled, terms: Terms) -> bool:
    if ruled.ruling.outcome is Outcome.ASK_OWNER:
        again = rule_on(replace(ruled.facts, may_ask=False), terms)
        return again.outcome is Outcome.TO_A_PERSON
    return ruled.ruling.outcome is Outcome.TO_A_PERSON


def _seconds(ruled: Sequence[Ruled], terms: Terms) -> float:
    """What the pure rule takes of one claim, whose facts are known."""
    since = time.process_time()
    for each in ruled:
        rule_on(each.facts, terms)
    return (time.process_time() - since) / len(ruled)


def share(claims: Sequence[SeenClaim], counted: Iterable[object]) -> str:
    """A part of them in percent, and as counts."""
    count = sum(1 for each in counted if each)
    return f"{count / len(claims):.2%} ({count:,} of {len(claims):,})" if claims else "none"


def told_reasons(claims: Iterable[SeenClaim], most: int = 12) -> str:
    """Why they are with a person, the commonest reasons first."""
    those = list(claims)
    counted = Counter(reason.value for each in those for reason in each.ruled.ruling.reasons)
    counted["later_lead"] = sum(each.is_back for each in those)
    return ", ".join(f"`{name}` {count:,}" for name, count in counted.most_common(most) if count)
