"""The first page of a partner: what is asked of it now, and by when."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from recalldesk.accounts.models import Partner
from recalldesk.portal.frame import general_frame
from recalldesk.portal.partner.visitor import AtRecall, partner_page
from recalldesk.portal.subject import find_subject
from recalldesk.portal.views.answering import page
from recalldesk.stock.models import StopSale
from recalldesk.stock.reads.counts import Stock, stock_of
from recalldesk.stock.reads.notices import NoticeStanding, notices_of, standings_of
from recalldesk.stock.states import Standing


@dataclass(frozen=True)
class Asked:
    """One recall on the page. `has_counted`: the partner told how many it has."""

    at: AtRecall
    standing: NoticeStanding
    stock: Stock

    @property
    def is_answered(self) -> bool:
        """Whether the newest notice is acknowledged."""
        return self.at.notice.acknowledged_at is not None

    @property
    def needs_anew(self) -> bool:
        """Whether the recall covers more than it was told of."""
        return self.standing.standing is Standing.TO_TELL_ANEW

    @property
    def is_open(self) -> bool:
        """Whether its recall still goes on."""
        return self.at.recall.closed_at is None


@partner_page()
def start(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Each recall that the partner was told of, what waits first."""
    found = (_asked(partner, notice) for notice in notices_of(partner))
    asked = sorted((each for each in found if each), key=_what_waits_first)
    values = {"partner": partner, "asked": asked}
    return page(request, "partner/start.html", values, frame=general_frame(request))


def _asked(partner: Partner, notice: StopSale) -> Asked | None:
    subject = find_subject(notice.recall.slug, "")
    if subject is None:
        return None
    stock = stock_of(notice.recall, [partner]).get(partner.pk, Stock())
    standing = standings_of(notice.recall, [partner])[0]
    return Asked(AtRecall(partner, notice, subject), standing, stock)


def _what_waits_first(asked: Asked) -> tuple[bool, bool]:
    return asked.is_answered, not asked.is_open
