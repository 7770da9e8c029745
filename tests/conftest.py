"""The cast, for every test that asks for it; how a test that commits is cleaned up after; and that
no test reaches another machine.
"""

import gc
import uuid
from collections import Counter
from contextlib import nullcontext
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from recalldesk.config import hosts
from recalldesk.counting import writer
from recalldesk.elsewhere import at_hand
from tests.cast import (
    cast,
    command,
    index_folder,
    kettles,
    published_recall,
    quick_passwords,
)
from tests.closed_sockets import close_sockets
from tests.limited import limits
from tests.prepared_tables import django_db_modify_db_settings
from tests.unguarded import unguarded

__all__ = [
    "cast",
    "command",
    "django_db_modify_db_settings",
    "index_folder",
    "kettles",
    "limits",
    "published_recall",
    "quick_passwords",
]


def _empty_guarded_tables_too(case: Any) -> None:
    """The database refuses to empty what must stay; between tests, and only there, it may.

    Neither Django nor pytest-django offers a place for it: no fixture can be around the clean-up
    alone, and a backend or a `flush` command of our own would be the product's too. Django's own
    empties every table and makes its kinds of content anew, which takes longer than most tests.
    """
    with connection.cursor() as cursor:
        filled = _tables_that_hold_something(cursor)
    guarded = [each for each in filled if each not in JOBS]
    with unguarded(*guarded) if guarded else nullcontext(), connection.cursor() as cursor:
        # No order of tables would do: some of them name each other.
        cursor.execute("SET session_replication_role = replica")
        for table in filled:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
        cursor.execute("SET session_replication_role = origin")


KINDS_OF_CONTENT = frozenset({"django_content_type", "auth_permission"})
JOBS = ("procrastinate_jobs", "procrastinate_workers", "procrastinate_periodic_defers")
"""Django leaves out the tables that are not its own."""


def _tables_that_hold_something(cursor: Any) -> list[str]:
    own = connection.introspection.django_table_names(only_existing=True, include_views=False)
    names = [*sorted({*own} - KINDS_OF_CONTENT - {*JOBS}), *JOBS]
    quote = connection.ops.quote_name
    cursor.execute(
        " UNION ALL ".join(
            f"SELECT {place} WHERE EXISTS (SELECT FROM {quote(name)})"
            for place, name in enumerate(names)
        )
    )
    return [names[place] for (place,) in cursor.fetchall()]


TransactionTestCase._fixture_teardown = _empty_guarded_tables_too


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuses two tests of one id: pytest-xdist runs one of them, and says nothing of the other."""
    twice = [name for name, times in Counter(item.nodeid for item in items).items() if times > 1]
    if twice:
        raise pytest.UsageError(f"Tests of the same id: {', '.join(twice)}")


def pytest_collection_finish() -> None:
    """What stays until the end is looked through no more: it was a tenth of the tests' time."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _sockets_to_elsewhere_are_closed() -> None:
    close_sockets()


@pytest.fixture(autouse=True)
def _each_test_has_a_journal_and_heads_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Both outlive the database: what one test handed out or signed, the next would know."""
    folder = tmp_path_factory.getbasetemp() / uuid.uuid4().hex
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(settings, "JOURNAL_FOLDER", folder / "journal")
    monkeypatch.setattr(settings, "LOG_HEADS_FOLDER", folder / "heads")


@pytest.fixture(autouse=True)
def _no_test_knows_the_host_names_of_another() -> None:
    hosts.forget()


@pytest.fixture(autouse=True)
def _no_test_knows_the_feeds_of_another() -> None:
    at_hand.forget()


@pytest.fixture(scope="session", autouse=True)
def _no_thread_writes_counts_beside_a_test() -> None:
    """It would write by a connection of its own, past the test's transaction."""
    writer.wake = lambda: None
