"""What a line says of a remedy of the other system. Pure but for the recall's document.

Guarantee: what cannot be told for sure is a reason, never a guess; a provider that nobody here can
ask is kept as such, with the word that the other system has for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Remedy as Offered
from recalldesk.remedies.states import ELSEWHERE, INEFFECTIVE, Held, RemedyState
from recalldesk.remedies.taking_over import ASKED_BY_REFERENCE, Given
from recalldesk.takeover.headings import plain
from recalldesk.takeover.mapping import Part
from recalldesk.takeover.said import (
    REMEDY_STATES,
    NotSaid,
    amount_in,
    currency_in,
    day_in,
    moment_of,
    remedy_state_in,
)

LONGEST_REFERENCE, LONGEST_PROVIDER = 100, 60


@dataclass(frozen=True, repr=False)
class RemedySaid:
    """`given`: None where it was not sent, as far as that system says; `held`: then why it waits
    here; `provider_said`, `on`: as that system says."""

    offered: Offered
    given: Given | None
    held: Held
    provider_said: str
    on: date | None

    @property
    def may_be_sent(self) -> bool:
        """Whether its owner has it, or may have it."""
        if self.given is None:
            return self.held is Held.MAYBE_SENT
        return self.given.state not in INEFFECTIVE


@dataclass(frozen=True)
class Terms:
    """By what lines are read."""

    document: Document
    part: Part
    now: datetime
    is_sheet: bool

    def cell(self, line: Mapping[str, str], name: str) -> str:
        """What a line says, or what holds where it does not."""
        return line.get(name, "") or self.part.usual.get(name, "")

    def day(self, line: Mapping[str, str], name: str, what: str) -> date | None:
        """A day of a line. Raises NotSaid."""
        return day_in(
            self.cell(line, name),
            form=self.part.day,
            today=self.now.date(),
            is_sheet=self.is_sheet,
            what=what,
        )

    def offered(self, word: str, country: str) -> Offered | None:
        """The recall's remedy of a key or a kind: one of the country, where there is one."""
        key = self.part.meant("remedies", word)
        fitting = [
            each
            for each in self.document.remedies
            if key == each.key or plain(key) == plain(each.kind.value)
        ]
        here = [each for each in fitting if country in each.countries]
        return next(iter(here or fitting), None)


def remedy_said(line: Mapping[str, str], terms: Terms, country: str) -> RemedySaid | None:
    """What it says; None where it says no state of a remedy. Raises NotSaid."""
    word = terms.cell(line, "remedy_state")
    if not word:
        return None
    state = remedy_state_in(terms.part.meant("remedy_states", word))
    offered = terms.offered(terms.cell(line, "remedy"), country)
    if offered is None:
        raise NotSaid("names no remedy that this recall offers; map it to the key of one")
    provider = terms.cell(line, "remedy_provider")
    reference = terms.cell(line, "remedy_reference")
    if len(reference) > LONGEST_REFERENCE or len(provider) > LONGEST_PROVIDER:
        raise NotSaid("has a reference or a provider that is too long")
    on = terms.day(line, "remedy_on", "a day of the remedy")
    held = Held.NONE
    given = None
    named = plain(terms.part.meant("providers", provider))
    asked = named if named in ASKED_BY_REFERENCE and reference else ELSEWHERE
    if state is None and asked == ELSEWHERE:
        held = Held.MAYBE_SENT
    elif state == RemedyState.WAITING:
        held = Held.TAKEN_OVER
    else:
        given = _given(line, terms, offered, state or RemedyState.ORDERING, asked, reference, on)
    return RemedySaid(offered, given, held, provider, on)


def says_sent(line: Mapping[str, str], terms: Terms) -> bool:
    """Whether a line that cannot be taken says, in a known word, that it was or may be sent."""
    word = plain(terms.part.meant("remedy_states", terms.cell(line, "remedy_state")))
    return REMEDY_STATES.get(word, RemedyState.WAITING) not in (RemedyState.WAITING, *INEFFECTIVE)


def _given(
    line: Mapping[str, str],
    terms: Terms,
    offered: Offered,
    state: RemedyState,
    provider: str,
    reference: str,
    on: date | None,
) -> Given:
    amount = amount_in(terms.cell(line, "remedy_amount"))
    currency = currency_in(terms.cell(line, "remedy_currency"))
    if amount is None:
        currency = ""
    elif not currency:
        if offered.value is None:
            raise NotSaid("has an amount and no currency")
        currency = offered.value.currency
    return Given(
        kind=offered.kind,
        title=next(iter(offered.title.values())),
        state=state,
        provider=provider,
        reference=reference,
        status=terms.cell(line, "remedy_state"),
        amount=amount,
        currency=currency,
        at=moment_of(on, terms.now) if on else None,
    )
