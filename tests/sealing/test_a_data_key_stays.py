"""One lost data key loses every value sealed under it: the database keeps each as it was made."""

import pytest
from django.db import DatabaseError, connection, transaction

from recalldesk.sealing import vault
from recalldesk.sealing.models import DataKey

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM sealing_datakey",
        "TRUNCATE sealing_datakey",
        "UPDATE sealing_datakey SET wrapped = ''",
        "UPDATE sealing_datakey SET scope = 'another'",
    ],
)
def test_the_database_refuses_to_lose_one(statement: str) -> None:
    sealed = vault.seal_text("Zoë", scope="s", purpose="p")
    with (
        pytest.raises(DatabaseError, match=r"Cannot update or delete|is never emptied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert vault.open_text(sealed, scope="s", purpose="p") == "Zoë"


def test_nor_can_the_row_be_deleted_through_its_model() -> None:
    vault.seal_text("x", scope="s", purpose="p")
    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        DataKey.objects.get(scope="s").delete()
    assert DataKey.objects.filter(scope="s").exists()
