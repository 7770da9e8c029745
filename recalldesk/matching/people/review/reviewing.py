"""The review itself: Splink in DuckDB, in memory, with the trained weights of the package.

Guarantees: the same answer for the same records; what a person has settled is not asked again.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from recalldesk.matching.people.clusters import Clusters
from recalldesk.matching.people.records import PersonRecord
from recalldesk.matching.people.review.rows import table_of
from recalldesk.matching.people.said import Doubt, JoinReason, Settled

TRAINED = Path(__file__).with_name("trained.json")
"""Made by `python -m benchmarks.same_person.training`."""
LIKELY = 0.5
"""From which probability a pair is put before a person."""
MEMORY = "2GB"


def review(
    records: Iterable[PersonRecord],
    left_over: Clusters,
    *,
    settled: Iterable[Settled] = (),
    likely: float = LIKELY,
) -> tuple[Doubt, ...]:
    """Pairs of different clusters that the whole makes likely, the likeliest first, of two clusters
    one. `left_over`: what the rules made of the same records. Nothing is joined by it."""
    records = list(records)
    cluster_of = clusters_of((each.id for each in records), left_over)
    linker = linker_of(table_of(records, cluster_of), TRAINED)
    found = linker.inference.predict(threshold_match_probability=likely)
    relation = found.as_duckdbpyrelation().select("unique_id_l, unique_id_r, match_probability")
    known = {frozenset((each.first, each.second)) for each in settled}
    pairs = [
        (min(pair), max(pair), probability)
        for *pair, probability in relation.fetchall()
        if frozenset(pair) not in known
    ]
    return tuple(_once(pairs, cluster_of))


def clusters_of(ids: Iterable[int], clusters: Clusters) -> dict[int, int]:
    """A number for the cluster of each record; who is in none has one of their own."""
    found = {each: place for place, members in enumerate(clusters.members) for each in members}
    alone = count(len(clusters.members))
    return {each: found[each] if each in found else next(alone) for each in ids}


def linker_of(table: Any, trained: Any) -> Any:
    """Splink over a table of `table_of`. Without a folder to spill into: it would hold names."""
    import duckdb
    from splink import DuckDBAPI, Linker

    connection = duckdb.connect()
    connection.execute("SET temp_directory = ''")
    connection.execute(f"SET memory_limit = '{MEMORY}'")
    rows = DuckDBAPI(connection=connection).register(table)
    return Linker(rows, trained, log_level=None)


def _once(
    pairs: Sequence[tuple[int, int, float]], cluster_of: Mapping[int, int]
) -> Iterable[Doubt]:
    asked: set[tuple[int, int]] = set()
    for first, second, probability in sorted(pairs, key=lambda each: (-each[2], *each[:2])):
        one, other = sorted((cluster_of[first], cluster_of[second]))
        if (one, other) not in asked:
            asked.add((one, other))
            yield Doubt(first, second, (JoinReason.LIKELY,), round(probability, 3))
