"""The kettle stands published for all tests of one file, which takes these fixtures in.

Guarantee: what a test changes in the database is undone after it, and the next test's process has
opened no index. For tests that only ask; one that publishes again, or needs a desk without a
recall, takes the fixtures of `tests.cast`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from recalldesk.recalls.models import RecallVersion
from recalldesk.units import live
from tests.cast import PLAIN_FILES, QUICK_HASHERS, Cast, Desk, make_cast, photos_in

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]


@dataclass(frozen=True)
class Standing:
    """Who works there, the folder of the indexes, and the row of version 1."""

    cast: Cast
    folder: Path
    version: int


@contextmanager
def kettle_in(folder: Path, django_db_blocker: Any) -> Iterator[Standing]:
    """Version 1 of the kettle, live, until the caller is done."""
    settings = {
        "INDEX_FOLDER": folder / "index",
        "STATIC_ROOT": folder,
        "PHOTOS_FOLDER": folder / "photos",
        "STORAGES": PLAIN_FILES | {"photos": photos_in(folder / "photos")},
        "PASSWORD_HASHERS": QUICK_HASHERS,
    }
    with override_settings(**settings), django_db_blocker.unblock(), transaction.atomic():
        live.forget()
        people = make_cast()
        version = Desk(people, folder).published()
        yield Standing(people, settings["INDEX_FOLDER"], version.pk)
        transaction.set_rollback(True)
    live.forget()


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Standing]:
    """For the tests of one file."""
    with kettle_in(tmp_path_factory.mktemp("standing"), django_db_blocker) as made:
        yield made


@pytest.fixture
def cast(standing: Standing, db: None) -> Cast:
    """The five people who published it."""
    return standing.cast


@pytest.fixture
def index_folder(standing: Standing) -> Iterator[Path]:
    """The folder with its index, and a process that has opened none."""
    live.forget()
    yield standing.folder
    live.forget()


@pytest.fixture
def kettles(cast: Cast, index_folder: Path, tmp_path: Path) -> Desk:
    """The desk, with this one recall."""
    return Desk(cast, tmp_path)


@pytest.fixture
def published_recall(standing: Standing, index_folder: Path, db: None) -> RecallVersion:
    """Version 1 of the kettle, live."""
    return RecallVersion.objects.get(pk=standing.version)
