"""What becomes of a form whose file somebody else changed meanwhile.

Guarantees: nothing that was typed is lost; what only one of both changed is as that one left it;
where both changed a field, both are shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from recalldesk.recalls.editing.changing import NAME, PREFIX, Sent, typed_in
from recalldesk.recalls.editing.controls import said
from recalldesk.recalls.editing.page import (
    ShownField,
    ShownGroup,
    ShownSection,
    short_digest,
)
from recalldesk.recalls.editing.shape import Control, Field, nodes, schema_path
from recalldesk.recalls.editing.typed import Typed

TAKE_THEIRS = "theirs:"
"""Begins the name of a control that gives up what was typed, for what stands in the file."""


@dataclass(frozen=True)
class LeftOver:
    """What was typed into a field that is not where it was."""

    label: str
    words: str


@dataclass(frozen=True)
class Met:
    """The form as it goes on: what stands in its controls, and what is to be said beside them."""

    sent: Sent
    theirs: Mapping[str, str]
    changed: frozenset[str]
    left_over: tuple[LeftOver, ...]


def without_given_up(sent: Sent) -> Sent:
    """What was sent, without the fields for which the others' words are taken."""
    given_up = {name.removeprefix(TAKE_THEIRS) for name in sent if name.startswith(TAKE_THEIRS)}
    return {name: sent[name] for name in sent if not _is_of(name, given_up)}


def _is_of(name: str, fields: set[str]) -> bool:
    return name in fields or name.rpartition(".")[0] in fields


def fields_of(items: "list[ShownField | ShownGroup]") -> Iterator[ShownField]:
    """Every field of a page."""
    for item in items:
        if isinstance(item, ShownField):
            yield item
        else:
            for entry in item.entries:
                yield from fields_of(entry.items)


def met(theirs: ShownSection, sent: Sent, seen: Mapping[str, str]) -> Met:
    """What was sent, beside the page as it is now. `seen`: what the form showed at first."""
    moved = list(_moved(theirs.seen, seen))
    differing: dict[str, str] = {}
    changed: set[str] = set()
    left_over: list[LeftOver] = []
    for shown in fields_of(theirs.items):
        typed = _typed(shown, sent)
        key = shown.name.removeprefix(f"{PREFIX}.")
        if typed is None or key not in theirs.seen:
            continue
        mine = short_digest(typed, _field_of(shown).control)
        now, then = theirs.seen[key], seen.get(key)
        if _is_in(shown.name, moved):
            changed.add(shown.name)
            if mine not in (then, now):
                left_over.append(LeftOver(shown.label, said(shown.inputs, typed)))
        elif mine == then and mine != now:
            changed.add(shown.name)
        elif mine not in (then, now) and then != now:
            differing[shown.name] = said(shown.inputs, _there(shown))
    left_over += _gone(theirs, sent, seen)
    left_over += _renamed(moved, sent, seen)
    kept = {
        name: sent[name]
        for name in sent
        if not _is_of(name, changed) and not (name.endswith(NAME) and _is_in(name, moved))
    }
    return Met(kept, differing, frozenset(changed), tuple(left_over))


def _moved(now: Mapping[str, str], then: Mapping[str, str]) -> Iterator[str]:
    """How the names begin of what stands at a place where another entry stood."""
    for name, digests in now.items():
        if not name.endswith("#"):
            continue
        before = then.get(name, digests).split()
        for place, own in enumerate(digests.split()):
            if before[place : place + 1] != [own]:
                yield f"{PREFIX}.{name[:-1]}.{place}."


def _is_in(name: str, places: Sequence[str]) -> bool:
    return any(name.startswith(each) for each in places)


def _renamed(moved: Sequence[str], sent: Sent, seen: Mapping[str, str]) -> Iterator[LeftOver]:
    """The names that were typed for entries that stand elsewhere now."""
    for place in moved:
        name = f"{place}{NAME}"
        typed = sent[name][-1].strip() if name in sent else ""
        if typed and short_digest({"": typed}) != seen.get(name.removeprefix(f"{PREFIX}.")):
            yield LeftOver("Name in texts", typed)


def _gone(theirs: ShownSection, sent: Sent, seen: Mapping[str, str]) -> Iterator[LeftOver]:
    """What was typed into fields that are there no more."""
    there = {shown.name for shown in fields_of(theirs.items)}
    for name in sent:
        field_name = (
            name.rpartition(".")[0]
            if name.rpartition(".")[0].removeprefix(f"{PREFIX}.") in seen
            else name
        )
        key = field_name.removeprefix(f"{PREFIX}.")
        typed = "\n".join(sent[name]).strip()
        if field_name in there or key not in seen or not typed or name.endswith(".@"):
            continue
        untouched = [short_digest({"": typed}, each) for each in (Control.LINE, Control.TICKS)]
        if field_name != name or seen[key] not in untouched:
            yield LeftOver(key, typed)


def _typed(shown: ShownField, sent: Sent) -> Typed | None:
    languages = [each.language for each in shown.inputs if each.language]
    return typed_in(_field_of(shown), shown.name, sent, languages)


def _field_of(shown: ShownField) -> Field:
    steps = [s for s in shown.path.split(".") if not s.isdecimal()]
    node = nodes()[schema_path(tuple(steps))]
    return node if isinstance(node, Field) else Field(shown.path, "", Control.TEXT, True)


def _there(shown: ShownField) -> Typed:
    if any(each.language for each in shown.inputs):
        return {each.language: each.value for each in shown.inputs}
    return {"": "\n".join(each.value for each in shown.inputs if each.value)}


def beside(page: ShownSection, meeting: Met) -> None:
    """Notes at the fields of a page what others changed, and what they wrote where both did."""
    for shown in fields_of(page.items):
        shown.theirs = meeting.theirs.get(shown.name)
        shown.was_changed = shown.name in meeting.changed
