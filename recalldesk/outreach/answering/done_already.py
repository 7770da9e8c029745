"""A claim that was made without the link is tied to the notice, where its owner names it.

Guarantee: reference and contact must belong together, and whether they do is told to nobody: what
the page says is the same.
"""

from django.db import transaction
from django.db.models import F

from recalldesk.claims.access import is_contact_of
from recalldesk.claims.models import Filing
from recalldesk.claims.references import reference_in
from recalldesk.claims.states import FilingState
from recalldesk.outreach.models import DirectNotice, NoticeFiling
from recalldesk.purchasers.states import ContactKind
from recalldesk.sealing.fields_of_rows import opened

OWN_CONTACT = (ContactKind.EMAIL, ContactKind.PHONE)


@transaction.atomic
def tie_claim(*, notice: DirectNotice, reference: str, contact: str = "") -> bool:
    """Ties a claim that was sent, by its reference and the e-mail address or phone number that was
    given in it: without one, by that to which the notice went. False where they do not fit."""
    named = reference_in(reference)
    filing = Filing.objects.filter(
        reference=named, recall_id=notice.recall_id, state=FilingState.FILED
    ).first()
    if not named or filing is None:
        return False
    given = [contact.strip()] if contact.strip() else []
    if notice.kind in OWN_CONTACT and (told_at := opened(notice, "sealed_to")):
        given.append(told_at)
    if not any(is_contact_of(filing, each) for each in given):
        return False
    NoticeFiling.objects.get_or_create(filing=filing, defaults={"notice": notice})
    return True


def untie_claims(notice: DirectNotice) -> int:
    """The answer is taken back: what was tied by it is tied no more; how many. What was begun by
    the link stays."""
    ties = notice.filings.filter(filing__filed_at__lt=F("at"))
    return ties.delete()[0]


def is_proven(notice: DirectNotice) -> bool:
    """Whether a claim that was sent is tied to the notice; else an answer that it was done already
    is only said so."""
    return notice.filings.filter(filing__state=FilingState.FILED).exists()
