"""Several programs, one server: one starts it, the others attach, the last one stops it."""

import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

from recalldesk.postgres.errors import StartFailedError
from recalldesk.postgres.locks import FileLock, Turn

FORKS = """
import os, sys
from pathlib import Path
from recalldesk.postgres.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), settings={"fsync": "off"})
server.start()
child = os.fork()
if child == 0:
    assert not server.stop_if_last()
    sys.exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
print("alive" if server.is_running() else "stopped", flush=True)
sys.stdin.read()
"""
FORKS_A_USER = FORKS.replace("assert not server.stop_if_last()", "server.start()")
FORKS_AND_DIES = """
import os, signal, sys, time
from pathlib import Path
from recalldesk.postgres.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), settings={"fsync": "off"})
server.start()
child = os.fork()
if child == 0:
    print(os.getpid(), flush=True)
    sys.stdin.read()
    os._exit(0)
os.kill(os.getpid(), signal.SIGKILL)
"""
SPAWNS = """
import multiprocessing, sys
from pathlib import Path
from recalldesk.postgres.server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]), settings={"fsync": "off"})
server.start()
context = multiprocessing.get_context("spawn")
worker = context.Process(target=print, args=("worked",))
worker.start()
worker.join()
print("alive" if server.is_running() else "stopped", flush=True)
"""


def test_programs_that_begin_together_share_one_server(program, server, place):
    programs = [program(folder=place / "new") for _ in range(3)]
    pids = {each.line() for each in programs}
    assert len(pids) == 1
    assert pids != {""}
    embedded = server(place / "new")
    assert programs[0].end() == 0
    assert programs[1].end() == 0
    assert embedded.is_running()
    assert programs[2].end() == 0
    assert not embedded.is_running()


def test_the_last_one_stops_it_and_nobody_before(program, server):
    embedded = server()
    embedded.start()
    other = program()
    assert int(other.line()) == embedded.status().pid
    assert not embedded.stop_if_last()
    assert embedded.is_running()
    assert other.end() == 0
    assert not embedded.is_running()


def test_two_objects_in_one_program_count_as_two(server):
    first, second = server(), server()
    first.start()
    second.start()
    assert not first.stop_if_last()
    assert second.is_running()
    assert second.stop_if_last()


def test_threads_that_begin_together_share_one_server(server):
    embedded = server()
    with ThreadPoolExecutor(4) as threads:
        connections = {each.result() for each in [threads.submit(embedded.start) for _ in range(4)]}
    assert len(connections) == 1
    assert embedded.stop_if_last()


def test_who_has_not_started_stops_nothing(server):
    first, looker = server(), server()
    first.start()
    looker.connection()
    assert not looker.stop_if_last()
    assert first.is_running()


@pytest.mark.parametrize("code", [FORKS, FORKS_A_USER])
def test_a_forked_child_never_stops_its_parents_server(program, server, code):
    parent = program(code)
    assert parent.line() == "alive"
    assert parent.end() == 0
    assert not server().is_running()


def test_a_killed_parents_lock_does_not_live_on_in_its_child(program, server):
    parent = program(FORKS_AND_DIES)
    child = int(parent.line())
    parent.running.wait()
    embedded = server()
    embedded.start()
    os.kill(child, 0)
    assert embedded.stop_if_last()


def test_a_spawned_worker_leaves_the_server_alone(program, server):
    parent = program(SPAWNS)
    assert [parent.line(), parent.line()] == ["worked", "alive"]
    assert parent.end() == 0
    assert not server().is_running()


def test_a_program_started_by_ours_inherits_no_lock(server):
    embedded = server()
    embedded.start()
    sleeper = subprocess.Popen(["sleep", "300"], close_fds=False)
    try:
        assert embedded.stop_if_last()
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_turn_that_never_comes_is_said(place):
    holder = FileLock(place / "start.lock")
    assert holder.try_exclusive()
    with pytest.raises(StartFailedError, match="Another program"), Turn(place / "start.lock", 0.1):
        pass
    holder.release()


def test_a_failed_start_holds_the_server_for_nobody(server, place):
    embedded = server()
    embedded.start()
    embedded.stop_if_last()
    spoiled = server(work_mem="much")
    with pytest.raises(StartFailedError):
        spoiled.start()
    assert FileLock(place / "db" / "users.lock").try_exclusive()
