"""All that the desk and reports ask of partners, in one row each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from recalldesk.accounts.models import Partner
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import every_recall
from recalldesk.stock.models import Posting, StockFile
from recalldesk.stock.reads.counts import Stock, stock_of
from recalldesk.stock.reads.notices import NoticeStanding, open_notices, standings_of


@dataclass(frozen=True)
class PartnerOfRecall:
    """A partner and where it stands in a recall. `postings`: how many of its notices hang, or
    hung."""

    standing: NoticeStanding
    stock: Stock
    postings: int

    @property
    def partner(self) -> Partner:
        """The row."""
        return self.standing.partner


def partners_of(recall: Recall, partners: Iterable[Partner] = ()) -> list[PartnerOfRecall]:
    """Every active partner, and every other that was told of the recall or told of its stock, by
    name; or those given."""
    given = list(partners)
    stocks = stock_of(recall, given or None)
    standings = standings_of(recall, given)
    if not given:
        standings = _with_those_gone(recall, standings, stocks)
    hung = _postings(recall)
    return [
        PartnerOfRecall(each, stocks.get(each.partner.pk, Stock()), hung.get(each.partner.pk, 0))
        for each in standings
    ]


def _with_those_gone(
    recall: Recall, standings: list[NoticeStanding], stocks: Mapping[int, Stock]
) -> list[NoticeStanding]:
    """What a partner told stays in the sums when it is one no more."""
    gone = stocks.keys() - {each.partner.pk for each in standings}
    if not gone:
        return standings
    more = standings_of(recall, Partner.objects.filter(pk__in=gone))
    return sorted(
        [*standings, *more], key=lambda each: (each.partner.name.casefold(), each.partner.pk)
    )


def partner_in(recall: Recall, partner: Partner) -> PartnerOfRecall:
    """One partner of a recall."""
    return partners_of(recall, [partner])[0]


def late_partners(recall: Recall | None = None) -> list[NoticeStanding]:
    """Who has not answered in time, of one recall or of all, the earliest deadline first."""
    recalls = every_recall() if recall is None else [recall]
    waiting = open_notices().values_list("recall_id", flat=True).distinct().order_by("recall_id")
    asked = set(waiting)
    late = [
        standing
        for each in recalls
        if each.pk in asked
        for standing in standings_of(each)
        if standing.is_late
    ]
    return sorted(late, key=_deadline)


def postings_of(recall: Recall, partner: Partner | None = None) -> QuerySet[Posting]:
    """Where the notice hangs, or hung, the newest first; what was taken back, too."""
    rows = Posting.objects.filter(recall=recall, takes_back=None)
    if partner is not None:
        rows = rows.filter(partner=partner)
    return rows.select_related("partner", "by", "evidence", "taken_back_by").order_by("-pk")


def posting_numbered(number: int) -> Posting | None:
    """One posted notice, or None."""
    rows = Posting.objects.filter(takes_back=None)
    return rows.select_related("partner", "by", "evidence", "recall").filter(pk=number).first()


def file_numbered(number: int) -> StockFile | None:
    """One certificate, or None."""
    rows = StockFile.objects.select_related("partner", "recall", "report", "by")
    return rows.filter(pk=number).first()


def _deadline(standing: NoticeStanding) -> tuple[object, int]:
    assert standing.notice is not None
    return standing.notice.answer_by, standing.notice.pk


def _postings(recall: Recall) -> dict[int, int]:
    rows = Posting.objects.filter(
        recall=recall, partner__isnull=False, takes_back=None, taken_back_by=None
    )
    counted = rows.values("partner_id").order_by().annotate(count=Count("pk"))
    return {row["partner_id"]: row["count"] for row in counted}
