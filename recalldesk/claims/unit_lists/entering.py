"""A list that the desk enters for somebody who called or wrote.

Guarantees: it goes the way of one that its owner sends, and is told to nobody but by the link that
is mailed to its owner; the same form sent twice is one list and one contact.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.contacts import link_contact, record_contact
from recalldesk.claims.models import Contact
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.claims.unit_lists.reading import ListRead
from recalldesk.claims.unit_lists.sending import EnteredBy, Sender, send_list
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall


@transaction.atomic
def enter_list(
    *,
    live: LiveRecall,
    brand: str,
    language: str,
    sender: Sender,
    read: ListRead,
    product: str,
    by: Staff,
    nonce: str,
    channel: Channel = Channel.PHONE,
) -> Contact:
    """The contact by which a list came; its filing is the list's. Raises NotPermitted,
    FieldsRefused."""
    require(by, Permission.ENTER_CLAIM)
    contact = record_contact(
        recall=Recall.objects.get(pk=live.recall_id),
        by=by,
        channel=channel,
        about=ContactAbout.CLAIM,
        nonce=nonce,
    )
    # Of two forms at once the second waits here, and finds what the first sent.
    held = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if held.filing is None:
        filing = send_list(
            live=live,
            brand=brand,
            language=language,
            sender=sender,
            read=read,
            product=product,
            entered=EnteredBy(channel, by),
        )
        link_contact(contact=held, filing=filing, by=by)
    return held
