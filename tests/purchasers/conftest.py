"""A published kettle recall whose numbers shops know, and their made-up files."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from recalldesk.units import live
from tests.cast import PLAIN_FILES, Desk, make_cast
from tests.claims.conftest import QUICK, photos_folder
from tests.purchasers.shops import Shops, text_with_numbers

__all__ = ["photos_folder"]


@pytest.fixture(scope="module")
def _desk_of_the_file(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("kettles")
    settings = {"INDEX_FOLDER": folder / "index", "STATIC_ROOT": folder, "PASSWORD_HASHERS": QUICK}
    with (
        override_settings(STORAGES=PLAIN_FILES, **settings),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        live.forget()
        desk = Desk(make_cast(), folder)
        desk.published(text_with_numbers())
        yield desk
        transaction.set_rollback(True)
    live.forget()


@pytest.fixture
def desk(_desk_of_the_file: Desk, db: None) -> Desk:
    """The desk of a published recall; one for all tests of a file."""
    return _desk_of_the_file


@pytest.fixture
def shops(desk: Desk, tmp_path: Path) -> Shops:
    """Whose files come in."""
    return Shops(desk.recall(), desk.cast.author, tmp_path)
