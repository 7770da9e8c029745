"""An owner says that a unit is dangerous, or has hurt somebody.

Guarantees: the moment at which the firm came to know is the server's, and is kept before anything
is asked; the desk is written to in the same transaction; a person takes the claim, with no photo.
"""

from django.db import transaction
from django.utils.translation import gettext, override

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Subject
from recalldesk.claims.contacts import LONGEST_NAME, normal_email, normal_phone
from recalldesk.claims.drafting import open_filing, set_contact
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.following import LONGEST_MESSAGE
from recalldesk.claims.states import UnitReading
from recalldesk.claims.submitting import file_now
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import IncidentSource, IncidentState
from recalldesk.mailing.actions import write_mail
from recalldesk.mailing.letter import Letter
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.sealing.fields_of_rows import sealed

DESK_LANGUAGE = "en"


@transaction.atomic
def obtain_incident(*, live: LiveRecall | None, language: str) -> Incident:
    """Keeps that somebody said so, at once, and writes to the desk."""
    recall = Recall.objects.get(pk=live.recall_id) if live else None
    incident = Incident.objects.create(
        recall=recall, source=IncidentSource.DANGER_PAGE, language=language
    )
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        to_state=IncidentState.OBTAINED,
        actor=Actor.OWNER,
        recall_id=incident.recall_id,
    )
    _tell_desk(incident, live, gettext("No name or contact is known yet."))
    return incident


@transaction.atomic
def tell_more(
    *,
    incident_id: int,
    live: LiveRecall | None,
    brand: str,
    name: str,
    contact: str,
    account: str,
    serial: str = "",
) -> Incident:
    """Keeps how to reach whoever told of it, and makes the claim that a person takes.

    The same again changes nothing. Raises FieldsRefused.
    """
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident_id)
    if incident.filing_id is not None or incident.sealed_contact:
        return incident
    email, phone = _contact(contact, live)
    if len(name.strip()) > LONGEST_NAME:
        raise FieldsRefused({"name": FieldProblem.TOO_LONG})
    if len(account) > LONGEST_MESSAGE:
        raise FieldsRefused({"account": FieldProblem.TOO_LONG})
    recall_id = incident.recall_id
    if account.strip():
        incident.sealed_account = sealed(
            Incident, "sealed_account", account.strip(), recall_id=recall_id
        )
    incident.sealed_contact = sealed(
        Incident, "sealed_contact", f"{name.strip()} {email or phone}".strip(), recall_id=recall_id
    )
    if live is not None:
        filing, _ = open_filing(
            live=live,
            brand=brand,
            language=incident.language,
            serial=serial,
            reading=UnitReading.SERIAL if serial.strip() else UnitReading.UNREADABLE,
        )
        filing.is_dangerous = True
        set_contact(filing, name=name.strip(), email=email, phone=phone)
        file_now(filing)
        incident.filing = filing
    incident.save()
    _tell_desk(incident, live, gettext("A way to reach whoever told of it is known now."))
    return incident


def _contact(contact: str, live: LiveRecall | None) -> tuple[str, str]:
    """An e-mail address or a phone number, whichever it is. Raises FieldsRefused."""
    if not contact.strip():
        raise FieldsRefused({"contact": FieldProblem.NO_WAY_TO_REACH})
    country = live.document.countries[0] if live else ""
    try:
        if "@" in contact:
            return normal_email(contact), ""
        return "", normal_phone(contact, country)
    except FieldsRefused as refused:
        raise FieldsRefused({"contact": next(iter(refused.fields.values()))}) from refused


def _tell_desk(incident: Incident, live: LiveRecall | None, known: str) -> None:
    """Writes to every address that answers for the recall, or for any where none is known."""
    recalls = [live] if live else live_recalls()
    addresses = dict.fromkeys(brand.email for each in recalls for brand in each.document.brands)
    with override(DESK_LANGUAGE):
        letter = Letter(
            subject=gettext("Danger: incident %(number)s") % {"number": incident.pk},
            language=DESK_LANGUAGE,
            signed="Recalldesk",
            paragraphs=(
                gettext("An owner says that a unit is dangerous or has hurt somebody."),
                gettext("Obtained at %(at)s (UTC); recall: %(recall)s.")
                % {
                    "at": f"{incident.obtained_at:%Y-%m-%d %H:%M:%S}",
                    "recall": live.slug if live else gettext("not known"),
                },
                known,
                gettext("A duty to report may run from that moment. Look at it at once."),
            ),
        )
    for address in addresses:
        write_mail(
            recall=incident.recall,
            to=address,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            language=DESK_LANGUAGE,
            purpose=Purpose.INCIDENT_TO_DESK,
        )
