"""A database of DATABASE_URL comes back by its own people, or from the dump: all else is done."""

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

import pytest
from django.db import connection

from tests.now_and_then import now_and_then
from tests.operating.installed import Installed
from tests.operating.test_a_restore import OLGA
from tests.programs import data_folder

pytestmark = pytest.mark.django_db(transaction=True)
LIVE, COPY, BROUGHT_BACK, EMPTY = (
    f"recalldesk_{name}" for name in ("live", "copy", "brought_back", "empty")
)
LOAD = ("recalldesk.operating.restoring.restoring", "update_tables")
EVERYTHING = bool(os.environ.get("RECALLDESK_ALL_PAGES"))
"""Each day a restore of the embedded database is tried; this one runs with `make check-all`."""


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def url_of(name: str) -> str:
    database = connection.settings_dict
    user, password = quote(database["USER"]), quote(database["PASSWORD"], safe="")
    host = quote(database["HOST"], safe="")
    return f"postgresql://{user}:{password}@{host}:{database['PORT']}/{name}"


def copied(source: str, name: str) -> None:
    """What the database's own people do: a copy of it, as it stands."""
    run(f"CREATE DATABASE {name} TEMPLATE {source}")


@pytest.fixture
def lost(db: None) -> Iterator[Installed]:
    """An installation whose database was copied by its own people, and its files by us; then it
    went on, and its disk was lost."""
    for name in (LIVE, COPY, BROUGHT_BACK, EMPTY):
        run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    run(f"CREATE DATABASE {LIVE}")
    run(f"CREATE DATABASE {EMPTY}")
    with data_folder() as home:
        installed = Installed(home, url_of(LIVE)).prepared()
        installed.filled("fill")
        copied(LIVE, COPY)
        yield installed
    for name in (LIVE, COPY, BROUGHT_BACK, EMPTY):
        run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def brought_back(lost: Installed, name: str) -> Installed:
    """A new disk, and the database as its own people brought it back."""
    copied(COPY, BROUGHT_BACK)
    return replace(lost.moved(name), database=url_of(BROUGHT_BACK))


def stands_as_it_was(new: Installed) -> None:
    after = new.filled("show")
    assert after["owners"] == [OLGA, ""], "who was erased since is erased again"
    assert len(after["photos"]) == 2
    assert after["held"]
    verified = json.loads(new.runs("audit", "verify", "--json"))
    assert verified["whole"]
    assert verified["restores"][-1]["rows_lost"] > 0
    assert "Ordering goes on." in new.runs("remedies", "reconcile")
    assert not new.filled("show")["held"]


@now_and_then
def test_brought_back_by_its_own_people_the_rest_is_done(lost: Installed) -> None:
    assert "files" in lost.runs("backup", str(lost.backups), "--files-only")
    lost.filled("later")
    new = brought_back(lost, "stands")
    refused = new.runs("restore", str(lost.backups), code=1)
    assert "--database-stands" in refused
    empty = replace(new, database=url_of(EMPTY))
    refused = empty.runs("restore", str(lost.backups), "--database-stands", code=1)
    assert "nothing was restored into it" in refused
    said = new.runs("restore", str(lost.backups), "--database-stands")
    assert "Erased again, as before the restore: 1 filing." in said
    stands_as_it_was(new)


if EVERYTHING:

    def test_killed_on_the_way_it_is_run_again(lost: Installed) -> None:
        lost.runs("backup", str(lost.backups), "--files-only")
        lost.filled("later")
        new = brought_back(lost, "stands-killed")
        for step in ("erase_again", "make_head"):
            new.is_killed_restoring("recalldesk.operating.restoring.afterwards", step, stands=True)
            assert "was broken off" in new.runs("work", code=1)
        new.runs("restore", str(lost.backups), "--database-stands")
        stands_as_it_was(new)

    def test_from_the_dump_a_restore_that_was_killed_goes_on(lost: Installed) -> None:
        lost.runs("backup", str(lost.backups))
        lost.filled("later")
        new = replace(lost.moved("dumped"), database=url_of(EMPTY))
        new.is_killed_restoring(*LOAD)
        other = replace(new, database=url_of(LIVE))
        assert "is not empty" in other.runs("restore", str(lost.backups), code=1)
        new.runs("restore", str(lost.backups))
        stands_as_it_was(new)
