"""Killed at any point, by anybody: the next start puts it right, and harms no other program."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from recalldesk.postgres import binaries, pidfile, places, privileges
from recalldesk.postgres.places import SOCKET_NAME
from tests.now_and_then import now_and_then

pytestmark = now_and_then


@pytest.fixture(params=["proc", "ps"])
def _both_ways_to_see_a_program(request, monkeypatch):
    """Linux has /proc; macOS has only ps."""
    if request.param == "ps":
        monkeypatch.setattr(pidfile, "PROC", Path("/nowhere"))


@pytest.fixture
def bystander(usual_folder):
    """A living program of the very user who runs the server."""
    account = places.settle(usual_folder(), None).account
    sleeper = subprocess.Popen(
        ["sleep", "300"],
        user=account.uid if account.is_another else None,
        group=account.gid if account.is_another else None,
    )
    yield sleeper
    sleeper.kill()
    sleeper.wait()


@pytest.mark.usefixtures("_both_ways_to_see_a_program")
def test_a_killed_server_starts_again_in_the_same_program(server, ask):
    embedded = server()
    ask(embedded.start(), "create table kept as select 1 as number")
    first = embedded.status().pid
    os.kill(first, signal.SIGKILL)
    begun = time.monotonic()
    connection = embedded.start()
    assert time.monotonic() - begun < 10
    assert embedded.status().pid != first
    assert ask(connection, "select number from kept") == [(1,)]


def test_a_killed_server_is_not_running_though_its_zombie_is_there(server, place):
    embedded = server()
    embedded.start()
    pid = embedded.status().pid
    os.kill(pid, signal.SIGKILL)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    assert not pidfile.is_postmaster(pid, places.settle(place / "db", None))
    assert not embedded.is_running()


def test_a_program_killed_over_a_living_server_hands_it_to_the_next(server, program):
    other = program()
    pid = int(other.line())
    other.kill()
    embedded = server()
    assert embedded.is_running()
    embedded.start()
    assert embedded.status().pid == pid
    assert embedded.stop_if_last()
    assert not embedded.is_running()


def test_everything_killed_at_once_is_back_in_seconds(server, program, ask):
    other = program()
    pid = int(other.line())
    ask(server().connection(), "create table kept as select 1 as number")
    workers = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True
    ).stdout.split()
    other.kill()
    for each in [pid, *map(int, workers)]:
        os.kill(each, signal.SIGKILL)
    begun = time.monotonic()
    connection = server().start()
    assert time.monotonic() - begun < 10
    assert ask(connection, "select number from kept") == [(1,)]


def test_a_busy_session_of_a_killed_server_is_waited_for(server, ask, place):
    embedded = server()
    connection = embedded.start()
    ask(connection, "create table kept as select 1 as number")
    pid = embedded.status().pid
    children = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True
    ).stdout.split()
    slow = int(children[0])
    os.kill(slow, signal.SIGSTOP)
    os.kill(pid, signal.SIGKILL)
    begun = time.monotonic()
    with subprocess.Popen(["sh", "-c", f"sleep 0.7; kill -CONT {slow}"]):
        connection = embedded.start()
        assert time.monotonic() - begun > 0.7
    assert ask(connection, "select number from kept") == [(1,)]


@pytest.mark.usefixtures("_both_ways_to_see_a_program")
def test_a_stale_pid_file_never_harms_the_program_that_has_its_number(
    server, place, bystander, ask
):
    embedded = server()
    connection = embedded.start()
    content = (place / "db" / "cluster" / "postmaster.pid").read_text().split("\n")
    embedded.stop_if_last()
    content[0] = str(bystander.pid)
    assert content[7].strip() == "ready"
    (place / "db" / "cluster" / "postmaster.pid").write_text("\n".join(content))
    assert not embedded.is_running()
    assert not embedded.stop_if_last()
    connection = embedded.start()
    assert ask(connection, "select 1") == [(1,)]
    embedded.stop_if_last()
    assert bystander.poll() is None


def test_a_stale_socket_lock_never_blocks_the_start(server, place, bystander):
    embedded = server()
    embedded.start()
    lock = place / "db" / "socket" / f"{SOCKET_NAME}.lock"
    content = lock.read_text().split("\n")
    content[0] = str(bystander.pid)
    os.kill(embedded.status().pid, signal.SIGKILL)
    time.sleep(0.2)
    lock.write_text("\n".join(content))
    embedded.start()
    assert embedded.is_running()
    assert bystander.poll() is None


def test_a_stale_pid_file_never_harms_the_server_of_another_folder(server, place):
    neighbour, embedded = server(place / "neighbour"), server()
    neighbour.start()
    embedded.start()
    embedded.stop_if_last()
    stale = (place / "neighbour" / "cluster" / "postmaster.pid").read_text()
    (place / "db" / "cluster" / "postmaster.pid").write_text(stale)
    assert not embedded.is_running()
    embedded.start()
    assert embedded.status().pid != neighbour.status().pid
    assert embedded.stop_if_last()
    assert neighbour.is_running()


@pytest.mark.parametrize("content", ["", "nonsense", "-1\n", "0\n", "99999999999999\n" * 8])
def test_a_damaged_pid_file_is_replaced(server, place, content):
    embedded = server()
    embedded.start()
    embedded.stop_if_last()
    (place / "db" / "cluster" / "postmaster.pid").write_text(content)
    embedded.start()
    assert embedded.is_running()


def test_a_server_that_was_started_by_hand_is_attached_to(server, place, bystander):
    embedded = server()
    embedded.start()
    embedded.stop_if_last()
    settled = places.settle(place / "db", None)
    (place / "db" / "socket").mkdir(mode=0o700)
    os.chown(place / "db" / "socket", settled.account.uid, settled.account.gid)
    programs = binaries.installed()
    code, printed = privileges.run(
        settled.account,
        [
            *(programs.program("pg_ctl"), "-D", settled.cluster, "-w", "-l", "/dev/null"),
            *("-o", f"-c listen_addresses= -k {settled.socket_folder}", "start"),
        ],
    )
    assert code == 0, printed
    assert embedded.is_running()
    embedded.start()
    assert embedded.stop_if_last()
    assert not embedded.is_running()
