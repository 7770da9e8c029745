"""Posters and the press release of a recall, as PDF, for whoever asks."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from recalldesk.notices.papers.keeping import printed
from recalldesk.notices.papers.kinds import Kind, Paper, usual_paper
from recalldesk.notices.published import published_of
from recalldesk.portal.subject import subject_or_404
from recalldesk.portal.views.answering import public_page


@public_page
def poster(request: HttpRequest, slug: str, paper: str, brand: str = "") -> HttpResponse:
    """The poster of the live version, on paper of one of the sizes; of one brand, or of all."""
    if paper not in list(Paper):
        raise Http404(paper)
    return _answer(slug, brand, Kind.POSTER, lambda _countries: Paper(paper))


@public_page
def press_release(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """The press release of the live version, on the paper of the recall's first country."""
    return _answer(slug, brand, Kind.PRESS_RELEASE, usual_paper)


def _answer(
    slug: str, brand: str, kind: Kind, paper_for: Callable[[tuple[str, ...]], Paper]
) -> HttpResponse:
    subject = subject_or_404(slug, brand)
    published = published_of(subject.live)
    paper = paper_for(published.document.countries)
    of_brand = subject.brand if brand else None
    made = printed(kind, paper, published, get_language() or "en", brand=of_brand)
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{quote(made.name)}"'
    response["ETag"] = f'"{made.digest}"'
    return response
