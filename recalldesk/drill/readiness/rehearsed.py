"""The points that the drill itself shows: capacity, the first remedy, the promises, the letters.

Guarantee: each figure was counted or measured in the drill that the report names; what is reckoned
from assumptions says so.
"""

import math
from collections.abc import Iterator
from statistics import median

from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Light, Line, Point, bad, good, look, point
from recalldesk.foundation.showable import showable

SPARE = 2.0
"""So many times what is needed is ready; once what is needed is to be looked at."""
A_NIGHT = 12.0
WORKDAYS, WEEK = 5, 7
SLOW_MS = 1_000.0
BROKEN = "Do not launch: send the drill's folder (--keep) to whoever looks after Recalldesk."
UNTRIED = "Drill with ten owners or more, some of them dishonest: what was not tried may not hold."


def capacity(about: About) -> Point:
    """What this machine does, against what the launch day would bring."""
    return point(
        "Capacity on the launch day",
        _capacity(about),
        "Run more web processes and workers, or on a larger machine, and drill there again; or "
        "tell purchasers over several days.",
    )


def _capacity(about: About) -> Iterator[Line]:
    did, day = about.outcome.capacity, about.launch
    cores = "1 processor" if did.processors == 1 else f"{did.processors} processors"
    yield good(
        f"Expected: {day.owners:,} owners on the first day, {day.claims_an_hour:,.0f} in its "
        f"busiest hour. Measured here, on {cores} that the drill shared."
    )
    yield _rate("checks a second", did.checks_a_second, day.checks_a_second)
    yield _rate("claims an hour", did.claims_an_hour, day.claims_an_hour)
    if did.slow_check_ms > SLOW_MS or did.failed_checks:
        yield look(
            f"One check in a hundred took {did.slow_check_ms / 1000:.1f} s or longer, "
            f"{did.failed_checks:,} failed."
        )
    if not did.photos:
        yield look("No photo was read in this drill, so it is not known how fast they are.")
        return
    hours = day.photos_a_day / did.photos_an_hour
    words = (
        f"Photos read: {did.photos_an_hour:,.0f} an hour. The first day's "
        f"{day.photos_a_day:,.0f} would take {_hours(hours)}"
    )
    if hours > A_NIGHT:
        words += (
            f"; {math.ceil(did.processors * hours / A_NIGHT):,} processors would read them in 12"
        )
    words += "."
    yield good(words) if hours <= A_NIGHT else look(words) if hours <= 2 * A_NIGHT else bad(words)
    if did.a_claim_takes and did.a_photo_takes:
        yield good(
            f"A claim took {did.a_claim_takes:.2f} s of processor, a photo {did.a_photo_takes:.2f} "
            f"s; both figures are for {cores} that do nothing else."
        )


def _rate(what: str, measured: float, needed: float) -> Line:
    times = measured / needed if needed else math.inf
    figures = f"{_figure(measured)} measured, {_figure(needed)} needed"
    words = f"{what.capitalize()}: {figures} ({_times(times)})."
    return good(words) if times >= SPARE else look(words) if times >= 1 else bad(words)


def _figure(number: float) -> str:
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"


def _times(times: float) -> str:
    return f"{times:,.0f} times" if times >= 10 else f"{times:.1f} times"


def _hours(hours: float) -> str:
    return f"{hours:,.0f} hours" if hours < 72 else f"{hours / 24:,.0f} days"


def first_remedy(about: About) -> Point:
    """From claim to delivery, on the drill's clock."""
    return point(
        "Time to the first remedy",
        _first_remedy(about),
        "More reviewers, a shorter wait before ordering (review.wait_before_order_days), or a "
        "promise that can be kept.",
    )


def _first_remedy(about: About) -> Iterator[Line]:
    days, promises = about.outcome.days, about.document.promises
    promised = (promises.review_days + promises.remedy_days) * WEEK / WORKDAYS
    if not days:
        yield bad("No remedy came to its owner in the drill.")
        return
    middle, late = median(days), days[min(len(days) - 1, math.ceil(0.95 * len(days)) - 1)]
    words = (
        f"Half of the owners had theirs {middle:.1f} days after their claim, 95 of 100 within "
        f"{late:.1f}, the first after {days[0]:.1f}."
    )
    promise = (
        f"The recall promises {promises.review_days} and {promises.remedy_days} working days: "
        f"about {promised:.0f} days."
    )
    yield good(words) if late <= promised else look(words) if middle <= promised else bad(words)
    yield good(promise)
    yield good(
        f"On the drill's clock: waits of the recall file, {about.wanted.reviewers} reviewers with "
        f"{about.wanted.seconds_a_case} s a case; a card takes an hour, a parcel three days."
    )


def promises(about: About) -> Point:
    """What must be true of every recall, counted from what only the drill knows."""
    seen = tuple(_promises(about))
    broken = any(line.light is Light.NOT_READY for line in seen)
    return point("The promises, as the drill kept them", seen, BROKEN if broken else UNTRIED)


def _promises(about: About) -> Iterator[Line]:
    kept = about.outcome.promises
    yield _none(
        "Told “not in this recall” by mistake",
        kept.told_not_in_recall,
        f" of {kept.checks_of_recalled:,} checks of recalled units",
    )
    yield _none("Claims lost", kept.lost + kept.unpaid)
    for why, count in sorted(kept.why_lost.items())[:3]:
        yield bad(f"{count:,}: {showable(why)[:160]}")
    yield _none("Owners paid twice", kept.paid_twice)
    if kept.still_open:
        yield bad(f"{kept.still_open:,} remedies had not come to their owners when it ended.")
    for why, count in sorted(kept.why_open.items()):
        yield bad(f"Orders that wait for a person: {count:,}. {why}.")
    words = f"{kept.paid_once:,} of {kept.honest:,} honest claims paid exactly once"
    waits = f"; {kept.waiting:,} wait for their owner or a person" if kept.waiting else ""
    yield good(f"{words}{waits}.")
    yield _fraud(about)
    reported, delivered = about.outcome.corrected_in_report, about.outcome.delivered
    words = (
        f"The progress report at the end counts {reported:,} corrected units, and {delivered:,} "
        "remedies came to their owners."
    )
    yield good(words) if reported == delivered else bad(words)
    yield _none("Faults in the log", kept.log_faults)


def _fraud(about: About) -> Line:
    kept = about.outcome.promises
    words = (
        f"{kept.shown_to_a_person:,} of {kept.dishonest:,} dishonest claims came before a person, "
        f"{kept.dishonest_paid:,} were paid."
    )
    if not kept.dishonest:
        return look("No dishonest claim was in the drill (--fraud).")
    return bad(words) if kept.dishonest_paid else good(words)


def _none(what: str, count: int, of: str = "") -> Line:
    words = f"{what}: {count:,}{of}."
    return bad(words) if count else good(words)


def letters(about: About) -> Point:
    """The wave of the drill, and what the desk was told of harm."""
    return point(
        "Letters and reports of harm, in the drill",
        _letters(about),
        "See own/programs.txt of a drill with --keep; try `recalldesk waves preview` with the "
        "real wave.",
    )


def _letters(about: About) -> Iterator[Line]:
    outcome = about.outcome
    wave = outcome.wave
    if wave.get("problem"):
        yield bad(f"The wave could not be sent: {showable(str(wave['problem']))[:200]}")
    else:
        left, notices = int(wave.get("letters", 0)), int(wave.get("notices", 0))
        words = (
            f"{left:,} of {notices:,} letters of the wave left, for {wave.get('lines', 0):,} "
            "made-up purchasers; the others gave no mail address."
        )
        yield good(words) if left == notices and notices else bad(words)
        yield _none("People written to twice", int(wave.get("twice", 0)))
    kept = outcome.incidents_kept
    count = outcome.incident_letters
    letters = "1 letter" if count == 1 else f"{count:,} letters"
    words = (
        f"{kept:,} of {outcome.incidents_told:,} made-up reports of harm were kept; the desk got "
        f"{letters}."
    )
    yield good(words) if kept == outcome.incidents_told else bad(words)
