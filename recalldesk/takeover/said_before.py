"""Which claim a line is of whose reference came in before.

Guarantees: a reference that is said again leads to a claim that it had, whatever serial the line
says, and to a second one only where the same file says the first one too; where several could be
meant, none is chosen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum


class No(Enum):
    """Why a line is of none of the claims that came in before."""

    NEW = "nothing came in under its reference"
    ADDED = "the file says all of those, and this one beside them"
    UNCLEAR = "it may be of several"
    OLD_WORD = "a line beside it says by what its serial was corrected"


@dataclass(frozen=True)
class Known:
    """A claim that came in before. `row`: by which it was known then; `unit`: the one it is of now,
    empty where no serial names it."""

    pk: int
    row: bytes
    unit: bytes


@dataclass(frozen=True)
class Line:
    """What a line says of a claim. `row`: by which it would be known; `unit`: empty without a
    serial; `place`: by which it would be known without its serial."""

    row: bytes
    unit: bytes
    place: bytes


def which(line: Line, lines: Iterable[Line], known: Sequence[Known]) -> int | No:
    """The claim that a line is of. `lines`: all that the file says under its reference; `known`:
    all that came in under it before."""
    told = _Told.of(lines, known)
    if line in told.claims:
        return told.claims[line]
    if line in told.old_words:
        return No.OLD_WORD
    left = [each for each in known if each.pk not in set(told.claims.values())]
    if not left:
        return No.ADDED
    return left[0].pk if len(left) == len(told.others) == 1 else No.UNCLEAR


@dataclass
class _Told:
    """`claims`: of lines that say the unit, or what they said at first; `old_words`: lines that say
    what was corrected, beside one that says by what; `others`: what is left."""

    claims: dict[Line, int] = field(default_factory=dict)
    old_words: set[Line] = field(default_factory=set)
    others: set[Line] = field(default_factory=set)

    @classmethod
    def of(cls, lines: Iterable[Line], known: Sequence[Known]) -> "_Told":
        """Lines by unit first, then by what was said at first, then by place."""
        told = cls(others=set(lines))
        units = {each.unit: each.pk for each in known if each.unit}
        rows = {each.row: each.pk for each in known}
        told.take({each: units.get(each.unit) for each in told.others})
        told.take({each: rows.get(each.row) for each in told.others}, is_old=True)
        told.take({each: rows.get(each.place) for each in told.others})
        return told

    def take(self, found: Mapping[Line, int | None], *, is_old: bool = False) -> None:
        """Takes what was found. Of two lines of one claim the one that was found first has it."""
        for line, pk in sorted(found.items(), key=lambda each: each[0].row):
            if pk is None:
                continue
            if pk not in self.claims.values():
                self.claims[line] = pk
            elif is_old:
                self.old_words.add(line)
            else:
                continue
            self.others.discard(line)
