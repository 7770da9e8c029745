"""The digests by which reports of one unit, or of one person, are found among all of them.

Guarantees: they are keyed, so that nobody reads a serial or an address from them; whatever writes a
report, its digests are made within minutes; those of an owner's contact are the claim's own, and go
when that is erased.
"""

import re

import structlog
from django.db import transaction
from django.db.models import Q

from recalldesk.claims.contacts import phone_of_any
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.filing_keys import key_digest
from recalldesk.claims.models import Claim
from recalldesk.claims.states import FilingState, KeyKind
from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.serial_form import normalise
from recalldesk.incidents.models import Incident
from recalldesk.recalls.reads import live_recalls
from recalldesk.sealing.fields_of_rows import digest, opened
from recalldesk.sealing.keys import SealingError

SHORTEST_SERIAL = 5
"""What is shorter is shared by chance: "none", "n/a", a year."""
AN_EMAIL = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
A_PHONE = re.compile(r"\+?[\d\s().\-/]{6,}")
A_BATCH = 500

log = structlog.get_logger()


def keep_digests(incident: Incident) -> None:
    """Makes the digests those of what the incident says now; the caller has locked it."""
    incident.serial_digest = serial_digest_of(serial_of(incident))
    incident.contact_digest = _contact_digest(incident)
    incident.keyed_at = clock.now()
    incident.save(update_fields=["serial_digest", "contact_digest", "keyed_at"])


def keep_digests_current() -> int:
    """Makes the digests of incidents that have none yet, and takes away that of a serial that went
    with its claim; returns of how many."""
    count, last = 0, 0
    gone = Q(filing__state=FilingState.ERASED, serial_digest__gt=b"", sealed_serial=b"")
    rows = Incident.objects.filter(Q(keyed_at=None) | gone)
    unkeyed = rows.order_by("pk").values_list("pk", flat=True)
    while batch := list(unkeyed.filter(pk__gt=last)[:A_BATCH]):
        count += sum(_keyed(number) for number in batch)
        last = batch[-1]
    return count


def _keyed(number: int) -> bool:
    """One that fails is told of and left for the next time; the others do not wait for it."""
    try:
        with transaction.atomic():
            keep_digests(Incident.objects.select_for_update(of=("self",)).get(pk=number))
    except SealingError as error:
        log.error("incident_not_keyed", incident=number, error=type(error).__name__)
        return False
    return True


def serial_of(incident: Incident) -> str:
    """The serial that the report gives; where it gives none, that of its claim."""
    told = opened(incident, "sealed_serial")
    if told or incident.filing_id is None:
        return told
    claims = Claim.objects.filter(filing_id=incident.filing_id).exclude(
        filing__state=FilingState.ERASED
    )
    claim = claims.select_related("filing").order_by("position").first()
    return opened(claim, "sealed_serial") if claim else ""


def serial_digest_of(serial: str) -> bytes:
    """By which reports and claims of one unit are found; empty where too little is said."""
    # A lead and no verdict: O and I are never printed beside 0 and 1 by most makers.
    form = normalise(serial).replace("O", "0").replace("I", "1")
    return digest(Incident, "serial_digest", form) if len(form) >= SHORTEST_SERIAL else b""


def _contact_digest(incident: Incident) -> bytes:
    """Of an e-mail address or phone number, as the keys of claims are made."""
    contact = opened(incident, "sealed_contact")
    if found := AN_EMAIL.search(contact):
        return key_digest(KeyKind.EMAIL, email_form(found[0].lower()))
    if found := A_PHONE.search(contact):
        countries = dict.fromkeys(
            code for live in live_recalls() for code in live.document.countries
        )
        try:
            return key_digest(KeyKind.PHONE, phone_of_any(found[0].strip(), tuple(countries)))
        except FieldsRefused:
            return b""
    return b""
