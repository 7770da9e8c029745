"""The page for whoever sells or sold it: stop selling, posters, and frames for their own pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from recalldesk.notices.addresses import check_address
from recalldesk.notices.embedding import Embed, snippet
from recalldesk.notices.papers.kinds import Paper
from recalldesk.notices.papers.trade_letter import public_duties
from recalldesk.notices.published import published_of
from recalldesk.notices.writing import notice_of
from recalldesk.portal.shops import counted_as, shops_of
from recalldesk.portal.subject import subject_or_404
from recalldesk.portal.views.answering import page, public_page
from recalldesk.recalls.document.firm import OTHER_SHOP


@public_page
def shops(request: HttpRequest, slug: str) -> HttpResponse:
    """What shops are asked to do, and what they can copy."""
    subject = subject_or_404(slug)
    published = published_of(subject.live)
    notice = notice_of(published, get_language() or settings.LANGUAGE_CODE)
    shop = counted_as(subject.document, request.GET.get("shop", ""))
    named = "" if shop == OTHER_SHOP else shop
    values = {
        "subject": subject,
        "notice": notice,
        "duties": public_duties(notice),
        "check_address": check_address(published, notice.language),
        "papers": [(paper, paper.shown) for paper in Paper],
        "snippets": [snippet(published, notice, embed, shop=named) for embed in Embed],
        "shops": shops_of(subject.document),
        "chosen": named,
    }
    return page(request, "shops.html", values)
