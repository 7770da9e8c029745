"""Cleans a photo in a process of its own, made for it and ended with it.

Guarantees: the process knows no key and no database, holds no other photo, and is ended when its
time is up; nothing that it does ends this one. What it answers is taken for no more than bytes.
"""

import json
import subprocess
import threading
from collections.abc import Iterable
from contextlib import suppress

from recalldesk.evidence.cleaning.answers import Fault, Picture, Unusable
from recalldesk.evidence.limits import LONGEST_SIDE
from recalldesk.foundation.apart import ITS_OWN_FAULT, started_apart
from recalldesk.reading.likeness import BYTES, TURNS

SECONDS = 120
"""By the clock. Processor time is bound more tightly, by the process itself (bounds.py)."""
MOST_ANSWER = 16_000_000


class CleaningDied(Exception):
    """The process ended without an answer, and perhaps through no fault of the photo."""


def _started() -> subprocess.Popen[bytes]:
    return started_apart("recalldesk.evidence.cleaning")


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
    with _started() as process:
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
    return _meaning(code, answer)


def _meaning(code: int, answer: bytes) -> Picture:
    if code < 0 and -code in ITS_OWN_FAULT:
        raise Unusable(Fault.TOO_MUCH_WORK)
    head, newline, jpeg = answer.partition(b"\n")
    if code or not newline or len(answer) > MOST_ANSWER:
        raise CleaningDied(f"exit code {code}")
    try:
        said = json.loads(head)
        if "fault" in said:
            raise Unusable(Fault(said["fault"]))
        likeness = bytes.fromhex(said["likeness"])
        picture = Picture(jpeg, int(said["width"]), int(said["height"]), likeness)
    except (ValueError, KeyError, TypeError) as error:
        raise CleaningDied("an answer that is none") from error
    if not _is_plausible(picture):
        raise CleaningDied("an answer that is none")
    return picture


def _is_plausible(picture: Picture) -> bool:
    sides = (picture.width, picture.height)
    whole = picture.jpeg.startswith(b"\xff\xd8\xff") and picture.jpeg.endswith(b"\xff\xd9")
    is_likeness = len(picture.likeness) in (0, TURNS * BYTES)
    return whole and is_likeness and all(1 <= side <= LONGEST_SIDE for side in sides)
