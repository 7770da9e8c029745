"""What a run comes to: pure, from what others counted and what the rows say.

Guarantee: nothing is taken for paid that its provider did not count once, nor for waiting that has
no reason.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """How a claim stands at the end."""

    PAID = "paid once"
    WITH_OWNER = "wait for their owner"
    DEAD_LETTER = "dead letters"
    DOUBLED = "doubled"
    LOST = "lost"
    OPEN = "not come to an end"


GOOD = (Outcome.PAID, Outcome.WITH_OWNER, Outcome.DEAD_LETTER)
ENDED_WITH_EFFECT = ("remedy_ordered", "remedy_sent", "settled")


@dataclass(frozen=True)
class Row:
    """A claim as the rows have it. `names`: all that its provider may know it by; `stopped` and
    `asks`: the reason for which a person, or its owner, is waited for."""

    names: frozenset[str]
    state: str
    stopped: str = ""
    asks: str = ""


@dataclass(frozen=True)
class Counted:
    """What a provider counted: each effect by the name under which it was asked for, as often as it
    happened; and the names whose effect came to nothing since."""

    effects: Counter[str]
    undone: frozenset[str] = frozenset()


@dataclass
class Verdict:
    """All of it. `strange`: effects under names that no claim has; `log`: what `audit verify` found
    (nothing where the log is whole); `codes`: codes that two owners have, or owners with two."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    bad: list[tuple[int, Outcome]] = field(default_factory=list)
    strange: int = 0
    codes: int = 0
    log: list[str] = field(default_factory=list)
    log_rows: int = 0

    @property
    def is_good(self) -> bool:
        """Whether every claim was paid once or waits with its reason, and the log is whole."""
        return not (self.bad or self.strange or self.codes or self.log)


def judge(rows: Sequence[Row], counted: Sequence[Counted], verdict: Verdict) -> Verdict:
    """Adds what became of the claims; the number of a claim is its place."""
    effects, undone, known = Counter[str](), set[str](), set[str]()
    for each in counted:
        effects.update(each.effects)
        undone |= each.undone
    for number, row in enumerate(rows):
        known |= row.names
        outcome = outcome_of(row, effects, undone)
        verdict.outcomes[outcome] += 1
        if outcome not in GOOD:
            verdict.bad.append((number, outcome))
    verdict.strange = sum(count for name, count in effects.items() if name not in known)
    return verdict


def outcome_of(row: Row, effects: Mapping[str, int], undone: set[str]) -> Outcome:
    """What became of one claim."""
    counts = {name: effects[name] for name in row.names if name in effects}
    reached = [name for name in counts if name not in undone]
    if len(reached) > 1 or any(count > 1 for count in counts.values()):
        return Outcome.DOUBLED
    if row.stopped:
        return Outcome.DEAD_LETTER
    if row.asks:
        return Outcome.WITH_OWNER
    if not reached:
        return Outcome.LOST
    return Outcome.PAID if row.state in ENDED_WITH_EFFECT else Outcome.OPEN


def codes_in_two_hands(pairs: Sequence[tuple[str, str]]) -> int:
    """How many codes have two owners, or owners two codes. `pairs`: owner and code, repeats too."""
    of_owner, of_code = dict[str, set[str]](), dict[str, set[str]]()
    for owner, code in pairs:
        of_owner.setdefault(owner, set()).add(code)
        of_code.setdefault(code, set()).add(owner)
    return sum(len(each) > 1 for each in [*of_owner.values(), *of_code.values()])
