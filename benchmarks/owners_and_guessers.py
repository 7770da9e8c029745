"""What the reach rule costs owners, and a serial a guesser, for each way of numbering."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from benchmarks.asking import check, only_live
from benchmarks.guesser import PATIENCE, checks_until_affected
from benchmarks.mistakes import any_slips, mistaken
from benchmarks.report import Section
from benchmarks.side_by_side import shared
from benchmarks.sizes import Sizes
from benchmarks.worlds import (
    PLACES,
    Span,
    World,
    listed_worlds,
    patterned_world,
    ranged_world,
)
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.units.verdict.answer import Verdict
from tests.scopes import A1263

ENDING = 3
Told = Counter[Verdict]
NOT_RECALLED = (*PLACES[:-1], "A")
"""Units of the pattern's product that are not recalled end so."""


@dataclass(frozen=True)
class Factory:
    """What is recalled, and the serials of honest units that are not."""

    world: World
    honest: Sequence[str]


def _every_other(made: Sequence[str], batch: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Batches in turn: those recalled, and those not."""
    batches = [made[start : start + batch] for start in range(0, len(made), batch)]
    recalled = tuple(serial for rows in batches[::2] for serial in rows)
    return recalled, tuple(serial for rows in batches[1::2] for serial in rows)


def _factories(folder: Path, sizes: Sizes) -> list[Factory]:
    halves = {
        numbering.value: _every_other(
            list(made_up_serials(A1263, sizes.made, seed=5, numbering=numbering)), sizes.batch
        )
        for numbering in Numbering
    }
    worlds = listed_worlds({name: recalled for name, (recalled, _) in halves.items()}, folder)
    listed = [
        Factory(world, honest) for world, (_, honest) in zip(worlds, halves.values(), strict=True)
    ]
    starts = range(100_000, 100_000 + sizes.made, sizes.batch)
    spans = [Span("ZZ9CAB12K", 8, start, start + sizes.batch - 1) for start in starts]
    beside = tuple(serial for span in spans[1::2] for serial in span.serials)
    draw = random.Random(6)
    others = tuple("".join(map(draw.choice, NOT_RECALLED)) for _ in range(sizes.asked))
    return [
        *listed,
        Factory(ranged_world(tuple(spans[::2])), beside),
        Factory(patterned_world(), others),
    ]


def _answers(world: World, draws: Callable[[random.Random], str], seed: int, count: int) -> Told:
    draw = random.Random(seed)
    with only_live(world.version):
        return Counter(check(draws(draw)).verdict for _ in range(count))


def _add_owners(section: Section, factory: Factory, sizes: Sizes) -> None:
    """How many owners whose units are not recalled, and who type well, must look again."""
    work = partial(_answers, factory.world, lambda draw: draw.choice(factory.honest))
    told = sum(shared(work, sizes.asked, seed=9), Counter())
    share = told[Verdict.LOOK_AGAIN] / sizes.asked
    section.add(f"{factory.world.name}: unaffected owners asked to look again", f"{share:.1%}")


def _by_form(world: World, draw: random.Random) -> str:
    """A guess by somebody who knows only the characters and the length."""
    return "".join(draw.choices(world.form.alphabet, k=world.form.longest))


def _add_blind(section: Section, world: World, sizes: Sizes) -> None:
    """How many texts of the form it takes; where none is found, by the size of the form."""
    draw = random.Random(10)
    hits = sum(world.scope.holds(_by_form(world, draw)) for _ in range(sizes.guesses))
    room = len(world.form.alphabet) ** world.form.longest
    cost = f"about {sizes.guesses / hits:,.0f}" if hits else f"about {_power(room / world.covered)}"
    found = f"{sizes.guesses:,} guesses found {hits or 'none'}"
    section.add(f"{world.name}: guesses by the form alone", f"{cost} ({found})")
    work = partial(_answers, world, partial(_by_form, world))
    near = sum(shared(work, sizes.asked, seed=10), Counter())[Verdict.LOOK_AGAIN]
    what = f"{world.name}: guesses by the form alone that meet a `look_again`"
    section.add(what, f"{near} of {sizes.asked:,}")


def _power(number: float) -> str:
    digits, power = f"{number:.0e}".split("e")
    return f"{digits} × 10^{int(power)}"


def _add_endings(section: Section, world: World, sizes: Sizes) -> None:
    """Guesses for another affected serial by whoever tries all endings of one that he knows."""
    draw = random.Random(11)
    endings = ["".join(digits) for digits in product("0123456789", repeat=ENDING)]
    guesses = hits = 0
    for _ in range(sizes.known_ones):
        known = world.affected(draw)
        others = [known[:-ENDING] + e for e in endings if not known.endswith(e)]
        guesses += len(others)
        hits += sum(map(world.scope.holds, others))
    cost = f"about {guesses / hits:,.1f}" if hits else f"none in {guesses:,}"
    section.add(f"{world.name}: guesses for another by the endings of a known one", cost)


def _walks(
    world: World, starts: Callable[[random.Random], str], most: int, seed: int, count: int
) -> list[int | None]:
    """Checks that each of `count` guessers needs, from starts that were answered `look_again`."""
    draw, walks = random.Random(seed), list[int | None]()
    with only_live(world.version):
        for _ in range(most):
            start = starts(draw)
            if check(start).verdict is Verdict.LOOK_AGAIN:
                walks.append(checks_until_affected(start, world.letters))
            if len(walks) == count:
                break
    return walks


def _add_walks(
    section: Section,
    world: World,
    whence: str,
    starts: Callable[[random.Random], str],
    sizes: Sizes,
) -> None:
    work = partial(_walks, world, starts, sizes.asked)
    walks = [walk for part in shared(work, sizes.walks, seed=12) for walk in part]
    section.add(f"{world.name}: checks from {whence}", _told(walks))


def _told(walks: list[int | None]) -> str:
    """Median and nine in ten over all walks; who gave up needed more than his patience."""
    if not walks:
        return "no such owner was asked to look again"
    counts = sorted(PATIENCE + 1 if walk is None else walk for walk in walks)
    middle, most = (
        f"{count:,}" if count <= PATIENCE else f"more than {PATIENCE:,}"
        for count in (counts[len(counts) // 2], counts[len(counts) * 9 // 10])
    )
    gave_up = walks.count(None)
    missing = f"; {gave_up:,} of {len(walks):,} gave up" if gave_up else ""
    return f"median {middle}, nine in ten at most {most}{missing}"


def measure(folder: Path, sizes: Sizes) -> Section:
    """Both costs, for each numbering."""
    section = Section(
        "What the rule costs owners, and what a serial costs a guesser",
        f"A factory makes {sizes.made:,} units, numbered so; every other batch of "
        f"{sizes.batch:,} is recalled, as a list or as ranges. By the pattern, units that end in "
        "a digit or D are recalled, those that end in A are not. "
        f"{sizes.asked:,} owners of units that are not recalled type without error. "
        "Guessers go through `check_serial` without a token and without the limits that pages and "
        "API set (docs/decisions/0018-limits-on-guessers.md). "
        "*By the form alone*: texts of the right length and characters; where none was found the "
        "cost is the size of the form divided by the serials covered (for these, and for the "
        "endings, the exact index is asked: nothing else answers `affected`). *By the endings "
        f"of a known one*: all other last {ENDING} digits of {sizes.known_ones} affected serials. "
        f"*From a `look_again`*: {sizes.walks:,} guessers who start from a text answered so "
        "(an honest owner's serial, or an affected serial with confusions and one slip), use "
        "`look_at`, and else try one character at a time, leaving a place as soon as an answer "
        f"shows a second slip; they give up after {PATIENCE:,} checks.",
    )
    for factory in _factories(folder, sizes):
        world = factory.world
        _add_owners(section, factory, sizes)
        _add_blind(section, world, sizes)
        _add_endings(section, world, sizes)
        honest = partial(_honest, factory)
        _add_walks(section, world, "an honest neighbour's `look_again`", honest, sizes)
        slip = partial(_mistyped, world)
        _add_walks(section, world, "the `look_again` of a mistyped affected one", slip, sizes)
    return section


def _honest(factory: Factory, draw: random.Random) -> str:
    return draw.choice(factory.honest)


def _mistyped(world: World, draw: random.Random) -> str:
    return mistaken(world.affected(draw), world.letters, draw, any_slips(1, draw))
