"""The notice to stop selling, answered in one step; and the letter to shops as PDF.

Guarantee: the answer and the counts that come with it are written together; sent twice it counts
once.
"""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from recalldesk.notices.addresses import check_address
from recalldesk.notices.papers.keeping import printed
from recalldesk.notices.papers.kinds import Kind as PaperKind
from recalldesk.notices.papers.kinds import Paper, usual_paper
from recalldesk.notices.papers.trade_letter import public_duties
from recalldesk.notices.published import published_of
from recalldesk.notices.writing import notice_of
from recalldesk.portal.partner.forms import StopSaleForm, units_name
from recalldesk.portal.partner.visitor import AtRecall, lead_to, recall_page
from recalldesk.portal.partner.words import NO_COUNT, STOCK_PROBLEMS
from recalldesk.portal.views.answering import page
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.reads.notices import said_by
from recalldesk.stock.states import Through
from recalldesk.stock.telling import acknowledge


@recall_page(posts=True)
def stop_sale(request: HttpRequest, at: AtRecall) -> HttpResponse:
    """What must stop and why, with the form that says it did."""
    if request.method != "POST" or at.notice.acknowledged_at is not None:
        return _shown(request, at, StopSaleForm(products=at.document.products))
    form = StopSaleForm(products=at.document.products, data=request.POST)
    on_hand: dict[str, int] = {}
    for product in at.document.products:
        name = units_name(product.key)
        units = form.units_in(name)
        if units is None or units < 0:
            form.say(name, NO_COUNT)
        else:
            on_hand[product.key] = units
    if not form.text("said_by"):
        form.say("said_by", STOCK_PROBLEMS[StockProblem.NO_NAME])
    if form.errors:
        return _shown(request, at, form, status=422)
    try:
        acknowledge(
            notice=at.notice,
            by=at.partner,
            said_by=form.text("said_by"),
            on_hand=on_hand,
            through=Through.PAGE,
            nonce=form.nonce,
        )
    except StockRefused as refused:
        form.show_refused(refused)
        return _shown(request, at, form, status=422)
    return lead_to(at.address("partner_stop_sale"))


def _shown(
    request: HttpRequest, at: AtRecall, form: StopSaleForm, status: int = 200
) -> HttpResponse:
    published = published_of(at.subject.live)
    notice = notice_of(published, get_language() or settings.LANGUAGE_CODE)
    values = {
        "at": at,
        "subject": at.subject,
        "form": form,
        "notice": notice,
        "duties": public_duties(notice),
        "check_address": check_address(published, notice.language),
        "said_by": said_by(at.notice),
        "poster": usual_paper(at.document.countries),
    }
    frame = at.frame(request, at.address("partner_stop_sale"))
    return page(request, "partner/stop_sale.html", values, frame=frame, status=status)


@recall_page()
def letter(request: HttpRequest, at: AtRecall) -> HttpResponse:
    """The letter to shops, in the language of the page."""
    published = published_of(at.subject.live)
    paper: Paper = usual_paper(at.document.countries)
    made = printed(PaperKind.TRADE_LETTER, paper, published, get_language() or "en")
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{quote(made.name)}"'
    return response
