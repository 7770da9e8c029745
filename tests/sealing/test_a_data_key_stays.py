"""A lost data key loses every value sealed under it: the database lets it only be wrapped anew."""

import pytest
from django.db import DatabaseError, connection, transaction

from recalldesk.sealing import vault
from recalldesk.sealing.models import DataKey

pytestmark = pytest.mark.django_db
REFUSED = r"Cannot delete|is never emptied|stays as it was made|no wrapped data key"


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sealing_datakey",
        "TRUNCATE sealing_datakey",
        "UPDATE sealing_datakey SET wrapped = ''",
        "UPDATE sealing_datakey SET wrapped = substring(wrapped for 61)",
        "UPDATE sealing_datakey SET wrapped = wrapped || 'x'",
        "UPDATE sealing_datakey SET wrapped = set_byte(wrapped, 0, 2)",
        "UPDATE sealing_datakey SET scope = 'another'",
        "UPDATE sealing_datakey SET generation = 7",
        "UPDATE sealing_datakey SET created_at = now()",
        "UPDATE sealing_datakey SET id = id + 1000",
    ],
)
def test_the_database_refuses_to_lose_one(statement: str) -> None:
    sealed = vault.seal_text("Zoë", scope="s", purpose="p")
    with (
        pytest.raises(DatabaseError, match=REFUSED),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert vault.open_text(sealed, scope="s", purpose="p") == "Zoë"


def test_nor_can_the_row_be_deleted_through_its_model() -> None:
    vault.seal_text("x", scope="s", purpose="p")
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        DataKey.objects.get(scope="s").delete()
    assert DataKey.objects.filter(scope="s").exists()


def test_a_generation_of_a_scope_is_made_once() -> None:
    first = vault.make_data_key("s", 1)
    assert vault.make_data_key("s", 1).pk == first.pk
    with pytest.raises(DatabaseError, match="generation_made_once"), transaction.atomic():
        DataKey.objects.create(scope="s", generation=1, wrapped=first.wrapped)
