"""A made-up recall whose list changes with each version, and what must be answered by which.

What is covered is known here from the lists themselves, and what is within reach by brute force:
nothing is asked of the product.
"""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from benchmarks.brute_force import Letters, is_within_reach
from benchmarks.mistakes import any_slips, mistaken
from recalldesk.demo.made_up_serials import Numbering, made_up_serials, write_serial_file
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.units.verdict.answer import Verdict
from tests.cast import recall_text

CHANGING, STAYING = "kettle-k20", "kettle-k30"
CHANGED_SHARE = 10
"""Each version drops one in so many of the serials before it, and takes in as many new ones."""
STAYING_UNITS = 50

Expected = Mapping[str, Mapping[int, Verdict]]
"""For each serial that is asked, what must be said of it by which version."""


@dataclass(frozen=True)
class ChangingList:
    """The serials of each version, and those of another recall that stays as it is.

    The two read alike, so that the product joins their lists, and joins them anew each time.
    """

    form: SerialForm
    versions: Mapping[int, frozenset[str]]
    staying: frozenset[str]

    @property
    def units(self) -> int:
        """How many serials each version covers."""
        return len(self.versions[1])

    def text_of(self, slug: str) -> str:
        """The recall file; it says the same for all versions, since only the list changes."""
        return recall_text(slug, units=self.units if slug == CHANGING else len(self.staying))

    def write(self, folder: Path) -> None:
        """A file of serials for each version, and one for the other recall."""
        folder.mkdir(parents=True)
        for number, serials in self.versions.items():
            write_serial_file(file_of(folder, CHANGING, number), sorted(serials))
        write_serial_file(file_of(folder, STAYING, 1), sorted(self.staying))


def file_of(folder: Path, slug: str, version: int) -> Path:
    """Where the serials of a version are written."""
    return folder / f"{slug}-{version}.csv.gz"


def changing_list(units: int, versions: int) -> ChangingList:
    """So many versions of so many serials each; the same lists in each run."""
    form = read_recall_file(recall_text()).products[0].serial.form
    step = max(1, units // CHANGED_SHARE)
    count = units + step * (versions - 1)
    wanted = count + STAYING_UNITS
    drawn = list(made_up_serials(form, wanted, seed=20, numbering=Numbering.RANDOM))
    of_each = {
        place + 1: frozenset(drawn[place * step : place * step + units])
        for place in range(versions)
    }
    return ChangingList(form, of_each, frozenset(drawn[count:]))


def expected(lists: ChangingList, each: int) -> Expected:
    """Serials to ask, up to `each` of each kind: those that a version drops, those that it takes
    in, those in all versions, mistyped ones, and those far from all. What is near the other recall
    is left out, so that all depends on the version alone.
    """
    draw, letters = random.Random(21), Letters(lists.form)
    known = {n: frozenset(map(letters.outline, all_)) for n, all_ in lists.versions.items()}
    others = frozenset(map(letters.outline, lists.staying))

    def verdict(serial: str, version: int) -> Verdict:
        if letters.printed(serial) in lists.versions[version]:
            return Verdict.AFFECTED
        near = is_within_reach(serial, letters, known[version].__contains__)
        return Verdict.LOOK_AGAIN if near else Verdict.NOT_AFFECTED

    return {
        serial: {version: verdict(serial, version) for version in lists.versions}
        for serial in _to_ask(lists, letters, draw, each)
        if not is_within_reach(serial, letters, others.__contains__)
    }


def _to_ask(lists: ChangingList, letters: Letters, draw: random.Random, each: int) -> Iterable[str]:
    """Serials of all kinds."""
    versions = lists.versions
    in_all = sorted(frozenset.intersection(*versions.values()))
    kinds = [in_all]
    for before, after in pairwise(versions.values()):
        kinds += [sorted(before - after), sorted(after - before)]
    for kind in kinds:
        yield from draw.sample(kind, min(each, len(kind)))
    for _ in range(each):
        yield mistaken(draw.choice(in_all), letters, draw, any_slips(1, draw))
        yield f"TW{draw.randrange(10**8):08d}"
