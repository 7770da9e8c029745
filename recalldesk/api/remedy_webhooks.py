"""Where a provider of remedies tells of news about an order.

Guarantees: only who signs with the key that the settings name is listened to; what is told is
believed in nothing: it has the order read again, at the provider; what is not ours, repeated or out
of order changes nothing. Whoever does not sign is noted, without a word of what they sent.
"""

import json
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from recalldesk.remedies.hints import take_hint
from recalldesk.remedies.providers.webhooks import WEBHOOKS

log = structlog.get_logger()


@csrf_exempt
def remedy_webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Takes a provider's news. 404 where the settings name no key for it."""
    webhook = WEBHOOKS.get(provider)
    if webhook is None or not webhook.key():
        raise Http404(provider)
    if request.method != "POST":
        return _plain(405, Allow="POST")
    try:
        body = request.body
    except RequestDataTooBig:
        return _plain(413)
    if not webhook.is_signed(body, request.headers.get(webhook.header, "")):
        log.warning("webhook_not_signed", provider=provider)
        return _plain(403)
    if named := webhook.named_in(_event_in(body)):
        kind, name = named
        take_hint(provider=provider, kind=kind, name=name)
    return _plain(200)


def _event_in(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _plain(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(status=status, headers={"Cache-Control": "no-store", **headers})
