"""Everything that is kept of one filing, for its owner, as JSON.

Left out: what is found of each serial. Of fifty serials named at once nothing is told, or a claim
would be an oracle for guessers. Of a list of units its lines are there, with what was told of each.
"""

from typing import Any

from recalldesk.claims.models import Filing
from recalldesk.claims.reads import (
    SeenUnit,
    Stage,
    messages_of,
    seen_by_owner,
    stages_of_each,
)
from recalldesk.claims.unit_lists.keeping import list_of, opened_lines
from recalldesk.evidence.models import Photo
from recalldesk.evidence.reads import label_reading_of, marking_reading_of
from recalldesk.mailing.reads import mailings_of_filing


def everything_of(filing: Filing) -> dict[str, Any]:
    """What is kept, by name; times in ISO 8601, UTC. Photos are listed; the page shows them."""
    seen = seen_by_owner(filing)
    stages = stages_of_each([unit.claim_id for unit in seen.units])
    return {
        "reference": filing.reference,
        "recall": filing.recall.slug,
        "recall_version": filing.version.number,
        "state": filing.state,
        "dangerous": filing.is_dangerous,
        "language": filing.language,
        "country": filing.country,
        "opened_at": filing.opened_at.isoformat(),
        "filed_at": filing.filed_at.isoformat() if filing.filed_at else None,
        "name": seen.name,
        "email": seen.email,
        "phone": seen.phone,
        "address": seen.address,
        "payee": seen.payee,
        "remedy": filing.remedy_key,
        "units": [_unit(unit, stages[unit.claim_id]) for unit in seen.units],
        "list": _lines(filing),
        "messages": [
            {
                "from": "you" if message.is_mine else "desk",
                "at": message.at.isoformat(),
                "text": message.text,
                "photos": [_photo(photo) for photo in message.photos],
            }
            for message in messages_of(filing)
        ],
        "agreed_to": [
            {
                "kind": agreement.text.kind,
                "at": agreement.at.isoformat(),
                "version": agreement.text.digest,
                "text": agreement.text.text,
            }
            for agreement in filing.agreements.select_related("text").order_by("pk")
        ],
        "letters": [
            {
                "purpose": letter.purpose,
                "channel": letter.channel,
                "state": letter.state,
                "written_at": letter.queued_at.isoformat(),
                "sent_at": letter.sent_at.isoformat() if letter.sent_at else None,
            }
            for letter in mailings_of_filing(filing.pk)
        ],
    }


def _lines(filing: Filing) -> list[dict[str, Any]]:
    """The list of many units that its owner sent; nothing where they sent none."""
    row = list_of(filing)
    lines = opened_lines(row)[0] if row else []
    return [{"line": each.number, "text": each.text, "answer": each.state} for each in lines]


def _unit(unit: SeenUnit, stages: tuple[Stage, ...]) -> dict[str, Any]:
    return {
        "product": unit.product,
        "variant": unit.variant,
        "serial": unit.serial,
        "serial_is": unit.reading,
        "cannot_photograph": unit.cannot_photograph,
        "marking_code": unit.marking_code,
        "state": unit.state,
        "promised_on": unit.promised_on.isoformat() if unit.promised_on else None,
        "disposed_on": unit.disposed_on.isoformat() if unit.disposed_on else None,
        "stages": [{"state": stage.state, "at": stage.at.isoformat()} for stage in stages],
        "photos": [_photo(photo) for photo in unit.photos],
    }


def _photo(photo: Photo) -> dict[str, Any]:
    return {
        "kind": photo.kind,
        "state": photo.state,
        "received_at": photo.received_at.isoformat(),
        "width": photo.width,
        "height": photo.height,
        "reading": photo.reading,
        "what_was_read": _what_was_read(photo),
    }


def _what_was_read(photo: Photo) -> dict[str, Any] | None:
    """What a program read in it; None where it did not."""
    if (label := label_reading_of(photo)) is not None:
        return {
            "model": label.model,
            "serials": [candidate.text for candidate in label.candidates],
            "bar_codes": [code.text for code in label.bar_codes],
            "lines": [line.text for line in label.lines],
        }
    if (marking := marking_reading_of(photo)) is not None:
        marks = {"word": marking.word, "code": marking.code, "date": marking.date}
        return {
            "seen": {name: mark.is_verified for name, mark in marks.items() if mark},
            "lines": [line.text for line in marking.lines],
        }
    return None
