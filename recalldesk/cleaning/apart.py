"""Cleans a photo in a process of its own, made for it and ended with it.

Guarantees: the process knows no key and no database, holds no other photo, and is ended when its
time is up; nothing that it does ends this one. What it answers is taken for no more than bytes.
"""

import json
import subprocess
import threading
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from recalldesk.cleaning.answers import Fault, Picture, Unusable
from recalldesk.cleaning.limits import LONGEST_SIDE
from recalldesk.foundation.apart import ITS_OWN_FAULT, started_apart
from recalldesk.reading.likeness import BYTES, TURNS

SECONDS = 120
"""By the clock. Processor time is bound more tightly, by the process itself (bounds.py)."""
MOST_ANSWER = 16_000_000
NO_ANSWER = "an answer that is none"


class CleaningDied(Exception):
    """The process ended without an answer, and perhaps through no fault of the photo."""


def _started() -> subprocess.Popen[bytes]:
    return started_apart("recalldesk.cleaning")


class _Feeder(threading.Thread):
    """Gives the process its photo while its answer is awaited; keeps what `chunks` raises."""

    def __init__(self, process: subprocess.Popen[bytes], chunks: Iterable[bytes]) -> None:
        super().__init__(daemon=True)
        self._process, self._chunks = process, chunks
        self.raised: BaseException | None = None

    def run(self) -> None:
        """Writes all, or as much as is read."""
        pipe = self._process.stdin
        assert pipe
        try:
            for chunk in self._chunks:
                try:
                    pipe.write(chunk)
                except BrokenPipeError:  # it died, or has its answer already
                    break
        except BaseException as error:
            self.raised = error
            self._process.kill()
        with suppress(BrokenPipeError):
            pipe.close()


def cleaned_apart(chunks: Iterable[bytes]) -> Picture:
    """The plain picture of a photo's bytes.

    Raises Unusable, CleaningDied, or whatever `chunks` raises (they are read in another thread).
    """
    return _meaning(*answer_of(_started(), chunks))


def answer_of(started: subprocess.Popen[bytes], chunks: Iterable[bytes]) -> tuple[int, bytes]:
    """The exit code of a program that looks at a photo, and its answer as far as it is read.

    Raises whatever `chunks` raises; the program has ended whatever happens.
    """
    with started as process:
        assert process.stdout
        clock = threading.Timer(SECONDS, process.kill)
        clock.daemon = True
        feeder = _Feeder(process, chunks)
        try:
            clock.start()
            feeder.start()
            answer = process.stdout.read(MOST_ANSWER + 1)
            if len(answer) > MOST_ANSWER:
                process.kill()
            feeder.join()
            code = process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            clock.cancel()
    if feeder.raised is not None:
        raise feeder.raised
    return code, answer


def said_in(code: int, answer: bytes) -> tuple[dict[str, Any], bytes]:
    """The line of JSON that an answer begins with, and what follows it.

    Raises Unusable where the photo is at fault, CleaningDied where it is no answer.
    """
    if code < 0 and -code in ITS_OWN_FAULT:
        raise Unusable(Fault.TOO_MUCH_WORK)
    head, newline, rest = answer.partition(b"\n")
    if code or not newline or len(answer) > MOST_ANSWER:
        raise CleaningDied(f"exit code {code}")
    try:
        said = json.loads(head)
        if "fault" in said:
            raise Unusable(Fault(said["fault"]))
    except (ValueError, KeyError, TypeError) as error:
        raise CleaningDied(NO_ANSWER) from error
    return said, rest


def _meaning(code: int, answer: bytes) -> Picture:
    said, jpeg = said_in(code, answer)
    try:
        likeness = bytes.fromhex(said["likeness"])
        picture = Picture(jpeg, int(said["width"]), int(said["height"]), likeness)
    except (ValueError, KeyError, TypeError) as error:
        raise CleaningDied(NO_ANSWER) from error
    if not is_plausible(picture) or len(picture.likeness) not in (0, TURNS * BYTES):
        raise CleaningDied(NO_ANSWER)
    return picture


def is_plausible(picture: Picture) -> bool:
    """Whether it looks like a JPEG of sides that the cleaning makes."""
    sides = (picture.width, picture.height)
    whole = picture.jpeg.startswith(b"\xff\xd8\xff") and picture.jpeg.endswith(b"\xff\xd9")
    return whole and all(1 <= side <= LONGEST_SIDE for side in sides)
