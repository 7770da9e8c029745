"""Somebody tells the desk of danger: on the phone, by letter, in a shop.

Guarantee: what they say goes the way of the page for a dangerous unit, and is a contact besides;
the same form sent twice is one contact and one incident.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.contacts import record_contact
from recalldesk.claims.models import Contact
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.incidents.actions import obtain_incident
from recalldesk.incidents.models import Incident
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall


@transaction.atomic
def obtain_from_contact(
    *, live: LiveRecall, language: str, by: Staff, channel: Channel, nonce: str
) -> Incident:
    """Keeps that somebody told of danger, at once, before anything is asked. `tell_more` keeps the
    rest. Raises NotPermitted, FieldsRefused."""
    require(by, Permission.ENTER_INCIDENT)
    contact = record_contact(
        recall=Recall.objects.get(pk=live.recall_id),
        by=by,
        channel=channel,
        about=ContactAbout.DANGER,
        nonce=f"danger {nonce}" if nonce else "",
    )
    # Of two forms at once the second waits here, and finds the incident of the first.
    Contact.objects.select_for_update().get(pk=contact.pk)
    return obtain_incident(live=live, language=language, told=contact)
