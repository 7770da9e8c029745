"""What the unit may say, given what was typed: one set of characters for each place.

Guarantees: `templates_with_a_slip` covers every serial from which the text arises by any number of
look-alike confusions and at most one slip (a character replaced, missing, too many, or two
neighbours swapped), and `template_as_typed` every one that needs no slip.
"""

from collections.abc import Iterator

from recalldesk.foundation.serial_form import SerialForm

Template = tuple[str, ...]
"""For each place the characters possible there, sorted; empty where none is."""


def template_as_typed(folded: str, form: SerialForm) -> Template:
    """All serials that look like the text."""
    return tuple(form.alike.get(character, "") for character in folded)


def templates_with_a_slip(folded: str, form: SerialForm) -> Iterator[Template]:
    """All serials that look like the text but for one slip. Shapes repeat where characters do."""
    typed, anything = template_as_typed(folded, form), (form.alphabet,)
    for place in range(len(typed)):
        yield typed[:place] + anything + typed[place + 1 :]
        yield typed[:place] + typed[place + 1 :]
    for place in range(len(typed) + 1):
        yield typed[:place] + anything + typed[place:]
    for place in range(len(typed) - 1):
        yield (*typed[:place], typed[place + 1], typed[place], *typed[place + 2 :])


def first_at_least(template: Template, floor: str) -> str | None:
    """The first text of the template, in character order, that is >= `floor` (of equal length)."""
    chosen: list[str] = []
    for place, allowed in enumerate(template):
        if not allowed:
            return None
        character = next((c for c in allowed if c >= floor[place]), None)
        if character is None:
            return _next_after(template, chosen)
        chosen.append(character)
        if character > floor[place]:
            return "".join(chosen) + _least(template[place + 1 :])
    return "".join(chosen)


def _least(template: Template) -> str:
    return "".join(allowed[0] for allowed in template)


def _next_after(template: Template, chosen: list[str]) -> str | None:
    """The first text of the template that is greater than everything that starts as `chosen`."""
    if not all(template):
        return None
    for place in range(len(chosen) - 1, -1, -1):
        greater = next((c for c in template[place] if c > chosen[place]), None)
        if greater is not None:
            return "".join(chosen[:place]) + greater + _least(template[place + 1 :])
    return None


def successor(template: Template, text: str) -> str | None:
    """The text of the template that follows `text` in character order."""
    return _next_after(template, list(text))
