"""Which contacts are at rest, asked of the database: the rule itself stands in `rules`.

Guarantee: of one contact, just before a reminder is sent, it is asked by the same statement as of
all contacts of a wave.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection

from recalldesk.claims.states import ClaimState, UnitReading
from recalldesk.outreach.corrected import CORRECTED, TOUCHED
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.new_owners import PASSED_ON, new_owners_at_rest
from recalldesk.outreach.states import ANSWERS_FOR_UNITS, AnswerKind, WaveKind
from recalldesk.purchasers.shops import named_shops_of_files

SPEAKS_FOR_NOTHING = (
    ClaimState.DRAFT,
    ClaimState.WITHDRAWN,
    ClaimState.DECLINED,
    ClaimState.DUPLICATE,
)
BOUGHT_BY = """
    SELECT DISTINCT y.digest, p.id, p.line_digest, p.units - p.units_back AS units
    FROM {party} y JOIN purchasers_purchase p ON p.purchaser_id = y.purchaser_id
    WHERE p.unmatched_at IS NULL AND p.units > p.units_back
    UNION
    SELECT y.digest, p.id, p.line_digest, p.units - p.units_back
    FROM {party} y JOIN purchasers_sighting s ON s.purchaser_id = y.purchaser_id
    JOIN purchasers_purchase p ON p.recall_id = s.recall_id AND p.line_digest = s.line_digest
    WHERE p.unmatched_at IS NULL AND p.units > p.units_back
"""
_AT_REST = """
WITH asked AS MATERIALIZED (
    SELECT DISTINCT unnest(%(digests)s::bytea[]) AS digest
), holder AS MATERIALIZED (
    SELECT DISTINCT a.digest, c.purchaser_id
    FROM asked a JOIN purchasers_contactpoint c
      ON c.recall_id = %(recall)s AND c.digest = a.digest
), theirs AS MATERIALIZED ({bought_by_holder}
), {touched}, kin AS MATERIALIZED (
    SELECT digest, purchaser_id FROM holder
    UNION
    SELECT t.digest, p.purchaser_id
    FROM theirs t JOIN purchasers_purchase p USING (id) WHERE p.purchaser_id IS NOT NULL
    UNION
    SELECT t.digest, s.purchaser_id
    FROM theirs t JOIN purchasers_sighting s
      ON s.recall_id = %(recall)s AND s.line_digest = t.line_digest
    WHERE s.purchaser_id IS NOT NULL
), notice AS MATERIALIZED (
    SELECT DISTINCT k.digest, n.id AS notice_id, n.contact_digest, n.made_at
    FROM kin k JOIN purchasers_contactpoint c USING (purchaser_id)
    JOIN outreach_directnotice n ON n.recall_id = %(recall)s AND n.contact_digest = c.digest
), passed AS (
    -- What others passed on to them is theirs as what they bought is.
    SELECT k.digest, sum(o.units) AS units
    FROM (
        SELECT DISTINCT k.digest, c.digest AS contact_digest
        FROM kin k JOIN purchasers_contactpoint c USING (purchaser_id)
    ) k JOIN ({passed_on}) o USING (contact_digest)
    GROUP BY k.digest
), filing AS MATERIALIZED (
    SELECT k.digest, j.filing_id
    FROM kin k JOIN purchasers_join j ON j.first_id = k.purchaser_id
    WHERE j.filing_id IS NOT NULL AND %(by_ties)s
    UNION
    SELECT n.digest, f.filing_id FROM notice n JOIN outreach_noticefiling f USING (notice_id)
), said AS (
    SELECT n.digest, n.contact_digest, notice_id,
           coalesce(max(a.units) FILTER (WHERE a.kind = %(done)s AND a.at >= n.made_at), 0)
           AS done_already,
           -- Older than its notice: of claims that were tied, and were erased.
           coalesce(max(a.units) FILTER (WHERE a.kind = %(done)s AND a.at < n.made_at), 0)
           AS erased,
           coalesce(max(a.units) FILTER (WHERE a.kind = %(sold)s), 0)
           + coalesce(max(a.units) FILTER (WHERE a.kind = %(threw_away)s), 0) AS got_rid_of
    FROM notice n JOIN outreach_answer a USING (notice_id)
    WHERE a.undone_at IS NULL AND a.kind = ANY(%(kinds)s)
      AND (%(by_ties)s OR a.at >= n.made_at)
    GROUP BY n.digest, n.contact_digest, notice_id
), answer AS MATERIALIZED (
    -- Answers to two notices may speak of the same unit: only those to one are added up.
    SELECT digest, contact_digest, max(done_already) AS done_already, max(erased) AS erased,
           max(got_rid_of) AS got_rid_of
    FROM said GROUP BY digest, contact_digest
), claimed AS (
    SELECT f.digest, count(*) AS claims,
           count(*) FILTER (WHERE c.reading = %(gone)s) AS gone,
           count(DISTINCT c.unit_digest) FILTER (WHERE c.unit_digest <> ''::bytea) AS named,
           count(*) FILTER (WHERE c.unit_digest = ''::bytea) AS nameless
    FROM filing f JOIN claims_claim c USING (filing_id)
    WHERE NOT c.state = ANY(%(for_nothing)s)
    GROUP BY f.digest
), answering AS MATERIALIZED (
    SELECT a.digest, a.contact_digest, c.purchaser_id
    FROM answer a JOIN purchasers_contactpoint c
      ON c.recall_id = %(recall)s AND c.digest = a.contact_digest
), of_answers AS (
    SELECT digest, count(*) = count(DISTINCT id) AS are_apart
    FROM (
        SELECT DISTINCT y.digest, y.contact_digest, p.id
        FROM answering y JOIN purchasers_purchase p ON p.purchaser_id = y.purchaser_id
        WHERE p.unmatched_at IS NULL AND p.units > p.units_back
        UNION
        SELECT y.digest, y.contact_digest, p.id
        FROM answering y JOIN purchasers_sighting s ON s.purchaser_id = y.purchaser_id
        JOIN purchasers_purchase p
          ON p.recall_id = s.recall_id AND p.line_digest = s.line_digest
        WHERE p.unmatched_at IS NULL AND p.units > p.units_back
    ) each
    GROUP BY digest
), told AS (
    SELECT a.digest,
           CASE WHEN bool_and(o.are_apart) THEN sum(a.done_already)
                ELSE max(a.done_already) END AS done_already,
           CASE WHEN bool_and(o.are_apart) THEN sum(a.erased) ELSE max(a.erased) END AS erased,
           CASE WHEN bool_and(o.are_apart) THEN sum(a.got_rid_of)
                ELSE max(a.got_rid_of) END AS got_rid_of
    FROM answer a JOIN of_answers o USING (digest)
    GROUP BY a.digest
), spoken AS MATERIALIZED (
    SELECT digest,
           greatest(coalesce(claims, 0) + coalesce(erased, 0), coalesce(done_already, 0))
           + greatest(0, coalesce(got_rid_of, 0) - coalesce(gone, 0) - coalesce(erased, 0))
           AS units,
           coalesce(named, 0) AS named, coalesce(nameless, 0) + coalesce(erased, 0) AS nameless
    FROM claimed FULL JOIN told USING (digest)
), party AS MATERIALIZED (
    SELECT k.digest, k.purchaser_id
    FROM (SELECT digest FROM spoken UNION SELECT digest FROM touched) each
    JOIN kin k USING (digest)
    UNION
    SELECT f.digest, j.first_id FROM filing f JOIN purchasers_join j USING (filing_id)
    UNION
    SELECT f.digest, c.purchaser_id
    FROM filing f JOIN outreach_noticefiling l USING (filing_id)
    JOIN outreach_directnotice n ON n.id = l.notice_id
    JOIN purchasers_contactpoint c
      ON c.recall_id = %(recall)s AND c.digest = n.contact_digest
    UNION
    SELECT digest, purchaser_id FROM answering
), ours AS MATERIALIZED ({bought_by_party}
), bought AS (
    SELECT digest, sum(units) AS units FROM ours GROUP BY digest
), {corrected}
SELECT digest FROM bought LEFT JOIN spoken USING (digest) LEFT JOIN corrected USING (digest)
LEFT JOIN passed USING (digest)
WHERE bought.units + coalesce(passed.units, 0) <= greatest(
    spoken.units,
    coalesce(corrected.whole, 0),
    coalesce(spoken.named, 0) + greatest(coalesce(spoken.nameless, 0), coalesce(corrected.apart, 0))
)
"""
AT_REST = (
    _AT_REST.replace("{bought_by_holder}", BOUGHT_BY.replace("{party}", "holder"))
    .replace("{bought_by_party}", BOUGHT_BY.replace("{party}", "party"))
    .replace("{touched}", TOUCHED)
    .replace("{corrected}", CORRECTED)
    .replace("{passed_on}", PASSED_ON)
)
OF_THE_WAVE = "SELECT DISTINCT digest FROM told_notice WHERE kept_back = ''"
MARK = """
UPDATE told_notice n SET kept_back = 'at_rest'
FROM (SELECT unnest(%s::bytea[]) AS digest) resting
WHERE n.digest = resting.digest AND n.kept_back = ''
"""
A_BATCH = 20_000


def at_rest(
    recall_id: int, digests: Collection[bytes], *, by_ties: bool = True
) -> frozenset[bytes]:
    """Of these contacts, those to which no reminder goes: of purchasers, and of new owners.
    `by_ties`: also by claims that are tied to a purchaser by name and contact alone."""
    shops = named_shops_of_files(recall_id)
    asked: dict[str, Any] = {
        "recall": recall_id,
        "files": list(shops),
        "shops": list(shops.values()),
        "digests": list(digests),
        "by_ties": by_ties,
        "kinds": [each.value for each in ANSWERS_FOR_UNITS],
        "done": AnswerKind.DONE_ALREADY.value,
        "sold": AnswerKind.SOLD.value,
        "threw_away": AnswerKind.THREW_AWAY.value,
        "gone": UnitReading.GONE.value,
        "for_nothing": [each.value for each in SPEAKS_FOR_NOTHING],
    }
    with connection.cursor() as cursor:
        cursor.execute(AT_REST, asked)
        resting = frozenset(bytes(row[0]) for row in cursor.fetchall())
    return resting | new_owners_at_rest(asked)


def answered_meanwhile(notices: Collection[DirectNotice]) -> frozenset[int]:
    """Of these letters or calls, which go out days after they were made, those whose contact is at
    rest by now. Of a first notice a claim that is tied by name and contact alone keeps back none:
    whoever has that contact was perhaps never reached. Nor is one kept from who asked to be told
    that the recall grew."""
    found: set[int] = set()
    asked: dict[tuple[int, bool], list[DirectNotice]] = {}
    for each in notices:
        if each.wish_id is None:
            is_reminder = each.wave.kind == WaveKind.REMINDER
            asked.setdefault((each.recall_id, is_reminder), []).append(each)
    for (recall_id, is_reminder), some in asked.items():
        digests = {bytes(each.contact_digest) for each in some}
        resting = at_rest(recall_id, digests, by_ties=is_reminder)
        found |= {each.pk for each in some if bytes(each.contact_digest) in resting}
    return frozenset(found)


def mark_those_at_rest(recall_id: int) -> None:
    """Marks them in the table `told_notice` of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(OF_THE_WAVE)
        digests = [bytes(row[0]) for row in cursor.fetchall()]
        for first in range(0, len(digests), A_BATCH):
            resting = at_rest(recall_id, digests[first : first + A_BATCH])
            cursor.execute(MARK, [list(resting)])
