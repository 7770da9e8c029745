"""A published kettle recall that offers a gift card, for claims of a made-up former system."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from recalldesk.units import live
from tests.cast import PLAIN_FILES, Desk, make_cast
from tests.claims.conftest import QUICK, photos_folder
from tests.takeover.former import kettles, text_of_cards

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
        desk.published(text_of_cards(), kettles())
        yield desk
        transaction.set_rollback(True)
    live.forget()


@pytest.fixture
def desk(_desk_of_the_file: Desk, db: None) -> Desk:
    """The desk of a published recall; one for all tests of a file."""
    return _desk_of_the_file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """For the files of the former system."""
    made = tmp_path / "former"
    made.mkdir()
    return made
