"""The desk's look-ups over a year in memory: the same keys, counts and leads as claims/deciding.

The rule itself, what photos say, and all forms are the program's own. Guarantee: a sample of the
year ruled on in the database as well (desk_of_rows.py) comes out the same, reason by reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import chain

from benchmarks.year.likenesses import Likenesses
from benchmarks.year.own_facts import own_facts
from benchmarks.year.sent import SentFiling, SentPhoto, SentUnit
from recalldesk.claims.deciding.looking_back import BY_KEY, BY_PHOTO
from recalldesk.claims.deciding.owners import count_owners
from recalldesk.claims.deciding.sharing import (
    COUNTED,
    KNOWN_BY,
    MOST,
    MOST_OWNERS,
    OWNERS,
    SHARED,
    WITHIN,
)
from recalldesk.claims.decision_facts import (
    ClaimFacts,
    Counted,
    Neighbours,
    PhotoLead,
    Sharing,
    Terms,
)
from recalldesk.claims.payee_forms import payee_form
from recalldesk.claims.rules import Outcome, Ruling, rule_on
from recalldesk.claims.states import KeyKind
from recalldesk.evidence import like_photos
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.normal_forms.words import name_words
from recalldesk.recalls.document import Document

TextKey = tuple[KeyKind, str]


def keys_of(filing: SentFiling) -> tuple[TextKey, ...]:
    """By what a filing is found, as claims/filing_keys.py has it, without the digest."""
    person = filing.person
    where = address_form(person.address)
    forms = (
        *((KeyKind.NAME_WORD, word) for word in name_words(person.name)),
        (KeyKind.EMAIL, email_form(person.email)),
        (KeyKind.PHONE, person.phone),
        (KeyKind.ADDRESS, where.flat),
        (KeyKind.HOUSE, where.house),
        (KeyKind.PAYEE, payee_form(person.payee, name=person.name, address=person.address)),
        (KeyKind.NETWORK, filing.network),
    )
    return tuple((kind, form) for kind, form in forms if form)


@dataclass(frozen=True)
class Ruled:
    """A claim that was ruled on. `number` counts claims from 0."""

    number: int
    filing: SentFiling
    unit: SentUnit
    facts: ClaimFacts
    ruling: Ruling


@dataclass
class _Stored:
    """A filing that was sent, and its claims by number."""

    sent: SentFiling
    keys: tuple[TextKey, ...]
    claims: tuple[int, ...]


class DeskOfMemory:
    """Takes filings in the order in which they are sent. `ordered_after`: the remedy of an approved
    claim is ordered so long after, and waits until then. `taken_back`: claims that were approved,
    and the later ones that led back to them in time, as claims/deciding/looking_back.py has it;
    `led_to_late`: those to which one led later, and how long after they were approved. Nobody finds
    any fraud meanwhile, so that none speaks against later claims."""

    def __init__(
        self, document: Document, terms: Terms, photos: int, ordered_after: timedelta
    ) -> None:
        self.taken_back: dict[int, int] = {}
        self.led_to_late: dict[int, timedelta] = {}
        self._document, self._terms, self._ordered_after = document, terms, ordered_after
        self._filings: list[_Stored] = []
        self._by_key: defaultdict[TextKey, list[int]] = defaultdict(list)
        self._claims: list[tuple[int, SentUnit]] = []
        self._homes: list[int] = []
        self._same: defaultdict[bytes, list[int]] = defaultdict(list)
        self._likenesses = Likenesses(photos)
        self._held: dict[str, int] = {}
        self._approved: dict[int, datetime] = {}
        self._remedies: set[str] = set()

    def takes(self, filing: SentFiling) -> Iterator[Ruled]:
        """Each of its claims, ruled on in turn, once all of them are stored."""
        number, first = len(self._filings), len(self._claims)
        claims = tuple(range(first, first + len(filing.units)))
        stored = _Stored(filing, keys_of(filing), claims)
        self._filings.append(stored)
        for key in stored.keys:
            self._by_key[key].append(number)
        photos = [self._store(number, unit) for unit in filing.units]
        counts, sharing = self._counts(number)
        for claim, unit, own in zip(claims, filing.units, photos, strict=True):
            yield self._rule(number, claim, unit, own, counts, sharing)

    def _store(self, filing: int, unit: SentUnit) -> list[int]:
        claim = len(self._claims)
        self._claims.append((filing, unit))
        if unit.serial and unit.is_listed:
            self._held.setdefault(unit.serial, claim)
        numbers = []
        for photo in unit.photos:
            numbers.append(len(self._homes))
            self._homes.append(claim)
            for digest in {photo.content, photo.picture} - {b""}:
                self._same[digest].append(numbers[-1])
            self._likenesses.keep(numbers[-1], photo.likeness)
        return numbers

    def _rule(
        self,
        filing: int,
        claim: int,
        unit: SentUnit,
        photos: list[int],
        counts: Mapping[Counted, int],
        sharing: Mapping[KeyKind, set[int]],
    ) -> Ruled:
        sent = self._filings[filing].sent
        own = own_facts(
            self._document,
            sent,
            unit,
            holds_unit=self._held.get(unit.serial) == claim and unit.is_listed,
            has_remedy=unit.serial in self._remedies if unit.serial else None,
        )
        leads, is_cut = self._leads(filing, claim, unit, photos)
        facts = replace(
            own, neighbours=Neighbours(leads, counts, is_cut, fraud=(), paid_unnamed=())
        )
        ruling = rule_on(facts, self._terms)
        if ruling.outcome is Outcome.APPROVE:
            self._approved[claim] = sent.at
            self._remedies.add(unit.serial)
        for other in self._led_to(ruling, sharing):
            self._take_back(other, claim, sent.at)
        return Ruled(claim, sent, unit, facts, ruling)

    def _led_to(self, ruling: Ruling, sharing: Mapping[KeyKind, set[int]]) -> set[int]:
        """As claims/deciding/looking_back.py has it."""
        reasons = set(ruling.reasons)
        leads = chain.from_iterable(ruling.grounds[each]["leads"] for each in reasons & BY_PHOTO)
        kinds = {kind for reason in reasons & BY_KEY.keys() for kind in BY_KEY[reason]}
        filings = set(chain.from_iterable(sharing.get(kind, ()) for kind in kinds))
        claims = {int(lead["other_claim"]) for lead in leads}
        return claims.union(*(self._filings[each].claims for each in filings))

    def _take_back(self, claim: int, later: int, at: datetime) -> None:
        approved_at = self._approved.get(claim)
        if claim == later or approved_at is None:
            return
        if at - approved_at >= self._ordered_after:
            self.led_to_late.setdefault(claim, at - approved_at)
            return
        del self._approved[claim]
        self._remedies.discard(self._claims[claim][1].serial)
        self.taken_back[claim] = later

    def _sharing(self, number: int) -> Mapping[KeyKind, set[int]]:
        own = self._filings[number]
        found: defaultdict[KeyKind, set[int]] = defaultdict(set)
        for kind, form in own.keys:
            if kind not in SHARED:
                continue
            with_key = self._by_key[kind, form]
            if kind is KeyKind.NETWORK:
                with_key = [each for each in with_key if self._is_within(each, own.sent.at)]
            found[kind].update(with_key[-MOST:])
        return found

    def _is_within(self, number: int, at: datetime) -> bool:
        return abs(self._filings[number].sent.at - at) <= WITHIN

    def _counts(self, number: int) -> tuple[Mapping[Counted, int], Mapping[KeyKind, set[int]]]:
        sharing = self._sharing(number)
        units = Counter({n: len(self._filings[n].claims) for s in sharing.values() for n in s})
        counts = {}
        for counted, kinds in COUNTED.items():
            filings = set(chain.from_iterable(sharing[kind] for kind in kinds))
            is_cut = any(len(sharing[kind]) >= MOST for kind in kinds)
            counts[counted] = MOST if is_cut else sum(units[each] for each in filings)
        for counted, kind in OWNERS.items():
            filings = set(sorted(sharing[kind])[:MOST_OWNERS])
            known = {
                each: [key for key in self._filings[each].keys if key[0] in KNOWN_BY]
                for each in sorted(filings)
            }
            is_cut = len(sharing[kind]) >= MOST_OWNERS
            counts[counted] = MOST_OWNERS if is_cut else count_owners(known)
        return counts, sharing

    def _leads(
        self, filing: int, claim: int, unit: SentUnit, photos: list[int]
    ) -> tuple[tuple[PhotoLead, ...], bool]:
        leads: list[PhotoLead] = []
        is_cut = False
        for number, photo in zip(photos, unit.photos, strict=True):
            same = self._same_as(number, photo)
            like = self._likenesses.like(number, photo.likeness, self._terms.like_within)
            like = like[: like_photos.MOST]
            is_cut |= len(like) >= like_photos.MOST
            if len(like) < like_photos.MOST:
                like = [(other, apart) for other, apart in like if other not in same]
            found = [(other, 0, True) for other in sorted(same)]
            found += [(other, apart, False) for other, apart in like]
            leads += [
                self._lead(filing, unit, number, other, apart, is_same_file=is_same)
                for other, apart, is_same in found
                if self._homes[other] != claim
            ]
        return tuple(leads), is_cut

    def _same_as(self, number: int, photo: SentPhoto) -> set[int]:
        digests = {photo.content, photo.picture} - {b""}
        return {other for digest in digests for other in self._same[digest]} - {number}

    def _lead(
        self,
        filing: int,
        unit: SentUnit,
        number: int,
        other: int,
        apart: int,
        *,
        is_same_file: bool,
    ) -> PhotoLead:
        home = self._homes[other]
        of_filing, of_unit = self._claims[home]
        is_same_unit = bool(unit.serial) and unit.serial == of_unit.serial
        common = set(self._shared(filing, of_filing))
        if is_same_unit:
            common.add(Sharing.UNIT)
        if unit.code and unit.code == of_unit.code:
            common.add(Sharing.CODE)
        if filing == of_filing:
            common.add(Sharing.PERSON)
        return PhotoLead(number, other, home, apart, is_same_file, is_same_unit, frozenset(common))

    def _shared(self, filing: int, other: int) -> Iterator[Sharing]:
        own = self._filings[filing]
        for kind, _ in set(own.keys) & set(self._filings[other].keys):
            if kind in SHARED and (
                kind is not KeyKind.NETWORK or self._is_within(other, own.sent.at)
            ):
                yield SHARED[kind]
