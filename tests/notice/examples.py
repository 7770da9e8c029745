"""Notices of the examples, and of the kettle, without a database."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from recalldesk.notices.notice import Notice
from recalldesk.notices.published import Published
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.document import Document
from recalldesk.recalls.recall_file import read_recall_file
from recalldesk.recalls.starting import starting_text

FOLDER = Path(__file__).parents[2] / "examples"
NAMES = sorted(path.parent.name for path in FOLDER.glob("*/recall.toml"))
A1263, VEHICLES, TWO_BRANDS = "anker-a1263", "made-up-vehicles", "soundcore-a3102-a3302"
LIVE_SINCE = datetime(2025, 6, 13, 9, 30, tzinfo=UTC)
PAGE = "https://recall.anker.example/en/recalls/anker-a1263/"


@lru_cache
def document_of(name: str) -> Document:
    return read_recall_file((FOLDER / name / "recall.toml").read_text(encoding="utf-8"))


def version_of(document: Document, number: int = 1, at: datetime = LIVE_SINCE) -> Published:
    return Published(7, 70 + number, document.recall, number, at, None, None, document)


def example(name: str = A1263) -> Published:
    return version_of(document_of(name))


def notice(name: str = A1263, language: str = "en") -> Notice:
    return notice_of(example(name), language)


def kettle(*changes: tuple[str, str], number: int = 1) -> Published:
    """The made-up kettle, with some words of its file changed."""
    text = starting_text("kettle-k20")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return version_of(read_recall_file(text), number)
