"""Guarantees about versions that hold whoever asks, also past every action."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from recalldesk.audit.states import Reason
from recalldesk.recalls.models import Override, RecallVersion
from tests.cast import Cast, Desk, recall_text

Run = Callable[[str], None]


@pytest.fixture
def statement() -> Run:
    """Runs one SQL statement in a savepoint."""

    def run(sql: str) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)

    return run


def copy_of(version: RecallVersion, number: int) -> str:
    return (
        "INSERT INTO recalls_recallversion (recall_id, number, state, document, source, author_id,"
        " created_at, index_name) SELECT recall_id, "
        f"{number}, 'draft', document, source, author_id, created_at, ''"
        f" FROM recalls_recallversion WHERE id = {version.pk}"
    )


def test_a_recall_has_one_draft(kettles: Desk, statement: Run) -> None:
    draft = kettles.apply()
    with pytest.raises(IntegrityError, match="recall_has_one_draft"):
        statement(copy_of(draft, 2))
    kettles.approve(draft)
    statement(copy_of(draft, 2))


def test_a_recall_has_one_live_version(
    kettles: Desk, published_recall: RecallVersion, statement: Run
) -> None:
    second = kettles.approve(kettles.apply(recall_text(about=True)))
    goes_live = "UPDATE recalls_recallversion SET state = 'live', index_name = 'x' WHERE id = "
    with pytest.raises(IntegrityError, match="recall_has_one_live_version"):
        statement(f"{goes_live}{second.pk}")
    statement(
        f"UPDATE recalls_recallversion SET state = 'superseded' WHERE id = {published_recall.pk}"
    )
    statement(f"{goes_live}{second.pk}")


def test_a_live_version_names_its_index(kettles: Desk, statement: Run) -> None:
    version = kettles.approved()
    goes_live = f"UPDATE recalls_recallversion SET state = 'live' WHERE id = {version.pk}"
    with pytest.raises(IntegrityError, match="live_version_names_its_index"):
        statement(goes_live)
    statement(f"UPDATE recalls_recallversion SET index_name = 'x' WHERE id = {version.pk}")
    statement(goes_live)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE recalls_override SET facts_digest = 'other'",
        "UPDATE recalls_override SET at = now()",
        "DELETE FROM recalls_override",
    ],
)
def test_an_override_stays(kettles: Desk, cast: Cast, statement: Run, change: str) -> None:
    Override.objects.create(
        version=kettles.approved(), finding=Reason.COUNT_DIFFERS, facts_digest="x", by=cast.author
    )
    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)"):
        statement(change)
    assert Override.objects.get().facts_digest == "x"
