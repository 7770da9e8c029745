"""Mail that came back, a remedy or a letter: the desk gets the right address, and sends it again.

Guarantees: an address is changed by the desk only where what was written to the old one came back,
with the contact by which it came and a reason in the log, both addresses masked there; whoever has
the old one is told, too, and sees no more of the claim; what is sent again is sent under the same
order. The same form sent twice is one change.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.access import end_links, end_other_passes, new_link
from recalldesk.claims.contacts import email_for_lookup, normal_email
from recalldesk.claims.desk.contacts import contact_name, record_contact
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.letters import mail_changed, mail_new_address
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Claim, Contact, Filing
from recalldesk.claims.remedying.recipients import recipient_of
from recalldesk.claims.states import Channel, ContactAbout, FilingState
from recalldesk.mailing.reads import masked
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing import dead_letters
from recalldesk.remedies.states import Stopped
from recalldesk.sealing.fields_of_rows import digest, opened, sealed


@dataclass(frozen=True)
class CameBack:
    """What of a filing came back. `masked_email`: the address that it went to; `remedies`: how many
    of its remedies did."""

    masked_email: str
    has_letters: bool
    remedies: int

    @property
    def is_mendable(self) -> bool:
        """Whether the desk may change the address."""
        return self.has_letters or self.remedies > 0


@dataclass(frozen=True)
class SentAgain:
    """How many remedies were to be sent again, and how many their providers did send."""

    asked: int
    sent: int


def came_back(*, filing_id: int, by: Staff) -> CameBack | None:
    """What came back of a filing that was sent; None where there is none of that number.

    Raises NotPermitted, SealingError.
    """
    require(by, Permission.MANAGE_REMEDIES)
    filing = Filing.objects.filter(pk=filing_id, state=FilingState.FILED).first()
    if filing is None:
        return None
    return CameBack(
        masked_email=masked(opened(filing, "sealed_email")),
        has_letters=filing.unreached_since is not None,
        remedies=_bounced(filing).count(),
    )


@transaction.atomic
def change_email(
    *, filing_id: int, email: str, by: Staff, note: str, channel: Channel, nonce: str
) -> Filing:
    """Puts another e-mail address in the place of one that reached nobody.

    `channel`: by what way the owner told it; `note`: how it is known to be the owner; `nonce`: the
    form's own name. Raises NotPermitted, NotPossibleNow, NotDecidable, FieldsRefused.
    """
    require(by, Permission.MANAGE_REMEDIES)
    filing = filed(filing_id)
    if Contact.objects.filter(nonce=contact_name(nonce), filing=filing).exists():
        return filing
    new, old = _fitting(filing, email, note), opened(filing, "sealed_email")
    record_contact(
        recall=filing.recall,
        by=by,
        channel=channel,
        about=ContactAbout.CLAIM,
        nonce=nonce,
        note=note,
        filing=filing,
    )
    with override(filing.language):  # to the old address, as far as it still reaches anybody
        mail_changed(filing=filing, what=gettext("Your e-mail address was changed at our desk."))
    _replace(filing, new)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=filing.state,
        reason=Reason.DETAILS_MENDED,
        actor_id=by.pk,
        recall_id=filing.recall_id,
        note=f"{masked(old) or 'no e-mail'} → {masked(new)}: {note.strip()}",
    )
    mail_new_address(filing=filing, token=new_link(filing=filing))
    return filing


def _fitting(filing: Filing, email: str, note: str) -> str:
    """The new address in its form. Raises NotDecidable."""
    if filing.unreached_since is None and not _bounced(filing).exists():
        raise NotDecidable(
            "What was written to this owner arrived.", "Its owner changes the address by a claim."
        )
    if not note.strip():
        raise NotDecidable("Say how you know the owner.", "The reason stands sealed in the log.")
    try:
        new = normal_email(email)
    except FieldsRefused as error:
        raise NotDecidable("This is no e-mail address.", "Look at it again.") from error
    if email_for_lookup(new) == email_for_lookup(opened(filing, "sealed_email")):
        raise NotDecidable(
            "This is the address that we have.", "To try it once more, send the remedy again."
        )
    return new


def _replace(filing: Filing, email: str) -> None:
    filing.sealed_email = sealed(Filing, "sealed_email", email, recall_id=filing.recall_id)
    filing.email_digest = digest(Filing, "email_digest", email_for_lookup(email))
    filing.unreached_since = None
    filing.save(update_fields=["sealed_email", "email_digest", "unreached_since"])
    keep_keys(filing)
    end_links(filing=filing)
    end_other_passes(filing=filing, but=None)


def send_all_bounced(*, filing_id: int, by: Staff, note: str) -> SentAgain:
    """Sends again every remedy of a filing that bounced. Raises as `send_bounced`."""
    bounced = _bounced(Filing.objects.get(pk=filing_id)).values("remedy_id")
    claims = list(Claim.objects.filter(remedy_id__in=bounced).order_by("position"))
    sent = sum(send_bounced(claim_id=claim.pk, by=by, note=note) for claim in claims)
    return SentAgain(asked=len(claims), sent=sent)


def send_bounced(*, claim_id: int, by: Staff, note: str) -> bool:
    """Sends again what bounced, to the address as it is now; whether its provider did.

    Raises NotPermitted, NotOrderable, ProviderUnknown.
    """
    require(by, Permission.MANAGE_REMEDIES)
    claim = Claim.objects.select_related("filing", "remedy").filter(pk=claim_id).first()
    remedy = claim.remedy if claim else None
    order = _bounced(claim.filing).filter(remedy=remedy).first() if claim and remedy else None
    if claim is not None and order is not None:
        text = recipient_of(claim.filing).as_text()
        recipient = sealed(Order, "sealed_recipient", text, recall_id=order.recall_id)
        Order.objects.filter(pk=order.pk).update(sealed_recipient=recipient)
    return dead_letters.send_again(order_id=order.pk if order else 0, by=by, note=note)


def _bounced(filing: Filing) -> QuerySet[Order]:
    remedies = filing.claims.values("remedy_id")
    return Order.objects.filter(remedy_id__in=remedies, stopped=Stopped.BOUNCED)
