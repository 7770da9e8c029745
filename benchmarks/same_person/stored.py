"""Made-up records in a file, so that making them takes no part in what is measured."""

import pickle
from array import array
from collections.abc import Iterator
from pathlib import Path

from benchmarks.same_person.rates import RATES
from benchmarks.same_person.written import made
from recalldesk.matching.people import PersonRecord


class Stored:
    """Records in a file, in the order of their ids from 1, and who each is of."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with path.with_suffix(".persons").open("rb") as file:
            self._persons: array[int]
            self._places: array[int]
            self._persons, self._places = pickle.load(file)

    def __len__(self) -> int:
        return len(self._persons)

    def records(self) -> Iterator[PersonRecord]:
        """All, one after the other."""
        with self._path.open("rb") as file:
            for _ in self._persons:
                yield pickle.load(file)

    def some(self, ids: list[int]) -> list[PersonRecord]:
        """Those of these ids."""
        found = []
        with self._path.open("rb") as file:
            for each in ids:
                file.seek(self._places[each - 1])
                found.append(pickle.load(file))
        return found

    def person_of(self) -> dict[int, int]:
        """The person of each record."""
        return dict(enumerate(self._persons, start=1))


def store(path: Path, seed: int, how_many: int) -> Stored:
    """Makes so many records."""
    persons, places = array("q"), array("Q")
    with path.open("wb") as file:
        for person, record in made(seed, RATES, how_many):
            persons.append(person)
            places.append(file.tell())
            pickle.dump(record, file, protocol=5)
    path.with_suffix(".persons").write_bytes(pickle.dumps((persons, places)))
    return Stored(path)
