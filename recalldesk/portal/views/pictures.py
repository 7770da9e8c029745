"""Pictures of products, each at an address that is made of what it holds."""

from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.foundation.page_policy import A_FILE
from recalldesk.pictures.reads import published_content
from recalldesk.portal.views.answering import public_page
from recalldesk.portal.views.themes import ONE_YEAR


@public_page
def picture(request: HttpRequest, digest: str) -> HttpResponse:
    """A picture in one width, where a version shows it that is or was live."""
    content = published_content(digest)
    if content is None:
        raise Http404(digest)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    response["ETag"] = f'"{digest}"'
    response["Content-Security-Policy"] = A_FILE
    # Whoever reads the feed of recalls shows their pictures on pages of their own.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
