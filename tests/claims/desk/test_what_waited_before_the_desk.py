"""What waited before there was a desk stands in its lists after the steps of the tables.

Each day those statements that fill the columns are run, on rows as they were before. `make
check-all` goes the whole way: back to the tables before the desk, and through every step since.
"""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from pytest_django import Settings

from recalldesk.claims.following import owner_wrote, withdraw_filing
from recalldesk.claims.models import Claim
from recalldesk.claims.states import DeskList
from tests.cast import SERIALS, Desk
from tests.claims.conftest import photos_at
from tests.claims.desk.people import now, waiting_claim
from tests.claims.owner import text_with_all_remedies
from tests.now_and_then import now_and_then
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE = ("claims", "0004_marking_code_of_the_set")
FILLED_BY = (("0005_the_desk", "WHAT_WAITS"), ("0007_desk_who_wrote_last", "UNANSWERED"))
"""The steps since then that fill what the desk reads, and the names of their statements."""
AS_BEFORE = """
    ALTER TABLE claims_claim ALTER recall_id DROP NOT NULL;
    UPDATE claims_claim SET recall_id = NULL, desk = '';
    UPDATE claims_filing SET owner_wrote_at = NULL;
"""
AS_AFTER = "ALTER TABLE claims_claim ALTER recall_id SET NOT NULL"


def the_steps_fill_them() -> None:
    with (
        transaction.atomic(),
        unguarded("claims_claim", "claims_filing"),
        connection.cursor() as cursor,
    ):
        cursor.execute(AS_BEFORE)
        assert not Claim.objects.exclude(recall__isnull=True, desk="").exists()
        for step, statements in FILLED_BY:
            cursor.execute(
                getattr(import_module(f"recalldesk.claims.migrations.{step}"), statements)
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(AS_AFTER)


def all_steps_are_taken_anew() -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate([BEFORE])
    finally:
        MigrationExecutor(connection).migrate(newest)


@pytest.mark.parametrize(
    "the_way", [the_steps_fill_them, pytest.param(all_steps_are_taken_anew, marks=now_and_then)]
)
def test_what_waited_before_the_desk_stands_in_its_lists(
    the_way: Callable[[], None], kettles: Desk, settings: Settings
) -> None:
    settings.STORAGES = photos_at(settings.PHOTOS_FOLDER)
    kettles.published(text_with_all_remedies())
    reviewed, danger = waiting_claim(), waiting_claim(serial=SERIALS[1])
    written = waiting_claim(serial=SERIALS[2])
    danger.filing.is_dangerous = True
    danger.filing.save(update_fields=["is_dangerous"])
    owner_wrote(filing_id=written.filing_id, text="Hello?", nonce="n")
    done = waiting_claim(serial=SERIALS[3])
    withdraw_filing(filing_id=done.filing_id)
    the_way()
    rows = dict(Claim.objects.values_list("pk", "desk"))
    assert rows == {
        reviewed.pk: DeskList.REVIEW,
        danger.pk: DeskList.DANGER,
        written.pk: DeskList.ANSWERED,
        done.pk: DeskList.NONE,
    }
    assert {claim.recall_id for claim in Claim.objects.all()} == {reviewed.filing.recall_id}
    assert now(written).filing.owner_wrote_at is not None
    assert now(reviewed).filing.owner_wrote_at is None
