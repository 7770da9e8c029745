"""Reach by brute force: the rule of docs/verdict.md, written again with nothing of the product.

A covered serial is within reach of a text if the text can arise from it by any number of look-alike
confusions and at most one slip. Only the product's data is taken: alphabet, folding, look-alikes.
"""

from collections.abc import Callable, Iterator

from recalldesk.foundation.serial_form import SerialForm

Known = Callable[[str], bool]
"""Whether a covered serial has this outline."""


class Letters:
    """The characters of a form, in groups of those that people take for one another."""

    def __init__(self, form: SerialForm) -> None:
        groups: list[set[str]] = []
        for members in (*map(set, form.folding), *map(set, form.look_alikes)):
            touching = [group for group in groups if group & members]
            groups = [group for group in groups if not group & members]
            groups.append(members.union(*touching))
        self._alike = {c: "".join(sorted(group)) for group in groups for c in group}
        self._first = {ord(c): alike[0] for c, alike in self._alike.items()}
        self._meant = {ord(typed): meant for typed, meant in form.folding}
        self._form = form
        self.kinds = "".join(sorted(set(self.outline(form.alphabet))))
        """One character for each group, digits first."""

    def alike(self, character: str) -> str:
        """The character and all that people take for it."""
        return self._alike.get(character, character)

    def outline(self, text: str) -> str:
        """The text with the same character for all that look alike."""
        return text.translate(self._first)

    def printed(self, text: str) -> str:
        """The text with the characters that are never printed replaced by those meant."""
        return text.translate(self._meant)

    def may_number(self, length: int) -> bool:
        """Whether a serial may have so many characters."""
        return self._form.shortest <= length <= self._form.longest

    def are_well_formed(self, text: str) -> bool:
        """Whether the text could be a serial, by its length and its characters."""
        return self.may_number(len(text)) and set(text) <= set(self._form.alphabet)


def one_slip_away(outline: str, kinds: str) -> Iterator[str]:
    """Every outline that one slip makes of this one, by doing each. A slip undone is a slip."""
    for place in range(len(outline) + 1):
        head, tail = outline[:place], outline[place:]
        for kind in kinds:
            yield head + kind + tail
            yield head + kind + tail[1:]
        yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


def is_within_reach(text: str, letters: Letters, known: Known) -> bool:
    """Whether the text can be a misread and mistyped covered serial; also if it is one."""
    outline = letters.outline(text)
    return known(outline) or any(map(known, one_slip_away(outline, letters.kinds)))
