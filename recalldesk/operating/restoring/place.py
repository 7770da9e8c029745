"""The empty data folder that a restore fills.

Guarantees: nothing that is there is overwritten; from the first step of a restore to its last a
file says that it is unfinished, and no other program serves what is there; a restore that was
killed begins anew, and goes on from a dump that it had loaded whole.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from recalldesk.config.home import prepare_home, unfinished_restore
from recalldesk.operating.errors import NotEmpty
from recalldesk.postgres import recovery

MAY_BE_THERE = frozenset(
    {
        *("journal", "heads", "static", "index", "index.lock", "mail", "sms"),
        *("papers", "passing", "metrics"),
        *("secrets.json", "secrets.lock", "secrets.part"),
    }
)
"""What a restore needs as it is now, or what is made anew."""


@dataclass(frozen=True)
class Place:
    """Where is restored. `database_stands`: what is in the database came there already."""

    home: Path
    mark: Path
    database_stands: bool

    def note_load(self) -> None:
        """Says, before a dump is loaded whole or not at all, into which database it goes."""
        self.mark.write_text(_loads_into())


@contextmanager
def emptied_home(*, database_stands: bool) -> Iterator[Place]:
    """The data folder, marked as unfinished until the context ends well. Raises NotEmpty."""
    home: Path = settings.HOME
    prepare_home(home, embedded_database=settings.EMBEDDED_DATABASE)
    mark = unfinished_restore(home)
    is_ours = mark.exists() and mark.read_text() == _loads_into()
    if mark.exists():
        _remove_what_was_begun(home, mark)
    _refuse_filled(home, mark)
    stands = database_stands
    if not settings.EMBEDDED_DATABASE:
        stands = stands or (is_ours and _is_filled())
        _refuse_wrong_database(database_stands=stands)
    mark.touch()
    yield Place(home, mark, stands)
    connections.close_all()
    mark.unlink()


def _loads_into() -> str:
    database = connection.settings_dict
    return f"loads into {database['NAME']} at {database['HOST']}:{database['PORT']}"


def _is_filled() -> bool:
    return "django_migrations" in connection.introspection.table_names()


def _remove_what_was_begun(home: Path, mark: Path) -> None:
    if settings.EMBEDDED_DATABASE:
        run_as = settings.ENVIRONMENT.embedded_user or None
        recovery.remove_unfinished(settings.EMBEDDED_FOLDER, run_as)
    for path in home.iterdir():
        if path.name in MAY_BE_THERE or path == mark:
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _refuse_filled(home: Path, mark: Path) -> None:
    names = {path.name for path in home.iterdir()}
    there = sorted(names - MAY_BE_THERE - {mark.name})
    if there:
        raise NotEmpty(
            f"{home} is not empty: {', '.join(there[:5])}.",
            "Name an empty folder by RECALLDESK_HOME, or move this one away; nothing was changed.",
        )


def _refuse_wrong_database(*, database_stands: bool) -> None:
    is_filled = _is_filled()
    if is_filled and not database_stands:
        raise NotEmpty(
            "The database of DATABASE_URL is not empty.",
            "Name an empty one. If its own people have just restored it, say --database-stands.",
        )
    if not is_filled and database_stands:
        raise NotEmpty(
            "The database of DATABASE_URL is empty: nothing was restored into it.",
            "Have it restored first, or leave --database-stands out.",
        )
