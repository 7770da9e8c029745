"""Markings are verified: the word and the code of each photo, and no other's."""

import random
from pathlib import Path

from benchmarks.read_photos import FLATTER, MarkedPhoto, read_markings
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.demo.photos.conditions import TURNS
from recalldesk.demo.photos.markings import LOOK_ALIKE_WORDS
from recalldesk.reading.asked import ExpectedMarking
from recalldesk.reading.marking import marks_in
from recalldesk.reading.seen import Mark, MarkingReading

FIRST_SEED, FIRST_OTHER_SEED = 700_000, 750_000
WORD = "RECALLED"
NAMES = ("Ana Ruiz", "Ben Okoro", "Maria Lopez", "Li Wei", "Sofia Hernandez", "Peter Novak")
DATES = ("11/26/2026", "26 Nov 2026", "2026-11-26")
DAY = "2026-11-26"
LEAST_WORDS, LEAST_CODES, MOST_FALSE_CODES = 0.97, 0.92, 1


def drawn_code(draw: random.Random) -> str:
    """A code as claims have them (claims/references.py)."""
    digits = str(draw.randrange(10_000_000, 100_000_000))
    return f"{digits[:4]}-{digits[4:]}"


def marked(count: int) -> list[MarkedPhoto]:
    """The turns in turn; half with a name, half with a date."""
    photos = []
    for number in range(count):
        draw = random.Random(f"marked {number}")
        code, name, date = drawn_code(draw), draw.choice(NAMES), draw.choice(DATES)
        name, date = name if draw.random() < 0.5 else "", date if draw.random() < 0.5 else ""
        expected = ExpectedMarking(WORD, code, name, DAY if date else "")
        written = ExpectedMarking(WORD, code, name, date)
        turn = TURNS[number % len(TURNS)].value
        photos.append(MarkedPhoto(written, expected, FIRST_SEED + number, turn))
    return photos


def marked_otherwise(count: int) -> list[MarkedPhoto]:
    """Units that bear another word and another code than was asked."""
    photos = []
    for number in range(count):
        draw = random.Random(f"otherwise {number}")
        written = ExpectedMarking(
            LOOK_ALIKE_WORDS[number % len(LOOK_ALIKE_WORDS)], drawn_code(draw)
        )
        expected = ExpectedMarking(WORD, drawn_code(draw))
        turn = TURNS[number % len(TURNS)].value
        photos.append(MarkedPhoto(written, expected, FIRST_OTHER_SEED + number, turn))
    return photos


def other_codes_verified(
    readings: list[MarkingReading], photos: list[MarkedPhoto], count: int
) -> int:
    """How many of so many other codes the lines that were read are taken for."""
    draw, found = random.Random(32), 0
    for number in range(count):
        place = number % len(readings)
        code = drawn_code(draw)
        if code != photos[place].written.code:
            mark = marks_in(readings[place].lines, ExpectedMarking(code=code)).code
            found += is_verified(mark)
    return found


def is_verified(mark: Mark | None) -> bool:
    """Whether it was asked and is there."""
    return mark is not None and mark.is_verified


def measure(folder: Path, sizes: Sizes) -> Section:
    """What is there is verified, what is not there is not."""
    photos, others = marked(sizes.marked), marked_otherwise(sizes.marked_otherwise)
    readings, cost = read_markings(folder / "marked", photos)
    section = Section(
        "A marking is verified",
        f"{len(photos)} made-up photos of units that were marked by hand, upright and turned by "
        "90, 180 and 270 degrees, with a marker, a light pen, on tape or on correction fluid, in "
        f"several hands; then {len(others)} with other words that look like it and other codes. "
        f"Other codes are held against the lines that were read. {FLATTER} Above all, no font is "
        "a hand.",
    )
    _judge_share(section, "the word verified", [r.word for r in readings], LEAST_WORDS)
    _judge_share(section, "the code verified", [r.code for r in readings], LEAST_CODES)
    for what, marks in (
        ("the name verified", [r.name for r in readings if r.name is not None]),
        ("the date verified", [r.date for r in readings if r.date is not None]),
    ):
        section.add(what, f"{sum(map(is_verified, marks))} of {len(marks)}")
    false = other_codes_verified(readings, photos, sizes.other_codes)
    section.judge(
        "other codes verified",
        f"{false} of {sizes.other_codes:,}",
        f"at most {MOST_FALSE_CODES}",
        reached=false <= MOST_FALSE_CODES,
    )
    otherwise, _ = read_markings(folder / "otherwise", others)
    for what, marks in (
        ("other words verified", [r.word for r in otherwise]),
        ("codes verified where another stands", [r.code for r in otherwise]),
    ):
        count = sum(map(is_verified, marks))
        section.judge(what, f"{count} of {len(marks)}", "0", reached=count == 0)
    cost.add_to(section)
    return section


def _judge_share(section: Section, what: str, marks: list[Mark | None], least: float) -> None:
    count = sum(map(is_verified, marks))
    section.judge(
        what,
        f"{count} of {len(marks)} ({count / len(marks):.1%})",
        f"at least {least:.0%}",
        reached=count >= least * len(marks),
    )
