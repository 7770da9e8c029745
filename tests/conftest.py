"""The cast, for every test that asks for it; and how a test that commits is cleaned up after."""

from typing import Any

import pgtrigger
from django.test import TransactionTestCase

from tests.cast import (
    cast,
    command,
    index_folder,
    kettles,
    published_recall,
    quick_passwords,
)

__all__ = ["cast", "command", "index_folder", "kettles", "published_recall", "quick_passwords"]


_empty_tables = TransactionTestCase._fixture_teardown


def _empty_guarded_tables_too(case: Any) -> None:
    """The database refuses to empty what must stay; between tests, and only there, it may."""
    with pgtrigger.ignore():
        _empty_tables(case)


TransactionTestCase._fixture_teardown = _empty_guarded_tables_too
