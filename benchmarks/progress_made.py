"""Made-up rows of a recall by the million, written by the database itself: claims, corrections,
notices with their log, incidents with people hurt. A tenth can be made first, and the rest later.

Of a hundred corrections two are taken back, of a hundred notices three came back, of ten incidents
one is joined to another.
"""

from typing import Any

from django.db import connection

from benchmarks.claims_made import make_claims
from recalldesk.accounts.models import Staff
from recalldesk.foundation import clock
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import ReportedCorrection

DAYS = 180
"""Over so many days up to now everything is spread."""
NOTICES, CLAIMS_OF_AN_INCIDENT = 3, 100
AT = f"%(now)s - interval '1 second' * (n %% {DAYS * 86_400} + 60)"
BACK = "%(now)s - interval '1 second' * (n %% 50)"
CORRECTIONS = f"""
INSERT INTO remedies_correction
    (recall_id, level, measure, units, unit_digest, turn, report_id, counted_at)
SELECT %(recall)s, CASE WHEN n %% 10 = 0 THEN 'retailer' ELSE 'consumer' END,
    (ARRAY['refunded', 'replaced', 'repaired'])[1 + n %% 3], back.units, '', 0, %(report)s,
    CASE WHEN back.units > 0 THEN {AT} ELSE {BACK} END
FROM generate_series(%(first)s, %(last)s) AS n
JOIN (VALUES (1), (-1)) AS back (units) ON back.units > 0 OR n %% 50 = 0
"""
NOTICE = """
INSERT INTO outreach_directnotice (id, wave_id, recall_id, kind, contact_digest, sealed_to, way,
    language, country, units, state, withheld, last_error, random_id, sealed_token, domain_digest,
    provider_id, made_at, attempts, repeats, sent_at)
SELECT n, %(wave)s, %(recall)s, 'email', sha256(n::text::bytea), '',
    (ARRAY['email', 'email', 'letter', 'phone', 'sms'])[1 + n %% 5], 'en',
    CASE WHEN n %% 50 = 0 THEN 'CA' ELSE 'US' END, 1,
    CASE WHEN n %% 33 = 0 THEN 'bounced' ELSE 'sent' END, '', '', gen_random_uuid(), '', '', '',
    %(now)s, 1, 0, %(now)s
FROM generate_series(%(first)s * 3 - 2, %(last)s * 3) AS n
"""
MOVES = f"""
INSERT INTO audit_statechange
    (at, recall_id, subject, subject_id, from_state, to_state, reason, actor)
SELECT CASE moved.to_state WHEN 'sent' THEN {AT} ELSE {BACK} END, %(recall)s, 'notice', n,
    moved.from_state, moved.to_state, '', 'machine'
FROM generate_series(%(first)s * 3 - 2, %(last)s * 3) AS n
JOIN (VALUES ('waiting', 'sent'), ('sent', 'bounced')) AS moved (from_state, to_state)
    ON moved.to_state = 'sent' OR n %% 33 = 0
"""
INCIDENTS = f"""
INSERT INTO incidents_incident (id, recall_id, source, outside_number, state, obtained_at, language,
    nonce, product_key, country, happened, happened_on, is_day_exact, nothing_happened, has_unit,
    sealed_serial, sealed_contact, sealed_account, authority_reference, serial_digest,
    contact_digest, same_as_id)
SELECT n, %(recall)s, 'form', '', 'obtained', {AT}, 'en', '', '', 'US', 'fire',
    CASE n %% 3 WHEN 0 THEN date '2020-01-01' WHEN 1 THEN date '2099-01-01' END, true, false, '',
    '', '', '', '', '', '', CASE WHEN n %% 10 = 0 THEN n - 1 END
FROM generate_series(greatest(1, %(first)s / 100 + 1), %(last)s / 100) AS n
"""
INJURIES = """
INSERT INTO incidents_injury (incident_id, care, sealed_age, sealed_harm)
SELECT n, CASE WHEN n %% 20 = 0 THEN 'death' ELSE 'doctor' END, '', ''
FROM generate_series(greatest(1, %(first)s / 100 + 1), %(last)s / 100) AS n WHERE n %% 2 = 0
"""
TABLES = (
    "remedies_correction",
    "outreach_directnotice",
    "audit_statechange",
    "incidents_incident",
    "incidents_injury",
)


def make(live: LiveRecall, by: Staff, *, first: int, last: int) -> None:
    """Claims with these numbers and all that comes with them, beside those below."""
    recall = Recall.objects.get(pk=live.recall_id)
    make_claims(live, first=first, last=last)
    values: dict[str, Any] = {
        "recall": recall.pk,
        "report": _report(recall, by).pk,
        "wave": _wave(recall).pk,
        "now": clock.now(),
        "first": first,
        "last": last,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in TABLES:  # what guards and numbers each row would take most of the time
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in (CORRECTIONS, NOTICE, MOVES, INCIDENTS, INJURIES):
            cursor.execute(statement, values)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET session_replication_role = origin")
        for table in TABLES:
            cursor.execute(f"VACUUM ANALYZE {table}")


def _report(recall: Recall, by: Staff) -> ReportedCorrection:
    known = ReportedCorrection.objects.filter(recall=recall).first()
    return known or ReportedCorrection.objects.create(
        recall=recall,
        level=Level.CONSUMER,
        measure=Measure.REFUNDED,
        units=1,
        happened_on=clock.now().date(),
        reported_by="Made-up Stores",
        by=by,
    )


def _wave(recall: Recall) -> Wave:
    wave, _ = Wave.objects.get_or_create(
        recall=recall, number=1, defaults={"name": "Made up", "kind": WaveKind.FIRST, "ways": []}
    )
    return wave
