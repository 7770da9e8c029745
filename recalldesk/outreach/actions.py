"""What is done for those who want to be told.

Guarantee: asking twice with the same contact about the same unit keeps one wish; contact and serial
are stored sealed only.
"""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.foundation.serial_form import normalise
from recalldesk.outreach.errors import ContactProblem, ContactProblemKind
from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.reads import LiveRecall, live_recall
from recalldesk.sealing import vault

PHONE = re.compile(r"\+[0-9]{7,15}|[0-9]{10,15}")
"""Fewer digits without a country are a local number, which cannot be called from elsewhere."""
CONTACT_PURPOSE = "outreach.GrowthWatch.sealed_contact"
SERIAL_PURPOSE = "outreach.GrowthWatch.sealed_serial"


def normal_contact(contact: str) -> str:
    """An e-mail address in small letters, or a phone number's digits. Raises ContactProblem."""
    text = contact.strip()
    if not text:
        raise ContactProblem(ContactProblemKind.EMPTY)
    digits = re.sub(r"[\s().\-/]", "", text)
    if PHONE.fullmatch(digits):
        return digits
    try:
        validate_email(text)
    except ValidationError as error:
        raise ContactProblem(ContactProblemKind.NOT_A_CONTACT) from error
    return text.lower()


@transaction.atomic
def ask_to_be_told(*, recall_slug: str, contact: str, serial: str, language: str) -> None:
    """Keeps the wish to hear if a recall grows. Raises ContactProblem."""
    reached = normal_contact(contact)
    live = live_recall(recall_slug)
    if live is None:
        raise ContactProblem(ContactProblemKind.NO_SUCH_RECALL)
    _keep(live, reached, normalise(serial)[:60], language)


def _keep(live: LiveRecall, contact: str, serial: str, language: str) -> None:
    scope = vault.recall_scope(live.recall_id)
    contact_digest = vault.digest_for_lookup(contact, purpose=CONTACT_PURPOSE)
    serial_digest = vault.digest_for_lookup(serial, purpose=SERIAL_PURPOSE)
    watch, created = GrowthWatch.objects.get_or_create(
        recall_id=live.recall_id,
        contact_digest=contact_digest,
        serial_digest=serial_digest,
        defaults={
            "asked_under_id": live.version_id,
            "sealed_contact": vault.seal_text(contact, scope=scope, purpose=CONTACT_PURPOSE),
            "sealed_serial": vault.seal_text(serial, scope=scope, purpose=SERIAL_PURPOSE),
            "language": language,
        },
    )
    if created:
        record_change(
            subject=Subject.GROWTH_WATCH,
            subject_id=watch.pk,
            to_state="asked",
            actor=Actor.OWNER,
            recall_id=live.recall_id,
        )
