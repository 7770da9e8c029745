"""What a claim's life consists of: one function a section, all of them in SECTIONS, in their order.

To add one, write a function that makes it of the gathered rows, and name it in SECTIONS.
"""

import json
from collections.abc import Callable, Iterator

from recalldesk.audit.states import Subject
from recalldesk.claims.models import Claim
from recalldesk.claims.states import (
    ClaimState,
    Direction,
    FilingState,
    StatementKind,
    UnitReading,
)
from recalldesk.evidence.states import PhotoKind, PhotoProblem, PhotoState, ReadingState
from recalldesk.incidents.states import IncidentSource
from recalldesk.mailing.content import recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.reads import DOTS, masked
from recalldesk.mailing.states import Channel, MailingState, Purpose
from recalldesk.remedies.states import RemedyState
from recalldesk.reports.claim_life.decision_sections import contacts, decisions
from recalldesk.reports.claim_life.gathered import Gathered
from recalldesk.reports.claim_life.log_sections import blocks, log, seals
from recalldesk.reports.claim_life.parts import TEXT, Column, Layout, Record, Section
from recalldesk.reports.claim_life.words import label_of
from recalldesk.sealing.fields_of_rows import opened


def filing(gathered: Gathered) -> Section:
    """How the filing stands."""
    row = gathered.filing
    columns = (
        Column("reference", "Reference"),
        Column("recall", "Recall"),
        Column("version", "Version of the recall"),
        Column("state", "State"),
        Column("dangerous", "The owner told of danger"),
        Column("remedy", "Remedy chosen"),
        Column("country", "Country"),
        Column("language", "Language"),
        Column("brand", "Brand"),
        Column("opened_at", "Begun"),
        Column("filed_at", "Sent"),
        Column("unreached_since", "Not reached since"),
        Column("erased_at", "Erased"),
    )
    record: Record = {
        "reference": row.reference,
        "recall": row.recall.slug,
        "version": row.version.number,
        "state": label_of(FilingState, row.state),
        "dangerous": row.is_dangerous,
        "remedy": row.remedy_key,
        "country": row.country,
        "language": row.language,
        "brand": row.brand,
        "opened_at": row.opened_at,
        "filed_at": row.filed_at,
        "unreached_since": row.unreached_since,
        "erased_at": row.erased_at,
    }
    return Section("filing", "The filing", Layout.FACTS, columns, (record,))


def owner(gathered: Gathered) -> Section:
    """Who filed it, and where the remedy goes."""
    row = gathered.filing
    columns = (
        Column("name", "Name"),
        Column("email", "E-mail"),
        Column("phone", "Phone"),
        Column("address", "Address"),
        Column("payee", "Payee"),
    )
    email, phone = opened(row, "sealed_email"), opened(row, "sealed_phone")
    record: Record = {
        "name": gathered.personal(opened(row, "sealed_name")),
        "email": gathered.personal(email, masked(email)),
        "phone": gathered.personal(phone, masked(phone)),
        "address": gathered.personal(_lines(opened(row, "sealed_address"))),
        "payee": gathered.personal(_lines(opened(row, "sealed_payee"))),
    }
    none = "What named the owner was erased." if row.erased_at else "None."
    records = (record,) if any(record.values()) else ()
    return Section("owner", "The owner", Layout.FACTS, columns, records, none)


def units(gathered: Gathered) -> Section:
    """Each unit, and how its claim stands."""
    columns = (
        Column("unit", "Unit"),
        Column("product", "Product"),
        Column("variant", "Variant"),
        Column("serial", "Serial"),
        Column("serial_is", "The serial is"),
        Column("found", "Verdict when it was given"),
        Column("marking_code", "Code to write on it"),
        Column("cannot_photograph", "No photo possible"),
        Column("state", "State"),
        Column("state_since", "Since"),
        Column("promised_on", "Next step promised by"),
        Column("disposed_on", "Disposed of on"),
    )
    records: tuple[Record, ...] = tuple(
        {
            "unit": claim.position,
            "product": claim.product,
            "variant": claim.variant,
            "serial": _serial(claim, gathered),
            "serial_is": label_of(UnitReading, claim.reading),
            "found": claim.found.replace("_", " "),
            "marking_code": claim.marking_code,
            "cannot_photograph": claim.cannot_photograph,
            "state": label_of(ClaimState, claim.state),
            "state_since": claim.state_since,
            "promised_on": claim.promised_on,
            "disposed_on": claim.disposed_on,
        }
        for claim in gathered.claims
    )
    return Section("units", "Units", Layout.FACTS, columns, records)


def photos(gathered: Gathered) -> Section:
    """The photos, also removed ones; the pictures are not in here."""
    columns = (
        Column("photo", "Photo", 1),
        Column("of", "Of", 2),
        Column("kind", "Shows", 3),
        Column("state", "State", 2),
        Column("reading", "Reading", 2),
        Column("received_at", "Received", 3),
        Column("digest", "Keyed digest of the file", 5, is_code=True),
    )
    sets = gathered.names[Subject.EVIDENCE_SET]
    records: tuple[Record, ...] = tuple(
        {
            "photo": number,
            "of": sets[photo.evidence_set_id],
            "kind": label_of(PhotoKind, photo.kind),
            "state": label_of(PhotoState, photo.state),
            "problem": label_of(PhotoProblem, photo.problem) if photo.problem else "",
            "reading": label_of(ReadingState, photo.reading),
            "received_at": photo.received_at,
            "settled_at": photo.settled_at,
            "removed_at": photo.removed_at,
            "bytes": photo.original_bytes,
            "width": photo.width,
            "height": photo.height,
            "digest": bytes(photo.original_digest).hex(),
            "picture_digest": bytes(photo.picture_digest).hex(),
        }
        for number, photo in enumerate(gathered.photos, 1)
    )
    return Section("photos", "Photos", Layout.TABLE, columns, records)


def remedies(gathered: Gathered) -> Section:
    """What the owner gets under these units."""
    columns = (
        Column("remedy", "Remedy", 2),
        Column("state", "State", 2),
        Column("grant", "Grant", 1),
        Column("turn", "Turn", 1),
        Column("created_at", "Made", 3),
        Column("id", "Name at its provider", 4, is_code=True),
    )
    records: tuple[Record, ...] = tuple(
        {
            "remedy": remedy.key,
            "state": label_of(RemedyState, remedy.state),
            "grant": remedy.entitlement.grant,
            "turn": remedy.turn,
            "created_at": remedy.created_at,
            "id": str(remedy.pk),
        }
        for remedy in gathered.remedies
    )
    return Section("remedies", "Remedies", Layout.TABLE, columns, records)


def incidents(gathered: Gathered) -> Section:
    """What was told of danger, and when the firm learned of it."""
    columns = (
        Column("obtained_at", "Obtained"),
        Column("source", "By"),
        Column("contact", "Contact"),
    )
    records: tuple[Record, ...] = tuple(
        {
            "obtained_at": incident.obtained_at,
            "source": label_of(IncidentSource, incident.source),
            "contact": gathered.personal(opened(incident, "sealed_contact")),
            TEXT: gathered.health(opened(incident, "sealed_account")),
        }
        for incident in gathered.incidents
    )
    return Section("incidents", "Danger", Layout.TEXTS, columns, records)


def messages(gathered: Gathered) -> Section:
    """What owner and desk wrote, word for word."""
    columns = (
        Column("message", "Message"),
        Column("at", "At"),
        Column("direction", "Direction"),
        Column("author", "By"),
    )
    records: tuple[Record, ...] = tuple(
        {
            "message": number,
            "at": message.at,
            "direction": label_of(Direction, message.direction),
            "author": message.author.name if message.author else "",
            TEXT: gathered.personal(opened(message, "sealed_text")),
        }
        for number, message in enumerate(gathered.messages, 1)
    )
    return Section("messages", "Messages", Layout.TEXTS, columns, records)


def letters(gathered: Gathered) -> Section:
    """Mails and text messages; what they said is erased once they leave."""
    columns = (
        Column("letter", "Letter", 1),
        Column("purpose", "Purpose", 4),
        Column("to", "To", 4),
        Column("state", "State", 2),
        Column("written_at", "Written", 3),
        Column("sent_at", "Sent", 3),
    )
    records: tuple[Record, ...] = tuple(
        {
            "letter": number,
            "purpose": label_of(Purpose, mailing.purpose),
            "channel": label_of(Channel, mailing.channel),
            "to": _went_to(mailing, gathered),
            "state": label_of(MailingState, mailing.state),
            "written_at": mailing.queued_at,
            "sent_at": mailing.sent_at,
            "delivered_at": mailing.delivered_at,
            "ended_at": mailing.ended_at,
        }
        for number, mailing in enumerate(gathered.mailings, 1)
    )
    return Section("letters", "Letters", Layout.TABLE, columns, records)


def agreements(gathered: Gathered) -> Section:
    """What the owner agreed to, word for word."""
    columns = (
        Column("kind", "To"),
        Column("at", "Agreed at"),
        Column("language", "Language"),
        Column("version", "SHA-256 of the text", is_code=True),
    )
    records: tuple[Record, ...] = tuple(
        {
            "kind": label_of(StatementKind, agreement.text.kind),
            "at": agreement.at,
            "language": agreement.text.language,
            "version": agreement.text.digest,
            TEXT: agreement.text.text,
        }
        for agreement in gathered.agreements
    )
    return Section("agreements", "Agreements", Layout.TEXTS, columns, records)


SECTIONS: tuple[Callable[[Gathered], Section], ...] = (
    filing,
    owner,
    units,
    incidents,
    decisions,
    log,
    messages,
    contacts,
    photos,
    remedies,
    letters,
    agreements,
    seals,
    blocks,
)


def sections_of(gathered: Gathered) -> Iterator[Section]:
    """All of them. Raises SealingError."""
    return (section(gathered) for section in SECTIONS)


def _serial(claim: Claim, gathered: Gathered) -> str:
    serial = opened(claim, "sealed_serial")
    return gathered.personal(serial, f"{DOTS}{serial[-2:]}")


def _went_to(mailing: Mailing, gathered: Gathered) -> str:
    """Of an erased filing the last letter may still wait with its address: nobody is shown it."""
    to = recipient_of(mailing)
    return masked(to) if gathered.filing.erased_at else gathered.personal(to, masked(to))


def _lines(text: str) -> str:
    """The values of an address or an account, one a line; their names are those of the form."""
    values: dict[str, str] = json.loads(text) if text else {}
    return "\n".join(
        f"{name.replace('_', ' ')}: {value}" for name, value in values.items() if value
    )
