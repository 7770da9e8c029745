"""How many owners some filings are of. Pure.

Guarantee: filings with a contact, or a word of a name, in common are taken for one owner's or one
family's, also over a third.
"""

from collections.abc import Collection, Mapping


def count_owners(keys: Mapping[int, Collection[object]]) -> int:
    """The groups of filings, by what each is known by."""
    groups: list[set[object]] = []
    for known_by in keys.values():
        joined = set(known_by)
        apart = []
        for group in groups:
            if group & joined:
                joined |= group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return len(groups)
