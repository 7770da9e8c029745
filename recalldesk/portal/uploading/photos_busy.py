"""What is said where too many people send photos at once, or somebody too much."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext

from recalldesk.portal.views.answering import page


def _later(response: HttpResponse, seconds: int) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = str(seconds)
    return response


def is_of_script(request: HttpRequest) -> bool:
    """Whether the script of a page sent it, and not the form itself."""
    return request.headers.get("Accept") == "application/json"


def busy_page(request: HttpRequest) -> HttpResponse:
    """The page for a form; the script that sends one is answered as below."""
    if is_of_script(request):
        return busy_answer(request)
    return _later(page(request, "photos_busy.html", {}, status=503), 30)


def busy_answer(request: HttpRequest) -> HttpResponse:
    """The same for the script, which tries again by itself."""
    said = gettext("Many people are sending photos just now. We try again by ourselves.")
    return _later(JsonResponse({"says": said, "again": True}, status=503), 5)


def too_much_page(request: HttpRequest) -> HttpResponse:
    """The page for photos that are too much together."""
    response = page(request, "photos_busy.html", {"is_too_much": True}, status=413)
    response["Cache-Control"] = "no-store"
    return response
