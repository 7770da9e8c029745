"""Mail with a remedy that came back: the desk gets the right address, and it is sent again.

Guarantees: an address is changed by the desk only where what was written to the old one came back,
with a reason in the log, and whoever has the old one is told, too; what is sent again is sent under
the same order.
"""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, override

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.contacts import email_for_lookup
from recalldesk.claims.desk.errors import NotDecidable
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.letters import mail_changed
from recalldesk.claims.locking import filed
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.remedying.recipients import recipient_of
from recalldesk.remedies.models import Order
from recalldesk.remedies.placing import dead_letters
from recalldesk.remedies.states import Stopped
from recalldesk.sealing.fields_of_rows import digest, sealed


@transaction.atomic
def change_email(*, filing_id: int, email: str, by: Staff, note: str) -> Filing:
    """Puts another e-mail address in the place of one that reached nobody.

    Raises NotPermitted, NotPossibleNow, NotDecidable.
    """
    require(by, Permission.MANAGE_REMEDIES)
    filing = filed(filing_id)
    if filing.unreached_since is None and not _bounced(filing).exists():
        raise NotDecidable(
            "What was written to this owner arrived.", "Its owner changes the address by a claim."
        )
    if not note.strip():
        raise NotDecidable("Say how you know the owner.", "The reason stands sealed in the log.")
    try:
        validate_email(email.strip())
    except ValidationError as error:
        raise NotDecidable("This is no e-mail address.", "Look at it again.") from error
    with override(filing.language):  # to the old address, as far as it still reaches anybody
        mail_changed(filing=filing, what=gettext("Your e-mail address was changed at our desk."))
    recall = filing.recall_id
    filing.sealed_email = sealed(Filing, "sealed_email", email.strip(), recall_id=recall)
    filing.email_digest = digest(Filing, "email_digest", email_for_lookup(email.strip()))
    filing.unreached_since = None
    filing.save(update_fields=["sealed_email", "email_digest", "unreached_since"])
    keep_keys(filing)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=filing.state,
        to_state=filing.state,
        reason=Reason.DETAILS_MENDED,
        actor_id=by.pk,
        recall_id=recall,
        note=note,
    )
    return filing


def send_bounced(*, claim_id: int, by: Staff, note: str) -> bool:
    """Sends again what bounced, to the address as it is now; whether its provider did.

    Raises NotPermitted, NotOrderable, ProviderUnknown.
    """
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
