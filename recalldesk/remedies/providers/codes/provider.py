"""The firm's own gift codes as a provider of remedies.

Guarantees: as `handing_out`; it asks nobody else, so that its answers are what the rows and the
journal say; no code leaves by its answers or its notes.
"""

import uuid
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies import journal
from recalldesk.remedies.models import GiftCode
from recalldesk.remedies.providers.codes import given
from recalldesk.remedies.providers.codes.handing_out import code_of, hand_out
from recalldesk.remedies.providers.codes.pools import pool_for
from recalldesk.remedies.providers.interface import (
    Effect,
    Found,
    Looking,
    NoAnswer,
    Notebook,
    NotThere,
    Placing,
    Refused,
    Standing,
    Wanted,
)

STATUS = {
    Standing.SENT: "handed out",
    Standing.DELIVERED: "shown",
    Standing.CANCELLED: "taken back",
}


class Codes:
    """The provider `codes`."""

    name = ProviderName.CODES.value

    def place(self, wanted: Wanted, notebook: Notebook) -> Placing:
        """Hands out one code, the same for the same remedy."""
        notebook.sent(f"one code of {wanted.amount} {wanted.currency} for {wanted.id}")
        try:
            code = hand_out(wanted.id, pool_for(wanted))
        except OSError as error:
            return NoAnswer(f"journal: {error.strerror or type(error).__name__}")
        if isinstance(code, Refused):
            return code
        return _noted(notebook, found_of(wanted.id, code.digest, code))

    @transaction.atomic
    def look(self, wanted: Wanted, notebook: Notebook) -> Looking:
        """Whether the code was handed out, shown or taken back."""
        code = code_of(wanted.id)
        digest = code.digest if code else given.digest_given_to(wanted.id)
        if digest is None:
            return NotThere()
        return _noted(notebook, found_of(wanted.id, digest, code))

    def cancel(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Takes back a code that its owner did not see; nobody else ever gets it."""
        try:
            with transaction.atomic():
                code = code_of(wanted.id)
                if code is None:
                    known = given.digest_given_to(wanted.id)
                    return NotThere() if known is None else NoAnswer("its code is not imported")
                found = found_of(wanted.id, code.digest, code)
                if found.standing is Standing.SENT:
                    _withdraw(wanted.id, code)
                    found = found_of(wanted.id, code.digest, code)
                return _noted(notebook, found)
        except OSError as error:
            return NoAnswer(f"journal: {error.strerror or type(error).__name__}")

    def send_again(self, wanted: Wanted, notebook: Notebook) -> Placing | NotThere:
        """Nothing can bounce: the code waits on the claim's page, in no letter."""
        answer = self.look(wanted, notebook)
        return Refused("it waits on the claim's page") if isinstance(answer, Found) else answer

    def effects(self, since: datetime) -> Iterator[Effect]:
        """All codes handed out since then, by the journal."""
        for line in journal.lines(given.GIVEN):
            if datetime.fromisoformat(line["at"]) >= since:
                remedy_id, digest = uuid.UUID(line["remedy"]), bytes.fromhex(line["code"])
                code = GiftCode.objects.filter(digest=digest).select_related("pool").first()
                yield Effect(found_of(remedy_id, digest, code), remedy_id)


def found_of(remedy_id: uuid.UUID, digest: bytes | memoryview, code: GiftCode | None) -> Found:
    """How a code that was handed out stands. `code`: its row, where there is one."""
    standing, at = Standing.SENT, code.handed_at if code else None
    if (code and code.withdrawn_at) or given.was_withdrawn(remedy_id):
        standing, at = Standing.CANCELLED, code.withdrawn_at if code else None
    elif (code and code.shown_at) or given.was_shown(remedy_id):
        standing, at = Standing.DELIVERED, code.shown_at if code else None
    return Found(
        reference=f"code-{bytes(digest).hex()[:12]}",
        standing=standing,
        status=STATUS[standing],
        at=at,
        amount=code.pool.value if code else None,
        currency=code.pool.currency if code else "",
    )


def _withdraw(remedy_id: uuid.UUID, code: GiftCode) -> None:
    given.note_withdrawn(remedy_id)
    code.withdrawn_at = clock.now()
    code.save(update_fields=["withdrawn_at"])
    record_change(
        subject=Subject.GIFT_CODE,
        subject_id=code.pk,
        from_state="handed_out",
        to_state="withdrawn",
        actor=Actor.MACHINE,
        recall_id=code.recall_id,
    )


def _noted(notebook: Notebook, found: Found) -> Found:
    notebook.answered(f"{found.reference} {found.status}")
    return found
