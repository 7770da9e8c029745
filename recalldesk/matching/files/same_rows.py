"""Which candidates stand in a file more than once, compared byte by byte."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from recalldesk.matching.files.found import Store


@dataclass
class Copies:
    """By a candidate's place among all: `counted` says of a first one how often it stands in the
    file, `repeated` which ones stood before."""

    counted: dict[int, int] = field(default_factory=dict)
    repeated: set[int] = field(default_factory=set)


def copies_of(candidates: Store, raw: Callable[[int, int], bytes]) -> Copies:
    """Compares the rows whose hashes are the same."""
    hashes = candidates.column("hash")
    order = np.argsort(hashes, kind="stable")
    ranked = hashes[order]
    alike = ranked[1:] == ranked[:-1]
    copies = Copies()
    if not alike.any():
        return copies
    places, lengths = candidates.column("place"), candidates.column("length")
    bounds = np.flatnonzero(np.concatenate([[True], ~alike, [True]]))
    for first, stop in pairwise(map(int, bounds)):
        if stop - first > 1:
            firsts: dict[bytes, int] = {}
            for index in map(int, order[first:stop]):
                row = raw(int(places[index]), int(lengths[index]))
                known = firsts.setdefault(row, index)
                if known != index:
                    copies.repeated.add(index)
                    copies.counted[known] = copies.counted.get(known, 1) + 1
    return copies
