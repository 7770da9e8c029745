"""What all rows of this room have in common: they stay as they are."""

import pgtrigger

from recalldesk.protection.triggers import never_emptied

Triggers = tuple[pgtrigger.Trigger, ...]


def stays(what: str) -> Triggers:
    """Rows that nobody changes, deletes or sweeps away."""
    operation = pgtrigger.Update | pgtrigger.Delete
    return never_emptied(), pgtrigger.Protect(name=f"{what}_stays", operation=operation)


def stays_but_for(what: str, *sealed: str) -> Triggers:
    """The same, but that sealed fields may be sealed anew, under another key."""
    return (
        never_emptied(),
        pgtrigger.Protect(name=f"{what}_stays", operation=pgtrigger.Delete),
        pgtrigger.ReadOnly(name=f"{what}_says_what_it_said", exclude=list(sealed)),
    )
