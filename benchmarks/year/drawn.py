"""Photos that are really drawn, altered, cleaned and read; what came of one is kept for other runs.

Guarantee: the same request gives the same answer, whether it was kept or is made anew.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.child import run_child


class Altered(StrEnum):
    """What was done to a photo before it was sent."""

    NOT = "not"
    SAVED = "saved"
    SMALLER = "smaller"
    CROPPED = "cropped"
    TURNED = "turned"
    CROPPED_AND_TURNED = "cropped_and_turned"


@dataclass(frozen=True)
class Request:
    """A photo to be drawn. `text`: the serial of a label, or the code on a unit. `edited_to`: the
    serial put over it in the photo itself. `blurred`: pixels. Without `is_read` only its looks are
    wanted."""

    kind: str
    text: str
    seed: int
    condition: str
    altered: Altered = Altered.NOT
    edited_to: str = ""
    blurred: float = 0.0
    expected: str = ""
    is_read: bool = True

    @property
    def digest(self) -> str:
        """By what it is found again."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What came of one. `content` and `picture`: digests of what was sent and of the clean copy;
    `likeness`: its eight turns; `reading`: JSON, or empty."""

    content: bytes
    picture: bytes
    likeness: bytes
    reading: str


def drawn(kept: Path, requests: Sequence[Request]) -> dict[Request, Answer]:
    """The answers; what is not in the folder `kept` yet is made in a process of its own."""
    kept.mkdir(parents=True, exist_ok=True)
    missing = [each for each in dict.fromkeys(requests) if not _file(kept, each).exists()]
    if missing:
        asked = kept / f"asked-{missing[0].digest}.jsonl"
        asked.write_text("".join(json.dumps(asdict(each)) + "\n" for each in missing))
        run_child("benchmarks.year.drawn_child", str(asked), str(kept))
        asked.unlink()
    return {each: _answer(_file(kept, each)) for each in requests}


def keep(kept: Path, request: Request, answer: Answer) -> None:
    """Writes an answer whole or not at all."""
    written = {
        "content": answer.content.hex(),
        "picture": answer.picture.hex(),
        "likeness": answer.likeness.hex(),
        "reading": answer.reading,
    }
    half = _file(kept, request).with_suffix(".half")
    half.write_text(json.dumps(written))
    half.rename(_file(kept, request))


def _file(kept: Path, request: Request) -> Path:
    return kept / f"{request.digest}.json"


def _answer(file: Path) -> Answer:
    told = json.loads(file.read_text())
    return Answer(
        content=bytes.fromhex(told["content"]),
        picture=bytes.fromhex(told["picture"]),
        likeness=bytes.fromhex(told["likeness"]),
        reading=told["reading"],
    )
