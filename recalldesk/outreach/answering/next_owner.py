"""Who has a unit now, as its earlier owner says.

Guarantee: what is kept can be written to or called; it stands sealed only.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from recalldesk.claims.contacts import LONGEST_NAME, normal_email, phone_of_any
from recalldesk.claims.errors import FieldsRefused
from recalldesk.outreach.answering.errors import AnswerFault, AnswerRefused
from recalldesk.outreach.models import Answer
from recalldesk.sealing.fields_of_rows import opened, sealed


@dataclass(frozen=True, repr=False)
class NextOwner:
    """A name, which may be empty, and an e-mail address or a phone number as +12025550100."""

    name: str
    contact: str

    @property
    def is_email(self) -> bool:
        """Whether the contact is an e-mail address."""
        return "@" in self.contact


def next_owner_in(*, name: str, contact: str, countries: Sequence[str]) -> NextOwner | None:
    """Who was named; None where nothing was said, as of somebody who does not know. `countries`:
    where a phone number without a country may be of. Raises AnswerRefused."""
    name, contact = name.strip(), contact.strip()
    if not contact:
        if name:
            raise AnswerRefused(AnswerFault.NO_CONTACT)
        return None
    if len(name) > LONGEST_NAME:
        raise AnswerRefused(AnswerFault.TOO_LONG)
    try:
        kept = normal_email(contact) if "@" in contact else phone_of_any(contact, countries)
    except FieldsRefused as refused:
        raise AnswerRefused(AnswerFault.NOT_A_CONTACT) from refused
    return NextOwner(name, kept)


def sealed_next(owner: NextOwner | None, *, recall_id: int) -> bytes:
    """As an answer keeps it; empty for nobody."""
    if owner is None:
        return b""
    return sealed(Answer, "sealed_next", json.dumps(asdict(owner)), recall_id=recall_id)


def next_owner_of(answer: Answer) -> NextOwner | None:
    """Whom an answer names. Raises SealingError."""
    text = opened(answer, "sealed_next")
    return NextOwner(**json.loads(text)) if text else None
