"""A brand's stylesheet."""

from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.portal.subject import subject_or_404
from recalldesk.portal.theme import digest_of, stylesheet
from recalldesk.portal.views.answering import public_page

ONE_YEAR = 31_536_000


@public_page
def theme(request: HttpRequest, digest: str, slug: str, brand: str) -> HttpResponse:
    """The sheet that the address names; an outlived address is not found."""
    accent = subject_or_404(slug, brand).brand.accent
    if digest != digest_of(accent):
        raise Http404(digest)
    response = HttpResponse(stylesheet(accent), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response
