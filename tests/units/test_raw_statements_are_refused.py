"""What the database refuses, it refuses whoever asks: past every action, by SQL alone."""

import pytest
from django.db import DatabaseError, connection

from recalldesk.recalls.models import RecallVersion
from recalldesk.units.models import SerialEntry, SerialImport, SerialList
from recalldesk.units.reads import covered_serials
from tests.cast import SERIALS, Desk
from tests.raw_statements import DRAFT, REFUSAL, STATEMENTS, attempt, make_world


@pytest.fixture
def world(kettles: Desk) -> RecallVersion:
    """A live version, the draft of the next, and the draft of another recall."""
    return make_world(kettles)


def test_the_statements_fit_the_world(world: RecallVersion) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {DRAFT}")
        (draft,) = cursor.fetchone()
    assert RecallVersion.objects.get(pk=draft).number == 2
    assert SerialImport.objects.filter(version=draft, rejected=1, removed=1).count() == 1


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS.keys())
def test_it_is_refused(world: RecallVersion, statement: str) -> None:
    with pytest.raises(DatabaseError, match=REFUSAL):
        attempt(statement)
    serial_list = SerialList.objects.get(recall=world.recall)
    assert set(covered_serials(world, serial_list)) == set(SERIALS)


@pytest.mark.parametrize(
    "setting", ["pgtrigger.ignore = '{%s}'", "session_replication_role = replica"]
)
def test_no_setting_switches_a_trigger_off(world: RecallVersion, setting: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(tgname, ',') FROM pg_trigger"
            " WHERE tgrelid = 'units_serialentry'::regclass AND NOT tgisinternal"
        )
        (names,) = cursor.fetchone()
    with pytest.raises(DatabaseError, match="approved version"):
        attempt("SET LOCAL " + setting.replace("%s", names), "DELETE FROM units_serialentry")
    assert SerialEntry.objects.filter(serial__in=SERIALS).count() == len(SERIALS)


def test_no_temporary_table_stands_in_for_the_versions(world: RecallVersion) -> None:
    with pytest.raises(DatabaseError, match="approved version"):
        attempt(
            "DISCARD PLANS",
            "CREATE TEMPORARY TABLE recalls_recallversion ON COMMIT DROP AS"
            " SELECT id, NULL::timestamptz AS approved_at FROM public.recalls_recallversion",
            f"DELETE FROM units_serialentry WHERE serial = '{SERIALS[0]}'",
        )


def test_a_list_is_read_otherwise_only_with_a_draft(kettles: Desk) -> None:
    kettles.published()
    with pytest.raises(DatabaseError, match="draft"):
        attempt("UPDATE units_seriallist SET read_as = 'otherwise'")
