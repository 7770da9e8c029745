"""The second look of a check by photo: an affected unit is never settled, most neighbours are."""

import random
from pathlib import Path

from benchmarks.brute_force import Letters
from benchmarks.mistakes import SLIPS, mistaken
from benchmarks.read_photos import FLATTER, FORM, LabelPhoto, read_labels
from benchmarks.reading import drawn_serial, judged
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.demo.photos.conditions import Condition
from recalldesk.reading.label import agrees_with
from tests.scopes import A1263

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


def measure(folder: Path, sizes: Sizes) -> Section:
    """Both kinds of owners, and what a wrong reading without a doubt would have done."""
    units, neighbours = affected(sizes.looked), honest(sizes.honest)
    readings, cost = read_labels(folder / "affected", units)
    letters, draw = Letters(A1263), random.Random(31)
    wrong = again = sure = hidden = 0
    for unit, reading in zip(units, readings, strict=True):
        texts = [typed_instead(unit.serial, letters, draw) for _ in range(1 + ENTRIES)]
        settled = [agrees_with(reading, text, FORM) for text in texts]
        wrong += settled[0]
        again += sum(settled[1:])
        sure += agrees_with(reading, unit.serial, FORM)
        hidden += judged(reading, unit.serial).hides_a_mistake
    section = Section(
        "A check's second look, by a photo of the label",
        f"{len(units)} made-up photos of affected labels over all conditions, none with a bar "
        "code, each with a text that its owner typed: the serial with any mixture of look-alike "
        "confusions and one slip. Settled is what `agrees_with` calls read as typed with nothing "
        f"in doubt, as the check does. Then {len(neighbours)} honest neighbours, who typed what "
        f"their label says, with clean photos, half of them without a bar code. {FLATTER}",
    )
    for what, count, of in (
        ("affected units that were settled", wrong, len(units)),
        ("the same with other texts within reach", again, len(units) * ENTRIES),
        ("readings that hide a mistake, whatever was typed", hidden, len(units)),
    ):
        section.judge(what, f"{count} of {of:,}", "0", reached=count == 0)
    section.add("photos of them that would settle the right text", f"{sure} of {len(units)}")
    _judge_honest(section, folder, neighbours)
    cost.add_to(section)
    return section


def _judge_honest(section: Section, folder: Path, neighbours: list[LabelPhoto]) -> None:
    readings, _ = read_labels(folder / "honest", neighbours)
    settled = [
        (one.has_bar_code, agrees_with(reading, one.serial, FORM))
        for one, reading in zip(neighbours, readings, strict=True)
    ]
    count = sum(is_settled for _, is_settled in settled)
    section.judge(
        "honest neighbours who were settled",
        f"{count} of {len(settled)}",
        f"about {LEAST_SETTLED:.0%}",
        reached=count >= LEAST_SETTLED * len(settled),
    )
    for has_bar_code, name in ((True, "with a bar code"), (False, "without")):
        those = [is_settled for with_code, is_settled in settled if with_code == has_bar_code]
        section.add(f"of them {name}", f"{sum(those)} of {len(those)}")
