"""What an owner who calls or writes by post asks about a claim that was sent, done at the desk.

Guarantees: an appeal that was told is one as on the owner's page, so that nobody decides again what
they decided before; where a remedy goes is changed by the desk only for whom no code reaches, and
until it is ordered; each stands with a contact, with who did it and why, and the same form sent
twice is done once.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.contacts import contact_name, record_contact
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.drafting import set_details
from recalldesk.claims.following import (
    bring_before_another,
    declined_of,
    details_were_put,
    may_be_mended,
)
from recalldesk.claims.letters import is_written_to
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Claim, Contact, Filing
from recalldesk.claims.payees import PayeeKind
from recalldesk.claims.states import Channel, ContactAbout


@dataclass(frozen=True, repr=False)
class Told:
    """How an owner told it. `note`: what they said, and how they are known; `nonce`: the form's own
    name."""

    by: Staff
    channel: Channel
    note: str
    nonce: str


@transaction.atomic
def appeal_told(*, claim_id: int, told: Told) -> Filing:
    """Has another person look at what was declined, as its owner asked.

    Raises NotPermitted, NotPossibleNow, NotDecidable, FieldsRefused.
    """
    require(told.by, Permission.ENTER_CLAIM)
    filing = _filing_of(claim_id)
    if _is_done(filing, told):
        return filing
    declined = declined_of(filing)
    if not declined:
        raise NotDecidable(
            "Nothing of this claim was declined, or its owner was not told yet.",
            "What they said can be noted as a contact.",
        )
    _refuse_without_note(told, "Say why the owner does not agree.")
    _note(filing, told)
    bring_before_another(filing, declined, by=told.by)
    return filing


def is_reached(filing: Filing) -> bool:
    """Whether a code reaches the owner, who then changes everything on the page of the claim."""
    return filing.unreached_since is None and is_written_to(filing)


@transaction.atomic
def details_told(
    *,
    claim_id: int,
    told: Told,
    address: Mapping[str, str] | None = None,
    payee_kind: str = "",
    payee: Mapping[str, str] | None = None,
) -> Filing:
    """Puts another address or account, or both, in the place of what is known.

    Raises NotPermitted, NotPossibleNow, NotDecidable, FieldsRefused.
    """
    require(told.by, Permission.MANAGE_REMEDIES)
    filing = _filing_of(claim_id)
    if _is_done(filing, told):
        return filing
    _refuse_unless_the_desks(filing)
    if address is None and payee is None:
        raise NotDecidable("Nothing was typed that would change.", "Type the address or account.")
    _refuse_without_note(told, "Say how you know that it is the owner.")
    is_check = payee is not None and payee_kind == PayeeKind.CHECK
    if payee is not None:
        sent_to = address if is_check else None
        set_details(filing, address=sent_to, payee_kind=payee_kind, payee=payee)
    if address is not None and not is_check:
        set_details(filing, address=address)
    _note(filing, told)
    details_were_put(filing, by=told.by, note=told.note.strip())
    return filing


def _refuse_unless_the_desks(filing: Filing) -> None:
    if is_reached(filing):
        raise NotDecidable(
            "A code reaches this owner.", "They change it themselves, on the page of their claim."
        )
    if not may_be_mended(filing):
        raise NotDecidable(
            "Its remedy is ordered already, or none is to come.",
            "Where it comes back, it can be changed then.",
        )


def _filing_of(claim_id: int) -> Filing:
    """The filing of a claim, locked. Raises NotPossibleNow."""
    found = Claim.objects.filter(pk=claim_id).values_list("filing_id", flat=True).first()
    return filed(found or 0)


def _is_done(filing: Filing, told: Told) -> bool:
    return Contact.objects.filter(nonce=contact_name(told.nonce), filing=filing).exists()


def _refuse_without_note(told: Told, words: str) -> None:
    if not told.note.strip():
        raise NotDecidable(words, "It stands sealed, with the contact.")


def _note(filing: Filing, told: Told) -> None:
    record_contact(
        recall=filing.recall,
        by=told.by,
        channel=told.channel,
        about=ContactAbout.CLAIM,
        nonce=told.nonce,
        note=told.note,
        filing=filing,
    )
