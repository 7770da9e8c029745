"""Whatever is tried at an approved version or its scope, the database refuses and nothing moves."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.models.version import FROZEN_COLUMNS
from recalldesk.units.models import (
    RangeEntry,
    SerialEntry,
    SerialImport,
    SerialList,
    SerialRemoval,
)
from recalldesk.units.reads import covered_serials
from tests.cast import SERIALS, Desk, recall_text
from tests.raw_statements import REFUSAL, STATEMENTS, attempt, make_world
from tests.units.test_counts_of_a_scope import listed

TRIES = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
FIRST = datetime.datetime(1980, 1, 1)  # noqa: DTZ001 - hypothesis adds the zone itself
MOMENTS = st.datetimes(FIRST, timezones=st.just(datetime.UTC))
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "recall_id": st.integers(1, 2**40),
    "number": st.integers(1, 2**31 - 1),
    "document": st.dictionaries(TEXTS, TEXTS | st.integers(-9, 9) | st.booleans(), max_size=3),
    "source": TEXTS,
    "author_id": st.integers(1, 2**40),
    "created_at": MOMENTS,
    "approved_by_id": st.none() | st.integers(1, 2**40),
    "approved_at": st.none() | MOMENTS,
    "state": st.just("draft"),
}
SCOPE_ROWS: tuple[type[models.Model], ...] = (SerialEntry, RangeEntry, SerialRemoval)


@pytest.fixture
def approved(kettles: Desk) -> RecallVersion:
    """A second version with serials and a range, one of each removed in it, approved."""
    path = kettles.folder / "ranges.csv"
    first = kettles.apply(recall_text(scope=listed("a"), units=9))
    path.write_text("start,end\nTW25000001,TW25000009\nTW26000001,TW26000009\n")
    kettles.take(first, SERIALS[:3])
    kettles.take(first, path)
    kettles.approve(first)
    second = kettles.apply(recall_text(scope=listed("a"), units=8))
    kettles.take(second, SERIALS[3:], replace=True)
    path.write_text("start,end\nTW27000001,TW27000009\n")
    kettles.take(second, path)
    return kettles.approve(second)


def everything() -> list[tuple[Any, ...]]:
    """All rows that an approved version is made of, byte by byte."""
    tables: tuple[type[models.Model], ...] = (RecallVersion, *SCOPE_ROWS)
    rows: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t ORDER BY 1')
            rows += cursor.fetchall()
    return rows


def refused(attempt: models.QuerySet[Any], **columns: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        attempt.update(**columns)


def test_the_table_of_values_names_every_frozen_column() -> None:
    assert set(FROZEN_COLUMNS) == set(VALUES) - {"state"}


@TRIES
@given(attempted=st.data())
def test_no_frozen_column_takes_another_value(
    approved: RecallVersion, attempted: st.DataObject
) -> None:
    before = everything()
    names = st.sets(st.sampled_from(sorted(VALUES)), min_size=1, max_size=3)
    chosen = {name: attempted.draw(VALUES[name]) for name in sorted(attempted.draw(names))}
    row = RecallVersion.objects.filter(pk=approved.pk)
    if any(getattr(approved, name) != value for name, value in chosen.items()):
        refused(row, **chosen)
    assert everything() == before


@TRIES
@given(attempted=st.data())
def test_no_row_of_the_scope_is_added_changed_or_taken(
    approved: RecallVersion, attempted: st.DataObject
) -> None:
    before = everything()
    model = attempted.draw(st.sampled_from(SCOPE_ROWS))
    serial = attempted.draw(st.text("0123456789", min_size=1, max_size=9))
    match attempted.draw(st.sampled_from(["add", "change", "take"])):
        case "add":
            with pytest.raises(DatabaseError), transaction.atomic():
                model._default_manager.bulk_create([_new_row(model, approved, serial)])
        case "change":
            column = (
                "serial"
                if model is SerialEntry
                else attempted.draw(st.sampled_from(["start", "end"]))
            )
            refused(model._default_manager.all(), **{column: f"TW9{serial}"})
        case _:
            with pytest.raises(DatabaseError), transaction.atomic():
                model._default_manager.all()._raw_delete("default")
    assert everything() == before


@TRIES
@given(names=st.lists(st.sampled_from(sorted(STATEMENTS)), min_size=1, max_size=6))
def test_no_statements_in_any_order_change_what_is_live(kettles: Desk, names: list[str]) -> None:
    if not RecallVersion.objects.exists():
        make_world(kettles)
    live = RecallVersion.objects.get(state="live")
    before = everything_of(live)
    for name in names:
        with pytest.raises(DatabaseError, match=REFUSAL):
            attempt(STATEMENTS[name])
        assert everything_of(live) == before


def everything_of(version: RecallVersion) -> list[object]:
    """The row of a version, and what it covers."""
    lists = SerialList.objects.filter(recall_id=version.recall_id)
    row = RecallVersion.objects.filter(pk=version.pk).values().get()
    return [row, *(list(covered_serials(version, each)) for each in lists)]


def _new_row(model: type[models.Model], version: RecallVersion, serial: str) -> models.Model:
    import_ = SerialImport.objects.filter(version=version).order_by("pk").last()
    assert import_ is not None
    if model is SerialRemoval:
        return SerialRemoval(
            serial_list_id=import_.serial_list_id, start=serial, end=serial, removed_in=version
        )
    keys = {"serial_list_id": import_.serial_list_id, "serial_import_id": import_.pk}
    if model is SerialEntry:
        return SerialEntry(serial=serial, **keys)
    return RangeEntry(start=serial, end=serial, **keys)
