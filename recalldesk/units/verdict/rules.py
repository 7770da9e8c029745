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
from recalldesk.units.verdict.live_versions import LiveVersions, Nearby
from recalldesk.units.verdict.scope import Nearness

LONGEST_TEXT = 200
"""Of a normalised text. In a longer one nobody looks for a serial."""
LONGEST_READING = 60
"""More than any serial has."""
MOST_LOOKS = 3
AFFECTED, IN_SCOPE = Verdict.AFFECTED, Why.IN_SCOPE
WELL_FORMED = frozenset({Why.OUT_OF_SCOPE, Why.LIST_IN_DOUBT, Why.NOT_MADE})


@dataclass(slots=True)
class Decision:
    """The verdict without clock and token. The fields are those of `Answer`; as little frozen."""

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


def look(text: str, live: LiveVersions, models: Sequence[str] = ()) -> Decision:
    """The verdict on a text with nothing remembered, by versions that were arranged before."""
    typed = normalise(text)
    if len(typed) > LONGEST_TEXT:
        return _too_long(typed, live.versions)
    readings = live.readings_of(typed)
    for reading in readings:
        if len(reading) <= LONGEST_READING and (recalls := live.covering(reading)):
            # They alone are named: what others would say of a slip is no matter then.
            return Decision(AFFECTED, IN_SCOPE, recalls, reading)
    short = [each for each in readings if len(each) <= LONGEST_READING]
    seen = [(each, near) for each in short if (near := live.near(each))]
    if seen and (found := _seen(seen, live)):
        return found
    inside = versions_seen_inside(typed, live, in_one_piece=text.strip().isalnum())
    if inside:
        sightings = [Sighting(version, Nearness.ONE_SLIP) for version in inside]
        return _within_reach(typed, sightings, Nearness.ONE_SLIP)
    return _by_form(readings, models, live)


def _seen(readings: Iterable[tuple[str, Sequence[Nearby]]], live: LiveVersions) -> Decision | None:
    """The verdict where a version comes near to a reading, by the first to which any comes nearest.

    None of the readings is covered; each is given with the scopes that may come near to it.
    """
    seen = [(reading, _sightings(nearby, live)) for reading, nearby in readings]
    near = max((s.near for _, sightings in seen for s in sightings), default=Nearness.FAR)
    if near is Nearness.FAR:
        return None
    reading, sightings = next(e for e in seen if any(s.near is near for s in e[1]))
    return _within_reach(reading, sightings, near)


def _sightings(nearby: Iterable[Nearby], live: LiveVersions) -> list[Sighting]:
    """The versions that come near to a reading which none covers."""
    found: dict[int, Sighting] = {}
    for place, scope, folded in nearby:
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


def _by_form(readings: Sequence[str], models: Sequence[str], live: LiveVersions) -> Decision:
    """The verdict on a text that nothing comes near to, by the reading that says most."""
    findings = [(r, judge_form(r, models=models, live=live)) for r in readings]
    reading, finding = findings[0] if len(findings) == 1 else _that_says_most(findings)
    recalls = live.answers_of(finding.concerned, finding.verdict)
    return Decision(finding.verdict, finding.why, recalls, reading, named=finding.named)


def _that_says_most(findings: Sequence[tuple[str, FormFinding]]) -> tuple[str, FormFinding]:
    formed = [entry for entry in findings if entry[1].why in WELL_FORMED] or findings[-1:]
    return min(formed, key=lambda entry: SEVERITY.index(entry[1].verdict))


def bound_by(attempts: Attempts, first: Decision, *, same_again: bool) -> Decision:
    """The verdict after earlier attempts: typing again settles nothing but `affected`."""
    if first.verdict is Verdict.AFFECTED or attempts.looks == 0:
        return first
    if first.verdict is Verdict.LOOK_AGAIN:
        if same_again and not attempts.expired:
            return to_a_person(first, Why.SAME_AGAIN)
        if attempts.looks >= MOST_LOOKS and not attempts.expired:
            return to_a_person(first, Why.STILL_IN_DOUBT)
        return first
    if first.verdict is Verdict.NOT_AFFECTED and attempts.within_reach:
        return to_a_person(first, Why.STILL_IN_DOUBT)
    return first


def to_a_person(decision: Decision, why: Why) -> Decision:
    """The same text, for a person to decide."""
    recalls = tuple(a._replace(verdict=Verdict.ASK_A_PERSON) for a in decision.recalls)
    return replace(
        decision, verdict=Verdict.ASK_A_PERSON, why=why, recalls=recalls, look_at=(), named=()
    )
