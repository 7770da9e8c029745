"""The claim that an owner makes after their report is joined to it.

Guarantees: only where unit, person and recall are the same, by the digests of what was typed; a
claim has one report and a report one claim; from then on the claim alone says how its owner is
reached, so that both are erased together; one that fails is left for the next time.
"""

import structlog
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.models import Filing, FilingKey
from recalldesk.claims.states import FilingState, KeyKind
from recalldesk.incidents.found_again import serial_digest_of
from recalldesk.incidents.models import Incident
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.sealing.keys import SealingError

OF_A_TELLER = (KeyKind.EMAIL, KeyKind.PHONE)

log = structlog.get_logger()


def join_later_claims() -> int:
    """Joins what can be; returns of how many reports."""
    waiting = _reports().filter(
        Exists(
            FilingKey.objects.filter(
                digest=OuterRef("contact_digest"),
                kind__in=OF_A_TELLER,
                filing__recall=OuterRef("recall"),
                filing__state=FilingState.FILED,
                filing__incident__isnull=True,
            )
        )
    )
    return sum(_or_next_time(number) for number in list(waiting.values_list("pk", flat=True)))


def _reports() -> QuerySet[Incident]:
    """The reports that made no claim and say of which unit and person they are."""
    rows = Incident.objects.filter(filing=None, recall__isnull=False, same_as=None)
    return rows.exclude(serial_digest=b"").exclude(contact_digest=b"").order_by("pk")


def _or_next_time(number: int) -> bool:
    try:
        with transaction.atomic():
            return _join(number)
    except (SealingError, IntegrityError) as error:
        log.error("claim_of_report_left", incident=number, error=type(error).__name__)
        return False


def _join(number: int) -> bool:
    incident = _reports().select_for_update(of=("self",)).filter(pk=number).first()
    filing = _claim_of(incident) if incident else None
    if incident is None or filing is None:
        return False
    incident.filing = filing
    incident.sealed_contact, incident.keyed_at = b"", None
    incident.save(update_fields=["filing", "sealed_contact", "keyed_at"])
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state=incident.state,
        to_state=incident.state,
        reason=Reason.LEARNED,
        actor=Actor.MACHINE,
        recall_id=incident.recall_id,
        note=f"Its owner made claim {filing.reference}",
    )
    return True


def _claim_of(incident: Incident) -> Filing | None:
    """The first claim of the same person for the same unit that has no report."""
    found = Filing.objects.filter(
        keys__digest=incident.contact_digest,
        keys__kind__in=OF_A_TELLER,
        recall_id=incident.recall_id or 0,
        state=FilingState.FILED,
        incident__isnull=True,
    )
    for filing in found.distinct().order_by("pk"):
        serials = (opened(claim, "sealed_serial") for claim in filing.claims.order_by("position"))
        if any(serial_digest_of(each) == bytes(incident.serial_digest) for each in serials):
            return filing
    return None
