"""`/metrics`: the figures, for whoever knows the token of the settings.

Guarantees: without a token in the settings there is no such page; without it in the request nothing
is said but that it is missing. Who brings it is answered under any host name, since Prometheus asks
by the address of the machine.
"""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

ADDRESS = "/metrics"
FORM = "text/plain; version=0.0.4; charset=utf-8"
BEARER = "Bearer "


def is_let_in(request: HttpRequest) -> bool:
    """Whether the request is for the figures, and brings the token."""
    token = settings.ENVIRONMENT.metrics_token
    said = request.META.get("HTTP_AUTHORIZATION", "")
    return (
        bool(token)
        and request.path_info == ADDRESS
        and said.startswith(BEARER)
        and constant_time_compare(said.removeprefix(BEARER).strip(), token)
    )


@csrf_exempt
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures. 404 where the settings have no token, 401 where the request has not."""
    if not settings.ENVIRONMENT.metrics_token:
        raise Http404(ADDRESS)
    if not is_let_in(request):
        return HttpResponse(
            "The token of RECALLDESK_METRICS_TOKEN is needed.\n",
            status=401,
            content_type="text/plain",
            headers={"WWW-Authenticate": "Bearer"},
        )
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
    from recalldesk.metrics.text import text

    return HttpResponse(text(), content_type=FORM)
