"""Whether this worker is to end: a job that goes on for long asks, and ends where it is whole."""

import threading

_ending = threading.Event()


def begin() -> None:
    """From now on it is."""
    _ending.set()


def is_ending() -> bool:
    """Whether it is."""
    return _ending.is_set()
