"""A brand's stylesheet and its logo."""

from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.foundation.page_policy import A_FILE
from recalldesk.portal.subject import subject_or_404
from recalldesk.portal.theme import digest_of, stylesheet
from recalldesk.portal.views.answering import public_page

ONE_YEAR = 31_536_000


def _kept(content: str, digest: str, content_type: str) -> HttpResponse:
    """The content that the address names; an outlived address is not found."""
    if not content or digest != digest_of(content):
        raise Http404(digest)
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return response


@public_page
def theme(request: HttpRequest, digest: str, slug: str, brand: str) -> HttpResponse:
    """The brand's colour."""
    accent = subject_or_404(slug, brand).brand.accent
    return _kept(stylesheet(accent), digest, "text/css; charset=utf-8")


@public_page
def logo(request: HttpRequest, digest: str, slug: str, brand: str) -> HttpResponse:
    """The brand's logo; whatever it holds, nothing in it runs."""
    response = _kept(subject_or_404(slug, brand).brand.logo, digest, "image/svg+xml")
    response["Content-Security-Policy"] = A_FILE
    return response
