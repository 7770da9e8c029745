"""Where the gateway for text messages tells what became of one, and what somebody answered.

Guarantees: only the gateway that the settings name is listened to, by its signature over all that
it sends; what cannot be read changes nothing; neither number nor text stands in a log.
"""

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.html import escape
from django.views.decorators.csrf import csrf_exempt

from recalldesk.mailing.deliveries import News
from recalldesk.mailing.text_gateway import is_signed, news_address
from recalldesk.mailing.text_url import Gateway
from recalldesk.mailing.texts import text_gateway
from recalldesk.outreach.news import take_news
from recalldesk.outreach.texting import text_received

log = structlog.get_logger()
BECAME = {
    "delivered": News.DELIVERED,
    "read": News.DELIVERED,
    "undelivered": News.CAME_BACK,
    "failed": News.CAME_BACK,
}
NO_SUCH_NUMBER = frozenset({"30005", "30006"})
"""Unknown, or a landline; switched off, blocked by its carrier and the like are none."""
LONGEST_TEXT = 1_600


@csrf_exempt
def text_webhook(request: HttpRequest) -> HttpResponse:
    """Takes the gateway's news. 404 where the settings name none."""
    gateway = text_gateway()
    if gateway is None:
        raise Http404
    if request.method != "POST":
        return _plain(405, Allow="POST")
    try:
        form = {name: request.POST.getlist(name) for name in request.POST}
    except (RequestDataTooBig, TooManyFieldsSent):
        return _plain(413)
    if not _knows_the_token(gateway, request, form):
        log.warning("webhook_not_signed", provider="sms")
        return _plain(403)
    if "Body" in form and "MessageStatus" not in form:
        return _answered(form)
    news = BECAME.get(_one(form, "MessageStatus"))
    if news is not None:
        take_news(
            news=news,
            random_id=request.GET.get("message", ""),
            provider_id=_one(form, "MessageSid"),
            reaches_nobody=_one(form, "ErrorCode") in NO_SUCH_NUMBER,
        )
    return _plain(200)


def _answered(form: dict[str, list[str]]) -> HttpResponse:
    answer = text_received(sender=_one(form, "From"), text=_one(form, "Body")[:LONGEST_TEXT])
    if "OptOutType" in form:
        answer = ""  # the gateway answers these by itself
    said = f"<Message>{escape(answer)}</Message>" if answer else ""
    xml = f'<?xml version="1.0" encoding="UTF-8"?><Response>{said}</Response>'
    return HttpResponse(xml, content_type="text/xml", headers={"Cache-Control": "no-store"})


def _knows_the_token(gateway: Gateway, request: HttpRequest, form: dict[str, list[str]]) -> bool:
    """The gateway signs the address as it knows it: as it was told, or as it reached us."""
    sign = request.headers.get("X-Twilio-Signature", "")
    query = request.META.get("QUERY_STRING", "")
    addresses = {request.build_absolute_uri()}
    if known := news_address():
        addresses.add(f"{known}?{query}" if query else known)
    return bool(sign) and any(is_signed(gateway, each, form, sign) for each in addresses)


def _one(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0].replace("\0", "")


def _plain(status: int, **headers: str) -> HttpResponse:
    return HttpResponse(status=status, headers={"Cache-Control": "no-store", **headers})
