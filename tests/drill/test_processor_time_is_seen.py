"""Processor seconds of a process and of those that it started are added up, some left out."""

import subprocess
import sys

import pytest

from recalldesk.drill.processor_time import PROC, those_below, used_by, used_with_ended

BUSY = "import subprocess, sys, time\nwhile time.process_time() < 0.4: pass\n"
BOTH = (
    f"{BUSY}\nchild = subprocess.Popen([sys.executable, '-c', {BUSY!r} + 'print(1, flush=True);"
    "sys.stdin.read()', 'left' + '-out'], stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
    "child.stdout.readline(); print('busy', flush=True); sys.stdin.read()"
)


@pytest.mark.skipif(not (PROC / "self" / "schedstat").exists(), reason="only Linux says it")
def test_a_process_and_its_children_are_added_up() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BOTH], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"busy"

        whole, alone = used_by([process.pid]), used_by([process.pid], but="left-out")

        assert whole is not None
        assert alone is not None
        assert whole > alone + 0.3
        assert alone > 0.3
        (child,) = those_below(process.pid, "left-out")
        assert child != process.pid
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.skipif(not (PROC / "self" / "stat").exists(), reason="only Linux says it")
def test_what_a_child_used_that_ended_is_added_too() -> None:
    waits = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {BUSY!r}])\n"
    with subprocess.Popen(
        [sys.executable, "-c", waits + "print('over', flush=True); sys.stdin.read()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"over"

        used = used_with_ended([process.pid])

        assert used is not None
        assert used > 0.35
        assert process.stdin is not None
        process.stdin.close()
