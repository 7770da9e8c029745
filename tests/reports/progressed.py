"""What a progress report counts, made up: units corrected, incidents, notices, contacts, files of
registrations; and what of it comes to nothing later."""

import secrets
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from recalldesk.accounts.models import Partner, Staff
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims.models import Contact
from recalldesk.claims.states import Channel as ContactChannel
from recalldesk.claims.states import ContactAbout
from recalldesk.foundation import clock
from recalldesk.incidents.joining import join_reports, part_reports
from recalldesk.incidents.mending import learn, strike_injury
from recalldesk.incidents.models import Incident, Injury
from recalldesk.incidents.states import Care, Happened, IncidentSource, IncidentState
from recalldesk.incidents.story import Hurt, Story, keep_story
from recalldesk.outreach.models import DirectNotice, Wave
from recalldesk.outreach.states import NoticeState, WaveKind, Way
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.states import Channel as ShopChannel
from recalldesk.purchasers.states import ContactKind, FileKind
from recalldesk.purchasers.taking_back import take_back_file
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_version
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import ReportedCorrection
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.cells.every import every_cell
from recalldesk.reports.progress.counting import count_figures
from recalldesk.reports.progress.figures import Numbers
from recalldesk.reports.progress.moving import keep_moves
from recalldesk.stock.models import StockReport
from recalldesk.stock.reporting import take_back_stock
from recalldesk.stock.states import Kind, Through
from tests.outreach.told import Told
from tests.remedies.corrections.reported import report
from tests.stock.at_a_shop import says, shop

BEFORE, AFTER = date(2020, 1, 1), date(2099, 1, 1)
"""Of every day on which a recall could be announced."""


@dataclass
class Progressed:
    """One recall. Whatever is made is of the present moment."""

    recall: Recall
    by: Staff
    told: Told
    reports: list[ReportedCorrection] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    notices: list[DirectNotice] = field(default_factory=list)
    files: list[OrderFile] = field(default_factory=list)
    stock: list[StockReport] = field(default_factory=list)
    shop: Partner | None = None

    def corrects(self, units: int = 3, level: Level = Level.CONSUMER) -> None:
        """A shop reports units."""
        measure = Measure.REFUNDED if level is Level.CONSUMER else Measure.DESTROYED
        self.reports.append(report(self.recall, self.by, units=units, level=level, measure=measure))

    def takes_back(self) -> None:
        """The last report was a mistake."""
        if self.reports:
            take_back(number=self.reports.pop().pk, by=self.by, note="Made up: a mistake.")

    def incident(self, happened_on: date | None, *cares: Care) -> None:
        """Somebody tells of a fire."""
        row = Incident(
            recall=self.recall,
            source=IncidentSource.FORM,
            language="en",
            happened_on=happened_on,
        )
        row.save()
        keep_story(row, Story(happened=Happened.FIRE, hurt=tuple(map(Hurt, cares))))
        record_change(
            subject=Subject.INCIDENT,
            subject_id=row.pk,
            to_state=IncidentState.OBTAINED,
            actor=Actor.OWNER,
            recall_id=self.recall.pk,
        )
        self.incidents.append(row)

    def joins(self) -> None:
        """The last two reports tell of one event, where they do not yet."""
        if len(self.incidents) > 1:
            one, two = (Incident.objects.get(pk=each.pk) for each in self.incidents[-2:])
            if two.same_as_id is None and one.same_as_id is None:
                join_reports(number=two.pk, same_as=one.pk, by=self.by)

    def parts(self) -> None:
        """A joined report tells of its own event after all."""
        row = Incident.objects.filter(same_as__isnull=False).first()
        if row is not None:
            part_reports(number=row.pk, by=self.by, reason="Another house, made up.")

    def strikes(self) -> None:
        """Somebody was not hurt after all."""
        row = Injury.objects.filter(struck_at=None, incident__recall=self.recall).first()
        if row is not None:
            strike_injury(number=row.incident_id, injury_id=row.pk, reason="Made up.", by=self.by)

    def learns(self, happened_on: date) -> None:
        """The desk learns when it was, and that somebody died."""
        if self.incidents:
            story = Story(happened_on=happened_on, hurt=(Hurt(Care.DEATH, harm=str(clock.now())),))
            learn(number=self.incidents[-1].pk, story=story, by=self.by)

    def sends(self, way: Way = Way.EMAIL, kind: WaveKind = WaveKind.FIRST) -> None:
        """A notice leaves."""
        wave, _ = Wave.objects.get_or_create(
            recall=self.recall,
            kind=kind,
            defaults={"number": Wave.objects.count() + 1, "name": "Made-up wave", "ways": []},
        )
        notice = DirectNotice.objects.create(
            wave=wave,
            recall_id=self.recall.pk,
            kind=ContactKind.EMAIL,
            contact_digest=secrets.token_bytes(32),
            way=way,
            language="en",
            country="US",
            state=NoticeState.SENT,
        )
        self._moved(notice, NoticeState.WAITING, NoticeState.SENT)
        self.notices.append(notice)

    def bounces(self) -> None:
        """The last notice comes back."""
        if self.notices:
            notice = self.notices.pop()
            self._moved(notice, NoticeState.SENT, "delivered")
            self._moved(notice, NoticeState.SENT, NoticeState.BOUNCED)

    def contacts(self, channel: ContactChannel = ContactChannel.PHONE) -> None:
        """An owner calls."""
        Contact.objects.create(
            recall=self.recall,
            channel=channel,
            about=ContactAbout.OTHER,
            by=self.by,
            happened_at=clock.now(),
            nonce=secrets.token_hex(16),
        )

    def registers(self, count: int = 2) -> None:
        """A file of registrations comes in."""
        version = live_version(self.recall)
        assert version is not None
        zeros = ("lines", "heading", "accepted", "rejected", "duplicate", "blank", "continued")
        file = OrderFile.objects.create(
            recall=self.recall,
            channel=ShopChannel.GENERIC,
            kind=FileKind.REGISTRATIONS,
            file_sha256=sha256(secrets.token_bytes(8)).hexdigest(),
            size=1,
            reading={},
            **dict.fromkeys(zeros, 0),
            lines_of_others=0,
            version=version,
            by=self.by,
        )
        for line in range(count):
            Purchase.objects.create(
                recall=self.recall,
                file=file,
                line=line,
                channel=ShopChannel.GENERIC,
                product="k20",
                line_digest=secrets.token_bytes(32),
                order_digest=secrets.token_bytes(32),
                units=1,
                strength="strong",
            )
        self.files.append(file)

    def unregisters(self) -> None:
        """The last file of them was read wrongly."""
        if self.files:
            number = self.files.pop().pk
            take_back_file(recall=self.recall, number=number, by=self.by, reason="Made up.")

    def moves_stock(self, kind: Kind = Kind.DESTROYED) -> None:
        """A shop destroys some of its stock, and says what is left."""
        if self.shop is None:
            self.shop = shop(self.by)
        for what, units in ((kind, 6), (Kind.ON_HAND, 40)):
            row = says(self.recall, self.shop, what, units, secrets.token_hex(8))
            if what is kind:
                self.stock.append(row)

    def takes_stock_back(self) -> None:
        """It was another shelf."""
        if self.stock and self.shop is not None:
            take_back_stock(
                number=self.stock.pop().pk,
                by=self.shop,
                through=Through.PAGE,
                note="Made up: another shelf.",
                partner=self.shop,
            )

    def counted(self, period: Period) -> dict[str, Numbers]:
        """What every figure counts now."""
        keep_moves(self.recall)
        return dict(count_figures(self.recall, period))

    def _moved(self, notice: DirectNotice, was: str, to: str) -> None:
        record_change(
            subject=Subject.NOTICE,
            subject_id=notice.pk,
            from_state=was,
            to_state=to,
            reason=Reason.CAME_BACK if to == NoticeState.BOUNCED else "",
            actor=Actor.MACHINE,
            recall_id=self.recall.pk,
        )


CELLS = every_cell()
