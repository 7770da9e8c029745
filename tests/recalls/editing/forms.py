"""A section's form as a browser would send it back: every control with what it shows."""

from typing import Any

from recalldesk.recalls.editing.meeting import fields_of
from recalldesk.recalls.editing.page import ShownField, ShownGroup, section_shown
from recalldesk.recalls.editing.sections import Section

Form = dict[str, list[str]]


def form_of(section: Section, raw: dict[str, Any]) -> Form:
    """What the page of a section sends where nobody typed anything."""
    shown = section_shown(section, raw, ())
    form: Form = {}
    for field in fields_of(shown.items):
        form |= _of_field(field)
    form |= _own_names(shown.items)
    return form


def _of_field(field: ShownField) -> Form:
    form: Form = {}
    for control in field.inputs:
        if control.kind == "ticks":
            form[f"{control.name}.@"] = ["1"]
            ticked = [each.value for each in control.options if each.is_chosen]
            if ticked:
                form[control.name] = ticked
        elif control.kind == "select":
            chosen = [each.value for each in control.options if each.is_chosen]
            form[control.name] = chosen[:1] or [control.options[0].value]
        elif control.kind not in ("fixed", "raw"):
            form[control.name] = [control.value.replace("\n", "\r\n")]
    return form


def _own_names(items: list[ShownField | ShownGroup]) -> Form:
    form: Form = {}
    for item in items:
        if isinstance(item, ShownGroup):
            for entry in item.entries:
                if entry.own_name is not None:
                    form[entry.own_name.name] = [entry.own_name.value]
                form |= _own_names(entry.items)
    return form


def buttons_towards(section: Section, raw: dict[str, Any], wanted: dict[str, Any]) -> str:
    """A button of the section that brings it nearer to having the tables of another file; none:
    an empty text."""
    here, there = section_shown(section, raw, ()), section_shown(section, wanted, ())
    return _missing(here.items, there.items)


def _missing(here: list[ShownField | ShownGroup], there: list[ShownField | ShownGroup]) -> str:
    groups = {item.name: item for item in here if isinstance(item, ShownGroup)}
    for item in there:
        if not isinstance(item, ShownGroup):
            continue
        mine = groups[item.name]
        if len(mine.entries) < len(item.entries) and mine.add:
            return mine.add
        for one, other in zip(mine.entries, item.entries, strict=False):
            found = _missing(one.items, other.items)
            if found:
                return found
    return ""
