"""Promise 1, measured: over a million errors nobody is told "not affected" by mistake."""

import random
from collections import Counter
from functools import partial

from benchmarks.asking import check, only_live
from benchmarks.mistakes import SLIPS, any_slips, mistaken
from benchmarks.report import Section
from benchmarks.side_by_side import shared
from benchmarks.sizes import Sizes
from benchmarks.worlds import World
from recalldesk.units.verdict.answer import Verdict

FIRST = "at first entry"
AGAIN = "entered again after a `look_again`"
ONE = "with another single slip after a `look_again`"
TWO = "with two other slips after a `look_again`"
ENTRIES = (FIRST, AGAIN, ONE, TWO)
Seen = Counter[tuple[str, str]]


def count_errors(world: World, seed: int, count: int) -> Seen:
    """`count` errors on one world, and what becomes of each that is asked to look again."""
    draw, seen = random.Random(seed), Seen()
    kinds = list(SLIPS.items())
    with only_live(world.version):
        for number in range(count):
            kind, slip = kinds[number % len(kinds)]
            serial = world.affected(draw)
            typed = mistaken(serial, world.letters, draw, [slip])
            first = check(typed)
            seen[FIRST, first.verdict] += 1
            seen[kind, first.verdict] += 1
            if first.verdict is not Verdict.LOOK_AGAIN:
                continue
            seen[AGAIN, check(typed, first.second_look).verdict] += 1
            slips, entry = draw.choice(((1, ONE), (2, TWO)))
            other = mistaken(serial, world.letters, draw, any_slips(slips, draw))
            seen[entry, check(other, first.second_look).verdict] += 1
    return seen


def _two_slips(world: World, seed: int, count: int) -> Counter[Verdict]:
    draw = random.Random(seed)
    with only_live(world.version):
        return Counter(
            check(mistaken(world.affected(draw), world.letters, draw, any_slips(2, draw))).verdict
            for _ in range(count)
        )


def _tried(seen: Seen, entry: str) -> int:
    return sum(count for (name, _), count in seen.items() if name == entry)


def measure_errors(worlds: list[World], sizes: Sizes) -> Section:
    """Wrong answers over a million errors, and what two slips do."""
    section = Section(
        "Nobody is told “not in this recall” by mistake",
        f"{sizes.errors:,} seeded errors on affected serials, as many on each of {len(worlds)} "
        "scopes: any mixture of look-alike confusions (of the characters that can be confused "
        "none, 15 %, half or all are, by chance) plus one slip, each kind in turn. Every text "
        "goes through `check_serial`, as for page, API and command. Whoever is asked to look "
        "again comes back with the token of that answer, once with the same text, and once "
        "with the serial mistaken anew, by one slip or by two. Wrong is every `not_affected`.",
    )
    all_seen = Seen()
    each = sizes.errors // len(worlds)
    for world in worlds:
        seen = sum(shared(partial(count_errors, world), each, seed=1000), Seen())
        section.add(
            f"{world.name}: asked to look again at first entry",
            f"{seen[FIRST, Verdict.LOOK_AGAIN] / each:.1%} (else `affected`)",
        )
        all_seen += seen
    for name in (*ENTRIES, *SLIPS):
        wrong = all_seen[name, Verdict.NOT_AFFECTED]
        what = name if name in ENTRIES else f"at first entry, {name}"
        measured = f"{wrong} of {_tried(all_seen, name):,}"
        section.judge(f"wrong `not_affected` {what}", measured, "0", reached=wrong == 0)
    for world in worlds:
        told = sum(shared(partial(_two_slips, world), sizes.two_slips, seed=2000), Counter())
        section.add(
            f"{world.name}: two slips at first entry, answered `not_affected`",
            f"{told[Verdict.NOT_AFFECTED] / sizes.two_slips:.1%} of {sizes.two_slips:,}",
        )
    return section
