"""Whoever is out of reach is told so: compared with a brute force that shares nothing of ours."""

import random
from collections import Counter
from functools import partial

from benchmarks.asking import check, only_live
from benchmarks.brute_force import Known, is_within_reach
from benchmarks.mistakes import any_slips, mistaken
from benchmarks.report import Section
from benchmarks.side_by_side import shared
from benchmarks.sizes import Sizes
from benchmarks.worlds import World
from recalldesk.units.verdict.answer import Verdict

FAR, NEAR = "out of reach", "within reach"
RANDOM, BESIDE, MISTAKEN = "drawn at random", "made beside", "three slips"
KINDS = (RANDOM, BESIDE, MISTAKEN)
Seen = Counter[tuple[str, str, Verdict]]


def _at_random(world: World, draw: random.Random) -> str:
    length = draw.randint(world.form.shortest, world.form.longest)
    return "".join(draw.choices(world.form.alphabet, k=length))


def _beside(world: World, draw: random.Random) -> str:
    """Another unit of the same maker: half of an affected serial, then other digits and letters."""
    serial = world.affected(draw)
    kept = len(serial) // 2
    letters = [c for c in world.form.alphabet if not c.isdigit()]
    return serial[:kept] + "".join(
        draw.choice("0123456789" if c.isdigit() else letters) for c in serial[kept:]
    )


def _mistaken(world: World, draw: random.Random) -> str:
    typed = mistaken(world.affected(draw), world.letters, draw, any_slips(3, draw))
    return world.letters.printed(typed)


DRAWN = {RANDOM: _at_random, BESIDE: _beside, MISTAKEN: _mistaken}


def count_answers(world: World, known: Known, seed: int, count: int) -> Seen:
    """The answers for `count` serials out of reach, and for those within reach met on the way."""
    draw, seen = random.Random(seed), Seen()
    far = 0
    with only_live(world.version):
        while far < count:
            kind = draw.choice(KINDS)
            text = DRAWN[kind](world, draw)
            if not world.letters.are_well_formed(text):
                continue
            where = NEAR if is_within_reach(text, world.letters, known) else FAR
            seen[where, kind, check(text).verdict] += 1
            far += where == FAR
    return seen


def _share(seen: Seen, *kinds: str) -> tuple[float, int]:
    """How many out of reach were told so, and how many there were."""
    counts = Counter[Verdict]()
    for (where, kind, verdict), count in seen.items():
        if where == FAR and kind in kinds:
            counts[verdict] += count
    total = counts.total()
    return (counts[Verdict.NOT_AFFECTED] / total if total else 1.0), total


def _judge(section: Section, world: World, seen: Seen) -> None:
    share, count = _share(seen, *KINDS)
    each = (
        f"{kind} {part:.1%} of {number:,}"
        for kind in KINDS
        for part, number in [_share(seen, kind)]
        if number
    )
    section.judge(
        f"{world.name} ({world.covered:,} serials): answered `not_affected`",
        f"{share:.3%} of {count:,} ({', '.join(each)})",
        "at least 99.9 %",
        reached=share >= 0.999,
    )


def measure_out_of_reach(worlds: list[World], sizes: Sizes) -> Section:
    """Unaffected serials out of reach, found by brute force, and how they are answered."""
    count = sizes.out_of_reach
    section = Section(
        "Whoever is out of reach is told so",
        f"{count:,} unaffected serials for each scope which a brute force finds out of reach, of "
        f"three kinds in turn by chance. *{RANDOM.capitalize()}*: any text of the form. "
        f"*{BESIDE.capitalize()}*: the first half of an affected serial, then other digits for its "
        f"digits and other letters for its letters. *{MISTAKEN.capitalize()}*: an affected serial "
        "with confusions and three slips. "
        "The brute force takes nothing of the product but alphabet, folding and look-alikes: it "
        "does every slip and looks into a set of all serials covered (for the ranges, all "
        "written out; for the pattern, by what each place may hold). Serials that it finds "
        "within reach on the way are asked too; covered ones among them answer `affected`.",
    )
    near = Counter[Verdict]()
    for world in worlds:
        work = partial(count_answers, world, world.known_outlines())
        seen = sum(shared(work, count, seed=3000), Seen())
        _judge(section, world, seen)
        for (where, _, verdict), number in seen.items():
            near[verdict] += number if where == NEAR else 0
    wrong = near[Verdict.NOT_AFFECTED]
    section.judge(
        "within reach by brute force, yet answered `not_affected`",
        f"{wrong} of {near.total():,}",
        "0",
        reached=wrong == 0,
    )
    return section
