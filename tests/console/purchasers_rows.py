"""Made-up rows of order files and purchasers, for the pages of the desk. Nobody in them is real."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from recalldesk.accounts.models import Staff
from recalldesk.matching.orders import Buyer
from recalldesk.purchasers.digests import (
    contact_digest,
    line_digest,
    name_digest,
    order_digest,
    phone_form,
)
from recalldesk.purchasers.models import (
    ContactPoint,
    Join,
    OrderFile,
    OrderReject,
    Person,
    Purchase,
    Purchaser,
    SamePersonQuestion,
    Sighting,
)
from recalldesk.purchasers.states import Channel, ContactKind, FileKind, QuestionSource, Strength
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_version
from recalldesk.sealing.fields_of_rows import sealed

ANA = Buyer(
    name="Ana Madeup",
    email="ana@home.example",
    phone="+1 202-555-0101",
    address={
        "street_address": "1 Example Street",
        "city": "Springfield",
        "country_area": "IL",
        "postal_code": "62701",
        "country_code": "US",
    },
)
ALIAS = Buyer(name="Anna Madeup", email="made-up-1@marketplace.example", is_alias=True)
OTHER_ANA = Buyer(name="Ana Exampleton", phone="+1 202-555-0101")
"""Perhaps the first: the rules leave it to somebody."""
SECRETS = ("Ana Madeup", "Anna Madeup", "ana@home", "555-0101", "1 Example Street", "MADE-UP-114-1")
REJECT = '"MADE-UP-113";"Zoe Madeup";"zoe@home.example";"1"x"'


@dataclass
class Rows:
    """Rows of one recall."""

    recall: Recall
    by: Staff
    files: list[OrderFile] = field(default_factory=list)

    def file(
        self,
        channel: Channel = Channel.AMAZON,
        kind: FileKind = FileKind.ORDERS,
        *,
        rejects: int = 0,
        accepted: int = 7,
    ) -> OrderFile:
        """A file with some lines of others, and so many that were not taken."""
        version = live_version(self.recall)
        assert version
        made = OrderFile.objects.create(
            recall=self.recall,
            channel=channel,
            kind=kind,
            file_sha256=hashlib.sha256(str(len(self.files)).encode()).hexdigest(),
            size=1_234,
            reading={"variant": "all orders", "encoding": "utf-8", "separator": "tab"},
            lines=1 + accepted + rejects + 2,
            heading=1,
            accepted=accepted,
            rejected=rejects,
            duplicate=1,
            blank=1,
            continued=0,
            lines_of_others=4,
            version=version,
            storage_key="made-up",
            by=self.by,
        )
        for number in range(rejects):
            OrderReject.objects.create(
                file=made,
                number=9 + number,
                reason="stray_quote",
                sealed_row=sealed(OrderReject, "sealed_row", REJECT, recall_id=self.recall.pk),
            )
        self.files.append(made)
        return made

    def purchaser(self, buyer: Buyer) -> Purchaser:
        """A purchaser, a person of their own."""
        made = Purchaser.objects.create(
            recall=self.recall,
            person=Person.objects.create(recall=self.recall),
            digest=hashlib.sha256(repr(buyer).encode()).digest(),
            name_digest=name_digest(buyer.name),
            sealed_name=sealed(Purchaser, "sealed_name", buyer.name, recall_id=self.recall.pk),
            country="US",
        )
        kind = ContactKind.ALIAS if buyer.is_alias else ContactKind.EMAIL
        if buyer.email:
            self._contact(made, kind, buyer.email, buyer.email)
        if buyer.phone:
            self._contact(made, ContactKind.PHONE, buyer.phone, phone_form(buyer.phone))
        if buyer.address:
            address = json.dumps(buyer.address)
            self._contact(made, ContactKind.ADDRESS, address, address)
        return made

    def _contact(self, of: Purchaser, kind: ContactKind, value: str, form: str) -> None:
        ContactPoint.objects.create(
            purchaser=of,
            recall_id=self.recall.pk,
            kind=kind,
            sealed_value=sealed(ContactPoint, "sealed_value", value, recall_id=self.recall.pk),
            digest=contact_digest(kind, form),
        )

    def purchase(self, file: OrderFile, of: Purchaser | None, order: str, **more: Any) -> Purchase:
        """A purchase that one file names."""
        digest = line_digest(file.channel, order, "k20")
        values: dict[str, Any] = {
            "line": 3,
            "units": 1,
            "ordered_on": date(2024, 5, 3),
            "strength": Strength.STRONG,
            "reasons": ["identifier"],
            "country": "US",
            **more,
        }
        made = Purchase.objects.create(
            recall=self.recall,
            file=file,
            channel=file.channel,
            product="k20",
            purchaser=of,
            line_digest=digest,
            order_digest=order_digest(order),
            sealed_order=sealed(Purchase, "sealed_order", order, recall_id=self.recall.pk),
            **values,
        )
        Sighting.objects.create(
            recall_id=self.recall.pk,
            file=file,
            line=made.line,
            line_digest=digest,
            units=made.units,
            units_back=made.units_back,
            purchaser=of,
        )
        return made

    def question(
        self, first: Purchaser, second: Purchaser, weight: float, *reasons: str
    ) -> SamePersonQuestion:
        """Whether two are one."""
        return SamePersonQuestion.objects.create(
            recall=self.recall,
            first=first,
            second=second,
            source=QuestionSource.RULE,
            reasons=list(reasons),
            weight=weight,
        )

    def join(self, first: Purchaser, second: Purchaser, *reasons: str) -> None:
        """Two that are one."""
        Join.objects.create(first=first, second=second, reasons=list(reasons))
        Purchaser.objects.filter(pk=second.pk).update(person=first.person)


def made_rows(recall: Recall, by: Staff) -> Rows:
    """Four files; three purchasers and somebody whom no file names; one question."""
    rows = Rows(recall, by)
    amazon = rows.file(rejects=3)
    shopify = rows.file(Channel.SHOPIFY)
    rows.file(Channel.EBAY, rejects=1)
    back = rows.file(Channel.NEWEGG, FileKind.RETURNS)
    ana, alias, other = (rows.purchaser(each) for each in (ANA, ALIAS, OTHER_ANA))
    rows.purchase(shopify, ana, "MADE-UP-114-1", units=2)
    rows.purchase(
        amazon,
        alias,
        "MADE-UP-115-2",
        strength=Strength.WEAK,
        reasons=["title_only", "near_window"],
    )
    rows.purchase(amazon, other, "MADE-UP-116-3", line=4, units=3, units_back=1)
    rows.purchase(amazon, None, "MADE-UP-117-4", line=5, ordered_on=None, country="")
    again = rows.purchaser(Buyer(name="A. Madeup", email="ana@home.example"))
    rows.purchase(back, again, "MADE-UP-118-5")
    rows.join(ana, again, "initial", "same_email")
    rows.question(ana, other, 0.56, "given_name", "same_phone")
    rows.question(alias, other, 0.31, "other_given_name", "same_flat")
    return rows
