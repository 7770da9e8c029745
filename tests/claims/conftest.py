"""A published kettle recall with every kind of remedy, and a photo store in the test's folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import translation
from pytest_django import Settings

from recalldesk.units import live
from tests.cast import PLAIN_FILES, Desk, make_cast
from tests.claims.owner import text_with_all_remedies

QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def photos_at(folder: Path) -> dict[str, Any]:
    """The storages of a test whose photos lie in `folder`."""
    backend = "recalldesk.evidence.private_folder.PrivateFolder"
    return PLAIN_FILES | {"photos": {"BACKEND": backend, "OPTIONS": {"location": folder}}}


@pytest.fixture(autouse=True)
def photos_folder(settings: Settings, tmp_path: Path) -> Path:
    """Where this test's photos lie."""
    folder = tmp_path / "photos"
    settings.PHOTOS_FOLDER = folder
    settings.STORAGES = photos_at(folder)
    return folder


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
        desk.published(text_with_all_remedies())
        yield desk
        transaction.set_rollback(True)
    live.forget()


@pytest.fixture
def desk(_desk_of_the_file: Desk, db: None) -> Desk:
    """The desk of a published recall; one for all tests of a file, so publish no more in them."""
    return _desk_of_the_file


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A language stays with its thread; the next test begins in English."""
    with translation.override("en"):
        yield
