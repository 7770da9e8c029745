"""Made-up claims by the million, written straight into the tables by the database itself.

One in five waits at the desk; the others have ended. Each has the keys of its name; some are
known by serial, e-mail address and phone number too: those that a search is asked for.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from recalldesk.claims.filing_keys import key_digest
from recalldesk.claims.models import Claim, Filing, FilingKey
from recalldesk.claims.states import KeyKind
from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms import FORMS_VERSION
from recalldesk.recalls.reads import LiveRecall
from recalldesk.sealing.fields_of_rows import digest, sealed

WORDS = 1_000
"""So many first names and as many last names, so that in a million claims each stands a thousand
times: pairs of one number are as rare or frequent as they come."""
KNOWN = 100
"""Claims that are known by all that one can be found by."""
FILINGS = """
INSERT INTO claims_filing (id, key, reference, recall_id, version_id, brand, country, language,
    state, remedy_key, is_dangerous, sealed_name, sealed_email, email_digest, sealed_phone,
    phone_digest, sealed_address, sealed_payee, opened_at, touched_at, channel, filed_at,
    keys_version, is_list)
SELECT n, 'made-up-' || n, 'R-' || left(letters, 4) || '-' || right(letters, 4), %(recall)s,
    %(version)s, 'tidewater', CASE WHEN n %% 50 = 0 THEN 'CA' ELSE 'US' END, 'en', 'filed', 'card',
    false, %(name)s, '', '', '', '', '', '', %(now)s, %(now)s,
    CASE WHEN n %% 200 = 20 THEN 'phone' ELSE 'page' END, %(now)s - n * interval '1 second',
    %(keys)s, false
FROM (SELECT n,
    translate(lpad(to_hex(n), 8, '0'), '0123456789abcdef', '23456789ACDEFGHJ') AS letters
    FROM generate_series(%(first)s, %(last)s) AS n) AS numbers
"""
CLAIMS = """
INSERT INTO claims_claim (id, filing_id, recall_id, position, product, variant, reading,
    sealed_serial, unit_digest, found, holds_unit, cannot_photograph, evidence_id, state,
    state_since, promised_on, desk, tags, is_appealed, proof)
SELECT n, n, %(recall)s, 1, 'k20', '', 'serial', %(serial)s, sha256(n::text::bytea), 'affected',
    false, false, 1000000000 + n, CASE WHEN n %% 5 = 0 THEN 'in_review' ELSE 'settled' END, %(now)s,
    CASE WHEN n %% 5 = 0 THEN %(now)s::date + (n / 5 %% 12)::int - 1 END,
    CASE WHEN n %% 100 = 0 THEN 'answered' WHEN n %% 5 = 0 THEN 'review' ELSE '' END,
    CASE WHEN n %% 5 = 0 THEN ARRAY['label_unread'] ELSE ARRAY[]::text[] END, false, ''
FROM generate_series(%(first)s, %(last)s) AS n
"""
"""Their photos are none, and numbered beyond those of claims that were really sent."""
NAMES = """
INSERT INTO claims_filingkey (filing_id, recall_id, kind, digest, at)
SELECT n, %(recall)s, 1, words.digest, %(now)s - n * interval '1 second'
FROM generate_series(%(first)s, %(last)s) AS n
CROSS JOIN LATERAL (VALUES (n %% %(words)s), (%(words)s + n / %(words)s %% %(words)s)) AS of(number)
JOIN made_up_words AS words ON words.number = of.number
"""
TABLES = ("claims_filing", "claims_claim", "claims_filingkey")


@dataclass(frozen=True)
class KnownClaim:
    """What somebody may ask for it by."""

    reference: str
    serial: str
    email: str
    phone: str
    name: str


def make_claims(live: LiveRecall, *, first: int, last: int) -> None:
    """Claims with these numbers, in a database that has those below; tables in good order."""
    values = {
        "recall": live.recall_id,
        "version": live.version_id,
        "name": sealed(Filing, "sealed_name", "Olga Made-Up", recall_id=live.recall_id),
        "serial": sealed(Claim, "sealed_serial", "TW24013337", recall_id=live.recall_id),
        "now": clock.now(),
        "keys": FORMS_VERSION,
        "first": first,
        "last": last,
        "words": WORDS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no trigger a row
        _keep_words(cursor)
        for statement in (FILINGS, CLAIMS, NAMES):
            cursor.execute(statement, values)
        cursor.execute("SET session_replication_role = origin")
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")


def _keep_words(cursor: object) -> None:
    run = cursor.execute  # type: ignore[attr-defined]  # a cursor of Django's
    run("CREATE TEMPORARY TABLE IF NOT EXISTS made_up_words (number bigint, digest bytea)")
    run("TRUNCATE made_up_words")
    for number in range(2 * WORDS):
        word = key_digest(KeyKind.NAME_WORD, _word(number))
        run("INSERT INTO made_up_words VALUES (%s, %s)", [number, word])


def _word(number: int) -> str:
    """A made-up first or last name, of consonants behind a known start, so that none is folded."""
    digits = f"{number % WORDS:03d}".translate(str.maketrans("0123456789", "bcdfghklmn"))
    return f"{'first' if number < WORDS else 'last'}{digits}"


def make_known(beyond: int, count: int, *, seed: int) -> list[KnownClaim]:
    """Some of the claims between the two numbers, found by what is returned."""
    draw = random.Random(seed)
    known = []
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for number in draw.sample(range(beyond + 1, count + 1), min(KNOWN, count - beyond)):
            claim = KnownClaim(
                reference=Filing.objects.values_list("reference", flat=True).get(pk=number),
                serial=f"TW{50_000_000 + number}",
                email=f"owner{number}@home.example",
                phone=f"+1202{5_550_000 + number % 10_000:07d}",
                name=f"{_word(number % WORDS)} {_word(WORDS + number // WORDS % WORDS)}",
            )
            Claim.objects.filter(pk=number).update(
                unit_digest=digest(Claim, "unit_digest", claim.serial)
            )
            FilingKey.objects.bulk_create(
                [
                    FilingKey(
                        filing_id=number, recall_id=1, kind=kind, digest=key_digest(kind, form)
                    )
                    for kind, form in ((KeyKind.EMAIL, claim.email), (KeyKind.PHONE, claim.phone))
                ],
                ignore_conflicts=True,
            )
            known.append(claim)
        cursor.execute("SET session_replication_role = origin")
    return known


def keep_apart(schema: str, tables: Iterable[str] = TABLES) -> None:
    """Copies the rows that there are, with their indexes, so that they can be asked by turns."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {schema}")
        for table in tables:
            cursor.execute(f"CREATE TABLE {schema}.{table} (LIKE public.{table} INCLUDING ALL)")
            cursor.execute(f"INSERT INTO {schema}.{table} SELECT * FROM public.{table}")
            cursor.execute(f"VACUUM ANALYZE {schema}.{table}")


def look_at(schema: str) -> None:
    """The rows of this schema are those that are there."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET search_path TO {schema}, public")
