"""Which list of which example is filled with how many made-up serials.

Guarantee: the counts are those that the examples state, so that a recall published from them is
held back by nothing; the same list has the same serials each time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.recalls.recall_file import read_recall_file


@dataclass(frozen=True)
class MadeUpList:
    """A list of an example: the first `count` of the serials that the seed draws.

    `shared` are serials that another list's seed draws: units that stand in both recalls.
    """

    example: str
    name: str
    count: int
    seed: int
    numbering: Numbering
    shared: "MadeUpList | None" = None

    def serials(self, form: SerialForm) -> Iterator[str]:
        """The serials, one by one, each once; those that are shared come first."""
        left = self.count
        if self.shared is not None:
            left -= self.shared.count
            yield from self.shared.serials(form)
        drawn = made_up_serials(form, DRAWN, seed=self.seed, numbering=self.numbering)
        yield from islice(drawn, left)


DRAWN = MOST_UNITS = 2_000_000
"""How many a seed draws at most: a list takes the first of them, a longer list more of the same."""

A1263_UNITS = 1_158_000
IN_BOTH_ANKER_RECALLS = 100


def made_up_lists(a1263_units: int = A1263_UNITS) -> tuple[MadeUpList, ...]:
    """Every list of the examples that serials are made up for, in the order of import."""
    if not 1 <= a1263_units <= DRAWN:
        raise ValueError(f"Ask for 1 to {DRAWN:,} units, not {a1263_units:,}.")
    sequential = Numbering.SEQUENTIAL
    earlier = ("anker-a1642-a1647-a1652", "a1642-a1647-a1652")
    return (
        MadeUpList("anker-a1263", "a1263", a1263_units, 1263, Numbering.MIXED),
        MadeUpList("soundcore-a3102-a3302", "soundcore", 78_764, 3102, sequential),
        MadeUpList("soundcore-a3102-a3302", "soundcore-made", 157_528, 3102, sequential),
        MadeUpList(*earlier, 2_100, 1642, sequential),
        MadeUpList(
            "anker-25-466",
            "25-466",
            481_000,
            466,
            sequential,
            shared=MadeUpList(*earlier, IN_BOTH_ANKER_RECALLS, 1642, sequential),
        ),
    )


def form_of(listed: MadeUpList, examples: Path) -> SerialForm:
    """The form of the serials of a list, from the example's recall file."""
    text = (examples / listed.example / "recall.toml").read_text(encoding="utf-8")
    document = read_recall_file(text)
    named = next(entry for entry in document.scope.lists if entry.name == listed.name)
    return document.product_by_key[named.products[0]].serial.form
