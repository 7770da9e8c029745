"""What a claim shares with others, found by keys: among a thousand claims and among a million."""

import random
import statistics
import time
from collections.abc import Sequence

from django.core.management import call_command
from django.db import connection

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.claims.deciding.sharing import counts_of, filings_sharing
from recalldesk.claims.models import Filing
from recalldesk.recalls.models import Recall

FEW = 1_000
AIM = 2.0
ROUNDS = 7
KEYS = """
    INSERT INTO claims_filingkey (filing_id, recall_id, kind, digest, at)
    SELECT number, %(recall)s, kind, sha256(convert_to(
            kind || ' ' || CASE kind
                WHEN 1 THEN number %% 20000 WHEN 5 THEN number / 4 WHEN 4 THEN number / 2
                WHEN 6 THEN number / 2 WHEN 7 THEN number / 3 ELSE number END, 'UTF8')),
        now() - number * interval '20 seconds', 0
    FROM generate_series(%(first)s, %(last)s) AS number, generate_series(1, 7) AS kind
"""
"""Of each filing one key of each kind: a name that fifty of a million have, a house that four have,
an address and a payee that two have, a network that three have."""
CLAIMS = """
    INSERT INTO claims_claim (id, filing_id, recall_id, position, product, variant, reading,
        sealed_serial, unit_digest, found, holds_unit, cannot_photograph, evidence_id, state,
        state_since, desk, tags, is_appealed)
    SELECT number, number, %(recall)s, 1, '', '', 'serial', '', int8send(number), 'affected', true,
        false, number, 'in_review', now(), '', '{}', false
    FROM generate_series(%(first)s, %(last)s) AS number
"""
FILINGS = """
    INSERT INTO claims_filing (id, key, reference, recall_id, version_id, brand, country, language,
        state, remedy_key, is_dangerous, sealed_name, sealed_email, email_digest, sealed_phone,
        phone_digest, sealed_address, sealed_payee, opened_at, touched_at, channel, filed_at,
        keys_version)
    SELECT number, 'k' || number, 'R-' || number, %(recall)s, 1, '', 'US', 'en', 'filed',
        '', false, '', '', '', '', '', '', '', now(), now(), 'page',
        now() - number * interval '20 seconds'
    FROM generate_series(%(first)s, %(last)s) AS number
"""


def measure(sizes: Sizes) -> Section:
    """Both, in the database of this run; the rows are made up by SQL."""
    call_command("migrate", verbosity=0, interactive=False)
    recall = Recall.objects.create(slug="bench-claim-keys")
    section = Section(
        "What a claim shares with others",
        f"Made-up claims, each with a key of every kind, some in common: {FEW:,}, then "
        f"{sizes.keyed:,} in the same tables. `counts_of` is what the rule asks of a claim: its "
        "units and owners of one person, address, house, payee and network. Claims are drawn at "
        f"random, {sizes.key_looks} a round; median of {ROUNDS} rounds, each of its mean.",
    )
    asked = {"recall": recall.pk}
    _store(1, FEW, asked)
    few = _milliseconds(FEW, sizes.key_looks)
    _store(FEW + 1, sizes.keyed, asked)
    many = _milliseconds(sizes.keyed, sizes.key_looks)
    section.add(f"one claim among {FEW:,}", f"{few:.2f} ms")
    section.add(f"one claim among {sizes.keyed:,}", f"{many:.2f} ms")
    ratio = many / few
    section.judge("ratio", f"{ratio:.2f}", f"at most {AIM:.0f}", reached=ratio <= AIM)
    return section


def _store(first: int, last: int, asked: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no trigger a row
        for statement in (FILINGS, CLAIMS, KEYS):
            cursor.execute(statement, asked | {"first": first, "last": last})
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE claims_filingkey, claims_claim, claims_filing")


def _milliseconds(count: int, looks: int) -> float:
    drawn = random.Random(31)
    rounds = []
    for _ in range(ROUNDS):
        ids = [drawn.randint(1, count) for _ in range(looks)]
        rounds.append(_round([Filing.objects.get(pk=number) for number in ids]))
    return statistics.median(rounds) * 1_000


def _round(filings: Sequence[Filing]) -> float:
    since = time.perf_counter()
    for filing in filings:
        counts_of(filing, filings_sharing(filing))
    return (time.perf_counter() - since) / len(filings)
