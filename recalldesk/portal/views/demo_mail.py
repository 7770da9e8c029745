"""What a demo has sent to nobody. There is no such page in production."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from recalldesk.mailing.kept_locally import kept_locally
from recalldesk.portal.views.answering import page, public_page


@public_page
def demo_mail(request: HttpRequest) -> HttpResponse:
    """Mails and text messages, the newest first."""
    if settings.IS_PRODUCTION:
        raise Http404("only in a demo")
    response = page(request, "demo_mail.html", {"kept": kept_locally()})
    response["Cache-Control"] = "no-store"
    return response
