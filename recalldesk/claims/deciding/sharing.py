"""What a filing shares with others of its recall: one look-up by index for all of its keys.

Guarantees: a look costs the same however many filings there are; a network counts within an hour
only; where more is shared than is read, it counts as over every limit.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from datetime import timedelta
from itertools import chain
from typing import Any

from django.db import connection

from recalldesk.claims.deciding.owners import count_owners
from recalldesk.claims.decision_facts import Counted, Sharing
from recalldesk.claims.erased_keys import units_erased
from recalldesk.claims.filing_keys import Key, keys_of
from recalldesk.claims.models import Claim, Filing, FilingKey
from recalldesk.claims.states import DECIDED_FOR, NOT_COUNTED, KeyKind
from recalldesk.foundation import clock

WITHIN = timedelta(hours=1)
MOST = 201
"""Filings read of one key; a limit is 200 at most."""
MOST_OWNERS = 60
"""Filings of which owners are told apart; their limit is 50 at most."""
PERSON = frozenset({KeyKind.EMAIL, KeyKind.PHONE})
KNOWN_BY = PERSON | {KeyKind.NAME_WORD}
COUNTED: Mapping[Counted, frozenset[KeyKind]] = {
    Counted.PERSON: PERSON,
    Counted.ADDRESS: frozenset({KeyKind.ADDRESS}),
    Counted.HOUSE: frozenset({KeyKind.HOUSE}),
    Counted.PAYEE: frozenset({KeyKind.PAYEE}),
    Counted.NETWORK: frozenset({KeyKind.NETWORK}),
}
OWNERS: Mapping[Counted, KeyKind] = {
    Counted.OWNERS_AT_ADDRESS: KeyKind.ADDRESS,
    Counted.OWNERS_OF_PAYEE: KeyKind.PAYEE,
}
SPEAKS_OF_FRAUD = PERSON | {KeyKind.ADDRESS, KeyKind.PAYEE}
"""A house and a network have many people in them who know nothing of each other."""
SHARED: Mapping[KeyKind, Sharing] = {
    KeyKind.EMAIL: Sharing.PERSON,
    KeyKind.PHONE: Sharing.PERSON,
    KeyKind.ADDRESS: Sharing.ADDRESS,
    KeyKind.HOUSE: Sharing.HOUSE,
    KeyKind.PAYEE: Sharing.PAYEE,
    KeyKind.NETWORK: Sharing.NETWORK,
}
SHARING = """
    SELECT own.kind, key.filing_id
    FROM unnest(%(kinds)s::smallint[], %(digests)s::bytea[]) AS own (kind, digest)
    CROSS JOIN LATERAL (
        SELECT filing_id FROM claims_filingkey
        WHERE digest = own.digest AND kind = own.kind AND recall_id = %(recall)s
            AND (own.kind <> %(network)s OR at BETWEEN %(since)s AND %(until)s)
        ORDER BY at DESC LIMIT %(most)s
    ) AS key
"""


def counts_of(filing: Filing, sharing: Mapping[KeyKind, Set[int]]) -> dict[Counted, int]:
    """What is held against the limits, with the filing's own units and those of filings that were
    erased; 0 where it has no such key."""
    own = keys_of(filing.pk)
    units = _units_of(set(chain.from_iterable(sharing.values())) | {filing.pk})
    counts = {}
    for counted, kinds in COUNTED.items():
        filings = set(chain.from_iterable(sharing[kind] for kind in kinds))
        is_cut = any(len(sharing[kind]) >= MOST for kind in kinds)
        counts[counted] = MOST if is_cut else sum(units[each] for each in filings)
        counts[counted] += units_erased(filing.recall_id, [key for key in own if key[0] in kinds])
    return counts | _owners(sharing, units)


def filings_of_fraud(sharing: Mapping[KeyKind, Set[int]]) -> Set[int]:
    """The filings among which fraud that was found speaks against this one."""
    return set(chain.from_iterable(sharing.get(kind, ()) for kind in SPEAKS_OF_FRAUD))


def paid_for_no_named_unit(filing: Filing, sharing: Set[int]) -> tuple[int, ...]:
    """Claims of other filings that were decided for without a serial, as systems before this one
    did, and as people do where none can be read."""
    found = Claim.objects.filter(
        filing_id__in=sharing - {filing.pk}, unit_digest=b"", state__in=sorted(DECIDED_FOR)
    )
    return tuple(found.order_by("pk").values_list("pk", flat=True)[:MOST])


def filings_sharing(filing: Filing) -> Mapping[KeyKind, Set[int]]:
    """The filings that share a key of each kind with this one, itself among them; none for a kind
    of which it has no key."""
    own = [(kind, digest) for kind, digest in keys_of(filing.pk) if kind in SHARED]
    found: defaultdict[KeyKind, set[int]] = defaultdict(set)
    if own:
        with connection.cursor() as cursor:
            cursor.execute(SHARING, _asked(filing, own))
            for kind, filing_id in cursor.fetchall():
                found[KeyKind(kind)].add(filing_id)
    return found


def _asked(filing: Filing, own: Iterable[Key]) -> dict[str, Any]:
    kinds, digests = zip(*own, strict=True)
    sent_at = filing.filed_at or clock.now()
    return {
        "kinds": [int(kind) for kind in kinds],
        "digests": list(digests),
        "recall": filing.recall_id,
        "network": int(KeyKind.NETWORK),
        "since": sent_at - WITHIN,
        "until": sent_at + WITHIN,
        "most": MOST,
    }


def _units_of(filing_ids: Collection[int]) -> Counter[int]:
    """The units that count, of each filing."""
    rows = Claim.objects.filter(filing_id__in=filing_ids).exclude(state__in=sorted(NOT_COUNTED))
    return Counter(rows.values_list("filing_id", flat=True))


def _owners(sharing: Mapping[KeyKind, Set[int]], units: Mapping[int, int]) -> dict[Counted, int]:
    """The owners who have an address or payee in common; too many to tell apart are that many."""
    of_kind = {
        counted: sorted(each for each in sharing[kind] if units[each])
        for counted, kind in OWNERS.items()
    }
    told = {counted: filings[:MOST_OWNERS] for counted, filings in of_kind.items()}
    known_by = _known_by(set(chain.from_iterable(told.values())))
    return {
        counted: MOST_OWNERS
        if len(filings) >= MOST_OWNERS
        else count_owners({each: known_by.get(each, ()) for each in filings})
        for counted, filings in told.items()
    }


def _known_by(filing_ids: Collection[int]) -> Mapping[int, Collection[object]]:
    found: defaultdict[int, set[object]] = defaultdict(set)
    if filing_ids:
        rows = FilingKey.objects.filter(filing_id__in=filing_ids, kind__in=sorted(KNOWN_BY))
        for filing_id, kind, digest in rows.values_list("filing_id", "kind", "digest"):
            found[filing_id].add((kind, bytes(digest)))
    return found


def shared_with(filing: Filing, others: Collection[int]) -> Mapping[int, frozenset[Sharing]]:
    """What each of some other filings, of whatever recall, shares with this one."""
    own = dict.fromkeys(key for key in keys_of(filing.pk) if key[0] in SHARED)
    found: defaultdict[int, set[Sharing]] = defaultdict(set)
    rows = FilingKey.objects.filter(filing_id__in=others, kind__in=sorted(SHARED))
    for filing_id, kind, digest, at in rows.values_list("filing_id", "kind", "digest", "at"):
        is_within = filing.filed_at is not None and abs(at - filing.filed_at) <= WITHIN
        is_same = (KeyKind(kind), bytes(digest)) in own
        if is_same and (kind != KeyKind.NETWORK or is_within):
            found[filing_id].add(SHARED[KeyKind(kind)])
    return {filing_id: frozenset(shared) for filing_id, shared in found.items()}
