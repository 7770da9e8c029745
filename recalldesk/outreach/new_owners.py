"""When a new owner is at rest: whom somebody named who sold a unit or gave it away.

Guarantees: they rest no sooner than as many units are claimed or answered for, by the links of
notices to them, as were passed on to them; whoever has bought under the same contact, too, rests by
what was bought and passed on together (`resting`).
"""

from typing import Any

from django.db import connection

from recalldesk.outreach.rules import units_answered_for

PASSED_ON = """
    SELECT o.contact_digest,
           greatest(1, a.units - count(*) OVER (PARTITION BY o.answer_id) + 1) AS units
    FROM outreach_passedon o JOIN outreach_answer a ON a.id = o.answer_id
    WHERE o.recall_id = %(recall)s AND a.undone_at IS NULL
"""
"""Of how many units each new owner was named: of an answer about several units that names several
people, each may have all but one for each of the others."""
_SPOKEN = """
WITH theirs AS MATERIALIZED (
    SELECT d.id, d.contact_digest
    FROM outreach_directnotice d
    WHERE d.recall_id = %(recall)s AND d.contact_digest = ANY(%(digests)s)
      AND d.passed_on_by_id IS NOT NULL
), passed AS (
    SELECT contact_digest, sum(units) AS units FROM ({passed_on}) each
    WHERE contact_digest = ANY(%(digests)s) GROUP BY contact_digest
), said AS (
    SELECT t.contact_digest, t.id,
           coalesce(max(a.units) FILTER (WHERE a.kind = 'done_already'), 0) AS done_already,
           coalesce(max(a.units) FILTER (WHERE a.kind = 'sold'), 0)
           + coalesce(max(a.units) FILTER (WHERE a.kind = 'threw_away'), 0) AS got_rid_of
    FROM theirs t JOIN outreach_answer a ON a.notice_id = t.id AND a.undone_at IS NULL
    GROUP BY t.contact_digest, t.id
), answered AS (
    SELECT contact_digest, max(done_already) AS done_already, max(got_rid_of) AS got_rid_of
    FROM said GROUP BY contact_digest
), claimed AS (
    SELECT t.contact_digest, count(*) AS claims,
           count(*) FILTER (WHERE c.reading = %(gone)s) AS gone
    FROM theirs t JOIN outreach_noticefiling f ON f.notice_id = t.id
    JOIN claims_claim c USING (filing_id)
    WHERE NOT c.state = ANY(%(for_nothing)s)
    GROUP BY t.contact_digest
)
SELECT p.contact_digest, p.units, coalesce(c.claims, 0), coalesce(c.gone, 0),
       coalesce(a.done_already, 0), coalesce(a.got_rid_of, 0)
FROM passed p LEFT JOIN answered a USING (contact_digest) LEFT JOIN claimed c USING (contact_digest)
WHERE NOT EXISTS (
    SELECT FROM purchasers_contactpoint b
    WHERE b.recall_id = %(recall)s AND b.digest = p.contact_digest
)
"""
SPOKEN = _SPOKEN.replace("{passed_on}", PASSED_ON)


def new_owners_at_rest(asked: dict[str, Any]) -> frozenset[bytes]:
    """Of the contacts that are asked for in a recall, those of new owners that rest."""
    with connection.cursor() as cursor:
        cursor.execute(SPOKEN, asked)
        return frozenset(bytes(row[0]) for row in cursor.fetchall() if _is_at_rest(*row[1:]))


def _is_at_rest(units: int, claims: int, gone: int, done_already: int, got_rid_of: int) -> bool:
    answered_for = units_answered_for(
        claims=claims, gone=gone, done_already=done_already, got_rid_of=got_rid_of
    )
    return 0 < units <= answered_for
