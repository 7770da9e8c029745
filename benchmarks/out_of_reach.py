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


def _drawn(world: World, draw: random.Random) -> str:
    """A well-formed serial: every other one at random, every other an affected one mistaken."""
    form = world.form
    while True:
        if draw.random() < 0.5:
            length = draw.randint(form.shortest, form.longest)
            text = "".join(draw.choices(form.alphabet, k=length))
        else:
            slips = any_slips(3, draw)
            text = mistaken(world.affected(draw), world.letters, draw, slips)
        text = world.letters.printed(text)
        if world.letters.are_well_formed(text):
            return text


def count_answers(
    world: World, known: Known, seed: int, count: int
) -> Counter[tuple[str, Verdict]]:
    """The answers for `count` serials out of reach, and for those within reach met on the way."""
    draw, seen = random.Random(seed), Counter[tuple[str, Verdict]]()
    far = 0
    with only_live(world.version):
        while far < count:
            text = _drawn(world, draw)
            where = NEAR if is_within_reach(text, world.letters, known) else FAR
            seen[where, check(text).verdict] += 1
            far += where == FAR
    return seen


def measure_out_of_reach(worlds: list[World], sizes: Sizes) -> Section:
    """Unaffected serials out of reach, found by brute force, and how they are answered."""
    count = sizes.out_of_reach
    section = Section(
        "Whoever is out of reach is told so",
        f"{count:,} unaffected serials for each scope which a brute force finds out of reach; "
        "half were drawn at random, half are affected serials with confusions and three slips. "
        "The brute force takes nothing of the product but alphabet, folding and look-alikes: it "
        "does every slip and looks into a set of all serials covered (for the ranges, all "
        "written out; for the pattern, by what each place may hold). Serials that it finds "
        "within reach on the way are asked too.",
    )
    near = Counter[Verdict]()
    for world in worlds:
        work = partial(count_answers, world, world.known_outlines())
        seen = sum(shared(work, count, seed=3000), Counter())
        share = seen[FAR, Verdict.NOT_AFFECTED] / count
        section.judge(
            f"{world.name} ({world.covered:,} serials): answered `not_affected`"
            if world.serials
            else f"{world.name}: answered `not_affected`",
            f"{share:.3%} of {count:,}",
            "at least 99.9 %",
            reached=share >= 0.999,
        )
        near += Counter({verdict: n for (where, verdict), n in seen.items() if where == NEAR})
    wrong = near[Verdict.NOT_AFFECTED]
    section.judge(
        "within reach by brute force, yet answered `not_affected`",
        f"{wrong} of {near.total():,}",
        "0",
        reached=wrong == 0,
    )
    return section
