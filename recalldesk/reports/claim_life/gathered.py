"""All rows that belong to one filing, fetched once, and what of them may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass

from recalldesk.accounts.models import Staff
from recalldesk.audit.reads import LoggedRow, rows_about
from recalldesk.audit.states import Subject
from recalldesk.claims.models import Agreement, Claim, Filing, Message
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
    messages: tuple[Message, ...]
    photos: tuple[Photo, ...]
    mailings: tuple[Mailing, ...]
    agreements: tuple[Agreement, ...]
    remedies: tuple[Remedy, ...]
    incidents: tuple[Incident, ...]
    log: tuple[LoggedRow, ...]
    names: Mapping[Subject, Mapping[int, str]]
    staff: Mapping[int, Staff]
    shows_personal: bool

    def personal(self, text: str, masked: str = DOTS) -> str:
        """A text that names a person, or what stands for it."""
        return text if self.shows_personal or not text else masked


def gather(filing: Filing, *, shows_personal: bool) -> Gathered:
    """Everything of a filing, as it stands. Raises SealingError."""
    claims = tuple(filing.claims.select_related("filing", "evidence").order_by("position"))
    messages = tuple(filing.messages.select_related("filing", "author").order_by("at", "pk"))
    mailings = tuple(Mailing.objects.filter(filing_id=filing.pk).order_by("pk"))
    incidents = tuple(Incident.objects.filter(filing=filing).order_by("pk"))
    sets = {claim.evidence_id: f"unit {claim.position}" for claim in claims}
    sets |= {
        message.evidence_id: f"message {number}"
        for number, message in enumerate(messages, 1)
        if message.evidence_id is not None
    }
    photos = tuple(Photo.objects.filter(evidence_set_id__in=sets).order_by("received_at", "pk"))
    names: dict[Subject, Mapping[int, str]] = {
        Subject.FILING: {filing.pk: ""},
        Subject.CLAIM: {claim.pk: f"unit {claim.position}" for claim in claims},
        Subject.MESSAGE: {each.pk: f"{number}" for number, each in enumerate(messages, 1)},
        Subject.EVIDENCE_SET: sets,
        Subject.PHOTO: {photo.pk: f"{number}" for number, photo in enumerate(photos, 1)},
        Subject.MAILING: {each.pk: f"{number}" for number, each in enumerate(mailings, 1)},
        Subject.INCIDENT: {each.pk: "" for each in incidents},
    }
    log = tuple(rows_about(names))
    units = {bytes(claim.unit_digest) for claim in claims if claim.unit_digest}
    return Gathered(
        filing=filing,
        claims=claims,
        messages=messages,
        photos=photos,
        mailings=mailings,
        agreements=tuple(filing.agreements.select_related("text").order_by("pk")),
        remedies=tuple(
            Remedy.objects.filter(entitlement__unit_digest__in=units, recall_id=filing.recall_id)
            .select_related("entitlement")
            .order_by("created_at", "pk")
        ),
        incidents=incidents,
        log=log,
        names=names,
        staff=Staff.objects.in_bulk({each.row.actor_id for each in log if each.row.actor_id}),
        shows_personal=shows_personal,
    )
