"""Writes the moves of what changes in place: reports of incidents, and files of registrations.

Guarantees: the moves of a thing add up to what it counts now; a move is of the moment at which it
was learned, and never of one that somebody read before: a period that was over when it was counted
stays as it was. Safe to run at any time, by several at once, and twice.
"""

from django.db import connection, transaction

from recalldesk.foundation import clock
from recalldesk.incidents.tally.reads import announced_on
from recalldesk.recalls.models import Recall
from recalldesk.reports.models import MovesKept

KEEP = """
WITH counted AS (
    SELECT i.id,
        CASE WHEN i.happened_on IS NULL OR %(announced)s::date IS NULL THEN 'unknown'
            WHEN i.happened_on < %(announced)s::date THEN 'before' ELSE 'after' END AS happened,
        -- What the desk learned since goes before what a file feared.
        NOT i.nothing_happened OR i.happened <> '' OR hurt.people IS NOT NULL
            OR EXISTS (SELECT FROM incidents_damage d
                       WHERE d.incident_id = i.id AND d.struck_at IS NULL) AS is_incident,
        coalesce(hurt.people - hurt.dead, 0) AS injuries, coalesce(hurt.dead, 0) AS deaths
    FROM incidents_incident i
    LEFT JOIN (
        SELECT incident_id, count(*) AS people, count(*) FILTER (WHERE care = 'death') AS dead
        FROM incidents_injury WHERE struck_at IS NULL GROUP BY incident_id
    ) hurt ON hurt.incident_id = i.id
    WHERE i.recall_id = %(recall)s AND i.same_as_id IS NULL
),
says AS (
    SELECT 'incidents-' || happened AS part, id AS thing, 1 AS adds FROM counted WHERE is_incident
    UNION ALL
    SELECT 'injuries-' || happened, id, injuries FROM counted WHERE injuries > 0
    UNION ALL
    SELECT 'deaths-' || happened, id, deaths FROM counted WHERE deaths > 0
    UNION ALL
    SELECT 'registrations', f.id, count(*)
    FROM purchasers_orderfile f JOIN purchasers_purchase p ON p.file_id = f.id
    WHERE f.recall_id = %(recall)s AND f.kind = 'registrations'
    AND f.taken_back_at IS NULL AND p.taken_back_at IS NULL
    GROUP BY f.id
),
stands AS (
    SELECT part, thing, sum(adds) AS adds, max(turn) AS turn
    FROM reports_figuremove WHERE recall_id = %(recall)s GROUP BY part, thing
),
differs AS (
    SELECT part, thing, coalesce(stands.turn, 0) + 1 AS turn,
        coalesce(says.adds, 0) - coalesce(stands.adds, 0) AS adds
    FROM says FULL JOIN stands USING (part, thing)
    WHERE coalesce(says.adds, 0) <> coalesce(stands.adds, 0)
)
INSERT INTO reports_figuremove (recall_id, part, thing, turn, adds, at, written_at)
SELECT %(recall)s, d.part, d.thing, d.turn, d.adds,
    CASE WHEN moved.thing IS NULL
        AND (%(up_to)s::timestamptz IS NULL OR came.at >= %(up_to)s::timestamptz) THEN came.at
        ELSE greatest(coalesce(changed.at, %(now)s), %(up_to)s::timestamptz) END,
    %(now)s
FROM differs d
LEFT JOIN (SELECT DISTINCT thing, part = 'registrations' AS is_file FROM stands) moved
    ON moved.thing = d.thing AND moved.is_file = (d.part = 'registrations')
CROSS JOIN LATERAL (
    SELECT CASE WHEN d.part = 'registrations'
        THEN (SELECT f.at FROM purchasers_orderfile f WHERE f.id = d.thing)
        ELSE (SELECT i.obtained_at FROM incidents_incident i WHERE i.id = d.thing) END AS at
) came
CROSS JOIN LATERAL (
    SELECT max(c.at) AS at FROM audit_statechange c
    WHERE c.subject_id = d.thing
    AND c.subject = CASE WHEN d.part = 'registrations' THEN 'order_file' ELSE 'incident' END
) changed
ORDER BY d.thing, d.part
"""


def keep_all_moves() -> int:
    """Writes what moved in every recall; returns how many moves."""
    return sum(keep_moves(recall) for recall in Recall.objects.order_by("pk"))


@transaction.atomic
def keep_moves(recall: Recall) -> int:
    """Writes what moved in a recall since it was done last; returns how many moves."""
    MovesKept.objects.get_or_create(recall=recall)
    # Of two workers the second waits here, and finds what the first one wrote.
    kept = MovesKept.objects.select_for_update().get(recall=recall)
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            KEEP,
            {
                "recall": recall.pk,
                "announced": announced_on(recall),
                "up_to": kept.up_to,
                "now": now,
            },
        )
        count: int = cursor.rowcount
    kept.up_to = max(now, kept.up_to or now)
    kept.save(update_fields=["up_to"])
    return count
