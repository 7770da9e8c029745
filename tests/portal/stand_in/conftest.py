"""A stand-in of all examples, one of them in its second version, one closed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from recalldesk.operating.stand_in.exporting import collect_static_files, export
from recalldesk.units import live
from tests.cast import PLAIN_FILES
from tests.portal.published import VEHICLES, publish_again, publish_examples

CHANGE = ("leaks = { value = 6,", "leaks = { value = 9,")


@pytest.fixture(scope="session")
def on_disk() -> list[Path]:
    """Folders that were written in this process already."""
    return []


@pytest.fixture
def served(on_disk: list[Path], request: pytest.FixtureRequest) -> Path:
    """The folder alone, as plain web servers have it: one of another file's tests will do."""
    return on_disk[0] if on_disk else request.getfixturevalue("written")


@pytest.fixture(scope="module")
def written(
    on_disk: list[Path],
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """The folder, as a worker wrote it; its desk is there as long as the tests of a file are."""
    folder = tmp_path_factory.mktemp("desk")
    settings = {"INDEX_FOLDER": folder / "index", "STATIC_ROOT": folder / "static"}
    settings |= {"STORAGES": PLAIN_FILES, "PAPERS_FOLDER": folder / "papers"}
    with override_settings(**settings), django_db_blocker.unblock(), transaction.atomic():
        live.forget()
        publish_examples(folder)
        publish_again(folder, VEHICLES, CHANGE)
        collect_static_files()
        export(folder / "www")
        on_disk.append(folder / "www")
        yield folder / "www"
        transaction.set_rollback(True)
    live.forget()
