"""Guarantees about versions that hold whoever asks, also past every action."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from recalldesk.audit.states import Reason
from recalldesk.recalls.models import Override, RecallVersion
from tests.cast import SLUG, Cast, Desk, recall_text

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
    named = f"index_name = '{SLUG}-v2-x', published_at = now()"
    goes_live = f"UPDATE recalls_recallversion SET state = 'live', {named} WHERE id = "
    with pytest.raises(IntegrityError, match="recall_has_one_live_version"):
        statement(f"{goes_live}{second.pk}")
    statement(
        f"UPDATE recalls_recallversion SET state = 'superseded' WHERE id = {published_recall.pk}"
    )
    statement(f"{goes_live}{second.pk}")


def test_a_live_version_names_its_index(kettles: Desk, statement: Run) -> None:
    version = kettles.approved()
    goes_live = f"UPDATE recalls_recallversion SET state = 'live' WHERE id = {version.pk}"
    with pytest.raises(DatabaseError, match="names an index of its own"):
        statement(goes_live)
    named = f"index_name = '{SLUG}-v1-x', published_at = now()"
    statement(goes_live.replace("state = 'live'", f"state = 'live', {named}"))


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
