"""A table whose rows the database guards one by one is not swept empty either."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

pytestmark = pytest.mark.django_db
GUARDED = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if model.__module__.startswith("recalldesk.") and getattr(model._meta, "triggers", ())
)


def test_the_log_the_versions_and_their_scopes_are_guarded() -> None:
    assert {
        "audit_statechange",
        "audit_note",
        "recalls_recallversion",
        "sealing_datakey",
        "units_serialentry",
        "units_rangeentry",
        "units_serialremoval",
        "units_serialreject",
    } <= set(GUARDED)


@pytest.mark.parametrize("table", GUARDED)
def test_a_guarded_table_is_not_truncated(table: str) -> None:
    with (
        pytest.raises(DatabaseError, match="is never emptied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {connection.ops.quote_name(table)} CASCADE")


def test_nor_through_a_table_that_they_point_at() -> None:
    with (
        pytest.raises(DatabaseError, match="is never emptied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE accounts_staff CASCADE")
