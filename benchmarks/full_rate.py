"""Checks at full rate: who asks has the next answer asked for as soon as one is there."""

import json
import multiprocessing
import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from typing import NamedTuple

from benchmarks.serving import Asker, ServerEndedError, check_request

PROCESSES, THREADS = 2, 8
"""Of those who ask; each thread keeps a connection of its own open."""
BROKEN = 0
"""The status of an answer that did not come."""


class Observation(NamedTuple):
    """One check: the moments by the machine's clock, and what was answered.

    `versions` are those that the answer names, by recall; of one that did not come whole there is
    none, nor a verdict.
    """

    serial: str
    asked_at: float
    answered_at: float
    status: int
    verdict: str = ""
    versions: tuple[tuple[str, int, str], ...] = ()


@lru_cache(maxsize=1_000)
def _kept_once(
    verdict: str, versions: tuple[tuple[str, int, str], ...]
) -> tuple[str, tuple[tuple[str, int, str], ...]]:
    """Few different things are said, in very many answers."""
    return verdict, versions


def observation(serial: str, asked_at: float, answered_at: float, answer: bytes) -> Observation:
    """What was seen, by an answer as it came."""
    head, _, body = answer.partition(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    if status != 200:
        return Observation(serial, asked_at, answered_at, status)
    said = json.loads(body)
    versions = tuple((each["recall"], each["version"], each["verdict"]) for each in said["recalls"])
    verdict, versions = _kept_once(said["verdict"], versions)
    return Observation(serial, asked_at, answered_at, status, verdict, versions)


def ask_on(
    port: int,
    serials: Sequence[str],
    seed: int,
    has_ended: Callable[[], bool],
    seen: list[Observation],
) -> None:
    """Asks by one connection until the end; where it breaks, by another."""
    draw, asker = random.Random(seed), None
    while not has_ended():
        serial, asked_at = draw.choice(serials), time.time()
        try:
            asker = asker or Asker(port, connections=1)
            (answer,) = asker.ask([check_request(serial)])
            seen.append(observation(serial, asked_at, time.time(), answer))
        except (OSError, ServerEndedError, LookupError, ValueError):
            seen.append(Observation(serial, asked_at, time.time(), BROKEN))
            if asker is not None:
                asker.close()
            asker = None
            time.sleep(0.05)
    if asker is not None:
        asker.close()


def _in_threads(
    port: int, serials: Sequence[str], seed: int, has_ended: Event, told: Connection
) -> None:
    seen: list[Observation] = []
    threads = [
        threading.Thread(target=ask_on, args=(port, serials, seed + number, has_ended.is_set, seen))
        for number in range(THREADS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.send(seen)


@contextmanager
def asked_on(port: int, serials: Sequence[str]) -> Iterator[Callable[[], list[Observation]]]:
    """Within the block the serials are asked for all the time; the call ends it and tells all."""
    forked = multiprocessing.get_context("fork")
    has_ended = forked.Event()
    ends, processes = [], []
    for number in range(PROCESSES):
        end, told = forked.Pipe(duplex=False)
        arguments = (port, serials, number * THREADS, has_ended, told)
        processes.append(forked.Process(target=_in_threads, args=arguments))
        ends.append(end)
        processes[-1].start()
        told.close()

    def end_and_tell() -> list[Observation]:
        has_ended.set()
        return [each for end in ends for each in end.recv()]

    try:
        yield end_and_tell
    finally:
        has_ended.set()
        for end, process in zip(ends, processes, strict=True):
            with suppress(EOFError):
                while end.poll(0.1) or process.is_alive():
                    end.recv()
            process.join()
