"""An owner says that a unit is dangerous, or has hurt somebody.

Guarantees: the moment at which the firm came to know is the server's, and is kept before anything
is asked; the desk is written to in the same transaction; a person takes the claim, with no photo.
"""

from dataclasses import dataclass

from django.db import transaction

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.access import end_other_passes, mail_link_to_new_contact
from recalldesk.claims.contacts import LONGEST_NAME, normal_email, phone_of_any
from recalldesk.claims.desk.contacts import link_contact
from recalldesk.claims.drafting import open_filing, set_contact
from recalldesk.claims.errors import FieldProblem, FieldsRefused
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.locking import locked_filing
from recalldesk.claims.messages import LONGEST_MESSAGE
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import FilingState, UnitReading
from recalldesk.claims.submitting import file_now
from recalldesk.incidents.desk_letters import tell_desk
from recalldesk.incidents.following import news_of
from recalldesk.incidents.models import Incident
from recalldesk.incidents.placing import in_recall
from recalldesk.incidents.reads import standing_for
from recalldesk.incidents.states import IncidentSource, IncidentState
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LiveRecall, live_recalls
from recalldesk.sealing.fields_of_rows import opened, sealed

LONGEST_ACCOUNT = 5 * LONGEST_MESSAGE
"""Of all that is told of one incident, bit by bit."""


@transaction.atomic
def obtain_incident(
    *, live: LiveRecall | None, language: str, told: Contact | None = None
) -> Incident:
    """Keeps that somebody said so, at once, and writes to the desk. `told`: in which contact with
    the desk; of one contact there is one incident."""
    known = Incident.objects.filter(contact=told).first() if told else None
    if known is not None:
        return known
    recall = Recall.objects.get(pk=live.recall_id) if live else None
    incident = Incident.objects.create(
        recall=recall,
        source=IncidentSource.DESK if told else IncidentSource.DANGER_PAGE,
        language=language,
        contact=told,
    )
    record_change(
        subject=Subject.INCIDENT,
        subject_id=incident.pk,
        to_state=IncidentState.OBTAINED,
        actor=Actor.STAFF if told else Actor.OWNER,
        actor_id=told.by_id if told else None,
        recall_id=incident.recall_id,
    )
    tell_desk(incident, live, can_be_reached=False)
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

    `live` may be known only now; then the report that counts in that recall is returned. The same
    again changes nothing; another contact takes the place of the first, and what else is told is
    added to what was. Raises FieldsRefused.
    """
    rows = Incident.objects.select_for_update(of=("self",))
    incident = rows.get(pk=standing_for(incident_id))
    teller = teller_of(name=name, contact=contact, live=live)
    incident = in_recall(incident, live)
    is_told = _keep_account(incident, account.strip())
    if is_told:
        news_of(incident)
    if incident.filing_id is not None:
        is_told |= reach_anew(incident.filing_id, teller)
    elif live is not None:
        incident.filing = _filing_of(incident, live, brand, teller, serial.strip())
        incident.sealed_contact, incident.keyed_at = b"", None
        is_told = True
    else:
        is_told |= keep_contact(incident, teller)
    if is_told:
        incident.save()
        tell_desk(incident, live, can_be_reached=True)
    return incident


@dataclass(frozen=True, repr=False)
class Teller:
    """Who tells, and one way to reach them."""

    name: str
    email: str
    phone: str


def teller_of(*, name: str, contact: str, live: LiveRecall | None) -> Teller:
    """Who tells, by what was typed. Raises FieldsRefused."""
    email, phone = _reached_by(contact, live)
    if len(name.strip()) > LONGEST_NAME:
        raise FieldsRefused({"name": FieldProblem.TOO_LONG})
    return Teller(name.strip(), email, phone)


def _keep_account(incident: Incident, account: str) -> bool:
    """Adds what is told to what was told before; whether there was anything new."""
    told = opened(incident, "sealed_account")
    if not account or account in told:
        return False
    whole = f"{told}\n\n{account}".strip()
    if len(account) > LONGEST_MESSAGE or len(whole) > LONGEST_ACCOUNT:
        raise FieldsRefused({"account": FieldProblem.TOO_LONG})
    incident.sealed_account = sealed(
        Incident, "sealed_account", whole, recall_id=incident.recall_id
    )
    return True


def keep_contact(incident: Incident, teller: Teller) -> bool:
    """Puts how to reach the teller into an incident; whether it was not known so."""
    contact = f"{teller.name} {teller.email or teller.phone}".strip()
    if opened(incident, "sealed_contact") == contact:
        return False
    incident.sealed_contact = sealed(
        Incident, "sealed_contact", contact, recall_id=incident.recall_id
    )
    incident.keyed_at = None
    return True


def _filing_of(
    incident: Incident, live: LiveRecall, brand: str, teller: Teller, serial: str
) -> Filing:
    """The claim that a person takes. It holds how to reach the teller, the incident does not: so
    that both are erased together.
    """
    filing, _ = open_filing(
        live=live,
        brand=brand,
        language=incident.language,
        serial=serial,
        reading=UnitReading.SERIAL if serial else UnitReading.UNREADABLE,
    )
    filing.is_dangerous = True
    if (told := incident.contact) is not None:
        filing.channel, filing.entered_by = told.channel, told.by
        filing.passes.all().delete()  # no browser of an owner began it
    set_contact(filing, name=teller.name, email=teller.email, phone=teller.phone)
    file_now(filing)
    if told is not None and told.filing_id is None:
        link_contact(contact=told, filing=filing, by=told.by)
    return filing


def reach_anew(filing_id: int, teller: Teller) -> bool:
    """Puts another contact in the place of the first: somebody waits to be called. A name that is
    not given anew stays."""
    filing = locked_filing(filing_id)
    if filing is None or filing.state != FilingState.FILED:
        return False
    fields = ("sealed_name", "sealed_email", "sealed_phone")
    known = tuple(opened(filing, field) for field in fields)
    name = teller.name or known[0]
    if known == (name, teller.email, teller.phone):
        return False
    set_contact(filing, name=name, email=teller.email, phone=teller.phone)
    filing.unreached_since = None
    filing.save()
    keep_keys(filing)
    # What went to the first contact may have reached somebody else.
    end_other_passes(filing=filing, but=None)
    mail_link_to_new_contact(filing=filing)
    record_change(
        subject=Subject.FILING,
        subject_id=filing.pk,
        from_state=FilingState.FILED,
        to_state=FilingState.FILED,
        reason=Reason.DETAILS_MENDED,
        actor=Actor.OWNER,
        recall_id=filing.recall_id,
    )
    return True


def _reached_by(contact: str, live: LiveRecall | None) -> tuple[str, str]:
    """An e-mail address or a phone number, whichever it is. Raises FieldsRefused."""
    if not contact.strip():
        raise FieldsRefused({"contact": FieldProblem.NO_WAY_TO_REACH})
    recalls = [live] if live else live_recalls()
    countries = dict.fromkeys(code for each in recalls for code in each.document.countries)
    try:
        if "@" in contact:
            return normal_email(contact), ""
        return "", phone_of_any(contact, tuple(countries))
    except FieldsRefused as refused:
        raise FieldsRefused({"contact": next(iter(refused.fields.values()))}) from refused
