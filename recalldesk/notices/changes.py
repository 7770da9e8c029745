"""What a later version of a notice says otherwise, in plain words.

Guarantees: nothing is told that the notices themselves do not say; two notices that say the same
differ in nothing.
"""

from dataclasses import dataclass

from recalldesk.notices.lines import lines_of
from recalldesk.notices.notice import Notice


@dataclass(frozen=True)
class Change:
    """One thing. An empty `before` was added since, an empty `after` was left out."""

    label: str
    before: str
    after: str


def changes_between(before: Notice, after: Notice) -> tuple[Change, ...]:
    """Every change, in the order of the notice."""
    old = {line.key: line for line in lines_of(before)}
    new = {line.key: line for line in lines_of(after)}
    found = []
    for key in dict.fromkeys((*old, *new)):
        was, is_now = old.get(key), new.get(key)
        text_before, text_after = was.text if was else "", is_now.text if is_now else ""
        if text_before != text_after:
            label = is_now.label if is_now else was.label if was else ""
            found.append(Change(label, text_before, text_after))
    return tuple(found)
