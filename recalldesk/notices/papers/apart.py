"""`python -m recalldesk.notices.papers.apart`: a large paper, set in a process of its own.

Guarantee: whoever asks is not held up by the setting, and its memory (about 1 MB for each letter)
goes back to the machine with the process. No Django; the process gets no secret of this one.

Its input is JSON: the template, its texts and pictures, what comes out. Its answer is a line of
JSON, with the fault where there is one, then the PDF or the pictures' lengths and bytes.
"""

import json
import sys
from pathlib import Path
from typing import Any

import typst

from recalldesk.foundation.apart import started_apart

FOLDER = Path(__file__).parent


class SettingFailed(Exception):
    """The template gave up; its words say why."""


def set_apart(asked: dict[str, Any]) -> list[bytes]:
    """The pages as PNG, or the PDF alone. Raises SettingFailed."""
    with started_apart("recalldesk.notices.papers.apart") as process:
        answer, _ = process.communicate(json.dumps(asked).encode())
    head, _, rest = answer.partition(b"\n")
    said: dict[str, Any] = (
        json.loads(head) if head else {"fault": "The process that sets papers ended early."}
    )
    if "fault" in said:
        raise SettingFailed(said["fault"])
    pages, place = [], 0
    for length in said["lengths"]:
        pages.append(rest[place : place + length])
        place += length
    return pages


def compiled(asked: dict[str, Any]) -> list[bytes]:
    """What typst makes of it. Raises typst.TypstError."""
    made: Any = typst.compile(
        FOLDER / f"{asked['template']}.typ",
        root=FOLDER,
        font_paths=asked["fonts"],
        ignore_system_fonts=True,
        format=asked["form"],
        ppi=72,
        sys_inputs={"told": json.dumps(asked["told"]), "photos": json.dumps(asked["photos"])},
        pdf_standards=["ua-1"] if asked["form"] == "pdf" else [],
        timestamp=asked["told"]["made_at"],
    )
    return made if isinstance(made, list) else [made]


def _answer() -> None:
    try:
        pages = compiled(json.loads(sys.stdin.buffer.read()))
    except typst.TypstError as error:
        sys.stdout.buffer.write(json.dumps({"fault": str(error)}).encode() + b"\n")
        return
    head = json.dumps({"lengths": [len(each) for each in pages]}).encode()
    sys.stdout.buffer.write(head + b"\n" + b"".join(pages))


if __name__ == "__main__":
    _answer()
