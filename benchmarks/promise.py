"""Promise 1, measured: over a million errors nobody is told "not affected" by mistake."""

import multiprocessing
import random
from collections import Counter
from collections.abc import Iterator

from benchmarks.report import Section
from benchmarks.worlds import World
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.attempts import Attempts
from recalldesk.units.verdict.rules import Decision, bound_by, first_look
from tests.scopes import ANY_TYPED, mistyped

ERRORS = 1_000_000
OUT_OF_REACH = 100_000
PROCESSES = 2


def _look(text: str, world: World) -> Decision:
    return first_look(text=text, versions=(world.version,))


def _errors(job: tuple[World, int, int]) -> Counter[str]:
    """`count` errors on one world: at first entry, entered again, with another slip."""
    world, seed, count = job
    draw, seen = random.Random(seed), Counter[str]()
    for _ in range(count):
        serial = world.affected(draw)
        first = _look(mistyped(serial, world.form, draw), world)
        seen[f"first {first.verdict}"] += 1
        if first.verdict is not Verdict.LOOK_AGAIN:
            continue
        once = Attempts().after(digest=first.read_as, within_reach=first.within_reach)
        seen[f"again {bound_by(once, first, same_again=True).verdict}"] += 1
        other = _look(mistyped(serial, world.form, draw, slips=draw.choice((1, 2))), world)
        same = other.read_as == first.read_as
        seen[f"other {bound_by(once, other, same_again=same).verdict}"] += 1
    return seen


def _two_slips(job: tuple[World, int, int]) -> Counter[str]:
    world, seed, count = job
    draw = random.Random(seed)
    return Counter(
        str(_look(mistyped(world.affected(draw), world.form, draw, slips=2), world).verdict)
        for _ in range(count)
    )


def _spread(work: object, world: World, count: int) -> Counter[str]:
    """The work in two processes that share the mapped index."""
    jobs = [(world, 1000 + part, count // PROCESSES) for part in range(PROCESSES)]
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        return sum(pool.map(work, jobs), Counter())  # type: ignore[arg-type]  # a pool's callable


def measure_errors(worlds: list[World]) -> Section:
    """Wrong answers over a million errors, and what two slips do."""
    section = Section(
        "Nobody is told “not in this recall” by mistake",
        f"{ERRORS:,} seeded errors on affected serials: any mixture of look-alike confusions plus "
        "one slip, at first entry, entered again, and with another one or two slips after a "
        "`look_again`. Wrong is every `not_affected`.",
    )
    wrong = Counter[str]()
    for world in worlds:
        seen = _spread(_errors, world, ERRORS // len(worlds))
        for entry in ("first", "again", "other"):
            wrong[entry] += seen[f"{entry} not_affected"]
        asked = seen["first look_again"] / (ERRORS // len(worlds))
        section.add(f"{world.name}: asked to look again at first entry", f"{asked:.1%}")
    for entry, name in (
        ("first", "at first entry"),
        ("again", "entered again"),
        ("other", "with other slips after a `look_again`"),
    ):
        section.add(f"wrong `not_affected` {name}", str(wrong[entry]), "0", wrong[entry] == 0)
    for world in worlds:
        seen = _spread(_two_slips, world, 20_000)
        share = seen["not_affected"] / 20_000
        section.add(
            f"{world.name}: two slips at first entry, answered `not_affected`", f"{share:.1%}"
        )
    return section


def _one_slip_away(skeleton: str, letters: str) -> Iterator[str]:
    """Every skeleton that one slip makes of this one, by doing each."""
    for place in range(len(skeleton) + 1):
        head, tail = skeleton[:place], skeleton[place:]
        for letter in letters:
            yield head + letter + tail
            yield head + letter + tail[1:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def _far_ones(world: World, known: set[str], draw: random.Random) -> Iterator[str]:
    """Well-formed serials that brute force finds out of reach: half of them near misses."""
    letters = "".join(sorted(set(world.form.skeleton(world.form.alphabet))))
    while True:
        if draw.random() < 0.5:
            text = "".join(draw.choices(world.form.alphabet, k=16))
        else:
            text = world.form.fold(mistyped(world.affected(draw), world.form, draw, slips=3))
        if not world.form.is_well_formed(text):
            continue
        skeleton = world.form.skeleton(text)
        if skeleton not in known and known.isdisjoint(_one_slip_away(skeleton, letters)):
            yield text


def _false_alarms(job: tuple[World, int, int]) -> Counter[str]:
    world, seed, count = job
    known = {world.form.skeleton(serial) for serial in world.drawable}
    draw = random.Random(seed)
    texts = _far_ones(world, known, draw)
    return Counter(str(_look(next(texts), world).verdict) for _ in range(count))


def measure_false_alarms(worlds: list[World]) -> Section:
    """Unaffected serials out of reach, found by brute force, and how they are answered."""
    section = Section(
        "Whoever is out of reach is told so",
        f"{OUT_OF_REACH:,} unaffected serials of each list which a brute force over a Python set "
        "finds out of reach; half are drawn at random, half are affected serials with three slips.",
    )
    for world in worlds:
        if not world.drawable:
            continue
        seen = _spread(_false_alarms, world, OUT_OF_REACH)
        share = seen["not_affected"] / OUT_OF_REACH
        section.add(
            f"{world.name}: answered `not_affected`",
            f"{share:.3%}",
            "at least 99.9 %",
            share >= 0.999,
        )
    return section


def alphabet_guess(form: SerialForm, draw: random.Random) -> str:
    """A guess by somebody who knows only the form."""
    return "".join(draw.choices([c for c in ANY_TYPED if c in form.alphabet], k=form.longest))
