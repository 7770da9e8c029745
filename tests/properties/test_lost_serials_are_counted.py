"""Whatever two versions hold: if a serial is lost between them, it is counted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict import uncovered as module
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.ranges import RangeSet, SerialRange
from recalldesk.units.verdict.scope import FAR, Described, Reach, Scope
from recalldesk.units.verdict.uncovered import uncovered
from tests.scopes import every_text, product_of

FORM = SerialForm(alphabet="09AB", shortest=3, longest=4)
FOLDING = SerialForm(alphabet="09A", shortest=3, longest=4, folding=(("B", "0"),))
TEXTS = tuple(text for length in (3, 4) for text in every_text(FORM, length))


@dataclass(frozen=True)
class Listing:
    """Listed serials in memory."""

    members: frozenset[str]

    def holds(self, folded: str) -> bool:
        return folded in self.members

    def looks_like(self, folded: str) -> bool:
        return self.holds(folded)

    def serials(self) -> Iterator[str]:
        return iter(self.members)

    def reach(self, folded: str) -> Reach:
        return FAR


def lists(form: SerialForm) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(TEXTS).map(form.fold), max_size=4)


@st.composite
def ranges(draw: st.DrawFn, form: SerialForm) -> SerialRange:
    length = draw(st.sampled_from((3, 4)))
    texts = st.text(form.alphabet, min_size=length, max_size=length)
    start, end = sorted((draw(texts), draw(texts)))
    return SerialRange(start, end, draw(st.sampled_from(Counting)))


def described(form: SerialForm) -> st.SearchStrategy[Described]:
    place = st.frozensets(st.sampled_from(form.alphabet), min_size=1)
    patterns = st.lists(st.lists(place, min_size=3, max_size=4).map(tuple), max_size=2).map(tuple)
    found = st.lists(ranges(form), max_size=3).map(lambda rows: RangeSet(rows, form))
    return st.builds(Described, found, patterns)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """As the index holds them: exclusions are taken out of the listed serials."""
    form = draw(st.sampled_from((FORM, FOLDING)))
    excluded, out = draw(described(form)), draw(lists(form))
    listed = frozenset(
        serial for serial in draw(lists(form)) if serial not in out and not excluded.holds(serial)
    )
    return Scope(
        form,
        Listing(listed) if listed else None,
        draw(described(form)),
        excluded,
        Listing(out) if out else None,
    )


@st.composite
def with_more_taken_out(draw: st.DrawFn, scope: Scope) -> Scope:
    """The same scope after a list of exclusions came for it."""
    described = [text for text in TEXTS if scope.described.holds(text)]
    out = draw(lists(scope.form)) | draw(st.frozensets(st.sampled_from(described or TEXTS)))
    listed = frozenset(scope.listed.serials() if scope.listed else ()) - out
    return replace(
        scope,
        listed=Listing(listed) if listed else None,
        excluded_list=Listing(out) if out else None,
    )


def version(*scopes: Scope) -> KnownVersion:
    return KnownVersion("made-up", 1, scopes, (product_of(FORM),))


def holds(known: KnownVersion, text: str) -> bool:
    return any(scope.holds(scope.form.fold(text)) for scope in known.scopes)


def lost(before: KnownVersion, after: KnownVersion) -> set[str]:
    """By brute force."""
    return {text for text in TEXTS if holds(before, text) and not holds(after, text)}


@st.composite
def steps(draw: st.DrawFn) -> tuple[KnownVersion, KnownVersion]:
    """A version, and one that is like it but for some of its scopes."""
    before = draw(st.lists(scopes(), min_size=1, max_size=2))
    kept = [
        draw(st.just(scope) | with_more_taken_out(scope)) for scope in before if draw(st.booleans())
    ]
    more = draw(st.lists(scopes(), max_size=2))
    return version(*before), version(*kept, *more)


def test_a_serial_is_lost_where_only_its_other_way_of_reading_is_kept() -> None:
    zeros = SerialRange("000", "000")
    read_as_it_is, read_folded = (
        Scope(form, None, Described(RangeSet([zeros], form)), Described(RangeSet([], form)))
        for form in (FORM, FOLDING)
    )
    before, after = version(read_as_it_is, read_folded), version(read_as_it_is)
    assert "00B" in lost(before, after)
    assert uncovered(before, after).count


@settings(max_examples=200, deadline=None)
@given(step=steps())
def test_a_serial_that_is_lost_is_counted(step: tuple[KnownVersion, KnownVersion]) -> None:
    before, after = step
    found, missing = uncovered(before, after), lost(before, after)
    assert bool(found.count) >= bool(missing)
    if all(scope.form is FORM for known in step for scope in known.scopes):
        assert (found.count, found.is_exact) == (len(missing), True)


@settings(max_examples=200, deadline=None)
@given(step=steps())
def test_nor_is_it_missed_where_there_are_too_many_to_look_at(
    step: tuple[KnownVersion, KnownVersion],
) -> None:
    before, after = step
    limits = module.MOST_MEMBERS, module.MOST_BOXES
    module.MOST_MEMBERS, module.MOST_BOXES = 2, 2
    try:
        assert bool(uncovered(before, after).count) >= bool(lost(before, after))
    finally:
        module.MOST_MEMBERS, module.MOST_BOXES = limits
