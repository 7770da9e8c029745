"""A report of which nobody knew the recall is counted in one, once somebody knows.

What is sealed is sealed under the key of a report's recall, so that no row changes its recall:
beside the report comes one of the recall. Guarantees: the first keeps its moment, from which the
clock of both counts; what was told stands once, with the one that counts, and so do its claim and
decision; said twice, it is one; whoever goes on telling of the first tells of the one that counts.
"""

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.incidents.errors import NotJoinable
from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.opening import locked_incidents
from recalldesk.incidents.reads import NONCE_OF_PLACED
from recalldesk.incidents.states import Happened, HasUnit, IncidentState
from recalldesk.incidents.story import Story, damaged_of, hurt_of, keep_story
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall, recall_named
from recalldesk.sealing.fields_of_rows import opened, sealed

DECISION = (
    *("state", "decided_at", "decided_by", "authority_reference", "reported_at"),
    *("learned_at", "reminded_at"),
)
SEALED = ("sealed_serial", "sealed_contact", "sealed_account")


@transaction.atomic
def say_recall(*, number: int, slug: str, by: Staff) -> Incident:
    """Somebody of the desk knows of which recall a report is; returns the one that counts.

    Raises NotPermitted, NoSuchIncident, NotJoinable.
    """
    require(by, Permission.DECIDE_INCIDENT)
    incident = locked_incidents({number})[number]
    if incident.recall_id is not None or incident.same_as_id is not None:
        raise NotJoinable("This report is counted in a recall already.", "Load the page again.")
    recall = recall_named(slug)
    if recall is None:
        raise NotJoinable("There is no such recall.", "Choose one of the list.")
    filing = incident.filing
    if filing is not None and filing.recall_id != recall.pk:
        raise NotJoinable(
            f"Its claim {filing.reference} is of {filing.recall.slug}.", "Choose that one."
        )
    return place(incident, recall, by=by)


def in_recall(incident: Incident, live: LiveRecall | None) -> Incident:
    """The report with which what its owner tells now belongs: of the recall that they name, where
    none was known. The caller has locked it."""
    is_open = incident.recall_id is None and incident.same_as_id is None
    if live is None or not is_open or incident.filing_id is not None:
        return incident
    return place(incident, Recall.objects.get(pk=live.recall_id))


def place(incident: Incident, recall: Recall, *, by: Staff | None = None) -> Incident:
    """The report that counts in the recall for one of none, which the caller has locked."""
    counted = Incident.objects.create(
        recall=recall,
        source=incident.source,
        language=incident.language,
        nonce=NONCE_OF_PLACED.format(incident.pk),
        nothing_happened=incident.nothing_happened,
    )
    keep_story(counted, _told_in(incident))
    for name in DECISION:
        # Comes after the story: what is told of a report that is decided is news, and this is none.
        setattr(counted, name, getattr(incident, name))
    contact = opened(incident, "sealed_contact")
    if contact:
        counted.sealed_contact = sealed(Incident, "sealed_contact", contact, recall_id=recall.pk)
    filing = incident.filing
    _empty(incident, counted)
    counted.filing = filing
    counted.save()
    Incident.objects.filter(same_as=incident).update(same_as=counted)
    _log(counted, "", "", by, "")
    _log(
        incident,
        incident.state,
        Reason.SAME_EVENT,
        by,
        f"It is of {recall.slug}: incident {counted.pk} counts for it",
    )
    return counted


def _told_in(incident: Incident) -> Story:
    return Story(
        happened=Happened(incident.happened) if incident.happened else None,
        happened_on=incident.happened_on,
        is_day_exact=incident.is_day_exact,
        product_key=incident.product_key,
        country=incident.country,
        has_unit=HasUnit(incident.has_unit) if incident.has_unit else None,
        serial=opened(incident, "sealed_serial"),
        account=opened(incident, "sealed_account"),
        hurt=tuple(hurt_of(incident)),
        damaged=tuple(damaged_of(incident)),
    )


def _empty(incident: Incident, counted: Incident) -> None:
    """What tells of people stands with the other now, so that it is erased there once for all."""
    for name in SEALED:
        setattr(incident, name, b"")
    incident.serial_digest = incident.contact_digest = b""
    incident.filing, incident.same_as, incident.keyed_at = None, counted, None
    incident.save()
    Injury.objects.filter(incident=incident).update(sealed_age=b"", sealed_harm=b"")
    Damage.objects.filter(incident=incident).update(sealed_what=b"")


def _log(
    incident: Incident, before: str, reason: Reason | str, by: Staff | None, note: str
) -> None:
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        from_state=before,
        to_state=before or IncidentState.OBTAINED,
        reason=reason,
        actor=Actor.STAFF if by else Actor.OWNER,
        actor_id=by.pk if by else None,
        recall_id=incident.recall_id,
        note=note,
    )
