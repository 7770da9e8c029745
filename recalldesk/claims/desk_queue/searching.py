"""Finds claims by what somebody says at the phone: reference, name, e-mail, phone, serial.

Guarantees: each spelling that the normal forms know finds what it means, by indexes alone; at most
`MOST_FOUND` claims are shown, and it is said where there are more; a text is kept nowhere; name,
e-mail and phone find nothing for whoever may not see personal data; what an owner has not sent yet
is never found.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk_days import desk_days
from recalldesk.claims.desk_queue.rows import QueueRow, rows_of
from recalldesk.claims.desk_queue.search_texts import (
    Meanings,
    identities_of,
    look_alikes_of,
    meanings_of,
)
from recalldesk.claims.filing_keys import key_digest
from recalldesk.claims.former_references import filings_of_reference
from recalldesk.claims.models import Claim, FilingKey
from recalldesk.claims.states import ClaimState, KeyKind
from recalldesk.foundation import clock
from recalldesk.recalls.reads import live_recalls
from recalldesk.sealing.fields_of_rows import digest

MOST_FOUND = 50
WINDOW = 5_000
"""Of a name, so many filings of its rarest word are looked through, the newest first."""


class FoundBy(StrEnum):
    """As what the text was understood where something was found."""

    REFERENCE = "reference"
    SERIAL = "serial"
    LOOK_ALIKE = "look_alike"
    EMAIL = "email"
    PHONE = "phone"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """What was found, the newest first. `by`: as what. `is_more`: there are more than are shown.

    `is_masked`: the text may be of a person, and who searches may not see personal data.
    """

    rows: tuple[QueueRow, ...]
    by: tuple[FoundBy, ...]
    is_more: bool
    is_masked: bool = False


def search_claims(text: str, *, by: Staff) -> Found:
    """The claims that a text means. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    recalls = live_recalls()
    documents = [live.document for live in recalls]
    countries = frozenset(str(code) for each in documents for code in each.countries)
    meant = meanings_of(text, countries=countries)
    may_see = by.may(Permission.SEE_PERSONAL)
    found: dict[FoundBy, list[int]] = {}
    found[FoundBy.REFERENCE] = _of_filings(filings_of_reference(text.strip()))
    if meant.may_be_serial:
        found[FoundBy.SERIAL] = _of_serials(identities_of(text, documents))
    if may_see:
        found |= _of_person(meant)
    if meant.may_be_serial and not any(found.values()):
        found[FoundBy.LOOK_ALIKE] = _of_serials(look_alikes_of(text, documents))
    claim_ids = sorted({pk for some in found.values() for pk in some}, reverse=True)
    return Found(
        rows=rows_of(claim_ids[:MOST_FOUND], days=desk_days(clock.now(), recalls)),
        by=tuple(each for each in FoundBy if found.get(each)),
        is_more=len(claim_ids) > MOST_FOUND,
        is_masked=not may_see and bool(meant.email or meant.phones or meant.name_words),
    )


def claims_of_reference(text: str, *, by: Staff) -> tuple[QueueRow, ...]:
    """The claims of a reference, which opens nothing, however it is typed. Raises NotPermitted."""
    require(by, Permission.SEE_CLAIMS)
    claim_ids = _of_filings(filings_of_reference(text.strip()))
    return rows_of(sorted(claim_ids)[:MOST_FOUND], days=desk_days(clock.now()))


def _of_serials(identities: frozenset[str]) -> list[int]:
    digests = [digest(Claim, "unit_digest", identity) for identity in sorted(identities)]
    return _newest(Q(unit_digest__in=digests)) if digests else []


def _of_person(meant: Meanings) -> dict[FoundBy, list[int]]:
    found = {}
    if meant.email:
        found[FoundBy.EMAIL] = _of_filings(_with_key(KeyKind.EMAIL, [meant.email]))
    if meant.phones:
        found[FoundBy.PHONE] = _of_filings(_with_key(KeyKind.PHONE, sorted(meant.phones)))
    if meant.name_words:
        found[FoundBy.NAME] = _of_filings(_of_name(meant.name_words))
    return found


def _with_key(kind: KeyKind, forms: Sequence[str]) -> list[int]:
    digests = [key_digest(kind, form) for form in forms]
    keys = FilingKey.objects.filter(kind=kind, digest__in=digests)
    return list(keys.order_by("-at").values_list("filing", flat=True)[: MOST_FOUND + 1])


def _of_name(words: Sequence[str]) -> list[int]:
    """The newest filings whose name has all of the words."""
    digests = [key_digest(KeyKind.NAME_WORD, word) for word in words]
    rarest, *others = sorted(digests, key=_how_many)
    keys = FilingKey.objects.filter(kind=KeyKind.NAME_WORD, digest=rarest).order_by("-at")
    rows = FilingKey.objects.filter(pk__in=keys.values("pk")[:WINDOW])
    for other in others:
        same = FilingKey.objects.filter(
            filing=OuterRef("filing"), kind=KeyKind.NAME_WORD, digest=other
        )
        rows = rows.filter(Exists(same))
    return list(rows.order_by("-at").values_list("filing", flat=True)[: MOST_FOUND + 1])


def _how_many(word: bytes) -> int:
    """In how many filings the word stands; counted no further than they are looked through."""
    return FilingKey.objects.filter(kind=KeyKind.NAME_WORD, digest=word)[: WINDOW + 1].count()


def _of_filings(filing_ids: Sequence[int]) -> list[int]:
    """By numbers and not within one query: the database would else walk all claims in order."""
    return _newest(Q(filing_id__in=filing_ids)) if filing_ids else []


def _newest(of: Q) -> list[int]:
    """The numbers of the newest claims, one more than are shown, so that more is known of."""
    sent = Claim.objects.filter(of).exclude(state=ClaimState.DRAFT)
    return list(sent.order_by("-pk").values_list("pk", flat=True)[: MOST_FOUND + 1])
