"""Programs of our own that look at untrusted bytes in a process apart.

Guarantees: the process is started with none of this one's environment, which holds the keys; what
is bound cannot be loosened again.
"""

import os
import resource
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

ITS_OWN_FAULT = frozenset(
    {
        signal.SIGXCPU,
        signal.SIGSEGV,
        signal.SIGBUS,
        signal.SIGABRT,
        signal.SIGILL,
        signal.SIGFPE,
    }
)
"""Ends that come from the file. Any other may come from the machine, and is tried again."""
PACKAGES = Path(__file__).resolve().parents[2]
KEPT = ("SYSTEMROOT", "LANG")
ONE_OF_EACH = {
    "MALLOC_ARENA_MAX": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}
"""Threads and arenas cost memory, and gain nothing where one photo is looked at."""


def started_apart(module: str, *, own_session: bool = False) -> subprocess.Popen[bytes]:
    """The module as a program, with a pipe to it and one from it."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return subprocess.Popen(  # noqa: S603 - this Python, and a module that the caller names
        [sys.executable, "-P", "-s", "-m", module],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env=kept | {"PYTHONPATH": str(PACKAGES)} | ONE_OF_EACH,
        start_new_session=own_session,
    )


def bound_process(*, address_space: int, cpu_seconds: int, open_files: int) -> None:
    """Bounds this process: bytes of memory, seconds of processor time from its start, open files;
    and that it writes none."""
    for limit, value in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, open_files),
    ):
        resource.setrlimit(limit, (value, value))
    # At the first of the two the process ends by a signal that says why.
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    # macOS does not hold a process to an address space, and may refuse to be asked.
    refusals = (ValueError, OSError) if sys.platform == "darwin" else ()
    with suppress(*refusals):
        resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
