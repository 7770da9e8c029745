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
from recalldesk.units.verdict.forms import FormFinding, judge_form, readings_of
from recalldesk.units.verdict.inside import versions_seen_inside
from recalldesk.units.verdict.known import KnownVersion
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


def first_look(
    *, text: str, models: Sequence[str] = (), versions: Sequence[KnownVersion]
) -> Decision:
    """The verdict on a text with nothing remembered."""
    typed = normalise(text)
    if len(typed) > LONGEST_TEXT:
        return _too_long(typed, versions)
    readings = readings_of(typed, versions)
    short = [reading for reading in readings if len(reading) <= LONGEST_READING]
    if short:
        best = max(
            ((reading, [_sight(reading, version) for version in versions]) for reading in short),
            key=lambda seen: max((s.near for s in seen[1]), default=Nearness.FAR),
        )
        near = max((s.near for s in best[1]), default=Nearness.FAR)
        if near is not Nearness.FAR:
            return _by_scope(best[0], best[1], near)
    inside = versions_seen_inside(typed, versions, in_one_piece=text.strip().isalnum())
    if inside:
        return _by_scope(typed, [Sighting(v, Nearness.ONE_SLIP) for v in inside], Nearness.ONE_SLIP)
    findings = [(r, judge_form(r, models=models, versions=versions)) for r in readings]
    formed = [entry for entry in findings if entry[1].why in WELL_FORMED]
    reading, finding = min(
        formed or findings[-1:], key=lambda entry: SEVERITY.index(entry[1].verdict)
    )
    return _by_form(reading, finding, versions)


def _sight(reading: str, version: KnownVersion) -> Sighting:
    """The nearest that the version's scopes come to the reading, each with its own folding."""
    near, places = Nearness.FAR, frozenset[int]()
    for scope in version.scopes:
        folded = scope.form.fold(reading)
        if scope.holds(folded):
            return Sighting(version, Nearness.HELD)
        reach = scope.reach(folded)
        near = max(near, reach.nearness)
        places |= reach.places
    return Sighting(version, near, places)


def _too_long(typed: str, versions: Sequence[KnownVersion]) -> Decision:
    """A text that no serial is looked for in. It may hold one, so it counts as within reach."""
    recalls = tuple(RecallAnswer(v.recall, v.version, Verdict.LOOK_AGAIN) for v in versions)
    return Decision(Verdict.LOOK_AGAIN, Why.TOO_LONG, recalls, typed, within_reach=True)


def _by_scope(reading: str, sightings: Iterable[Sighting], near: Nearness) -> Decision:
    verdicts = {Nearness.HELD: Verdict.AFFECTED}
    recalls = tuple(
        RecallAnswer(s.version.recall, s.version.version, verdicts.get(s.near, Verdict.LOOK_AGAIN))
        for s in sightings
        if s.near is not Nearness.FAR
    )
    if near is Nearness.HELD:
        return Decision(Verdict.AFFECTED, Why.IN_SCOPE, recalls, reading)
    only_alike = near is Nearness.LOOK_ALIKE
    return Decision(
        Verdict.LOOK_AGAIN,
        Why.LOOK_ALIKE if only_alike else Why.SLIP,
        recalls,
        reading,
        look_at=tuple(sorted(frozenset().union(*(s.places for s in sightings)))),
        within_reach=True,
    )


def _by_form(reading: str, finding: FormFinding, versions: Sequence[KnownVersion]) -> Decision:
    recalls = tuple(
        RecallAnswer(version.recall, version.version, finding.verdict)
        for version in versions
        if version.recall in finding.concerned
    )
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
    recalls = tuple(replace(answer, verdict=Verdict.ASK_A_PERSON) for answer in decision.recalls)
    return replace(
        decision, verdict=Verdict.ASK_A_PERSON, why=why, recalls=recalls, look_at=(), named=()
    )
