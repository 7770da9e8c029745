"""What a later file says otherwise of a claim's owner: of its name, and where it is reached.

Guarantees: what a file does not say takes nothing out; what was erased here does not come back.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from recalldesk.claims.drafting import set_contact
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.models import Filing
from recalldesk.sealing.fields_of_rows import opened, sealed
from recalldesk.takeover.claims_said import ClaimSaid
from recalldesk.takeover.owners_of_references import are_alike, owner_of, owner_said

SAID_AS = {"name": "name", "email": "e-mail address", "phone": "phone number"}
ADDRESS = "postal address"


@dataclass(frozen=True, repr=False)
class Contacts:
    """`said`: by field, what is said now where it differs; `names`: of those, as people say them;
    `new`: of these, what was empty; `is_stranger`: nothing of it is what it was."""

    said: Mapping[str, str] = field(default_factory=dict)
    address: Mapping[str, str] | None = None
    names: tuple[str, ...] = ()
    new: frozenset[str] = frozenset()
    is_stranger: bool = False


def what_differs(filing: Filing, said: ClaimSaid) -> Contacts:
    """What a line says otherwise than a filing."""
    before, now = owner_of(filing), owner_said(said)
    news = {
        name: getattr(said, name)
        for name in SAID_AS
        if getattr(now, name) and getattr(now, name) != getattr(before, name)
    }
    address = said.address if said.address and said.address != _address(filing) else None
    names = (*(SAID_AS[name] for name in news), *((ADDRESS,) if address else ()))
    new = {SAID_AS[name] for name in news if not getattr(before, name)}
    if address and not filing.sealed_address:
        new.add(ADDRESS)
    return Contacts(news, address, names, frozenset(new), not are_alike(before, now))


def put_contacts(filing: Filing, found: Contacts) -> None:
    """Writes them into a locked filing, and by what it is found."""
    if not found.names:
        return
    kept = {name: opened(filing, f"sealed_{name}") for name in SAID_AS} | dict(found.said)
    set_contact(filing, name=kept["name"], email=kept["email"], phone=kept["phone"])
    if found.address:
        text = json.dumps(dict(found.address), ensure_ascii=False)
        filing.sealed_address = sealed(Filing, "sealed_address", text, recall_id=filing.recall_id)
    filing.save()
    keep_keys(filing)


def _address(filing: Filing) -> Mapping[str, str]:
    text = opened(filing, "sealed_address")
    said: dict[str, str] = json.loads(text) if text else {}
    return said
