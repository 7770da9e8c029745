"""Which person each purchaser is of, once it is known who is one. Pure.

Guarantees: those of one cluster have one person and nobody else has it; a person keeps its number
while any of its purchasers is left; whoever is in no cluster is a person alone.
"""

from collections.abc import Iterable, Mapping


def assigned(
    now: Mapping[int, int], clusters: Iterable[tuple[int, ...]]
) -> tuple[dict[int, int], list[tuple[int, ...]]]:
    """By purchaser the person who is another than now; and those groups that need a new person.

    `now`: the person of each purchaser; `clusters`: of purchasers, each in one at most.
    """
    changed: dict[int, int] = {}
    without: list[tuple[int, ...]] = []
    taken: set[int] = set()
    in_cluster: set[int] = set()
    groups = [group for group in clusters if len(group) > 1]
    for group in groups:
        in_cluster.update(group)
    alone = ((number,) for number in sorted(now) if number not in in_cluster)
    # Clusters choose first, so that one whose person is split keeps it where most of it stays.
    for group in [*sorted(groups, key=lambda each: (-len(each), each)), *alone]:
        person = min((now[each] for each in group if now[each] not in taken), default=None)
        if person is None:
            without.append(group)
            continue
        taken.add(person)
        changed.update((each, person) for each in group if now[each] != person)
    return changed, without
