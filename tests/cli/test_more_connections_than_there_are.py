"""A server that could not get its connections to the database is refused, with the figures."""

import pytest
from django.db import connection

from recalldesk.cli import serve
from recalldesk.config.database import TooManyConnections, refuse_too_many_connections
from tests.cast import Command
from tests.ports import free_port

pytestmark = pytest.mark.django_db


def most() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        row = cursor.fetchone()
    assert row
    return int(row[0])


def test_as_many_as_the_database_takes_are_not_refused() -> None:
    refuse_too_many_connections(most())
    with pytest.raises(TooManyConnections):
        refuse_too_many_connections(most() + 1)


@pytest.mark.parametrize(("jobs", "wanted"), [("--jobs", 916), ("--no-jobs", 900)])
def test_so_many_web_processes_are_refused(
    command: Command, monkeypatch: pytest.MonkeyPatch, jobs: str, wanted: int
) -> None:
    monkeypatch.setattr("granian.server.Server", None)
    monkeypatch.setattr(serve, "call_command", lambda *_, **__: None)
    monkeypatch.setattr(serve.connections, "close_all", lambda: None)
    ran = command("serve", "--port", str(free_port()), "--workers", "50", jobs)
    assert (ran.code, ran.out) == (1, "")
    assert f"up to {wanted} connections to the database, which takes {most()}" in ran.err
    assert "--workers" in ran.err
