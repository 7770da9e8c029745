"""The second look of a check by photo: an affected unit is never settled, most neighbours are."""

import random
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from benchmarks.brute_force import Letters
from benchmarks.mistakes import SLIPS, mistaken
from benchmarks.read_photos import FLATTER, MODEL, LabelPhoto, read_labels
from benchmarks.reading import drawn_serial, judged
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.demo.photos.conditions import Condition
from recalldesk.reading.seen import LabelReading
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.attempts import Attempts
from recalldesk.units.verdict.live_versions import LiveVersions, all_at_once
from recalldesk.units.verdict.photographed import Photographed, TypedText, seen_in_photo
from recalldesk.units.verdict.rules import bound_by, look
from tests.scopes import A1263, listed_scope, version_of

FIRST_AFFECTED, FIRST_HONEST = 800_000, 900_000
LEAST_SETTLED = 0.70
ENTRIES = 40
"""Other texts that the same owner might have typed, for each photo."""


def affected(count: int) -> list[LabelPhoto]:
    """The conditions in turn, none with a bar code: print is what can be misread."""
    conditions = tuple(Condition)
    return [
        LabelPhoto(
            drawn_serial(random.Random(f"affected {number}")),
            FIRST_AFFECTED + number,
            conditions[number % len(conditions)].value,
            has_bar_code=False,
        )
        for number in range(count)
    ]


def honest(count: int) -> list[LabelPhoto]:
    """Clean photos, half of them with a bar code."""
    return [
        LabelPhoto(
            drawn_serial(random.Random(f"honest {number}")),
            FIRST_HONEST + number,
            Condition.CLEAN.value,
            has_bar_code=number % 2 == 1,
        )
        for number in range(count)
    ]


def typed_instead(serial: str, letters: Letters, draw: random.Random) -> str:
    """A text within reach of the serial that is another one."""
    while True:
        typed = mistaken(serial, letters, draw, [draw.choice(list(SLIPS.values()))])
        if A1263.fold(typed) != serial:
            return typed


def one_slip_away(serial: str, draw: random.Random) -> str:
    """A recalled serial beside it: one character is another."""
    place = draw.randrange(len(serial))
    other = draw.choice([each for each in A1263.alphabet if each != serial[place]])
    return serial[:place] + other + serial[place + 1 :]


def recalled(serials: Iterable[str], folder: Path) -> LiveVersions:
    """A recall of these serials, of the product whose labels are drawn."""
    version = version_of(listed_scope(sorted(set(serials)), A1263, folder), A1263)
    product = replace(version.products[0], model=MODEL, also_called=(MODEL,))
    return all_at_once((replace(version, products=(product,)),))


def is_settled(reading: LabelReading, typed: str, live: LiveVersions) -> bool:
    """Whether a check tells `not_affected`, after `look_again`, with the photo as its second look.
    Beside a fresh index, as `check_serial` decides."""
    first = look(typed, live)
    if first.verdict is Verdict.AFFECTED:
        return False
    bound = bound_by(Attempts(1, first.within_reach), first, same_again=False)
    text = TypedText(typed, first, bound, same_again=False)
    return seen_in_photo(text, Photographed(reading), live).verdict is Verdict.NOT_AFFECTED


def measure(folder: Path, sizes: Sizes) -> Section:
    """Both kinds of owners, and what a wrong reading without a doubt would have done."""
    units, neighbours = affected(sizes.looked), honest(sizes.honest)
    readings, cost = read_labels(folder / "affected", units)
    letters, draw = Letters(A1263), random.Random(31)
    live = recalled((unit.serial for unit in units), folder / "recalled")
    wrong = again = sure = hidden = 0
    for unit, reading in zip(units, readings, strict=True):
        texts = [typed_instead(unit.serial, letters, draw) for _ in range(1 + ENTRIES)]
        settled = [is_settled(reading, text, live) for text in texts]
        wrong += settled[0]
        again += sum(settled[1:])
        one = judged(reading, unit.serial)
        sure += one.is_exact and one.is_free_of_doubt
        hidden += one.hides_a_mistake
    section = Section(
        "A check's second look, by a photo of the label",
        f"{len(units)} made-up photos of affected labels over all conditions, none with a bar "
        "code, each with a text that its owner typed: the serial with any mixture of look-alike "
        "confusions and one slip. Settled is what the rule of the check itself "
        "(`units/verdict/photographed.py`) answers `not_affected`, under a recall of all these "
        f"serials. Then {len(neighbours)} honest neighbours, one slip from a recalled serial, who "
        "typed what their label says, with clean photos, half of them without a bar code. "
        f"{FLATTER}",
    )
    for what, count, of in (
        ("affected units that were settled", wrong, len(units)),
        ("the same with other texts within reach", again, len(units) * ENTRIES),
        ("readings that hide a mistake, whatever was typed", hidden, len(units)),
    ):
        section.judge(what, f"{count} of {of:,}", "0", reached=count == 0)
    section.add("photos of them read exactly and free of doubt", f"{sure} of {len(units)}")
    _judge_honest(section, folder, neighbours)
    cost.add_to(section)
    return section


def _judge_honest(section: Section, folder: Path, neighbours: list[LabelPhoto]) -> None:
    readings, _ = read_labels(folder / "honest", neighbours)
    draw = random.Random(33)
    beside = [one_slip_away(one.serial, draw) for one in neighbours]
    live = recalled(beside, folder / "beside")
    settled = [
        (one.has_bar_code, is_settled(reading, one.serial, live))
        for one, reading in zip(neighbours, readings, strict=True)
    ]
    count = sum(is_done for _, is_done in settled)
    section.judge(
        "honest neighbours who were settled",
        f"{count} of {len(settled)}",
        f"about {LEAST_SETTLED:.0%}",
        reached=count >= LEAST_SETTLED * len(settled),
    )
    for has_bar_code, name in ((True, "with a bar code"), (False, "without")):
        those = [is_done for with_code, is_done in settled if with_code == has_bar_code]
        section.add(f"of them {name}", f"{sum(those)} of {len(those)}")
