"""What each row adds to which sums, as SQL. One text for each table.

Guarantee: the triggers that keep the sums and the count that proves them ask by the same text;
`{rows}` is the rows that a statement wrote, or the whole table.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from recalldesk.claims.desk.second_rule import MERITS
from recalldesk.claims.states import DECIDED_FOR, DecisionState, Proof
from recalldesk.reports.corrections.definitions import Counted
from recalldesk.reports.desk_figures.spans import TIMES
from recalldesk.reports.sums.names import NO_DAY, TO_AN_OCTAVE, Kind

NOW = f"DATE '{NO_DAY}'"
COUNTED_AT = "coalesce(d.settled_at, d.at)"
WHO = "CASE WHEN d.by_id IS NULL THEN 'rule' ELSE 'person' END"


@dataclass(frozen=True)
class Source:
    """A table whose rows are summed. `changing`: the columns by whose change a sum changes; none
    where rows are never changed nor deleted."""

    name: str
    table: str
    select: str
    changing: tuple[str, ...] = ()


def _listed(words: Iterator[str] | list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def _day(moment: str) -> str:
    return f"({moment} AT TIME ZONE 'UTC')::date"


def _stretch(wait: str) -> str:
    seconds = f"greatest(extract(epoch FROM {wait})::double precision, 1)"
    return f"trunc({TO_AN_OCTAVE} * ln({seconds}) / ln(2::double precision))::int"


def _span(wait: str) -> str:
    whens = " ".join(
        f"WHEN {wait} < interval '{int(span.most.total_seconds())} seconds' THEN '{span.key}'"
        for span in TIMES
        if span.most is not None
    )
    return f"CASE {whens} ELSE '{TIMES[-1].key}' END"


CORRECTIONS = f"""
SELECT '{Kind.CORRECTED}'::text AS kind, c.recall_id, {_day("c.counted_at")} AS day,
    concat_ws('|', c.level, c.measure, p.country, p.way) AS key, c.units::bigint AS value
FROM {{rows}} c JOIN reports_correctionplace p ON p.correction_id = c.id
"""  # noqa: S608 - words of this package alone
DISPOSAL = {
    Counted.DECIDED_FOR: f"c.state IN ({_listed(sorted(DECIDED_FOR))})",
    Counted.CONFIRMED: "c.disposed_on IS NOT NULL",
    Counted.PROVEN: f"c.proof = '{Proof.ACCEPTED}'",
    Counted.PROOF_WAITS: f"c.proof = '{Proof.WITH_PERSON}'",
    Counted.NO_SITE: "c.no_site_on IS NOT NULL AND c.disposed_on IS NULL",
}
"""As `reports.corrections.sources.DISPOSAL`; a test holds them against each other."""
_FIGURES = ", ".join(f"('{figure}', {which})" for figure, which in DISPOSAL.items())
CLAIMS = f"""
SELECT '{Kind.CLAIMS}'::text AS kind, c.recall_id, {NOW} AS day, c.state::text AS key,
    1::bigint AS value
FROM {{rows}} c WHERE c.state <> 'draft'
UNION ALL
SELECT '{Kind.FILED}', c.recall_id, {_day("f.filed_at")}, '', 1
FROM {{rows}} c JOIN claims_filing f ON f.id = c.filing_id
WHERE c.state <> 'draft' AND f.filed_at IS NOT NULL
UNION ALL
SELECT '{Kind.DISPOSAL}', c.recall_id, {NOW}, figure.name, 1
FROM {{rows}} c CROSS JOIN LATERAL (VALUES {_FIGURES}) AS figure (name, holds)
WHERE figure.holds
"""  # noqa: S608 - words of this package alone
_FINAL, _UNDONE, _REFUSED = (
    str(state) for state in (DecisionState.FINAL, DecisionState.UNDONE, DecisionState.REFUSED)
)
_DECIDES = f"d.state = '{_FINAL}' AND d.kind IN ({_listed(sorted(MERITS))})"
_WAIT = f"({COUNTED_AT} - d.waited_since)"
_SINCE = f"({COUNTED_AT} - f.filed_at)"
DECISIONS = f"""
SELECT '{Kind.DECIDED}'::text AS kind, d.recall_id, {_day(COUNTED_AT)} AS day,
    concat_ws('|', d.state, d.kind, coalesce(d.by_id::text, ''), CASE
        WHEN d.by_id IS NULL OR d.grounds ->> 'promised_on' IS NULL THEN ''
        WHEN (d.grounds ->> 'promised_on')::date >= {_day(COUNTED_AT)} THEN 'kept'
        ELSE 'late' END) AS key, 1::bigint AS value
FROM {{rows}} d WHERE d.state IN ('{_FINAL}', '{_UNDONE}')
UNION ALL
SELECT '{Kind.WAIT}', d.recall_id, {_day(COUNTED_AT)},
    concat_ws('|', {WHO}, {_span(_WAIT)}, {_stretch(_WAIT)}), 1
FROM {{rows}} d WHERE {_DECIDES}
UNION ALL
SELECT '{Kind.SINCE_SENT}', d.recall_id, {_day(COUNTED_AT)},
    concat_ws('|', {WHO}, {_stretch(_SINCE)}), 1
FROM {{rows}} d JOIN claims_claim c ON c.id = d.claim_id
JOIN claims_filing f ON f.id = c.filing_id
WHERE {_DECIDES} AND f.filed_at IS NOT NULL
UNION ALL
SELECT '{Kind.REASON}', d.recall_id, {_day(COUNTED_AT)}, concat_ws('|', {WHO}, reason), 1
FROM {{rows}} d CROSS JOIN LATERAL unnest(d.reasons) AS reason WHERE d.state = '{_FINAL}'
UNION ALL
SELECT '{Kind.SECOND}', d.recall_id, {_day(COUNTED_AT)},
    concat_ws('|', d.settled_by_id, d.state), 1
FROM {{rows}} d WHERE d.settled_by_id IS NOT NULL AND d.state IN ('{_FINAL}', '{_REFUSED}')
"""  # noqa: S608 - words of this package alone
CHECKS = f"""
SELECT '{Kind.CHECKS}'::text AS kind, a.recall_id, {_day("a.minute")} AS day,
    a.verdict::text AS key, a.count::bigint AS value
FROM {{rows}} a WHERE a.recall_id IS NOT NULL
"""  # noqa: S608 - words of this package alone
PURCHASES = f"""
SELECT '{Kind.REACH}'::text AS kind, k.recall_id, {NOW} AS day,
    concat_ws('|', k.channel, k.strength, k.outcome) AS key, k.units_left::bigint AS value
FROM {{rows}} k
UNION ALL
SELECT '{Kind.TOLD_BY}', k.recall_id, {NOW}, concat_ws('|', k.channel, k.strength, way),
    k.units_left
FROM {{rows}} k CROSS JOIN LATERAL unnest(string_to_array(k.told_by, ' ')) AS way
UNION ALL
SELECT '{Kind.FIRST_WAY}', k.recall_id, {NOW}, concat_ws('|', k.first_way, k.country),
    k.units_left
FROM {{rows}} k WHERE k.strength = 'strong'
UNION ALL
SELECT '{Kind.STEP}', k.recall_id, {NOW}, concat_ws('|', k.first_way, k.step), 1
FROM {{rows}} k WHERE k.step IS NOT NULL
"""  # noqa: S608 - words of this package alone
SOURCES: tuple[Source, ...] = (
    Source("corrections", "remedies_correction", CORRECTIONS),
    Source("claims", "claims_claim", CLAIMS, ("state", "disposed_on", "no_site_on", "proof")),
    Source("decisions", "claims_decision", DECISIONS, ("state", "settled_by_id", "settled_at")),
    Source("checks", "checks_checkcount", CHECKS, ("count",)),
    Source(
        "purchases",
        "reports_keptpurchase",
        PURCHASES,
        (
            *("channel", "strength", "country", "units_left", "outcome", "told_by", "first_way"),
            "step",
        ),
    ),
)
"""Every table that is summed."""


def of_all_rows() -> str:
    """What all rows add up to, counted anew."""
    each = " UNION ALL ".join(source.select.format(rows=source.table) for source in SOURCES)
    return (
        "SELECT kind, recall_id, day, key, sum(value)::bigint AS value FROM"  # noqa: S608 - words of this package alone
        f" ({each}) rows GROUP BY kind, recall_id, day, key HAVING sum(value) <> 0"
    )
