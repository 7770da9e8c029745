"""Where each partner of a recall stands with being told to stop selling.

Guarantee: of a partner the newest notice of the recall speaks; one of a version that covers less
than the live one asks for a new notice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from recalldesk.accounts.models import Partner
from recalldesk.foundation import clock
from recalldesk.mailing.states import FAILED
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.recalls.working_calendar import calendar_of
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.stock.models import StopSale
from recalldesk.stock.rules import is_late
from recalldesk.stock.states import Standing
from recalldesk.units.grown import has_grown


@dataclass(frozen=True)
class NoticeStanding:
    """Where a partner stands. `notice`: the newest it got. `failed`: its letter reached nobody;
    `is_late`: it is not answered and the day is over, also where a new notice is due."""

    partner: Partner
    standing: Standing
    notice: StopSale | None
    failed: bool = False
    is_late: bool = False

    @property
    def needs_notice(self) -> bool:
        """Whether it is to be told, or told anew."""
        return self.standing in (Standing.NOT_TOLD, Standing.TO_TELL_ANEW)


def active_partners() -> QuerySet[Partner]:
    """Every partner, by name; those that ended are left out."""
    return Partner.objects.filter(ended_at=None).order_by("name", "pk")


def partner_numbered(number: int) -> Partner | None:
    """One partner, ended or not, or None."""
    return Partner.objects.filter(pk=number).first()


def partner_named(name: str) -> Partner | None:
    """The partner of this name that is one still, or None."""
    if not name.isprintable():
        return None  # PostgreSQL refuses to be asked for some of these
    return Partner.objects.filter(name__iexact=name.strip(), ended_at=None).first()


def notice_numbered(number: int) -> StopSale | None:
    """One notice, or None."""
    rows = StopSale.objects.select_related("partner", "recall", "version", "mailing")
    return rows.filter(pk=number).first()


def open_notices() -> QuerySet[StopSale]:
    """The notices that wait for an answer: of partners that are so still, none of a later version
    after them, of recalls that are not closed."""
    later = StopSale.objects.filter(
        partner=OuterRef("partner"), recall=OuterRef("recall"), pk__gt=OuterRef("pk")
    )
    rows = StopSale.objects.filter(
        ~Exists(later),
        acknowledged_at=None,
        partner__ended_at=None,
        recall__closed_at=None,
    )
    return rows.select_related("partner", "recall", "version").order_by("pk")


def notices_of(partner: Partner) -> list[StopSale]:
    """The newest notice of each recall that a partner was told of, the newest first."""
    rows = StopSale.objects.filter(partner=partner).order_by("recall_id", "-pk")
    newest = rows.distinct("recall_id").values_list("pk", flat=True)
    found = StopSale.objects.filter(pk__in=list(newest))
    return list(found.select_related("partner", "recall", "version", "mailing").order_by("-pk"))


def all_notices_of(recall: Recall) -> QuerySet[StopSale]:
    """Every notice of a recall, older ones of a partner too, the newest first."""
    rows = StopSale.objects.filter(recall=recall).order_by("-pk")
    return rows.select_related("partner", "version", "mailing", "told_by", "entered_by")


def standings_of(recall: Recall, partners: Iterable[Partner] = ()) -> list[NoticeStanding]:
    """Every active partner and every other that was told of the recall, by name; or those given."""
    newest = _newest(recall)
    if partners:
        every = list(partners)
    else:
        told = Partner.objects.filter(pk__in=newest.keys())
        every = sorted({*active_partners(), *told}, key=_by_name)
    live = live_version(recall)
    today = today_of(live)
    grown: dict[int, bool] = {}
    return [_standing(each, newest.get(each.pk), live, today, grown) for each in every]


def _by_name(partner: Partner) -> tuple[str, int]:
    return partner.name.casefold(), partner.pk


def today_of(live: RecallVersion | None) -> date:
    """The day by which a recall's deadlines run: that of its own calendar."""
    now = clock.now()
    return calendar_of(document_of(live)).day_of(now) if live else now.date()


def _newest(recall: Recall) -> dict[int, StopSale]:
    rows = StopSale.objects.filter(recall=recall).select_related("version", "mailing", "partner")
    return {row.partner_id: row for row in rows.order_by("pk")}


def _standing(
    partner: Partner,
    notice: StopSale | None,
    live: RecallVersion | None,
    today: date,
    grown: dict[int, bool],
) -> NoticeStanding:
    if notice is None:
        return NoticeStanding(partner, Standing.NOT_TOLD, None)
    failed = notice.mailing.state in FAILED
    late = notice.acknowledged_at is None and is_late(notice.answer_by, today)
    if partner.is_active and live is not None and covers_more(notice, live, grown):
        standing = Standing.TO_TELL_ANEW
    elif notice.acknowledged_at is not None:
        standing = Standing.ACKNOWLEDGED
    else:
        standing = Standing.LATE if late else Standing.TOLD
    return NoticeStanding(partner, standing, notice, failed, late and partner.is_active)


def covers_more(notice: StopSale, live: RecallVersion, known: dict[int, bool]) -> bool:
    """Whether the live version covers more than the one of the notice. `known`: what was found of
    other notices, by the number of their version."""
    if notice.version_id == live.pk:
        return False
    if notice.version_id not in known:
        known[notice.version_id] = has_grown(notice.version, live)
    return known[notice.version_id]


def said_by(notice: StopSale) -> str:
    """Who at the partner confirmed it; empty where nobody did yet. For whoever may see it."""
    return opened(notice, "sealed_said_by")
