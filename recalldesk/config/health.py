"""Is it alive, and is it ready? Two small pages for whoever watches the server."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateJob

from recalldesk.config.database import is_prepared
from recalldesk.foundation import clock
from recalldesk.jobs.reads import is_any_worker_alive
from recalldesk.recalls.reads import DATABASE_AWAY
from recalldesk.units.live import live_index

NO_WORKER = "no worker: mails, text messages and photos wait"


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return HttpResponse("alive\n", content_type="text/plain")


def _index() -> bool:
    index = live_index()
    return index is not None and index.is_fresh(clock.seconds())


def _queue() -> bool:
    ProcrastinateJob.objects.exists()
    return True


def _warnings() -> list[str]:
    """What is amiss though every page can be served."""
    try:
        return [] if is_any_worker_alive() else [NO_WORKER]
    except DATABASE_AWAY:
        return []  # `states` tell of it


CHECKS: dict[str, Callable[[], bool]] = {
    "database": is_prepared,
    "index": _index,
    "queue": _queue,
}


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """200 when database, index and queue can do their part; else 503, naming what cannot.

    `warnings` names what pages can do without.
    """
    states: dict[str, str] = {}
    for name, is_ready in CHECKS.items():
        try:
            states[name] = "ready" if is_ready() else "not ready"
        except DATABASE_AWAY:
            states[name] = "not ready"
    ready = set(states.values()) == {"ready"}
    answer = {**states, "warnings": _warnings()}
    return JsonResponse(answer, status=200 if ready else 503)
