"""Where a mail provider tells of mail that arrived, came back or was complained of.

Guarantees: only the provider that the settings name, with the secret that they name, is listened
to; what cannot be read changes nothing and is no fault of ours; where the database is away the
provider is told to come again.
"""

import importlib

from anymail.exceptions import AnymailError, AnymailWebhookValidationFailure
from anymail.signals import AnymailTrackingEvent
from anymail.utils import get_request_basic_auth
from anymail.webhooks.base import AnymailBaseWebhookView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt

from recalldesk.mailing.deliveries import News
from recalldesk.mailing.letters import MARK
from recalldesk.outreach.news import take_news, take_wish_to_stop

ADDRESS = "/webhooks/mail/"
MOST_BYTES = 1024 * 1024
"""Of one message; a provider puts some hundreds of events into it."""
KINDS = {
    "delivered": News.DELIVERED,
    "bounced": News.CAME_BACK,
    "rejected": News.REFUSED,
    "failed": News.CAME_BACK,
    "complained": News.COMPLAINED,
}
REACHES_NOBODY = frozenset({"invalid", "bounced"})
"""Reasons, as Anymail words them, that are of the address itself; a full mailbox, a block and a
time-out are none."""
UNREADABLE = (AnymailError, ValueError, LookupError, TypeError, AttributeError, AssertionError)


@csrf_exempt
def mail_webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Takes a provider's news. 404 where the settings name another provider, or no secret."""
    view = _view_of(provider)
    if view is None or not settings.ANYMAIL["WEBHOOK_SECRET"]:
        raise Http404(provider)
    if not _knows_the_secret(request):
        # Amazon sends none before it was asked for one.
        return _plain(401, **{"WWW-Authenticate": 'Basic realm="mail"'})
    if request.method not in ("POST", "HEAD"):
        return _plain(405, Allow="POST, HEAD")
    if request.method == "HEAD":
        return _plain(200)
    try:
        events = _events(view, request)
    except AnymailWebhookValidationFailure:
        return _plain(403)
    except UNREADABLE:
        return _plain(400)
    for event in events:
        _take(event)
    return _plain(200)


def may_send_more(request: HttpRequest, length: int) -> bool:
    """Whether it is a provider's message, sent with the secret and no larger than those are."""
    return (
        request.path_info.startswith(ADDRESS)
        and length <= MOST_BYTES
        and bool(settings.ANYMAIL["WEBHOOK_SECRET"])
        and _knows_the_secret(request)
    )


def _knows_the_secret(request: HttpRequest) -> bool:
    told = get_request_basic_auth(request) or ""
    return constant_time_compare(told, str(settings.ANYMAIL["WEBHOOK_SECRET"]))


def _view_of(provider: str) -> type[AnymailBaseWebhookView] | None:
    """Anymail's reader of the provider's messages; None where the settings name another one."""
    if not provider or provider != settings.MAIL_PROVIDER:
        return None
    module = importlib.import_module(f"anymail.webhooks.{provider}")
    for name, found in vars(module).items():
        if name.endswith(("TrackingWebhookView", "CombinedWebhookView")) and (
            found.__module__ == module.__name__
        ):
            return found  # type: ignore[no-any-return]
    return None


def _events(view: type[AnymailBaseWebhookView], request: HttpRequest) -> list[AnymailTrackingEvent]:
    """Raises AnymailWebhookValidationFailure, or one of UNREADABLE."""
    reader = view()
    reader.setup(request)
    reader.run_validators(request)
    return [e for e in reader.parse_events(request) if isinstance(e, AnymailTrackingEvent)]


def _take(event: AnymailTrackingEvent) -> None:
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    random_id, provider_id = str(metadata.get(MARK, "")), str(event.message_id or "")
    if event.event_type == "unsubscribed":
        take_wish_to_stop(random_id=random_id, provider_id=provider_id)
        return
    news = KINDS.get(event.event_type)
    if news is not None:
        take_news(
            news=news,
            random_id=random_id,
            provider_id=provider_id,
            reaches_nobody=event.reject_reason in REACHES_NOBODY,
        )


def _plain(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(status=status, headers={"Cache-Control": "no-store", **headers})
