"""Photos are read in a process of its own: whatever becomes of that, this one goes on."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from recalldesk.demo.photos.labels import Look, draw_label
from recalldesk.foundation.apart import PACKAGES
from recalldesk.reading import apart
from recalldesk.reading.apart import Reader, ReadingDied, Unreadable
from recalldesk.reading.asked import ExpectedMarking
from tests.programs import comes_true
from tests.reading.written import FORM, SERIAL

EXPECTED = ExpectedMarking("RECALLED", "4829-1375")


def jpeg(image: Image.Image) -> bytes:
    kept = io.BytesIO()
    image.save(kept, "JPEG")
    return kept.getvalue()


GREY = jpeg(Image.new("RGB", (300, 200), (90, 90, 90)))


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def its_process(reader: Reader) -> "subprocess.Popen[bytes]":
    process = reader._process
    assert process
    return process


def stand_in(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Another program in the place of the one that reads."""
    monkeypatch.setattr(
        apart,
        "started_apart",
        lambda module, own_session: subprocess.Popen(
            [sys.executable, "-c", f"import os, sys, time\n{code}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": str(PACKAGES)},
            start_new_session=own_session,
        ),
    )


def test_a_label_comes_back_and_the_process_stays(reader: Reader) -> None:
    photo = draw_label(SERIAL, "A1263", 4, look=Look.DARK_ON_WHITE, has_bar_code=False)
    read = reader.read_label(jpeg(photo), FORM)
    assert [found.text for found in read.candidates] == [SERIAL]
    first = its_process(reader).pid
    assert reader.verify_marking(GREY, EXPECTED).lines == ()
    assert its_process(reader).pid == first


def test_what_is_no_picture_is_unreadable_and_the_next_photo_is_read(reader: Reader) -> None:
    with pytest.raises(Unreadable):
        reader.read_label(b"no picture", FORM)
    assert reader.read_label(GREY, FORM).candidates == ()


def test_a_killed_process_is_started_again(reader: Reader) -> None:
    reader.verify_marking(GREY, EXPECTED)
    killed = its_process(reader)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    reader.verify_marking(GREY, EXPECTED)
    assert its_process(reader).pid != killed.pid


def test_it_knows_nothing_of_this_environment(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader.close()
    monkeypatch.setenv("RECALLDESK_MADE_UP_KEY", "made up")
    reader.verify_marking(GREY, EXPECTED)
    environ = Path(f"/proc/{its_process(reader).pid}/environ")
    if not environ.exists():
        pytest.skip("this system does not show a process's environment")
    assert b"MADE_UP_KEY" not in environ.read_bytes()


def test_the_fork_that_read_a_photo_is_gone(reader: Reader) -> None:
    reader.verify_marking(GREY, EXPECTED)
    pid = its_process(reader).pid
    children = Path(f"/proc/{pid}/task/{pid}/children")
    if not children.exists():
        pytest.skip("this system does not show a process's children")
    assert comes_true(lambda: not children.read_text().split())


def test_it_ends_with_whoever_started_it(reader: Reader) -> None:
    code = (
        "from recalldesk.reading.apart import Reader\n"
        "from recalldesk.reading.asked import ExpectedMarking\n"
        f"r = Reader(); r.verify_marking({GREY!r}, ExpectedMarking())\n"
        "print(r._process.pid, flush=True)\n"
        "import os; os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(PACKAGES)},
        stdout=subprocess.PIPE,
        check=False,
    )
    pid = int(done.stdout)
    assert comes_true(lambda: not is_alive(pid))


def is_alive(pid: int) -> bool:
    """Whether the process is there, and no zombie."""
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, check=False)
    return bool(shown.stdout.strip()) and not shown.stdout.strip().startswith(b"Z")


@pytest.mark.parametrize(
    "code",
    [
        "sys.exit(3)",
        "os.kill(os.getpid(), 9)",
        "os.write(1, b'\\0\\0\\0\\4nope')",
        "os.write(1, b'\\0\\0\\0\\2[]')",
        "os.write(1, b'\\xff\\xff\\xff\\xff')",
        "os.write(1, b'\\0\\0\\0\\2{}')",
        'os.write(1, b"\\0\\0\\0\\x0e" + b\'{"read": "[]"}\')',
    ],
)
def test_no_answer_or_a_strange_one_is_no_verdict_on_the_photo(
    monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    stand_in(monkeypatch, f"os.read(0, 1 << 20); {code}; time.sleep(0.2); sys.exit(70)")
    reader = Reader()
    with pytest.raises(ReadingDied):
        reader.verify_marking(GREY, EXPECTED)
    reader.close()


def test_a_photo_that_breaks_its_fork_is_at_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, f"os.read(0, 1 << 20); sys.exit({apart.PHOTO_AT_FAULT})")
    with pytest.raises(Unreadable):
        Reader().verify_marking(GREY, EXPECTED)


def test_one_that_never_ends_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in(monkeypatch, "time.sleep(600)")
    with pytest.raises(ReadingDied):
        Reader(seconds=0.5).verify_marking(GREY, EXPECTED)


def test_one_that_went_idle_just_then_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    starts = []
    real = apart.started_apart

    def started(module: str, own_session: bool) -> "subprocess.Popen[bytes]":
        starts.append(module)
        if len(starts) > 1:
            return real(module, own_session=own_session)
        return subprocess.Popen(
            [sys.executable, "-c", ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    monkeypatch.setattr(apart, "started_apart", started)
    reader = Reader()
    assert reader.verify_marking(GREY, EXPECTED).lines == ()
    assert len(starts) == 2
    reader.close()


def test_one_that_nobody_asks_ends_after_a_while() -> None:
    soon = (
        "import sys\nimport recalldesk.reading.__main__ as reads\n"
        "reads.IDLE_SECONDS = 0.1\nsys.exit(reads.main())"
    )
    with subprocess.Popen(
        [sys.executable, "-c", soon],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": str(PACKAGES)},
    ) as process:
        assert process.wait(timeout=120) == 0
