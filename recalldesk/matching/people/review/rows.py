"""Records as the review compares them: one row each, by column.

Guarantee: what a record does not say is null, which says nothing for or against.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from recalldesk.matching.people.names import Name
from recalldesk.matching.people.nicknames import FORMAL_NAMES
from recalldesk.matching.people.profiles import Profile, profile_of
from recalldesk.matching.people.records import PersonRecord

COLUMNS = (
    *("unique_id", "cluster", "given", "initial", "family", "generation"),
    *("email", "email_name", "phone", "flat", "house", "place"),
)


def table_of(records: Iterable[PersonRecord], cluster_of: Mapping[int, int]) -> Any:
    """The records as an Arrow table. `cluster_of`: a number for the cluster of each."""
    import pyarrow as pa

    columns: dict[str, list[object]] = {name: [] for name in COLUMNS}
    for record in records:
        row = _row(profile_of(record), cluster_of[record.id])
        for name, value in zip(COLUMNS, row, strict=True):
            columns[name].append(value)
    types = {"unique_id": pa.int64(), "cluster": pa.int64()}
    return pa.table(
        {name: pa.array(column, types.get(name, pa.string())) for name, column in columns.items()}
    )


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
