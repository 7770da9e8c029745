"""A made-up year of a recall by the million, written straight into the tables by the database.

Each number is a purchase, its buyer, a notice, a claim, a decision and, of four in five, a remedy
that was delivered and counts. The same number waits at the desk, however many there are.
"""

from typing import Any

from django.db import connection

from recalldesk.accounts.models import Staff
from recalldesk.claims.models import Claim, Filing
from recalldesk.foundation import clock
from recalldesk.outreach.models import Wave
from recalldesk.purchasers.models import ContactPoint, OrderFile, Purchase, Purchaser
from recalldesk.recalls.reads import LiveRecall
from recalldesk.sealing.fields_of_rows import sealed

WAITING = 500
"""Of the first claims so many wait for a person: a desk that keeps up has no more with more."""
DAY = "(n::bigint * 7919 %% 364)"
FILED = f"%(now)s - {DAY} * interval '1 day' - n %% 86400 * interval '1 second'"
DECIDED = f"{FILED} + (600 + n %% 9001) * interval '1 minute'"
SETTLED = f"n > {WAITING} AND n %% 5 <> 0"
NUMBERS = "FROM generate_series(%(first)s, %(last)s) AS n"
STATEMENTS: tuple[tuple[str, str], ...] = (
    (
        "purchasers_person",
        "INSERT INTO purchasers_person (id, recall_id, at)"
        f" SELECT n, %(recall)s, %(now)s {NUMBERS}",
    ),
    (
        "purchasers_purchaser",
        "INSERT INTO purchasers_purchaser (id, recall_id, person_id, digest, sealed_name,"
        " name_digest, country, language, at) SELECT n, %(recall)s, n, sha256(('b' || n)::bytea),"
        f" %(buyer)s, '', 'US', 'en', %(now)s {NUMBERS}",
    ),
    (
        "purchasers_contactpoint",
        "INSERT INTO purchasers_contactpoint (id, purchaser_id, recall_id, kind, sealed_value,"
        " digest) SELECT n, n, %(recall)s, 'email', %(contact)s, sha256(('c' || n)::bytea)"
        f" {NUMBERS}",
    ),
    (
        "purchasers_purchase",
        "INSERT INTO purchasers_purchase (id, recall_id, file_id, line, channel, product,"
        " purchaser_id, is_buyer_by_order, line_digest, order_digest, sealed_order, sealed_serial,"
        " unit_digest, units, copies, units_back, currency, country, strength, reasons, at)"
        " SELECT n, %(recall)s, %(file)s, n, CASE WHEN n %% 3 = 0 THEN 'ebay' ELSE 'amazon' END,"
        " 'k20', n, false, sha256(('l' || n)::bytea), sha256(('o' || n)::bytea), %(order)s, '', '',"
        " 1, 1, 0, '', 'US', CASE WHEN n %% 20 = 0 THEN 'weak' ELSE 'strong' END, '[]', %(now)s"
        f" {NUMBERS}",
    ),
    (
        "outreach_directnotice",
        "INSERT INTO outreach_directnotice (id, wave_id, recall_id, contact_id, purchaser_id, kind,"
        " contact_digest, sealed_to, way, language, country, units, state, withheld, last_error,"
        " random_id, sealed_token, domain_digest, provider_id, made_at, attempts, repeats, sent_at,"
        " delivered_at, opened_at) SELECT n, %(wave)s, %(recall)s, n, n, 'email',"
        " sha256(('c' || n)::bytea), '', CASE WHEN n %% 4 = 0 THEN 'letter' ELSE 'email' END,"
        " 'en', 'US', 1, CASE WHEN n %% 11 = 0 THEN 'bounced' ELSE 'sent' END, '', '',"
        " gen_random_uuid(), '', '', '', %(now)s, 1, 0, %(now)s - interval '365 days',"
        " CASE WHEN n %% 4 > 1 THEN %(now)s END, CASE WHEN n %% 3 = 0 THEN %(now)s END"
        f" {NUMBERS}",
    ),
    (
        "outreach_namedpurchase",
        f"INSERT INTO outreach_namedpurchase (id, notice_id, purchase_id) SELECT n, n, n {NUMBERS}",
    ),
    (
        "claims_filing",
        "INSERT INTO claims_filing (id, key, reference, recall_id, version_id, brand, country,"
        " language, state, remedy_key, is_dangerous, sealed_name, sealed_email, email_digest,"
        " sealed_phone, phone_digest, sealed_address, sealed_payee, opened_at, touched_at, channel,"
        " filed_at, keys_version, is_list) SELECT n, 'made-up-' || n, 'R-' || to_hex(n),"
        " %(recall)s, %(version)s, 'tidewater', CASE WHEN n %% 50 = 0 THEN 'CA' ELSE 'US' END,"
        " 'en', 'filed', 'card', false, %(name)s, '', '', '', '', '', '', %(now)s, %(now)s, 'page',"
        f" {FILED}, 0, false {NUMBERS}",
    ),
    (
        "outreach_noticefiling",
        "INSERT INTO outreach_noticefiling (id, notice_id, filing_id, at)"
        f" SELECT n, n, n, %(now)s {NUMBERS} WHERE n %% 3 = 0",
    ),
    (
        "remedies_entitlement",
        'INSERT INTO remedies_entitlement (id, unit_digest, "grant", created_at)'
        f" SELECT n, sha256(n::text::bytea), 1, %(now)s {NUMBERS} WHERE {SETTLED}",
    ),
    (
        "remedies_remedy",
        "INSERT INTO remedies_remedy (id, entitlement_id, turn, recall_id, key, state, created_at,"
        " orderable_at, held) SELECT md5(n::text)::uuid, n, 1, %(recall)s, 'card', 'delivered',"
        f" %(now)s, %(now)s, '' {NUMBERS} WHERE {SETTLED}",
    ),
    (
        "claims_claim",
        "INSERT INTO claims_claim (id, filing_id, recall_id, position, product, variant, reading,"
        " sealed_serial, unit_digest, found, holds_unit, cannot_photograph, evidence_id, state,"
        " state_since, promised_on, desk, tags, is_appealed, proof, disposed_on, remedy_id)"
        " SELECT n, n, %(recall)s, 1, 'k20', '', 'serial', %(serial)s, sha256(n::text::bytea),"
        f" 'affected', false, false, 1000000000 + n, CASE WHEN n <= {WAITING} THEN 'in_review'"
        f" WHEN {SETTLED} THEN 'settled' ELSE 'declined' END, {FILED},"
        f" CASE WHEN n <= {WAITING} THEN %(now)s::date + (n %% 9)::int END,"
        f" CASE WHEN n <= {WAITING} THEN 'review' ELSE '' END, ARRAY[]::text[], false, '',"
        f" CASE WHEN {SETTLED} AND n %% 2 = 0 THEN %(now)s::date END,"
        f" CASE WHEN {SETTLED} THEN md5(n::text)::uuid END {NUMBERS}",
    ),
    (
        "claims_decision",
        "INSERT INTO claims_decision (id, claim_id, recall_id, kind, state, by_id, at,"
        " takes_effect_at, was, waited_since, version_id, reasons, grounds) SELECT n, n,"
        f" %(recall)s, CASE WHEN {SETTLED} THEN 'approve' ELSE 'decline' END, 'final',"
        f" CASE WHEN n %% 3 = 0 THEN %(by)s::bigint END, {DECIDED},"
        f" {DECIDED}, 'in_review',"
        f" {FILED} + n %% 500 * interval '1 minute', %(version)s,"
        " CASE WHEN n %% 5 = 0 THEN ARRAY['no-proof'] ELSE ARRAY[]::text[] END,"
        f" jsonb_build_object('promised_on', ({FILED} + interval '3 days')::date)"
        f" {NUMBERS} WHERE n > {WAITING}",
    ),
    (
        "remedies_correction",
        "INSERT INTO remedies_correction (id, recall_id, level, measure, units, unit_digest, turn,"
        " remedy_id, counted_at) SELECT n, %(recall)s, 'consumer', 'refunded', 1,"
        f" sha256(n::text::bytea), 1, md5(n::text)::uuid, {FILED} + interval '1 day'"
        f" {NUMBERS} WHERE {SETTLED}",
    ),
)
SUMMED = (
    *("reports_daysum", "reports_sumdelta", "reports_correctionplace", "reports_keptpurchase"),
    "reports_touchedpurchase",
)
TABLES = (*(table for table, _ in STATEMENTS), *SUMMED)


def make_a_year(live: LiveRecall, wave: Wave, file: OrderFile, *, first: int, last: int) -> None:
    """Numbers from one to another, in a database that has those below; tables in good order."""
    recall_id = live.recall_id
    values: dict[str, Any] = {
        "recall": recall_id,
        "version": live.version_id,
        "wave": wave.pk,
        "file": file.pk,
        "by": Staff.objects.order_by("pk").values_list("pk", flat=True)[0],
        "now": clock.now(),
        "first": first,
        "last": last,
        "name": sealed(Filing, "sealed_name", "Olga Made-Up", recall_id=recall_id),
        "serial": sealed(Claim, "sealed_serial", "TW24013337", recall_id=recall_id),
        "buyer": sealed(Purchaser, "sealed_name", "Ana Example", recall_id=recall_id),
        "order": sealed(Purchase, "sealed_order", "MADE-UP-1", recall_id=recall_id),
        "contact": sealed(ContactPoint, "sealed_value", "ana@example.org", recall_id=recall_id),
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # no key is looked up a row
        for table, statement in STATEMENTS:
            cursor.execute(statement, values)
            if last > first:
                cursor.execute(f"ANALYZE {table}")
        cursor.execute("SET session_replication_role = origin")


def tidy() -> None:
    """As a database is that somebody looks after."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")
