"""The cast: an owner at the pages of a desk where every example is published."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import translation

from recalldesk.units import live
from tests.cast import PLAIN_FILES
from tests.portal.published import EXAMPLES, publish_examples, serials_in


@dataclass
class Owner:
    """Somebody with a unit in the hand, at a browser that shows this site's pages."""

    client: Client
    folder: Path

    def sees(self, path: str, **headers: Any) -> HttpResponse:
        return self.client.get(path, **headers)

    def sends(self, path: str, **fields: str) -> HttpResponse:
        return self.client.post(path, fields, headers={"Origin": "http://testserver"})

    def checks(self, serial: str, *, language: str = "en", **fields: str) -> HttpResponse:
        return self.sends(f"/{language}/check", serial=serial, **fields)

    def recalled(self, name: str = "a1263") -> str:
        """A serial that is on a recalled list."""
        return serials_in(self.folder, name)[0]


@pytest.fixture(scope="module")
def published(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The folder with the serials of the published examples, for the tests of one file."""
    with desk_in(tmp_path_factory.mktemp("desk"), django_db_blocker) as folder:
        yield folder


@contextmanager
def desk_in(folder: Path, django_db_blocker: Any, examples: Path = EXAMPLES) -> Iterator[Path]:
    """A desk with its files in the folder, where every one of these examples is published."""
    static = folder / "static"
    static.mkdir()
    settings = {"INDEX_FOLDER": folder / "index", "STATIC_ROOT": static, "STORAGES": PLAIN_FILES}
    with override_settings(**settings), django_db_blocker.unblock(), transaction.atomic():
        live.forget()
        publish_examples(folder, examples)
        yield folder
        transaction.set_rollback(True)
    live.forget()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A page's language stays with its thread; the next test begins in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def owner(published: Path, db: None) -> Owner:
    return Owner(Client(), published)
