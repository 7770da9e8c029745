"""`python -m benchmarks.same_person.training`: gives the review its weights, from made-up records.

Guarantee: the same file each time: from seeds that no measurement uses, and from counts. What
the rules leave is compared by Splink, and of the pairs that are truly of one person, and of the
others, it is counted how often each level is reached.
"""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks.same_person.rates import RATES
from benchmarks.same_person.written import made
from recalldesk.matching.people import cluster
from recalldesk.matching.people.review.model import settings
from recalldesk.matching.people.review.reviewing import TRAINED, clusters_of, linker_of
from recalldesk.matching.people.review.rows import table_of

SEEDS = (101, 102, 103, 104)
RECORDS = 60_000
Levels = dict[str, tuple[Counter[int], Counter[int]]]
"""For each comparison how often each level was reached by two, and by one person."""


def train() -> dict[str, Any]:
    """The settings with the weights."""
    levels: Levels = {}
    of_one = [0, 0]
    linker: Any = None
    for seed in SEEDS:
        numbered = list(made(seed, RATES, RECORDS))
        person_of = {record.id: person for person, record in numbered}
        records = [record for _, record in numbered]
        found = cluster(records)
        cluster_of = clusters_of((each.id for each in records), found)
        linker = linker_of(table_of(records, cluster_of), settings(with_levels=True))
        for first, second, reached in _compared(linker):
            is_one = person_of[first] == person_of[second]
            of_one[is_one] += 1
            for name, level in reached.items():
                levels.setdefault(name, (Counter(), Counter()))[is_one][level] += 1
    model: dict[str, Any] = linker.misc.save_model_to_json()
    model["retain_matching_columns"] = False
    model["probability_two_random_records_match"] = round(of_one[1] / sum(of_one), 6)
    for comparison in model["comparisons"]:
        _weigh(comparison, *levels[comparison["output_column_name"]])
    return model


def _compared(linker: Any) -> Iterator[tuple[int, int, dict[str, int]]]:
    """Each pair, with the level of each comparison; -1 where one does not say it."""
    relation = linker.inference.predict(warning_mode="never").as_duckdbpyrelation()
    names = [name for name in relation.columns if name.startswith("gamma_")]
    of_pairs = relation.select(", ".join(("unique_id_l", "unique_id_r", *names)))
    for first, second, *reached in of_pairs.fetchall():
        yield first, second, dict(zip((n[6:] for n in names), reached, strict=True))


def _weigh(comparison: dict[str, Any], of_two: Counter[int], of_one: Counter[int]) -> None:
    """Gives each level its two shares; one more everywhere, so that none is nought."""
    levels = [each for each in comparison["comparison_levels"] if not each.get("is_null_level")]
    for value, level in zip(range(len(levels) - 1, -1, -1), levels, strict=True):
        for name, counts in (("m_probability", of_one), ("u_probability", of_two)):
            said = sum(count for reached, count in counts.items() if reached >= 0)
            level[name] = round((counts[value] + 1) / (said + len(levels)), 6)


if __name__ == "__main__":
    TRAINED.write_text(json.dumps(train(), indent=1) + "\n", encoding="utf-8")
    print(TRAINED)
