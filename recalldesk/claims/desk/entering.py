"""A claim that the desk enters for an owner who called or wrote.

Guarantees: it goes through the same steps as an owner's own, and lacks nothing that theirs may not
lack, but a way to be written to by machine, where a postal address is known; the same form sent
twice is one claim; who entered it, and by what way it came, stands in it and in the log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.completeness import Step, missing_steps
from recalldesk.claims.desk.contacts import link_contact, record_contact
from recalldesk.claims.drafting import (
    choose_remedy,
    give_details,
    give_units,
    note_contact,
    open_filing,
    set_contact,
)
from recalldesk.claims.errors import FieldProblem, FieldsRefused, NotComplete
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.reads import facts_of
from recalldesk.claims.statements import keep_agreements
from recalldesk.claims.states import Channel, ContactAbout, FilingState, UnitReading
from recalldesk.claims.submitting import file_now
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall, document_of


@dataclass(frozen=True, repr=False)
class Entered:
    """What an owner said or wrote. `note`: what else they said, for colleagues; without photos of a
    unit, `cannot_photograph` says that none will come."""

    brand: str
    language: str
    country: str
    name: str
    remedy_key: str
    serials: tuple[str, ...] = ()
    reading: UnitReading = UnitReading.SERIAL
    product: str = ""
    email: str = ""
    phone: str = ""
    address: Mapping[str, str] | None = None
    payee_kind: str = ""
    payee: Mapping[str, str] | None = None
    cannot_photograph: bool = True
    note: str = ""
    happened_at: datetime | None = field(default=None)


@transaction.atomic
def enter_claim(
    *, live: LiveRecall, entered: Entered, channel: Channel, by: Staff, nonce: str
) -> Filing:
    """Files a claim for an owner, with the contact by which it came.

    The owner has agreed to what stands in the recall's script: whoever enters it read it to them,
    or has it in writing. Raises NotPermitted, FieldsRefused, TooManyUnits, NotComplete.
    """
    require(by, Permission.ENTER_CLAIM)
    # First, so that of two forms at once the second waits here and finds what the first filed.
    contact = record_contact(
        recall=Recall.objects.get(pk=live.recall_id),
        by=by,
        channel=channel,
        about=ContactAbout.CLAIM,
        nonce=nonce,
        note=entered.note,
        happened_at=entered.happened_at,
    )
    held = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if held.filing is not None:
        return held.filing
    filing = _drafted(live, entered, channel, by)
    document = document_of(filing.version)
    facts = facts_of(filing)
    missing = [
        step
        for step in missing_steps(document, facts)
        if not (step is Step.YOU and _is_reached_by_post(filing, entered))
    ]
    if missing:
        raise NotComplete(missing)
    keep_agreements(filing=filing, document=document, is_gone=facts.is_gone)
    file_now(filing)
    link_contact(contact=held, filing=filing, by=by)
    return filing


def _drafted(live: LiveRecall, entered: Entered, channel: Channel, by: Staff) -> Filing:
    filing, _ = open_filing(
        live=live, brand=entered.brand, language=entered.language, country=entered.country
    )
    filing.passes.all().delete()  # no browser of an owner began it
    filing.channel, filing.entered_by = channel, by
    filing.save(update_fields=["channel", "entered_by"])
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.DRAFT,
        to_state=FilingState.DRAFT,
        reason=Reason.ENTERED,
        actor_id=by.pk,
        recall_id=filing.recall_id,
    )
    give_units(
        filing_id=filing.pk,
        serials=entered.serials,
        reading=entered.reading,
        product=entered.product,
    )
    filing.claims.update(cannot_photograph=entered.cannot_photograph)
    _give_contact(filing, entered)
    choose_remedy(filing_id=filing.pk, remedy_key=entered.remedy_key)
    if entered.address is not None or entered.payee is not None:
        give_details(
            filing_id=filing.pk,
            address=entered.address,
            payee_kind=entered.payee_kind,
            payee=entered.payee,
        )
    filing.refresh_from_db()
    return filing


def _give_contact(filing: Filing, entered: Entered) -> None:
    if entered.email.strip() or entered.phone.strip():
        note_contact(
            filing_id=filing.pk,
            name=entered.name,
            email=entered.email,
            phone=entered.phone,
            country=entered.country,
        )
        return
    if not entered.name.strip():
        raise FieldsRefused({"name": FieldProblem.MISSING})
    if entered.address is None:
        raise FieldsRefused({"email": FieldProblem.NO_WAY_TO_REACH})
    filing.refresh_from_db()
    set_contact(filing, name=entered.name.strip(), email="", phone="")
    filing.save(update_fields=["sealed_name"])


def _is_reached_by_post(filing: Filing, entered: Entered) -> bool:
    return bool(filing.sealed_address and filing.sealed_name) and not (
        entered.email.strip() or entered.phone.strip()
    )
