"""A photo is decoded in a process of its own: whatever becomes of that, this one goes on."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from recalldesk.cleaning import apart
from recalldesk.cleaning.answers import Fault, Unusable
from recalldesk.cleaning.apart import CleaningDied, cleaned_apart
from recalldesk.evidence.states import PhotoProblem
from recalldesk.foundation.apart import PACKAGES
from tests.evidence.pictures import odd_ones, photo, png_bomb
from tests.evidence.plain_jpeg import beside_the_picture
from tests.programs import comes_true

FAULTY = """
import resource, signal, sys
from recalldesk.cleaning.bounds import bound
bound()
"""


def stand_in(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Another program in the place of the one that decodes, within the same limits."""
    started = [sys.executable, "-c", FAULTY + code]
    environment = {"PYTHONPATH": str(PACKAGES)}
    monkeypatch.setattr(
        apart,
        "_started",
        lambda: subprocess.Popen(
            started,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        ),
    )


def test_a_photo_comes_back_plain() -> None:
    picture = cleaned_apart(iter([photo()[:1000], photo()[1000:]]))
    assert (picture.width, picture.height) == (640, 480)
    assert beside_the_picture(picture.jpeg) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("svg", Fault.NOT_A_PICTURE),
        ("jpeg cut off", Fault.DAMAGED),
        ("bomb that says four billion pixels", Fault.TOO_MANY_PIXELS),
        ("one pixel", Fault.TOO_SMALL),
    ],
)
def test_a_problem_comes_back_as_it_is(name: str, fault: Fault) -> None:
    with pytest.raises(Unusable) as refused:
        cleaned_apart([odd_ones()[name]])
    assert refused.value.fault is fault


def test_every_fault_is_a_problem_of_a_photo() -> None:
    assert {fault.value for fault in Fault} <= set(PhotoProblem.values)


def test_the_largest_photo_that_is_allowed_fits_the_limits() -> None:
    picture = cleaned_apart([png_bomb(8_000, 5_000)])
    assert (picture.width, picture.height) == (2048, 1280)


@pytest.mark.parametrize(
    "code",
    [
        "while True: pass",
        "import os; os.kill(os.getpid(), signal.SIGSEGV)",
        "import os; os.abort()",
    ],
    ids=["goes on for ever", "breaks", "gives up"],
)
def test_a_file_that_breaks_its_decoder_is_at_fault(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    # One second of processor time in place of twenty: the signal is the same.
    soon = "resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\n"
    stand_in(monkeypatch, soon + code)
    with pytest.raises(Unusable) as refused:
        cleaned_apart([photo()])
    assert refused.value.fault is Fault.TOO_MUCH_WORK


@pytest.mark.parametrize(
    "code",
    [
        "import os; os.kill(os.getpid(), signal.SIGKILL)",
        "sys.exit(3)",
        "",
        "print('no json')",
        "print('{}')",
        "print('[]')",
        'print(\'{"fault": "made up"}\')',
        "print('{\"width\": 640, \"height\": 480}'); print('<script>')",
        'print(\'{"width": 9999, "height": 1}\')',
    ],
)
def test_no_answer_or_a_strange_one_is_no_verdict_on_the_photo(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    stand_in(monkeypatch, code)
    with pytest.raises(CleaningDied):
        cleaned_apart([photo()])


def test_an_endless_answer_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "while True: sys.stdout.write('x' * 100_000)")
    with pytest.raises(CleaningDied):
        cleaned_apart([photo()])


def test_one_that_takes_no_time_but_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", 0.5)
    stand_in(monkeypatch, "import time; time.sleep(600)")
    with pytest.raises(CleaningDied):
        cleaned_apart(bytes(100_000) for _ in range(100))


def test_what_the_source_raises_is_raised_and_ends_the_process() -> None:
    def breaks_off() -> Iterator[bytes]:
        yield photo()[:5_000]
        raise RuntimeError("the store is away")

    with pytest.raises(RuntimeError, match="the store is away"):
        cleaned_apart(breaks_off())


@pytest.mark.parametrize(
    "code",
    [
        "open('/dev/null')",
        "import socket; socket.socket()",
        "bytearray(2**30)",
        "import tempfile; tempfile.TemporaryFile()",
    ],
    ids=["open a file", "open a socket", "take a gigabyte", "write a file"],
)
def test_within_the_limits_it_cannot(code: str) -> None:
    tried = subprocess.run(
        [sys.executable, "-c", f"{FAULTY}\n{code}"],
        env={"PYTHONPATH": str(PACKAGES)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert tried.returncode == 1
    assert "Error" in tried.stderr


def test_it_knows_no_key_and_no_address_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc/self/environ").exists():
        pytest.skip("this system does not show a process's environment")
    for name in ("RECALLDESK_SEALING_KEYS", "DATABASE_URL", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "made-up-secret")
    with apart._started() as process:
        environ = Path(f"/proc/{process.pid}/environ")
        assert comes_true(lambda: b"PYTHONPATH" in environ.read_bytes())
        environment = environ.read_bytes()
        os.kill(process.pid, signal.SIGKILL)
    assert b"made-up-secret" not in environment


def test_it_is_without_django() -> None:
    loaded = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, recalldesk.cleaning.__main__; print(*sys.modules)",
        ],
        env={"PYTHONPATH": str(PACKAGES)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "recalldesk.cleaning.picture" in loaded
    assert not [name for name in loaded if name.partition(".")[0] in ("django", "procrastinate")]
