"""Messages between a worker and the process that reads: a question with its photo, an answer.

Guarantee: each message states its length first and is bound, so that neither side waits for more
than there is or takes more than it may.
"""

import json
import os
import struct
from typing import Any

MOST_QUESTION, MOST_PHOTO, MOST_ANSWER = 4_000_000, 25_000_000, 8_000_000
"""Bytes."""
QUESTION, ANSWER = struct.Struct(">II"), struct.Struct(">I")


class FrameProblem(Exception):
    """The other side ended, or sent something that is no message."""


def question(asked: dict[str, Any], photo: bytes) -> bytes:
    """A question and the photo it is about."""
    text = json.dumps(asked).encode()
    if len(text) > MOST_QUESTION or len(photo) > MOST_PHOTO:
        raise FrameProblem("too long a question")
    return QUESTION.pack(len(text), len(photo)) + text + photo


def read_question(source: int) -> tuple[dict[str, Any], bytes] | None:
    """From a file descriptor; None where the other side has closed it."""
    head = _exactly(source, QUESTION.size, at_end=b"")
    if not head:
        return None
    text, photo = QUESTION.unpack(head)
    if text > MOST_QUESTION or photo > MOST_PHOTO:
        raise FrameProblem("too long a question")
    asked = json.loads(_exactly(source, text))
    return asked, _exactly(source, photo)


def answer(said: dict[str, Any]) -> bytes:
    """An answer."""
    text = json.dumps(said).encode()
    return ANSWER.pack(len(text)) + text


def read_answer(source: int) -> dict[str, Any]:
    """From a file descriptor. Raises FrameProblem."""
    (length,) = ANSWER.unpack(_exactly(source, ANSWER.size))
    if length > MOST_ANSWER:
        raise FrameProblem("too long an answer")
    try:
        said = json.loads(_exactly(source, length))
    except ValueError as error:
        raise FrameProblem("an answer that is none") from error
    if not isinstance(said, dict):
        raise FrameProblem("an answer that is none")
    return said


def _exactly(source: int, count: int, at_end: bytes | None = None) -> bytes:
    """So many bytes; `at_end` where there are none at all."""
    parts: list[bytes] = []
    missing = count
    while missing:
        part = os.read(source, min(missing, 1 << 20))
        if not part:
            if at_end is not None and not parts:
                return at_end
            raise FrameProblem("the other side ended")
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
