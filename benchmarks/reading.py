"""Labels are read: how often the serial is exact, and whether a wrong character is ever hidden."""

import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from benchmarks.read_photos import FLATTER, FORM, MODEL, LabelPhoto, read_labels
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.demo.photos.conditions import Condition
from recalldesk.reading.seen import LabelReading, SerialCandidate
from recalldesk.reading.serials import form_for
from tests.scopes import A1263

FIRST_SEED = 700_000
LEAST_EXACT = 0.96


def drawn_serial(draw: random.Random) -> str:
    """Any serial of the form."""
    return "".join(draw.choice(A1263.alphabet) for _ in range(A1263.longest))


def labels(count: int) -> list[LabelPhoto]:
    """The conditions in turn, half of each without a bar code."""
    conditions = tuple(Condition)
    return [
        LabelPhoto(
            drawn_serial(random.Random(f"reading {number}")),
            FIRST_SEED + number,
            conditions[number % len(conditions)].value,
            has_bar_code=number // len(conditions) % 2 == 1,
        )
        for number in range(count)
    ]


@dataclass(frozen=True)
class Judged:
    """What a reading says of a label whose serial is known."""

    is_exact: bool
    is_free_of_doubt: bool
    hides_a_mistake: bool
    is_empty: bool


def judged(reading: LabelReading, serial: str) -> Judged:
    """The first candidate is what fills a form; but none may hide a mistake."""
    first = reading.candidates[0] if reading.candidates else None
    return Judged(
        is_exact=first is not None and _folded(first) == serial,
        is_free_of_doubt=first is not None and not first.doubtful,
        hides_a_mistake=any(hides_a_mistake(each, serial) for each in reading.candidates),
        is_empty=first is None,
    )


def hides_a_mistake(candidate: SerialCandidate, serial: str) -> bool:
    """Whether a character that is wrong is not among those in doubt."""
    text = _folded(candidate)
    if len(text) != len(serial):
        return len(candidate.doubtful) < len(text)
    wrong = {at for at, (a, b) in enumerate(zip(text, serial, strict=True)) if a != b}
    return not wrong <= set(candidate.doubtful)


def _folded(candidate: SerialCandidate) -> str:
    form = form_for(candidate.text, FORM.products)
    return form.fold(candidate.text) if form else candidate.text


def measure(folder: Path, sizes: Sizes) -> Section:
    """The serial and the model of many labels."""
    photos = labels(sizes.labels)
    readings, cost = read_labels(folder, photos)
    section = Section(
        "A label's serial is read",
        f"{len(photos)} made-up photos of labels over {len(Condition)} conditions (clean, the "
        "turns, tilt, perspective, blur, noise, JPEG 30, glare, low light, low contrast, small, "
        "all at once), half of each condition without a bar code; printed or etched, in several "
        f"faces. Each is read as a worker reads it, apart. {FLATTER}",
    )
    each = [judged(reading, p.serial) for reading, p in zip(readings, photos, strict=True)]
    exact = sum(one.is_exact for one in each)
    section.judge(
        "serial exact",
        f"{exact} of {len(each)} ({exact / len(each):.1%})",
        f"at least {LEAST_EXACT:.0%}",
        reached=exact >= LEAST_EXACT * len(each),
    )
    hidden = sum(one.hides_a_mistake for one in each)
    section.judge(
        "wrong serials of which a wrong character was not marked as doubtful",
        f"{hidden} of {sum(not one.is_exact for one in each)} that were not exact",
        "0",
        reached=hidden == 0,
    )
    section.add("no serial found", str(sum(one.is_empty for one in each)))
    _add_shares(section, photos, each)
    named = sum(reading.model == MODEL for reading in readings)
    section.add("model read", f"{named} of {len(each)}")
    cost.add_to(section)
    return section


def _add_shares(section: Section, photos: list[LabelPhoto], each: list[Judged]) -> None:
    for has_bar_code, name in ((True, "with a bar code"), (False, "without a bar code")):
        those = [one for p, one in zip(photos, each, strict=True) if p.has_bar_code == has_bar_code]
        exact = sum(one.is_exact for one in those)
        sure = sum(one.is_exact and one.is_free_of_doubt for one in those)
        section.add(f"{name}: exact; exact and free of doubt", f"{exact}, {sure} of {len(those)}")
    missed = Counter(p.condition for p, one in zip(photos, each, strict=True) if not one.is_exact)
    told = ", ".join(f"{name} {count}" for name, count in missed.most_common())
    section.add("not exact, by condition", told or "none")
