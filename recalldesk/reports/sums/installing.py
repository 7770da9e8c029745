"""Puts the triggers into the database that keep the sums.

Guarantees: each writes rows of its own, in the transaction of what it is of, and changes none, so
that nobody waits; what a statement leaves as it was costs one look; no setting of a session passes
them by; put in again, they are those of this program.
"""

from collections.abc import Iterator
from hashlib import sha256

from django.db.backends.utils import CursorWrapper

from recalldesk.reports.sums.contributions import SOURCES, Source
from recalldesk.reports.sums.places import PLACES
from recalldesk.reports.sums.purchases import TOUCHES, Touch

PREFIX = "recalldesk_sums_"
BY_INDEX = (
    "SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off"
)
"""A session keeps a plan: one that was made for a million rows must not read whole tables for one
row ever after."""
OLD, NEW = "old_rows", "new_rows"
REFERRING = {
    "INSERT": f"NEW TABLE AS {NEW}",
    "UPDATE": f"OLD TABLE AS {OLD} NEW TABLE AS {NEW}",
    "DELETE": f"OLD TABLE AS {OLD}",
}


def install(cursor: CursorWrapper) -> None:
    """Makes every function and trigger, in the place of those that are there."""
    for source in SOURCES:
        body = _sums(source, PLACES if source.name == "corrections" else "")
        events = ("INSERT", "UPDATE", "DELETE") if source.changing else ("INSERT",)
        _make(cursor, f"{PREFIX}{source.name}", source.table, body, events)
    for touch in TOUCHES:
        _make(cursor, f"{PREFIX}{touch.name}", touch.table, _touched(touch), _events(touch))


def remove(cursor: CursorWrapper) -> None:
    """Takes all of them away."""
    for table, name in triggers():
        cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    for name in functions():
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")


def triggers() -> Iterator[tuple[str, str]]:
    """Each trigger, by its table and its name."""
    for source in SOURCES:
        for event in ("insert", "update", "delete") if source.changing else ("insert",):
            yield source.table, f"{PREFIX}{source.name}_{event}"
    for touch in TOUCHES:
        for event in _events(touch):
            yield touch.table, f"{PREFIX}{touch.name}_{event.lower()}"


def functions() -> dict[str, str]:
    """Each function, by its name: its body, as this program has it."""
    bodies = {
        f"{PREFIX}{source.name}": _sums(source, PLACES if source.name == "corrections" else "")
        for source in SOURCES
    }
    bodies |= {f"{PREFIX}{touch.name}": _touched(touch) for touch in TOUCHES}
    return bodies


def digest() -> str:
    """Of all functions and triggers: another as soon as one of them is."""
    told = "\n".join(
        [*(f"{name} {body}" for name, body in functions().items()), *map(str, triggers())]
    )
    return sha256(f"{BY_INDEX}\n{told}".encode()).hexdigest()[:16]


def _events(touch: Touch) -> tuple[str, ...]:
    found = ["INSERT"]
    if touch.changing:
        found.append("UPDATE")
    if touch.is_deleted:
        found.append("DELETE")
    return tuple(found)


def _make(cursor: CursorWrapper, name: str, table: str, body: str, events: tuple[str, ...]) -> None:
    cursor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path = pg_catalog, {_schema(cursor)}, pg_temp {BY_INDEX}"
        f" AS $body${body}$body$"
    )
    for event in events:
        cursor.execute(
            f"CREATE OR REPLACE TRIGGER {name}_{event.lower()} AFTER {event} ON {table}"
            f" REFERENCING {REFERRING[event]} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
        cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}_{event.lower()}")


def _schema(cursor: CursorWrapper) -> str:
    """Where the tables are; no other can stand in for it."""
    cursor.execute("SELECT quote_ident(current_schema())")
    return str(cursor.fetchone()[0])


def _sums(source: Source, first: str) -> str:
    plus, minus = (source.select.format(rows=rows) for rows in (NEW, OLD))
    both = (
        f"SELECT * FROM ({plus}) more UNION ALL"  # noqa: S608 - words of this package alone
        f" SELECT kind, recall_id, day, key, -value FROM ({minus}) less"
    )
    less = f"SELECT kind, recall_id, day, key, -value AS value FROM ({minus}) less"  # noqa: S608 - words of this package alone
    before = f"{first.format(rows=NEW)};" if first else ""
    if not source.changing:
        return f"\nBEGIN\n{before}\n{_add(plus)};\nRETURN NULL;\nEND\n"
    return (
        f"\nBEGIN\nIF TG_OP = 'INSERT' THEN {before}\n{_add(plus)};\n"
        f"ELSIF TG_OP = 'DELETE' THEN\n{_add(less)};\n"
        f"ELSIF {_differs(source.table, source.changing)} THEN\n{_add(both)};\n"
        "END IF;\nRETURN NULL;\nEND\n"
    )


def _add(rows: str) -> str:
    return (
        "INSERT INTO reports_sumdelta (kind, recall_id, day, key, value)"  # noqa: S608 - words of this package alone
        f" SELECT kind, recall_id, day, key, sum(value) FROM ({rows}) changed"
        " GROUP BY kind, recall_id, day, key HAVING sum(value) <> 0"
    )


def _touched(touch: Touch) -> str:
    new, old = (touch.select.format(rows=rows) for rows in (NEW, OLD))
    moved = any(column.endswith(("_id", "_digest")) for column in touch.changing)
    changed = f"{new} UNION {old}" if moved else new
    lines = [f"IF TG_OP = 'INSERT' THEN {_mark(new)};"]
    if touch.is_deleted:
        lines.append(f"ELSIF TG_OP = 'DELETE' THEN {_mark(old)};")
    if touch.changing:
        lines.append(f"ELSIF {_differs(touch.table, touch.changing)} THEN {_mark(changed)};")
    return "\nBEGIN\n{}\nEND IF;\nRETURN NULL;\nEND\n".format("\n".join(lines))


def _mark(purchases: str) -> str:
    return (
        "INSERT INTO reports_touchedpurchase (purchase_id)"  # noqa: S608 - words of this package alone
        f" SELECT DISTINCT * FROM ({purchases}) changed"
    )


def _differs(table: str, columns: tuple[str, ...]) -> str:
    """Whether a statement changed any of these columns. Rows are told apart as sets: joined as
    `BY_INDEX` has it, each would be held against each, since they have no index."""
    key = "purchase_id" if table == "reports_keptpurchase" else "id"
    told = ", ".join((key, *columns))
    return f"EXISTS (SELECT {told} FROM {NEW} EXCEPT SELECT {told} FROM {OLD})"  # noqa: S608 - words of this package alone
