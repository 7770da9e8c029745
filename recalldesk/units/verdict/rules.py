"""The verdict: a pure decision over every live version at once.

Guarantees: a serial that a version covers is `affected` whatever else is given; one within reach of
such a serial is never `not_affected`, at first entry or at a later one; model and country never
make an answer less. See docs/verdict.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from recalldesk.foundation.serial_form import normalise
from recalldesk.units.verdict.answer import SEVERITY, RecallAnswer, Verdict, Why
from recalldesk.units.verdict.attempts import Attempts
from recalldesk.units.verdict.forms import FormFinding, judge_form
from recalldesk.units.verdict.inside import versions_seen_inside
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.live_versions import LiveVersions
from recalldesk.units.verdict.scope import Nearness

LONGEST_TEXT = 200
"""Of a normalised text. In a longer one nobody looks for a serial."""
LONGEST_READING = 60
"""More than any serial has."""
MOST_LOOKS = 3
WELL_FORMED = frozenset({Why.OUT_OF_SCOPE, Why.LIST_IN_DOUBT, Why.NOT_MADE})


@dataclass(frozen=True)
class Decision:
    """The verdict without clock and token; the fields are those of `Answer`."""

    verdict: Verdict
    why: Why
    recalls: tuple[RecallAnswer, ...]
    read_as: str
    look_at: tuple[int, ...] = ()
    named: tuple[tuple[str, str], ...] = ()
    within_reach: bool = False


@dataclass(frozen=True)
class Sighting:
    """What one version says of one reading of the text."""

    version: KnownVersion
    near: Nearness
    places: frozenset[int] = frozenset()


def look(
    *, text: str, models: Sequence[str] = (), live: LiveVersions, is_uncovered: bool = False
) -> Decision:
    """The verdict on a text with nothing remembered, by versions that were arranged before.

    `is_uncovered`: `covering` found before that none of them covers it.
    """
    typed = normalise(text)
    if len(typed) > LONGEST_TEXT:
        return _too_long(typed, live.versions)
    readings = live.readings_of(typed)
    reading, recalls = ("", ()) if is_uncovered else _covering(readings, live)
    if recalls:
        return Decision(Verdict.AFFECTED, Why.IN_SCOPE, recalls, reading)
    short = [reading for reading in readings if len(reading) <= LONGEST_READING]
    seen = [(reading, _sightings(reading, live)) for reading in short]
    if any(sightings for _, sightings in seen):
        near = max(s.near for _, sightings in seen for s in sightings)
        reading, sightings = next(e for e in seen if any(s.near is near for s in e[1]))
        return _within_reach(reading, sightings, near)
    inside = versions_seen_inside(typed, live, in_one_piece=text.strip().isalnum())
    if inside:
        sightings = [Sighting(version, Nearness.ONE_SLIP) for version in inside]
        return _within_reach(typed, sightings, Nearness.ONE_SLIP)
    findings = [(r, judge_form(r, models=models, live=live)) for r in readings]
    formed = [entry for entry in findings if entry[1].why in WELL_FORMED] or findings[-1:]
    reading, finding = min(formed, key=lambda entry: SEVERITY.index(entry[1].verdict))
    return _by_form(reading, finding, live)


def covering(text: str, live: LiveVersions) -> tuple[RecallAnswer, ...]:
    """What the versions say that cover a text, as `look` then says it; nothing where none does."""
    typed = normalise(text)
    if len(typed) > LONGEST_TEXT:
        return ()
    return _covering(live.readings_of(typed), live)[1]


def _covering(readings: Sequence[str], live: LiveVersions) -> tuple[str, tuple[RecallAnswer, ...]]:
    """The first reading that is covered, and what those say that cover it.

    They alone are named: what others would say of a slip is no matter then.
    """
    for reading in readings:
        if len(reading) <= LONGEST_READING:
            holders = live.holders(reading)
            if holders:
                return reading, tuple([version.covers_it for version in holders])
    return "", ()


def _sightings(reading: str, live: LiveVersions) -> list[Sighting]:
    """The versions that come near to a reading which none covers."""
    found: dict[int, Sighting] = {}
    for place, scope, folded in live.near(reading):
        reach = scope.reach(folded)
        if reach.nearness is not Nearness.FAR:
            before = found.get(place, Sighting(live.versions[place], Nearness.FAR))
            near = max(reach.nearness, before.near)
            found[place] = Sighting(before.version, near, reach.places | before.places)
    return [found[place] for place in sorted(found)]


def _too_long(typed: str, versions: Sequence[KnownVersion]) -> Decision:
    """A text that no serial is looked for in. It may hold one, so it counts as within reach."""
    recalls = tuple(RecallAnswer(v.recall, v.version, Verdict.LOOK_AGAIN) for v in versions)
    return Decision(Verdict.LOOK_AGAIN, Why.TOO_LONG, recalls, typed, within_reach=True)


def _within_reach(reading: str, sightings: Iterable[Sighting], near: Nearness) -> Decision:
    sightings = tuple(sightings)
    recalls = tuple(
        RecallAnswer(s.version.recall, s.version.version, Verdict.LOOK_AGAIN) for s in sightings
    )
    only_alike = near is Nearness.LOOK_ALIKE
    return Decision(
        Verdict.LOOK_AGAIN,
        Why.LOOK_ALIKE if only_alike else Why.SLIP,
        recalls,
        reading,
        look_at=tuple(sorted(frozenset().union(*(s.places for s in sightings)))),
        within_reach=True,
    )


def _by_form(reading: str, finding: FormFinding, live: LiveVersions) -> Decision:
    recalls = live.answers_of(finding.concerned, finding.verdict)
    return Decision(finding.verdict, finding.why, recalls, reading, named=finding.named)


def bound_by(attempts: Attempts, first: Decision, *, same_again: bool) -> Decision:
    """The verdict after earlier attempts: typing again settles nothing but `affected`."""
    if first.verdict is Verdict.AFFECTED or attempts.looks == 0:
        return first
    if first.verdict is Verdict.LOOK_AGAIN:
        if same_again and not attempts.expired:
            return _to_a_person(first, Why.SAME_AGAIN)
        if attempts.looks >= MOST_LOOKS and not attempts.expired:
            return _to_a_person(first, Why.STILL_IN_DOUBT)
        return first
    if first.verdict is Verdict.NOT_AFFECTED and attempts.within_reach:
        return _to_a_person(first, Why.STILL_IN_DOUBT)
    return first


def _to_a_person(decision: Decision, why: Why) -> Decision:
    recalls = tuple(a._replace(verdict=Verdict.ASK_A_PERSON) for a in decision.recalls)
    return replace(
        decision, verdict=Verdict.ASK_A_PERSON, why=why, recalls=recalls, look_at=(), named=()
    )
