"""Data folders as people name them: with spaces, in any script, relative, very long."""

import os
import stat
from pathlib import Path

import pytest

from recalldesk.postgres.errors import FolderUnusableError, SocketFolderUnsafeError
from recalldesk.postgres.server import EmbeddedServer

LONG = Path("a" * 100) / ("b" * 100) / "db"


@pytest.mark.parametrize(
    "name", ["with two spaces", "Rückruf 召回 ñ", 'comma, quote\' "double" $HOME `x` 100%', LONG]
)
def test_any_name_of_a_folder_works(server, place, ask, name):
    connection = server(place / name).start()
    assert ask(connection, "select 1") == [(1,)]
    assert connection.host.isascii()
    assert len(connection.host) < 90
    assert stat.S_IMODE(Path(connection.host).stat().st_mode) == 0o700


def test_a_short_plain_folder_holds_its_own_socket(server, place):
    assert Path(server().start().host) == place / "db" / "socket"


def test_two_long_folders_have_two_sockets(place):
    first, second = (EmbeddedServer(place / LONG / name) for name in ("one", "two"))
    assert first.status().socket_folder != second.status().socket_folder


def test_a_relative_folder_is_the_same_one_from_everywhere(server, place, monkeypatch):
    monkeypatch.chdir(place)
    relative = server(Path("db"))
    monkeypatch.chdir("/")
    relative.start()
    absolute = server(place / "db")
    assert absolute.is_running()
    assert relative.start() == absolute.start()


def test_a_link_to_the_folder_is_the_same_one(server, place):
    (place / "link").symlink_to(place / "db")
    connection = server().start()
    assert server(place / "link").start() == connection


def test_a_line_break_in_the_name_is_refused(place):
    with pytest.raises(FolderUnusableError, match="control"):
        EmbeddedServer(place / "a\nb")


def test_a_path_longer_than_postgresql_knows_is_refused(place):
    with pytest.raises(FolderUnusableError, match="longer"):
        EmbeddedServer(place.joinpath(*["x" * 200] * 5))


def test_a_link_in_the_place_of_the_socket_folder_is_refused(server, place):
    embedded = server()
    (place / "elsewhere").mkdir(mode=0o700)
    embedded.connection()
    (place / "db" / "socket").symlink_to(place / "elsewhere")
    with pytest.raises(SocketFolderUnsafeError, match="listen in"):
        embedded.start()


def test_a_socket_folder_that_is_open_to_others_is_refused(server, place):
    embedded = server()
    embedded.connection()
    (place / "db" / "socket").mkdir()
    (place / "db" / "socket").chmod(0o777)
    with pytest.raises(SocketFolderUnsafeError):
        embedded.start()


def test_a_socket_folder_of_another_user_is_refused(server, place, stranger):
    embedded = server()
    embedded.connection()
    (place / "db" / "socket").mkdir(mode=0o700)
    os.chown(place / "db" / "socket", stranger.uid, stranger.gid)
    with pytest.raises(SocketFolderUnsafeError):
        embedded.start()
