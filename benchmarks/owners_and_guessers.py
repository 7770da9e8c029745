"""What the reach rule costs owners, and a serial a guesser, for each way of numbering."""

import random
from itertools import islice
from pathlib import Path

from benchmarks.promise import alphabet_guess
from benchmarks.report import Section
from benchmarks.worlds import World
from recalldesk.demo.made_up_serials import Numbering, made_up_serials
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.rules import first_look
from tests.scopes import A1263, listed_scope

MADE = 400_000
BATCH = 5_000
ASKED = 20_000
GUESSES = 200_000


def _factory(numbering: Numbering, folder: Path) -> tuple[World, list[str]]:
    """Half of what a factory made is recalled, in batches; the other half is honest."""
    made = list(islice(made_up_serials(A1263, MADE, seed=5, numbering=numbering), MADE))
    batches = [made[start : start + BATCH] for start in range(0, MADE, BATCH)]
    recalled = [serial for batch in batches[::2] for serial in batch]
    honest = [serial for batch in batches[1::2] for serial in batch]
    name = f"half-{numbering.value}"
    scope = listed_scope(sorted(recalled), A1263, folder / name)
    return World(name, scope, tuple(recalled)), honest


def _asked_again(world: World, honest: list[str], draw: random.Random) -> float:
    asked = sum(
        first_look(text=serial, versions=(world.version,)).verdict is Verdict.LOOK_AGAIN
        for serial in draw.sample(honest, ASKED)
    )
    return asked / ASKED


def _guess_rate(world: World, guess: object) -> str:
    """Guesses for one affected serial, from so many tries."""
    hits = sum(world.scope.holds(guess()) for _ in range(GUESSES))  # type: ignore[operator]  # a closure
    return f"about {GUESSES / hits:,.0f}" if hits else f"more than {GUESSES:,}"


def measure(folder: Path) -> Section:
    """Both costs, for each numbering."""
    section = Section(
        "What the rule costs owners, and what a serial costs a guesser",
        f"A factory makes {MADE:,} units; every other batch of {BATCH:,} is recalled. Owners of "
        f"the other half type without error. Guessers know the form only, or one affected serial "
        f"of which they change the last three characters; {GUESSES:,} guesses each.",
    )
    for numbering in Numbering:
        draw = random.Random(9)
        world, honest = _factory(numbering, folder)
        share = _asked_again(world, honest, draw)
        section.add(f"{numbering.value}: unaffected owners asked to look again", f"{share:.1%}")
        blind = _guess_rate(world, lambda draw=draw: alphabet_guess(A1263, draw))
        section.add(f"{numbering.value}: guesses by the form alone", blind)
        known = world.drawable[len(world.drawable) // 2]

        def near(draw: random.Random = draw, known: str = known) -> str:
            return known[:-3] + "".join(draw.choices("0123456789", k=3))

        section.add(f"{numbering.value}: guesses near a known one", _guess_rate(world, near))
    return section
