"""Who has a unit now, as its earlier owner says.

Guarantee: what is kept can be written to or called; it stands sealed only.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from recalldesk.claims.contacts import LONGEST_NAME, normal_email, phone_of_any
from recalldesk.claims.errors import FieldsRefused
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.outreach.answering.errors import AnswerFault, AnswerRefused
from recalldesk.outreach.models import Answer
from recalldesk.purchasers.digests import contact_digest, phone_form
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing.fields_of_rows import opened, sealed


@dataclass(frozen=True, repr=False)
class NextOwner:
    """A name, which may be empty, and an e-mail address or a phone number as +12025550100."""

    name: str
    contact: str

    @property
    def kind(self) -> ContactKind:
        """What the contact is."""
        return ContactKind.EMAIL if "@" in self.contact else ContactKind.PHONE

    @property
    def form(self) -> str:
        """The contact in its normal form."""
        is_email = self.kind is ContactKind.EMAIL
        return email_form(self.contact) if is_email else phone_form(self.contact)

    @property
    def digest(self) -> bytes:
        """As that of a purchaser's contact."""
        return contact_digest(self.kind, self.form)


def next_owner_in(*, name: str, contact: str, countries: Sequence[str]) -> NextOwner | None:
    """Who was named; None where nothing was said, as of somebody who does not know. `countries`:
    those of which a phone number without one may be. Raises AnswerRefused."""
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
    owner = NextOwner(name, kept)
    if not owner.form:
        raise AnswerRefused(AnswerFault.NOT_A_CONTACT)
    return owner


def next_owners_of(answer: Answer) -> tuple[NextOwner, ...]:
    """Whom an answer names, in that order. Raises SealingError."""
    text = opened(answer, "sealed_next")
    return tuple(NextOwner(**each) for each in json.loads(text)) if text else ()


def sealed_next(owners: Sequence[NextOwner], *, recall_id: int) -> bytes:
    """As an answer keeps them; empty for nobody."""
    if not owners:
        return b""
    text = json.dumps([asdict(each) for each in owners], ensure_ascii=False)
    return sealed(Answer, "sealed_next", text, recall_id=recall_id)
