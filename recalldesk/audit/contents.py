"""What rows of the log speak of and do not hold: a decision with its reasons, what a message said.

Guarantees: the digest of it is made of the row as the database has it, by the same words when it is
written and when it is verified; of a sealed text only the digest of the sealed bytes goes in, so
that nothing personal does, and the text may be erased.

Packages above this one say what they have logged so, in the `ready` of their AppConfig.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.db import connection

from recalldesk.audit.canonical import content_digest, json_text

BATCH = 5_000


@dataclass(frozen=True)
class Content:
    """A table of things that the log speaks of. `columns`: those that never change, in the order of
    the digest, of which `json` hold JSON. `text`: the column of a sealed text that may be erased;
    the digest of its bytes is the last of `columns`.
    """

    subject: str
    table: str
    columns: tuple[str, ...]
    json: frozenset[str] = frozenset()
    text: str = ""


@dataclass(frozen=True)
class Followed:
    """A table whose `state` the log follows. `first`: in which a thing is before it ever moved;
    `aside`: what the log says beside it that is no state of the row.
    """

    subject: str
    table: str
    first: str = ""
    aside: tuple[str, ...] = ()


class Text(Enum):
    """What became of a sealed text."""

    WHOLE = auto()
    ERASED = auto()
    TOUCHED = auto()


@dataclass(frozen=True)
class Standing:
    """A thing as it stands now."""

    digest: bytes
    text: Text


_contents: dict[str, Content] = {}
_followed: dict[str, Followed] = {}


def register_content(content: Content) -> None:
    """Adds a table whose rows the log holds the digest of. Raises ValueError where it is known."""
    if content.subject in _contents:
        raise ValueError(f"{content.subject} is registered already")
    _contents[content.subject] = content


def register_followed(followed: Followed) -> None:
    """Adds a table whose states the log follows. Raises ValueError where it is known."""
    if followed.subject in _followed:
        raise ValueError(f"{followed.subject} is registered already")
    _followed[followed.subject] = followed


def contents() -> tuple[Content, ...]:
    """All tables that are held by digest, by subject."""
    return tuple(_contents[subject] for subject in sorted(_contents))


def followed() -> tuple[Followed, ...]:
    """All tables whose states are followed, by subject."""
    return tuple(_followed[subject] for subject in sorted(_followed))


def digest_as_it_stands(subject: str, subject_id: int) -> bytes:
    """The digest of a thing that this transaction wrote. Raises KeyError where it is not there."""
    return standing(subject, [subject_id])[subject_id].digest


def standing(subject: str, ids: Collection[int]) -> dict[int, Standing]:
    """The things of these numbers as they stand; those that are gone are left out, and all of a
    subject that nobody registered."""
    content = _contents.get(subject)
    if content is None:
        return {}
    columns = [*content.columns, *([content.text] if content.text else [])]
    rows = _asked(
        f"SELECT id, {', '.join(columns)} FROM {content.table} WHERE id = ANY(%s)",  # noqa: S608 - names of ours
        [list(ids)],
    )
    return {row[0]: _standing(content, row[1:]) for row in rows}


def never_logged(content: Content) -> Iterator[int]:
    """The numbers of rows of which the log says nothing at all."""
    last = -(2**63)
    statement = (
        f"SELECT t.id FROM {content.table} t WHERE t.id > %s AND NOT EXISTS"  # noqa: S608 - names of ours
        " (SELECT FROM audit_statechange s WHERE s.subject = %s AND s.subject_id = t.id)"
        " ORDER BY t.id LIMIT %s"
    )
    while batch := _asked(statement, [last, content.subject, BATCH]):
        yield from (number for (number,) in batch)
        last = batch[-1][0]


def states_beside_the_log(of: Followed) -> Iterator[tuple[int, str, str]]:
    """Number, state, and what the log says instead, of each row that stands otherwise."""
    last = -(2**63)
    statement = (
        "SELECT t.id, t.state, COALESCE(s.to_state, '')"  # noqa: S608 - names of ours
        f" FROM {of.table} t LEFT JOIN LATERAL (SELECT to_state FROM audit_statechange"
        "  WHERE subject = %s AND subject_id = t.id AND from_state <> to_state"
        "  AND to_state <> ALL(%s) ORDER BY id DESC LIMIT 1) s ON true"
        " WHERE t.id > %s ORDER BY t.id LIMIT %s"
    )
    while batch := _asked(statement, [of.subject, list(of.aside), last, BATCH]):
        for number, state, logged in batch:
            if state != (logged or of.first):
                yield number, state, logged
        last = batch[-1][0]


def _standing(content: Content, values: tuple[Any, ...]) -> Standing:
    told = [
        json_text(value) if name in content.json and value is not None else value
        for name, value in zip(content.columns, values, strict=False)
    ]
    text = _text(values[-2], values[-1]) if content.text else Text.WHOLE
    return Standing(content_digest(content.subject, told), text)


def _text(digest: Any, sealed: Any) -> Text:
    """How a sealed text stands to the digest of what was written; without one there was none."""
    if digest is None:
        return Text.TOUCHED if sealed else Text.WHOLE
    if not sealed:
        return Text.ERASED
    is_it = hashlib.sha256(sealed).digest() == bytes(digest)
    return Text.WHOLE if is_it else Text.TOUCHED


def _asked(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
