"""Records as the review compares them: one row each, by column.

Guarantees: what a record does not say is null, which says nothing for or against; so is what so
many share that comparing each with each would have no end: a shop's own number, a hotel's address.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from recalldesk.matching.people.names import Name
from recalldesk.matching.people.nicknames import FORMAL_NAMES
from recalldesk.matching.people.profiles import Profile, profile_of
from recalldesk.matching.people.records import PersonRecord

COLUMNS = (
    *("unique_id", "cluster", "given", "initial", "family", "generation"),
    *("email", "email_name", "phone", "flat", "house", "place"),
)

MOST: Mapping[tuple[str, ...], int] = {
    ("email", "email_name"): 50,
    ("phone",): 50,
    ("house", "flat"): 500,
}
"""How many records may share a contact; with the columns that go with it."""


def table_of(records: Iterable[PersonRecord], cluster_of: Mapping[int, int]) -> Any:
    """The records as an Arrow table. `cluster_of`: a number for the cluster of each."""
    import pyarrow as pa

    columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
    for record in records:
        row = _row(profile_of(record), cluster_of[record.id])
        for name, value in zip(COLUMNS, row, strict=True):
            columns[name].append(value)
    for names, most in MOST.items():
        _without_crowds(columns, names, most)
    types = {"unique_id": pa.int64(), "cluster": pa.int64()}
    return pa.table(
        {name: pa.array(column, types.get(name, pa.string())) for name, column in columns.items()}
    )


def _without_crowds(columns: dict[str, list[object]], names: Sequence[str], most: int) -> None:
    """Makes null what more records share than that, by the first of these columns."""
    counts = Counter(columns[names[0]])
    is_crowd = [value is not None and counts[value] > most for value in columns[names[0]]]
    for name in names:
        columns[name] = [
            None if crowd else value for crowd, value in zip(is_crowd, columns[name], strict=True)
        ]


def _row(profile: Profile, cluster: int) -> tuple[object, ...]:
    name = profile.name
    email_name = profile.email.partition("@")[0]
    place = " ".join(profile.house.split(" ", 2)[:2])
    return (
        *(profile.id, cluster, _given(name) or None, name.given[:1] or None, name.family or None),
        *(name.generation or None, profile.email or None, email_name or None),
        *(profile.phone or None, profile.flat or None, profile.house or None, place or None),
    )


def _given(name: Name) -> str:
    """The given name, a short form as the first name that it is short for; no mere initial."""
    if len(name.given) < 2:
        return ""
    return min(FORMAL_NAMES.get(name.given, (name.given,)))
