"""Made-up purchasers, their purchases, and waves to them, as rows: no file has to be read for them.

Contacts get the digests that an order file would give them, so that all that looks for them does.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import ClaimState, FilingState, UnitReading
from recalldesk.evidence.models import EvidenceSet
from recalldesk.foundation import clock
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.actions import approve_wave, ask_for_approval, draft_wave
from recalldesk.outreach.waves.starting import start_wave
from recalldesk.purchasers.digests import (
    contact_digest,
    line_digest,
    name_digest,
    order_digest,
    phone_form,
    unit_digest,
)
from recalldesk.purchasers.models import (
    ContactPoint,
    Join,
    OrderFile,
    Person,
    Purchase,
    Purchaser,
    Sighting,
)
from recalldesk.purchasers.states import Channel, ContactKind, FileKind, Strength
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import live_version
from recalldesk.remedies.corrections.naming import order_digest as correction_order_digest
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.sealing.fields_of_rows import sealed
from tests.cast import SLUG, Cast

PLACE = {
    "street_address": "12 Example Street",
    "city": "Springfield",
    "country_area": "IL",
    "postal_code": "62704",
    "country_code": "US",
}
DAY = date(2024, 6, 1)


@dataclass
class Told:
    """Purchasers of one published recall, and waves to them."""

    cast: Cast
    slug: str = SLUG
    shop: str = "Example Shop"
    _files: dict[tuple[Channel, FileKind], OrderFile] = field(default_factory=dict)
    _made: int = 0

    @cached_property
    def recall(self) -> Recall:
        """The recall."""
        return Recall.objects.get(slug=self.slug)

    @cached_property
    def version(self) -> RecallVersion:
        """Its live version."""
        version = live_version(self.recall)
        assert version is not None
        return version

    def file(
        self, channel: Channel = Channel.AMAZON, kind: FileKind = FileKind.ORDERS
    ) -> OrderFile:
        """The file of a channel in which purchases stand."""
        if (channel, kind) not in self._files:
            self._files[channel, kind] = OrderFile.objects.create(
                recall=self.recall,
                channel=channel,
                kind=kind,
                file_sha256=sha256(f"{channel} {kind} {self._next()}".encode()).hexdigest(),
                size=1,
                reading={"mapping": {"channel": self.shop}},
                **dict.fromkeys(
                    ("lines", "heading", "accepted", "rejected", "duplicate", "blank"), 0
                ),
                continued=0,
                lines_of_others=0,
                version=self.version,
                by=self.cast.author,
            )
        return self._files[channel, kind]

    def buyer(
        self,
        name: str = "Ana Example",
        *,
        email: str = "",
        alias: str = "",
        phone: str = "",
        address: dict[str, str] | None = None,
        language: str = "",
        country: str = "US",
        person: Person | None = None,
    ) -> Purchaser:
        """Somebody whom a file names, with these contacts, who bought nothing yet."""
        buyer = Purchaser.objects.create(
            recall=self.recall,
            person=person or Person.objects.create(recall=self.recall),
            digest=sha256(f"buyer {self._next()}".encode()).digest(),
            sealed_name=sealed(Purchaser, "sealed_name", name, recall_id=self.recall.pk),
            name_digest=name_digest(name),
            country=country,
            language=language,
        )
        for kind, value, form in (
            (ContactKind.EMAIL, email, email_form(email)),
            (ContactKind.ALIAS, alias, email_form(alias)),
            (ContactKind.PHONE, phone, phone_form(phone)),
            (ContactKind.ADDRESS, json.dumps(address or {}), _flat(address)),
        ):
            if form:
                ContactPoint.objects.create(
                    purchaser=buyer,
                    recall_id=self.recall.pk,
                    kind=kind,
                    sealed_value=sealed(
                        ContactPoint, "sealed_value", value, recall_id=self.recall.pk
                    ),
                    digest=contact_digest(kind, form),
                )
        return buyer

    def purchase(
        self,
        buyer: Purchaser | None,
        *,
        units: int = 1,
        units_back: int = 0,
        product: str = "k20",
        channel: Channel = Channel.AMAZON,
        kind: FileKind = FileKind.ORDERS,
        strength: Strength = Strength.STRONG,
        ordered_on: date | None = DAY,
        country: str = "US",
        also: tuple[Purchaser, ...] = (),
        order: str = "",
        serial: str = "",
    ) -> Purchase:
        """What somebody bought. `also`: others by whom further files name the buyer of it;
        `order`: its number, where it matters."""
        number = self._next()
        order = order or f"MADE-UP-{number}"
        purchase = Purchase.objects.create(
            recall=self.recall,
            file=self.file(channel, kind),
            line=number,
            channel=channel,
            product=product,
            purchaser=buyer,
            line_digest=line_digest(channel, order, product, str(number)),
            order_digest=order_digest(order),
            unit_digest=unit_digest(serial),
            sealed_order=sealed(Purchase, "sealed_order", order, recall_id=self.recall.pk),
            units=units,
            units_back=units_back,
            ordered_on=ordered_on,
            country=country,
            strength=strength,
            reasons=[],
        )
        for each in also:
            self._files.clear()
            Sighting.objects.create(
                recall_id=self.recall.pk,
                file=self.file(channel, kind),
                line=number,
                line_digest=purchase.line_digest,
                units=units,
                units_back=0,
                purchaser=each,
            )
        return purchase

    def bought(self, name: str = "Ana Example", *, units: int = 1, **contacts: Any) -> Purchaser:
        """Somebody with these contacts who bought so many units."""
        buyer = self.buyer(name, **contacts)
        self.purchase(buyer, units=units)
        return buyer

    def draft(
        self,
        *ways: Way,
        kind: WaveKind = WaveKind.FIRST,
        **more: Any,
    ) -> Wave:
        """A wave as its author drafts it, in the standard words; by mail where no way is named."""
        return draft_wave(
            recall=self.recall,
            name="Made-up wave",
            kind=kind,
            ways=ways or (Way.EMAIL,),
            by=self.cast.author,
            **more,
        )

    def approved(self, *ways: Way, **more: Any) -> Wave:
        """A wave that a second person approved."""
        wave = ask_for_approval(self.draft(*ways, **more), by=self.cast.author)
        return approve_wave(wave, by=self.cast.approver)

    def started(self, *ways: Way, **more: Any) -> Wave:
        """A wave whose notices are made and wait to be sent."""
        wave = self.approved(*ways, **more)
        assert start_wave(wave.pk)
        wave.refresh_from_db()
        return wave

    def start(self, wave: Wave) -> None:
        """Has a draft approved and started."""
        ask_for_approval(wave, by=self.cast.author)
        approve_wave(wave, by=self.cast.approver)
        assert start_wave(wave.pk)
        wave.refresh_from_db()

    def sent(self, *ways: Way, **more: Any) -> Wave:
        """A wave of which every notice left, just now."""
        wave = self.started(*ways, **more)
        wave.notices.filter(state="waiting").update(state="sent", sent_at=clock.now())
        return wave

    def notice(self, wave: Wave, buyer: Purchaser, way: Way = Way.EMAIL) -> DirectNotice:
        """The notice of a wave to a contact of theirs."""
        digests = ContactPoint.objects.filter(purchaser=buyer).values_list("digest", flat=True)
        return wave.notices.get(way=way, contact_digest__in=[bytes(each) for each in digests])

    def claim(
        self,
        *buyers: Purchaser,
        units: int = 1,
        state: ClaimState = ClaimState.SUBMITTED,
        reading: UnitReading = UnitReading.UNREADABLE,
        serial: str = "",
    ) -> Filing:
        """A filing of so many units that is tied to these purchasers."""
        number = self._next()
        filing = Filing.objects.create(
            key=f"madeup{number}",
            reference=f"MADEUP-{number}",
            recall=self.recall,
            version=self.version,
            brand="tidewater",
            country="US",
            language="en",
            state=FilingState.FILED,
            filed_at=clock.now(),
        )
        for position in range(1, units + 1):
            Claim.objects.create(
                filing=filing,
                recall=self.recall,
                position=position,
                product="k20",
                state=state,
                reading=reading,
                unit_digest=unit_digest(serial),
                evidence=EvidenceSet.objects.create(recall=self.recall),
            )
        for each in buyers:
            Join.objects.create(first=each, filing=filing, reasons=["email"])
        return filing

    def corrected(
        self, order: str = "", *, units: int = 1, serial: str = "", shop: str = "Example Shop"
    ) -> ReportedCorrection:
        """What a shop reports to have refunded of an order, or of a unit."""
        return ReportedCorrection.objects.create(
            recall=self.recall,
            level=Level.CONSUMER,
            measure=Measure.REFUNDED,
            units=units,
            happened_on=DAY,
            reported_by=shop,
            unit_digest=unit_digest(serial),
            order_digest=correction_order_digest(order),
            turn=1 if serial else 0,
            by=self.cast.author,
        )

    def _next(self) -> int:
        self._made += 1
        return self._made


def _flat(address: dict[str, str] | None) -> str:
    return address_form(address).flat if address else ""
