"""EasyPost as the settings name it. Without a key it is not there."""

from functools import cache

from django.conf import settings
from requests.auth import HTTPBasicAuth

from recalldesk.remedies.providers.easypost.provider import EasyPost
from recalldesk.remedies.providers.web import WebClient, text_of


def easypost() -> EasyPost | None:
    """The provider, if there is a key."""
    if not settings.EASYPOST_KEY:
        return None
    client = easypost_client(settings.EASYPOST_ADDRESS, settings.EASYPOST_KEY)
    return EasyPost(client, settings.EASYPOST_SENDER)


@cache
def easypost_client(address: str, key: str) -> WebClient:
    """The way to it, made once, so that its connections stay open."""
    return WebClient(
        address, HTTPBasicAuth(key, ""), error_code=lambda body: text_of(body, "error", "code")
    )
