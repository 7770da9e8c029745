"""Which contacts are at rest, asked of the database: the rule itself stands in `rules`.

Guarantee: of one contact, just before a reminder is sent, it is asked by the same statement as of
all contacts of a wave.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

from recalldesk.claims.states import ClaimState, UnitReading
from recalldesk.outreach.states import ANSWERS_FOR_UNITS, AnswerKind

SPEAKS_FOR_NOTHING = (
    ClaimState.DRAFT,
    ClaimState.WITHDRAWN,
    ClaimState.DECLINED,
    ClaimState.DUPLICATE,
)
AT_REST = """
WITH asked AS MATERIALIZED (
    SELECT DISTINCT unnest(%(digests)s::bytea[]) AS digest
), holder AS MATERIALIZED (
    SELECT DISTINCT a.digest, c.purchaser_id
    FROM asked a JOIN purchasers_contactpoint c
      ON c.recall_id = %(recall)s AND c.digest = a.digest
), theirs AS MATERIALIZED (
    SELECT DISTINCT h.digest, n.id AS notice_id
    FROM holder h JOIN purchasers_contactpoint c USING (purchaser_id)
    JOIN outreach_directnotice n ON n.recall_id = %(recall)s AND n.contact_digest = c.digest
), filing AS MATERIALIZED (
    SELECT h.digest, j.filing_id
    FROM holder h JOIN purchasers_join j ON j.first_id = h.purchaser_id
    WHERE j.filing_id IS NOT NULL
    UNION
    SELECT t.digest, f.filing_id
    FROM theirs t JOIN outreach_noticefiling f USING (notice_id)
), answer AS MATERIALIZED (
    SELECT t.digest, t.notice_id, n.contact_digest, a.kind, a.units
    FROM theirs t JOIN outreach_answer a USING (notice_id)
    JOIN outreach_directnotice n ON n.id = t.notice_id
    WHERE a.undone_at IS NULL AND a.kind = ANY(%(kinds)s)
), party AS MATERIALIZED (
    SELECT digest, purchaser_id FROM holder
    UNION
    SELECT f.digest, j.first_id FROM filing f JOIN purchasers_join j USING (filing_id)
    UNION
    SELECT f.digest, c.purchaser_id
    FROM filing f JOIN outreach_noticefiling l USING (filing_id)
    JOIN outreach_directnotice n ON n.id = l.notice_id
    JOIN purchasers_contactpoint c
      ON c.recall_id = %(recall)s AND c.digest = n.contact_digest
    UNION
    SELECT a.digest, c.purchaser_id
    FROM answer a JOIN purchasers_contactpoint c
      ON c.recall_id = %(recall)s AND c.digest = a.contact_digest
), claimed AS (
    SELECT f.digest, count(*) AS claimed,
           count(*) FILTER (WHERE c.reading = %(gone)s) AS gone
    FROM filing f JOIN claims_claim c USING (filing_id)
    WHERE NOT c.state = ANY(%(for_nothing)s)
    GROUP BY f.digest
), told AS (
    SELECT digest,
           coalesce(sum(units) FILTER (WHERE kind = %(done)s), 0) AS done_already,
           coalesce(sum(units) FILTER (WHERE kind <> %(done)s), 0) AS got_rid_of
    FROM (
        SELECT digest, contact_digest, kind, max(units) AS units
        FROM answer GROUP BY digest, contact_digest, kind
    ) each
    GROUP BY digest
), spoken AS MATERIALIZED (
    SELECT digest,
           greatest(coalesce(claimed, 0), coalesce(done_already, 0))
           + greatest(0, coalesce(got_rid_of, 0) - coalesce(gone, 0)) AS units
    FROM claimed FULL JOIN told USING (digest)
), bought AS (
    SELECT digest, sum(units) AS units FROM (
        SELECT y.digest, p.id, p.units - p.units_back AS units
        FROM spoken JOIN party y USING (digest)
        JOIN purchasers_purchase p ON p.purchaser_id = y.purchaser_id
        WHERE p.unmatched_at IS NULL AND p.units > p.units_back
        UNION
        SELECT y.digest, p.id, p.units - p.units_back
        FROM spoken JOIN party y USING (digest)
        JOIN purchasers_sighting s ON s.purchaser_id = y.purchaser_id
        JOIN purchasers_purchase p
          ON p.recall_id = s.recall_id AND p.line_digest = s.line_digest
        WHERE p.unmatched_at IS NULL AND p.units > p.units_back
    ) each
    GROUP BY digest
)
SELECT digest FROM spoken JOIN bought USING (digest) WHERE spoken.units >= bought.units
"""
OF_THE_WAVE = "SELECT DISTINCT digest FROM told_notice WHERE kept_back = ''"
MARK = """
UPDATE told_notice n SET kept_back = 'at_rest'
FROM (SELECT unnest(%s::bytea[]) AS digest) resting
WHERE n.digest = resting.digest AND n.kept_back = ''
"""
A_BATCH = 20_000


def at_rest(recall_id: int, digests: Collection[bytes]) -> frozenset[bytes]:
    """Of these contacts, those to which no reminder goes."""
    asked: dict[str, Any] = {
        "recall": recall_id,
        "digests": list(digests),
        "kinds": [each.value for each in ANSWERS_FOR_UNITS],
        "done": AnswerKind.DONE_ALREADY.value,
        "gone": UnitReading.GONE.value,
        "for_nothing": [each.value for each in SPEAKS_FOR_NOTHING],
    }
    with connection.cursor() as cursor:
        cursor.execute(AT_REST, asked)
        return frozenset(bytes(row[0]) for row in cursor.fetchall())


def mark_those_at_rest(recall_id: int) -> None:
    """Marks them in the table `told_notice` of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(OF_THE_WAVE)
        digests = [bytes(row[0]) for row in cursor.fetchall()]
        for first in range(0, len(digests), A_BATCH):
            resting = at_rest(recall_id, digests[first : first + A_BATCH])
            cursor.execute(MARK, [list(resting)])
