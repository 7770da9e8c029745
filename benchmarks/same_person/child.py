"""A process that makes records, or finds who of them is one person in one way or another."""

import random
import statistics
import sys
import time
from array import array
from itertools import islice
from pathlib import Path

from benchmarks.child import Measured
from benchmarks.same_person.ceiling import out_of_reach
from benchmarks.same_person.stored import Stored, store
from benchmarks.same_person.truth import GuardedKeys, Share, precision_and_recall
from recalldesk.matching.people import Joined, PersonRecord, cluster, judge, keys_of

LOOKED_AT = 100_000
"""Of so many records it is counted which pairs no rule could find."""
CLAIMS = 2_000
"""New claims, each against all the others."""


def _make(path: Path, seed: int, how_many: int) -> None:
    measured = Measured()
    stored = store(path, seed, how_many)
    person_of = stored.person_of()
    lost, pairs = out_of_reach(islice(stored.records(), LOOKED_AT), person_of)
    measured.tell(records=len(stored), people=len(set(person_of.values())), lost=lost, pairs=pairs)


def _rule(path: Path) -> None:
    stored, measured = Stored(path), Measured()
    found = cluster(stored.records())
    spent = time.process_time()
    person_of = stored.person_of()
    asked = [person_of[each.first] == person_of[each.second] for each in found.doubts]
    largest = max(map(len, found.members), default=0)
    precision, recall = precision_and_recall(found.members, person_of)
    measured.tell(
        asked=len(asked),
        asked_rightly=sum(asked),
        largest=largest,
        cpu=spent,
        **_told(precision, recall),
    )


def _guarded(path: Path) -> None:
    stored, measured, keys = Stored(path), Measured(), GuardedKeys()
    for record in stored.records():
        keys.add(record)
    clusters, spent = keys.clusters(), time.process_time()
    measured.tell(cpu=spent, **_told(*precision_and_recall(clusters, stored.person_of())))


def _told(precision: Share, recall: Share) -> dict[str, object]:
    return {
        "precision": str(precision),
        "precision_least": precision.least,
        "recall": str(recall),
        "recall_share": recall.share,
    }


def _claim(path: Path) -> None:
    """One new record against all others: by its keys the candidates, and each of them judged."""
    stored = Stored(path)
    index = _Index(stored)
    person_of = stored.person_of()
    drawn = random.Random(3).sample(range(1, len(stored) + 1), min(CLAIMS, len(stored)))
    times, candidates, joined, wrong = [], [], 0, 0
    for new in stored.some(sorted(drawn)):
        began = time.perf_counter()
        others = stored.some([each for each in index.candidates(new) if each != new.id])
        said = [each for each in others if isinstance(judge(new, each), Joined)]
        times.append(time.perf_counter() - began)
        candidates.append(len(others))
        joined += len(said)
        wrong += sum(person_of[each.id] != person_of[new.id] for each in said)
    Measured().tell(
        median=statistics.median(times),
        slow=sorted(times)[int(len(times) * 0.99)],
        slowest=max(times),
        candidates=statistics.mean(candidates),
        most=max(candidates),
        joined=joined,
        wrong=wrong,
    )


class _Index:
    """Keys of all records by their hash, in the place of the table of the database."""

    def __init__(self, stored: Stored) -> None:
        import numpy as np

        keys, ids = array("q"), array("I")
        for record in stored.records():
            for key in keys_of(record):
                keys.append(hash(key))
                ids.append(record.id)
        unordered = np.frombuffer(keys, dtype=np.int64)
        order = np.argsort(unordered)
        self._keys = unordered[order]
        self._ids = np.frombuffer(ids, dtype=np.uint32)[order]

    def candidates(self, record: PersonRecord) -> list[int]:
        """The ids of those who share a key."""
        found: set[int] = set()
        for key in keys_of(record):
            start, end = (
                int(self._keys.searchsorted(hash(key), side)) for side in ("left", "right")
            )
            found.update(self._ids[start:end].tolist())
        return sorted(found)


def _review(path: Path) -> None:
    """The rules, and what the review finds among what they leave."""
    from recalldesk.matching.people.review import review

    stored = Stored(path)
    found = cluster(stored.records())
    person_of = stored.person_of()
    measured = Measured()
    before = time.process_time()
    likely = review(stored.records(), found)
    spent = time.process_time() - before
    right = sum(person_of[each.first] == person_of[each.second] for each in likely)
    measured.tell(records=len(stored), likely=len(likely), right=right, cpu=spent)


WAYS = {"rule": _rule, "guarded": _guarded, "claim": _claim, "review": _review}

if __name__ == "__main__":
    way, at, *more = sys.argv[1:]
    if way == "make":
        _make(Path(at), *map(int, more))
    else:
        WAYS[way](Path(at))
