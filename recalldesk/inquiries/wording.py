"""What a question says: its subject, the page that it is about, its words; as it is sealed. Pure.

Guarantee: what is taken in is shown again as it was written; an address that is kept is one of this
desk or its public pages, and leads nowhere else.
"""

import json
import re
from dataclasses import asdict, dataclass

from recalldesk.inquiries.errors import NotAnswered, NotAsked

LONGEST_SUBJECT, LONGEST_ADDRESS, LONGEST_TEXT = 160, 500, 10_000
OUR_ADDRESS = re.compile(r"/(?!/)[!-\[\]-~]*")
"""A path of this site, with or without a query; no host, no space, no backslash."""


@dataclass(frozen=True)
class Said:
    """A question. `about`: the address of a page, a figure or a report of ours, or empty."""

    subject: str
    text: str
    about: str = ""

    @property
    def written(self) -> str:
        """As it is sealed."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)


def said_in(written: str) -> Said:
    """What was sealed so."""
    return Said(**json.loads(written))


def question_in(subject: str, text: str, about: str = "") -> Said:
    """What somebody typed, as it is kept. Raises NotAsked."""
    said = Said(subject.strip(), text.strip(), _local(about.strip()))
    if not said.subject or not said.subject.isprintable() or len(said.subject) > LONGEST_SUBJECT:
        raise NotAsked(
            f"The subject must have 1 to {LONGEST_SUBJECT} characters, all in one line.",
            "Say in a few words what it is about.",
        )
    if not said.text or len(said.text) > LONGEST_TEXT or "\x00" in said.text:
        raise NotAsked(
            f"The question must have 1 to {LONGEST_TEXT:,} characters.", "Write it, or shorten it."
        )
    if said.about and (len(said.about) > LONGEST_ADDRESS or not OUR_ADDRESS.fullmatch(said.about)):
        raise NotAsked(
            "This is no address of this site.",
            "Copy it from the page that you mean, or leave it out.",
        )
    return said


def answer_in(text: str) -> str:
    """What somebody typed as an answer, as it is kept. Raises NotAnswered."""
    said = text.strip()
    if not said or len(said) > LONGEST_TEXT or "\x00" in said:
        raise NotAnswered(
            f"The answer must have 1 to {LONGEST_TEXT:,} characters.", "Write it, or shorten it."
        )
    return said


def _local(address: str) -> str:
    """The path and query of an address that was copied whole; the host says nothing."""
    found = re.match(r"https?://[^/]*(?P<rest>/.*)?", address)
    return (found["rest"] or "/") if found else address
