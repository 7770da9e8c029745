"""A rotation reaches every table with sealed fields, whatever triggers and constraints guard it.

A new model with sealed fields has to be made here too.
"""

from datetime import date

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from recalldesk.accounts.models import Partner
from recalldesk.checks.models import PhotoLook
from recalldesk.claims.models import Claim, Filing, FormerReference, UnitList
from recalldesk.disposal.models import SiteFile, SiteReject
from recalldesk.disposal.states import FileOf, LineReason
from recalldesk.evidence import files
from recalldesk.evidence.models import EvidenceSet, Photo, Reading
from recalldesk.incidents.models import Damage, Incident, IncidentFile, IncidentReject, Injury
from recalldesk.mailing.models import Mailing
from recalldesk.outreach.models import Answer, Call, DirectNotice, GrowthWatch, ToldByHand, Wave
from recalldesk.publicity.models import AuctionCheck
from recalldesk.purchasers.models import (
    ContactPoint,
    OrderFile,
    OrderReject,
    Person,
    Purchase,
    Purchaser,
)
from recalldesk.recalls.models import RecallVersion
from recalldesk.remedies.models import (
    Attempt,
    Batch,
    BatchFile,
    BatchLine,
    CorrectionFile,
    CorrectionReject,
    GiftCode,
    Order,
    ReportedCorrection,
    SentUnit,
)
from recalldesk.sealing import fields_of_rows, tables
from recalldesk.sealing.fields_of_rows import opened, recall_of, scope_of, sealed
from recalldesk.sealing.keys import key_named_by
from recalldesk.sealing.rotation import rotate
from recalldesk.sealing.tables import sealed_tables
from recalldesk.stock.models import StopSale
from recalldesk.takeover.models import TakenClaim, TakenPhoto, TakeoverFile, TakeoverReject
from tests.cast import Desk
from tests.remedies.ordered import granted
from tests.remedies.pooled import pool_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def version(kettles: Desk) -> RecallVersion:
    return kettles.apply()


@pytest.fixture
def rows(version: RecallVersion, kettles: Desk) -> list[Model]:
    """One row of each model, every sealed field filled; everything is made up."""
    recall = version.recall
    filing = Filing.objects.create(
        key="k", reference="R", recall=recall, version=version, brand="b", language="en"
    )
    evidence = EvidenceSet.objects.create(recall=recall)
    photo = Photo.objects.create(
        evidence_set=evidence,
        kind="label",
        storage_key="a" * 32,
        state="clean",
        original_bytes=1,
        picture_bytes=1,
        width=1,
        height=1,
        reading="waiting",
    )
    files.put_picture(photo, b"no real picture")
    pool_of("MADEUP-0001", slug=recall.slug)
    order = Order.objects.create(remedy=granted(slug=recall.slug), recall_id=recall.pk)
    lines = {"lines": 1, "heading": 0, "accepted": 0, "duplicate": 0, "blank": 0, "continued": 0}
    lines |= {"rejected": 1}
    taken = {"recall": recall, "file_sha256": "0" * 64, "by": kettles.cast.author}
    file = CorrectionFile.objects.create(**taken, **lines, units=0)
    reports = IncidentFile.objects.create(**taken, **lines)
    counted = {name: value for name, value in taken.items() if name != "recall"} | lines
    sites = SiteFile.objects.create(what=FileOf.SITES, **counted)
    report = ReportedCorrection.objects.create(
        recall=recall,
        level="consumer",
        measure="refunded",
        units=1,
        happened_on="2026-11-20",
        reported_by="Madeup Stores",
        by=kettles.cast.author,
    )
    orders = OrderFile.objects.create(
        **taken,
        **lines,
        channel="amazon",
        kind="orders",
        size=1,
        reading={},
        lines_of_others=0,
        version=version,
    )
    person = Person.objects.create(recall=recall)
    purchaser = Purchaser.objects.create(recall=recall, person=person, digest=b"1" * 32)
    wave = Wave.objects.create(recall=recall, number=1, kind="first", ways=["email"])
    notice = DirectNotice.objects.create(
        wave=wave, recall_id=recall.pk, kind="email", contact_digest=b"2" * 32, way="email"
    )
    batch = Batch.objects.create(kind="pick_list", recall=recall)
    fire = Incident.objects.create(recall=recall, source="page", language="en")
    partner = Partner.objects.create(
        name="Madeup Stores", level="retailer", country="US", added_by=kettles.cast.author
    )
    other = Claim.objects.create(
        filing=Filing.objects.create(
            key="o", reference="O", recall=recall, version=version, brand="b", language="en"
        ),
        recall=recall,
        position=1,
        evidence=EvidenceSet.objects.create(recall=recall),
    )
    former = TakeoverFile.objects.create(
        recall=recall,
        kind="claims",
        by=kettles.cast.author,
        **dict.fromkeys(("lines", "heading", "accepted", "rejected"), 0),
        **dict.fromkeys(("duplicate", "blank", "continued"), 0),
    )
    rows: list[Model] = [
        filing,
        Reading.objects.create(photo=photo, sealed_answer=b""),
        PhotoLook.objects.create(evidence_set=evidence),
        UnitList.objects.create(filing=filing, recall=recall),
        partner,
        StopSale.objects.create(
            recall=recall,
            version=version,
            partner=partner,
            told_by=kettles.cast.author,
            answer_by=date(2026, 3, 2),
            mailing=Mailing.objects.create(recall=None, purpose="p", channel="mail", language="en"),
        ),
        Claim.objects.create(filing=filing, recall=recall, position=1, evidence=evidence),
        FormerReference.objects.create(filing=filing, recall_id=recall.pk, system="Example"),
        TakeoverReject.objects.create(file=former, number=1, why="has no reference"),
        TakenPhoto.objects.create(
            claim=TakenClaim.objects.create(file=former, recall_id=recall.pk, line=2, claim=other)
        ),
        fire,
        Incident.objects.create(recall=None, source="page", language="en"),
        Injury.objects.create(incident=fire, care="first_aid"),
        Damage.objects.create(incident=fire),
        IncidentReject.objects.create(file=reports, number=1, reason="no_day"),
        Mailing.objects.create(recall=recall, purpose="p", channel="mail", language="en"),
        Mailing.objects.create(recall=None, purpose="p", channel="mail", language="en"),
        GrowthWatch.objects.create(recall=recall, asked_under=version, language="en"),
        notice,
        Answer.objects.create(notice=notice, kind="sold", units=1),
        Call.objects.create(notice=notice, outcome="told", by=kettles.cast.author),
        ToldByHand.objects.create(
            notice=notice, how="called", on="2026-11-20", by=kettles.cast.author
        ),
        GiftCode.objects.get(),
        order,
        Attempt.objects.create(order=order, number=1, verb="place"),
        BatchFile.objects.create(batch=batch, form="csv", sealed_content=b"", sha256="0", size=0),
        BatchLine.objects.create(batch=batch, order=order, mark="MADEUP00001"),
        SentUnit.objects.create(order=order),
        CorrectionReject.objects.create(file=file, number=1, reason="no_units"),
        SiteReject.objects.create(file=sites, number=1, reason=LineReason.NO_NAME),
        report,
        AuctionCheck.objects.create(
            recall=recall,
            site="Madeup Auctions",
            checked_on="2026-11-20",
            search_words="kettle",
            is_found=True,
            listings=1,
            outcome="listed",
            by=kettles.cast.author,
            nonce="n",
        ),
        OrderReject.objects.create(file=orders, number=1, reason="column_count"),
        purchaser,
        Purchase.objects.create(
            recall=recall,
            file=orders,
            line=1,
            channel="amazon",
            product="k20",
            line_digest=b"1" * 32,
            order_digest=b"1" * 32,
            units=1,
            strength="strong",
        ),
        ContactPoint.objects.create(
            purchaser=purchaser,
            recall_id=recall.pk,
            kind="email",
            sealed_value=b"",
            digest=b"1" * 32,
        ),
    ]
    for row in rows:
        for field in fields_of(row):
            value = sealed(type(row), field, f"Zoë {field}", recall_id=recall_of(row))
            type(row)._base_manager.filter(pk=row.pk).update(**{field: value})
    return rows


def fields_of(row: Model) -> tuple[str, ...]:
    (found,) = [table.fields for table in sealed_tables() if table.model is type(row)]
    return found


def test_every_table_is_tried_here(rows: list[Model]) -> None:
    assert {type(row) for row in rows} == {table.model for table in sealed_tables()}


def test_each_value_opens_under_the_new_key_of_its_recall_or_of_the_desk(
    rows: list[Model],
) -> None:
    rotated = rotate()
    assert (rotated.unopened, rotated.left) == ((), 0)
    for row in rows:
        row.refresh_from_db()
        for field in fields_of(row):
            assert opened(row, field) == f"Zoë {field}"
            newest = tables.vault.data_ring(scope_of(row)).newest
            assert key_named_by(bytes(getattr(row, field))) == newest


def test_a_row_that_goes_while_it_is_read_stops_nothing(
    rows: list[Model], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A draft is deleted with its claims after they were read, before their filing is asked for."""
    filing = rows[0]

    def scope(row: Model) -> str:
        if isinstance(row, Claim):
            Claim.objects.filter(pk=row.pk).delete()
            raise ObjectDoesNotExist
        return fields_of_rows.scope_of(row)

    monkeypatch.setattr(tables, "scope_of", scope)
    rotated = rotate()
    assert (rotated.left, rotated.unopened) == (0, ())
    assert not Claim.objects.filter(filing=filing.pk).exists()
    filing.refresh_from_db()
    assert opened(filing, "sealed_name") == "Zoë sealed_name"
