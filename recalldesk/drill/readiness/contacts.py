"""Whether somebody answers where owners are told to call and write.

Guarantee: a machine does not say so: a person does, of each contact, and it is forgotten after 30
days; a contact that the recall file calls made up is never ready.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Line, Point, bad, good, look, point
from recalldesk.foundation.private_files import create_private
from recalldesk.recalls.document import Document

HOLDS_FOR = timedelta(days=30)
FILE = "drill-contacts.json"


@dataclass(frozen=True)
class Contact:
    """One way to the firm. `field`: as the recall file names it among `made_up`."""

    what: str
    value: str
    field: str

    @property
    def name(self) -> str:
        """Under which it is confirmed: another value is another contact."""
        return hashlib.sha256(f"{self.what} {self.value}".encode()).hexdigest()[:16]

    def __str__(self) -> str:
        return f"{self.what}: {self.value}"


def contacts_of(document: Document) -> tuple[Contact, ...]:
    """All that owners are told, each once."""
    found: dict[str, Contact] = {}
    for brand in document.brands:
        place, whose = f"brands[{brand.key}]", brand.name
        for contact in (
            Contact(f"Phone of {whose}", brand.phone_shown, f"{place}.phone"),
            Contact(f"E-mail of {whose}", brand.email, f"{place}.email"),
            Contact(f"Sender of {whose}'s letters", brand.sender, f"{place}.sender"),
        ):
            found.setdefault(contact.name, contact)
    website = Contact("Website of the firm", document.firm.website, "firm.website")
    found.setdefault(website.name, website)
    return tuple(found.values())


class Confirmations:
    """Who said that a contact answers, or does not, and when; in a file of the data folder."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def said(self) -> Mapping[str, Mapping[str, Any]]:
        """By the name of the contact."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def say(self, contact: Contact, *, answers: bool, by: str, at: datetime) -> None:
        """Keeps what somebody found."""
        kept = {"answers": answers, "by": by, "at": at.isoformat()}
        draft = self._path.with_suffix(".part")
        draft.unlink(missing_ok=True)
        with os.fdopen(create_private(draft), "w", encoding="utf-8") as file:
            json.dump({**self.said(), contact.name: kept}, file)
        draft.replace(self._path)


def contacts(about: About, home: Path) -> Point:
    """Each contact, a line."""
    said = Confirmations(home).said()
    return point(
        "Contacts confirmed",
        (_line(each, said.get(each.name), about) for each in contacts_of(about.document)),
        "Put the firm's own contacts into the recall file where one is made up. Call and write to "
        f"each yourself, then say what you found: `recalldesk drill {about.document.recall} "
        "--confirm`.",
    )


def _line(contact: Contact, said: Mapping[str, Any] | None, about: About) -> Line:
    if contact.field in about.document.made_up:
        return bad(f"{contact}: made up, as the recall file says.")
    if said is None:
        return bad(f"{contact}: nobody has said yet that it answers.")
    at = datetime.fromisoformat(said["at"])
    when = f"{said['by']}, {at:%Y-%m-%d}"
    if not said["answers"]:
        return bad(f"{contact}: did not answer ({when}).")
    if about.now - at > HOLDS_FOR:
        return look(f"{contact}: answered, but that was long ago ({when}).")
    return good(f"{contact}: answers ({when}).")
