"""Draws charts in a process of its own, kept for the next one.

Guarantees: the engine never runs in a process that serves pages; one that takes too long, or dies,
ends alone, and whoever asked gets no picture; the same description is drawn once.
"""

import json
import os
import subprocess
import threading
from collections import OrderedDict
from contextlib import suppress
from functools import lru_cache

from recalldesk.foundation.apart import started_apart
from recalldesk.reports.charts.cleaning import NoPicture, cleaned
from recalldesk.reports.charts.descriptions import Spec

SECONDS = 20
"""For one picture. The first of a process takes one or two, the next a tenth of one."""
KEPT = 64
"""Pictures kept, of some ten kilobytes each."""


class NotDrawn(Exception):
    """There is no picture. Whoever shows it shows the table."""


class Drawer:
    """The process that draws, started when it is first needed and again when it ended."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._started_by = 0
        self._kept: OrderedDict[str, str] = OrderedDict()

    def draw(self, spec: Spec, *, name: str, title: str, says: str) -> str:
        """The picture, as it may stand in a page. `name`: unlike that of any other in the page;
        `title` and `says`: for whoever does not see it. Raises NotDrawn.
        """
        try:
            return cleaned(self._svg(json.dumps(spec)), name=name, title=title, says=says)
        except NoPicture as problem:
            raise NotDrawn(str(problem)) from problem

    def prepare(self) -> None:
        """Starts the process, if there is none, so that it is ready once it is asked."""
        with self._lock:
            self._running()

    def close(self) -> None:
        """Ends the process, if there is one."""
        with self._lock:
            self._end()

    def _svg(self, asked: str) -> str:
        with self._lock:
            svg = self._kept.pop(asked, None)
            if svg is None:
                svg = self._answer(asked) or self._answer(asked)  # it went idle just then
            if svg is None:
                raise NotDrawn("the process that draws ended")
            self._kept[asked] = svg
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            return svg

    def _answer(self, asked: str) -> str | None:
        """None where the process ended instead."""
        process = self._running()
        assert process.stdin
        assert process.stdout
        clock = threading.Timer(self._seconds, process.kill)
        clock.daemon = True
        clock.start()
        try:
            process.stdin.write(asked.encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = b""
        finally:
            clock.cancel()
        if not line.endswith(b"\n"):
            self._end()
            return None
        said = json.loads(line)
        if "svg" not in said:
            raise NotDrawn(str(said.get("wrong")))
        return str(said["svg"])

    def _running(self) -> subprocess.Popen[bytes]:
        """The process; one that was started before this one was forked off is not ours."""
        process = self._process
        if process is None or self._started_by != os.getpid() or process.poll() is not None:
            self._end()
            process = self._process = started_apart("recalldesk.reports.charts")
            self._started_by = os.getpid()
        return process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None or self._started_by != os.getpid():
            return
        process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        process.wait()


@lru_cache(maxsize=1)
def drawer() -> Drawer:
    """The one that the threads of this process share."""
    return Drawer()
