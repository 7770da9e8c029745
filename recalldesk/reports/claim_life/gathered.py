"""All rows that belong to one filing, fetched once, and what of them may be shown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Model, QuerySet

from recalldesk.accounts.models import Staff
from recalldesk.audit.reads import LoggedRow, rows_about
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.cases import unit_of
from recalldesk.claims.models import Agreement, Claim, Contact, Decision, Filing, Message
from recalldesk.evidence.models import Photo
from recalldesk.incidents.models import Incident
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.reads import DOTS
from recalldesk.remedies.models import Remedy


@dataclass(frozen=True)
class Gathered:
    """The rows. `names` says of what each set of photos is, `staff` who is who."""

    filing: Filing
    claims: tuple[Claim, ...]
    decisions: tuple[Decision, ...]
    messages: tuple[Message, ...]
    contacts: tuple[Contact, ...]
    photos: tuple[Photo, ...]
    mailings: tuple[Mailing, ...]
    agreements: tuple[Agreement, ...]
    remedies: tuple[Remedy, ...]
    incidents: tuple[Incident, ...]
    log: tuple[LoggedRow, ...]
    names: Mapping[Subject, Mapping[int, str]]
    staff: Mapping[int, Staff]
    shows_personal: bool
    shows_health: bool

    def personal(self, text: str, masked: str = DOTS) -> str:
        """A text that names a person, or what stands for it."""
        return text if self.shows_personal or not text else masked

    def health(self, text: str, masked: str = DOTS) -> str:
        """A text that tells of people and their health."""
        return text if self.shows_health or not text else masked


def gather(filing: Filing, *, shows_personal: bool, shows_health: bool) -> Gathered:
    """Everything of a filing, as it stands. Raises SealingError."""
    claims = tuple(filing.claims.select_related("filing", "evidence").order_by("position"))
    messages = tuple(filing.messages.select_related("filing", "author").order_by("at", "pk"))
    contacts = tuple(filing.contacts.select_related("by").order_by("happened_at", "pk"))
    decisions = Decision.objects.filter(claim__in=claims).order_by("pk")
    mailings = tuple(Mailing.objects.filter(filing_id=filing.pk).order_by("pk"))
    incidents = tuple(Incident.objects.filter(filing=filing).order_by("pk"))
    sets = _sets(claims, messages, contacts)
    photos = tuple(Photo.objects.filter(evidence_set_id__in=sets).order_by("received_at", "pk"))
    remedies = tuple(_remedies(filing, claims))
    names: dict[Subject, Mapping[int, str]] = {
        Subject.FILING: {filing.pk: ""},
        Subject.CLAIM: {claim.pk: f"unit {claim.position}" for claim in claims},
        Subject.DECISION: numbered(decisions),
        Subject.MESSAGE: numbered(messages),
        Subject.CONTACT: numbered(contacts),
        Subject.EVIDENCE_SET: sets,
        Subject.PHOTO: numbered(photos),
        Subject.MAILING: numbered(mailings),
        Subject.INCIDENT: {each.pk: "" for each in incidents},
        Subject.REMEDY: {each.entitlement_id: each.key for each in remedies},
    }
    log = tuple(rows_about(names))
    return Gathered(
        filing=filing,
        claims=claims,
        decisions=tuple(decisions.select_related("claim", "by", "settled_by", "version")),
        messages=messages,
        contacts=contacts,
        photos=photos,
        mailings=mailings,
        agreements=tuple(filing.agreements.select_related("text").order_by("pk")),
        remedies=remedies,
        incidents=incidents,
        log=log,
        names=names,
        staff=Staff.objects.in_bulk({each.row.actor_id for each in log if each.row.actor_id}),
        shows_personal=shows_personal,
        shows_health=shows_health,
    )


def numbered(rows: Iterable[Model]) -> dict[int, str]:
    """How each row is called in what is shown: by its place from 1."""
    return {row.pk: f"{number}" for number, row in enumerate(rows, 1)}


def _sets(
    claims: Iterable[Claim], messages: Iterable[Message], contacts: Iterable[Contact]
) -> dict[int, str]:
    """Of what each set of photos is."""
    sets = {claim.evidence_id: f"unit {claim.position}" for claim in claims}
    of_messages = [(f"message {number}", row.evidence_id) for number, row in enumerate(messages, 1)]
    of_contacts = [(f"contact {number}", row.evidence_id) for number, row in enumerate(contacts, 1)]
    sets |= {number: name for name, number in of_messages + of_contacts if number is not None}
    return sets


def _remedies(filing: Filing, claims: Iterable[Claim]) -> QuerySet[Remedy]:
    units = {unit_of(claim) for claim in claims}
    rows = Remedy.objects.filter(entitlement__unit_digest__in=units, recall_id=filing.recall_id)
    return rows.select_related("entitlement").order_by("created_at", "pk")
