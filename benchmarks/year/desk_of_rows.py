"""The same filings as rows of the database, and what the program itself says of each claim.

Every table that `gather` and `with_neighbours` read gets its rows, sealed and keyed as usual.
"""

import json
from collections.abc import Iterator

from django.db import connection

from benchmarks.year.labels import PRODUCT
from benchmarks.year.own_facts import COUNTRY, found_of
from benchmarks.year.sent import SentFiling, SentPhoto, SentUnit
from recalldesk.claims.deciding.ruling import ruling_now
from recalldesk.claims.filing_keys import keep_keys
from recalldesk.claims.models import Claim, Filing, Message
from recalldesk.claims.rules import Outcome, Ruling
from recalldesk.claims.states import ClaimState, Direction, FilingState
from recalldesk.evidence.like_photos import keep_fingerprint
from recalldesk.evidence.models import EvidenceSet, Photo, Reading
from recalldesk.evidence.states import PhotoProblem, PhotoState, ReadingState
from recalldesk.reading.kept import label_as_json, marking_as_json
from recalldesk.reading.likeness import BYTES, TURNS
from recalldesk.reading.seen import LabelReading
from recalldesk.recalls.reads import LiveRecall
from recalldesk.remedies.actions import grant_remedy
from recalldesk.sealing.fields_of_rows import digest, sealed


class DeskOfRows:
    """Takes filings in the order in which they are sent."""

    def __init__(self, live: LiveRecall) -> None:
        self._live = live

    def takes(self, filing: SentFiling) -> Iterator[Ruling]:
        """What is said of each claim, in turn, once all of them are stored."""
        row = self._filing(filing)
        claims = [self._claim(row, at, unit) for at, unit in enumerate(filing.units, start=1)]
        for claim in claims:
            ruling = ruling_now(Claim.objects.select_related("filing__recall").get(pk=claim.pk))
            if ruling.outcome is Outcome.APPROVE:
                grant_remedy(
                    unit_digest=bytes(claim.unit_digest),
                    recall=row.recall,
                    key=filing.remedy,
                    orderable_at=filing.at,
                )
            yield ruling

    def _sealed(self, model: type[Filing | Claim | Message], field: str, text: str) -> bytes:
        return sealed(model, field, text, recall_id=self._live.recall_id) if text else b""

    def _filing(self, filing: SentFiling) -> Filing:
        person, number = filing.person, Filing.objects.count()
        row = Filing.objects.create(
            key=f"y{number}",
            reference=f"R-Y{number}",
            recall_id=self._live.recall_id,
            version_id=self._live.version_id,
            brand="tidewater",
            country=COUNTRY,
            language="en",
            state=FilingState.FILED,
            remedy_key=filing.remedy,
            is_dangerous=filing.is_dangerous,
            sealed_name=self._sealed(Filing, "sealed_name", person.name),
            sealed_email=self._sealed(Filing, "sealed_email", person.email),
            sealed_phone=self._sealed(Filing, "sealed_phone", person.phone),
            sealed_address=self._sealed(Filing, "sealed_address", _written(person.address)),
            sealed_payee=self._sealed(Filing, "sealed_payee", _written(person.payee)),
            filed_at=filing.at,
        )
        keep_keys(row, network=filing.network)
        if filing.wrote:
            text = self._sealed(Message, "sealed_text", "Something made up.")
            Message.objects.create(filing=row, direction=Direction.FROM_OWNER, sealed_text=text)
        return row

    def _claim(self, filing: Filing, position: int, unit: SentUnit) -> Claim:
        evidence = EvidenceSet.objects.create(
            recall_id=self._live.recall_id, marking_code=unit.code
        )
        found = digest(Claim, "unit_digest", unit.serial) if unit.serial else b""
        is_held = Claim.objects.filter(unit_digest=found, holds_unit=True).exists()
        claim = Claim.objects.create(
            filing=filing,
            recall_id=self._live.recall_id,
            position=position,
            product=PRODUCT,
            reading=unit.reading,
            sealed_serial=self._sealed(Claim, "sealed_serial", unit.serial),
            unit_digest=found,
            found=found_of(unit),
            holds_unit=bool(found) and unit.is_listed and not is_held,
            cannot_photograph=unit.cannot_photograph,
            evidence=evidence,
            state=ClaimState.SUBMITTED,
        )
        for photo in unit.photos:
            self._photo(evidence, photo)
        return claim

    def _photo(self, evidence: EvidenceSet, sent: SentPhoto) -> None:
        row = Photo.objects.create(
            evidence_set=evidence,
            kind=sent.kind,
            original_bytes=1,
            original_digest=sent.content,
            state=PhotoState.CLEAN if sent.is_usable else PhotoState.UNUSABLE,
            problem="" if sent.is_usable else PhotoProblem.DAMAGED,
            picture_digest=sent.picture,
            picture_bytes=1,
            width=1,
            height=1,
            reading=ReadingState.WAITING if sent.is_usable else ReadingState.NOT_ASKED,
        )
        if sent.reading is None:
            return
        is_label = isinstance(sent.reading, LabelReading)
        written = label_as_json(sent.reading) if is_label else marking_as_json(sent.reading)  # type: ignore[arg-type]
        answer = sealed(Reading, "sealed_answer", written, recall_id=self._live.recall_id)
        Reading.objects.create(photo=row, engine="made up", sealed_answer=answer)
        row.reading, row.read_at = ReadingState.READ, row.received_at
        row.save(update_fields=["reading", "read_at"])
        if sent.likeness:
            keep_fingerprint(row, sent.likeness * (TURNS * BYTES // len(sent.likeness)))


def _written(fields: object) -> str:
    return json.dumps(dict(fields)) if fields else ""  # type: ignore[call-overload]


def analyse() -> None:
    """Tells the planner of the rows that are there by now."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_filingkey, claims_claim, claims_filing, evidence_photo")
