"""Where a recall file may cover less than an earlier one, told from the two files alone.

Guarantee: an entry is `kept` only where each serial that it covered is covered by what it became,
its rows aside: read alike, of the same or a greater extent, and with nothing taken out that was not
taken out before. Lists that newly take out are named in `taking_out`, for their rows decide.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.scope import ListSpec, Meaning, PatternSpec, RangeSpec
from recalldesk.units.index.grouping import Entry, entries, patterns_of
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict.ranges import SerialRange


@dataclass(frozen=True)
class _Read:
    """An entry as the products of one form read it."""

    entry: Entry
    document: Document
    form: SerialForm

    @property
    def ends(self) -> tuple[str, str]:
        """The ends of a range, folded."""
        assert isinstance(self.entry, RangeSpec)
        fold = self.form.fold
        return fold(normalise(self.entry.start)), fold(normalise(self.entry.end))

    def lies_in(self, outer: "_Read") -> bool:
        """Whether the other entry holds all of this one; of a list, by its name."""
        mine, others = self.entry, outer.entry
        if isinstance(mine, ListSpec) and isinstance(others, ListSpec):
            return mine.name == others.name and _counts_on(mine, others)
        if isinstance(mine, RangeSpec) and isinstance(others, RangeSpec):
            whole = SerialRange(*outer.ends, Counting(others.counting))
            return _counts_on(mine, others) and all(whole.holds(end) for end in self.ends)
        if isinstance(mine, PatternSpec) and isinstance(others, PatternSpec):
            whole_places = patterns_of(others, outer.document, outer.form)
            return all(
                any(_within(places, whole) for whole in whole_places)
                for places in patterns_of(mine, self.document, self.form)
            )
        return False


def _counts_on(inner: ListSpec | RangeSpec, outer: ListSpec | RangeSpec) -> bool:
    """Between the same ends, counting by the alphabet holds more than counting by digits."""
    return outer.counting == inner.counting or Counting(outer.counting) is Counting.ALPHABET


def _within(inner: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    return len(inner) == len(outer) and all(
        set(mine) <= set(others) for mine, others in zip(inner, outer, strict=True)
    )


@dataclass(frozen=True)
class Fate:
    """What became of an entry: whether it is kept, which part says otherwise, and the lists that
    now take out what they did not take out of it before."""

    kept: bool
    why: str = ""
    taking_out: frozenset[str] = frozenset()


def name_of(entry: Entry) -> str:
    """An entry in words."""
    if isinstance(entry, ListSpec):
        return f"the list {entry.name!r}"
    if isinstance(entry, RangeSpec):
        return f"the range {entry.start} to {entry.end}"
    return f"the pattern {entry.pattern}"


def fate_of(entry: Entry, old: Document, new: Document) -> Fate:
    """What became of a recalled entry. A list's counting is told apart by `counting_narrowed`."""
    fates = [
        fate_in(entry, old, later, new)
        for later in entries(new, Meaning.RECALLED)
        if _is_same_list(entry, later) or not isinstance(entry, ListSpec)
    ]
    reasons = [fate.why for fate in fates if fate.why]
    kept = next((fate for fate in fates if fate.kept), None)
    return kept or Fate(kept=False, why=reasons[0] if reasons else name_of(entry))


def _is_same_list(entry: Entry, later: Entry) -> bool:
    return isinstance(entry, ListSpec) and isinstance(later, ListSpec) and entry.name == later.name


def fate_in(entry: Entry, old: Document, later: Entry, new: Document) -> Fate:
    """Whether `later` holds what `entry` held. Of two lists the rows decide, and their counting."""
    lists: set[str] = set()
    for form in _forms(entry, old):
        alike = [g for g in _forms(later, new) if form.folds_as(g)]
        if not alike:
            return Fate(kept=False, why=f"{name_of(entry)}, whose folding changed")
        if not isinstance(entry, ListSpec) or not isinstance(later, ListSpec):
            mine = _Read(entry, old, form)
            alike = [g for g in alike if mine.lies_in(_Read(later, new, g))]
            if not alike:
                return Fate(kept=False)
        taken_out = list(_newly_taken_out(entry, old, form, later, new, alike[0]))
        described = [name_of(e) for e in taken_out if not isinstance(e, ListSpec)]
        if described:
            return Fate(kept=False, why=f"what {described[0]} excludes")
        lists |= {e.name for e in taken_out if isinstance(e, ListSpec)}
    return Fate(kept=True, taking_out=frozenset(lists))


def _forms(entry: Entry, document: Document) -> list[SerialForm]:
    forms = (document.product_by_key[key].serial.form for key in entry.products)
    return list({form.profile: form for form in forms}.values())


def _newly_taken_out(
    entry: Entry,
    old: Document,
    form: SerialForm,
    later: Entry,
    new: Document,
    later_form: SerialForm,
) -> Iterator[Entry]:
    """Exclusions that apply now, save those that lie in one which applied before."""
    before = [_Read(e, old, form) for e in _applying(entry, old)]
    for exclusion in _applying(later, new):
        read = _Read(exclusion, new, later_form)
        if not any(read.lies_in(outer) for outer in before):
            yield exclusion


def _applying(entry: Entry, document: Document) -> Iterable[Entry]:
    exclusions = entries(document, Meaning.EXCLUDED)
    return [e for e in exclusions if set(e.products) >= set(entry.products)]


def counting_narrowed(old: Document, new: Document) -> frozenset[str]:
    """The lists of recalled units whose ranges hold less, being counted otherwise."""
    return frozenset(
        entry.name
        for entry in entries(old, Meaning.RECALLED)
        for later in entries(new, Meaning.RECALLED)
        if isinstance(entry, ListSpec)
        and isinstance(later, ListSpec)
        and entry.name == later.name
        and not _counts_on(entry, later)
    )
