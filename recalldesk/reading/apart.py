"""Reads photos in a process of its own, kept alive for the next one.

Guarantees: the process knows no key and no database, and of one photo nothing is there when the
next one comes; a photo that takes too long ends it, never this one; what it answers is taken for
no more than text. One photo at a time: jobs wait for one another.
"""

import os
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from typing import Any, TypeVar

from recalldesk.foundation.apart import started_apart
from recalldesk.reading import frames
from recalldesk.reading.asked import ExpectedMarking, LabelForm
from recalldesk.reading.ends import PHOTO_AT_FAULT
from recalldesk.reading.kept import label_from_json, marking_from_json
from recalldesk.reading.questions import label_form_written, marking_written
from recalldesk.reading.seen import LabelReading, MarkingReading

SECONDS = 120
"""For one photo, by the clock. Processor time is bound more tightly, by the process itself."""
Read = TypeVar("Read", LabelReading, MarkingReading)


class ReadingDied(Exception):
    """The process ended without an answer, perhaps through no fault of the photo: try again."""


class Unreadable(Exception):
    """The photo cannot be read: it is no picture, or takes more than it may. Give up."""


class Reader:
    """The process that reads, started when it is first needed and again when it ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._started_by = 0

    def read_label(self, jpeg: bytes, form: LabelForm) -> LabelReading:
        """What the label in a photo says. Raises ReadingDied or Unreadable."""
        return self._read(
            jpeg, {"kind": "label", "form": label_form_written(form)}, label_from_json
        )

    def verify_marking(self, jpeg: bytes, expected: ExpectedMarking) -> MarkingReading:
        """What of a marking stands in a photo. Raises ReadingDied or Unreadable."""
        asked = {"kind": "marking", "expected": marking_written(expected)}
        return self._read(jpeg, asked, marking_from_json)

    def close(self) -> None:
        """Ends the process, if there is one."""
        with self._lock:
            self._end()

    def _read(self, jpeg: bytes, asked: dict[str, Any], meant: Callable[[str], Read]) -> Read:
        try:
            question = frames.question(asked, jpeg)
        except frames.FrameProblem as problem:
            raise Unreadable(str(problem)) from problem
        with self._lock:
            said = self._answer(question)
            if said is None:  # it went idle just as it was asked
                said = self._answer(question)
        if said is None:
            raise ReadingDied("nothing was read")
        if "unreadable" in said:
            raise Unreadable(str(said["unreadable"]))
        try:
            return meant(str(said["read"]))
        except (KeyError, ValueError) as error:
            raise ReadingDied("an answer that is none") from error

    def _answer(self, question: bytes) -> dict[str, Any] | None:
        """None where the process ended in good order before it was asked."""
        process = self._running()
        clock = threading.Timer(self._seconds, _kill, [process])
        clock.daemon = True
        clock.start()
        try:
            return _asked(process, question)
        except (frames.FrameProblem, BrokenPipeError):
            code = self._end(kill=False)
            if code == PHOTO_AT_FAULT:
                raise Unreadable("reading it takes more than it may") from None
            if code:
                raise ReadingDied(f"exit code {code}") from None
            return None
        except BaseException:
            self._end()
            raise
        finally:
            clock.cancel()

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; one that was started before this one was forked off is not ours."""
        process = self._process
        if process is None or self._started_by != os.getpid() or process.poll() is not None:
            self._end()
            process = self._process = started_apart("recalldesk.reading", own_session=True)
            self._started_by = os.getpid()
        return process

    def _end(self, *, kill: bool = True) -> int:
        """Ends the process, or waits for its end; its exit code."""
        process, self._process = self._process, None
        if process is None or self._started_by != os.getpid():
            return 0
        if kill:
            _kill(process)
        for pipe in (process.stdin, process.stdout):
            assert pipe
            with suppress(BrokenPipeError):
                pipe.close()
        try:
            return process.wait(timeout=self._seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            return process.wait()


def _asked(process: subprocess.Popen[bytes], question: bytes) -> dict[str, Any]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(question)
    process.stdin.flush()
    return frames.read_answer(process.stdout.fileno())


def _kill(process: subprocess.Popen[bytes]) -> None:
    """With the fork that reads."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


@lru_cache(maxsize=1)
def reader() -> Reader:
    """The one that the jobs of this process share."""
    return Reader()
