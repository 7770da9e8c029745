"""The database backend: where no DATABASE_URL is given, connecting starts or joins the server."""

from functools import cache
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base

from recalldesk.config.home import prepare_home
from recalldesk.config.profile import Profile
from recalldesk.postgres.errors import FolderUnusableError
from recalldesk.postgres.server import Connection, EmbeddedServer


@cache
def server() -> EmbeddedServer:
    """The one server of this process. Tests may lose their rows with the power; nobody else."""
    return EmbeddedServer(
        settings.EMBEDDED_FOLDER,
        settings=durability(),
        run_as=settings.ENVIRONMENT.embedded_user or None,
        archive=settings.ARCHIVE_FOLDER,
    )


def durability() -> dict[str, str]:
    """PostgreSQL's settings beside our own: none, but in tests."""
    if settings.PROFILE is not Profile.TEST:
        return {}
    return {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def joined() -> Connection:
    """How to connect, with the server running. Raises PostgresError."""
    try:
        prepare_home(settings.HOME, embedded_database=True)
    except OSError as error:
        raise FolderUnusableError(
            f"Cannot make the folder {settings.HOME}: {error.strerror}.",
            "Name one with RECALLDESK_HOME that the user who runs Recalldesk may make.",
        ) from error
    return server().start()


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, started when first needed and again where it was killed."""

    def get_connection_params(self) -> dict[str, Any]:
        """The connection's parameters; starts or joins the embedded server."""
        connection = joined()
        self.settings_dict |= {
            "HOST": connection.host,
            "PORT": connection.port,
            "USER": connection.user,
            "PASSWORD": connection.password,
        }
        parameters: dict[str, Any] = super().get_connection_params()
        return parameters
