"""Tremendous as the settings name it. Without a key it is not there."""

from functools import cache

from django.conf import settings

from recalldesk.remedies.providers.tremendous.provider import Tremendous
from recalldesk.remedies.providers.web import Bearer, WebClient, text_of


def tremendous() -> Tremendous | None:
    """The provider, if there is a key."""
    if not settings.TREMENDOUS_KEY:
        return None
    client = tremendous_client(settings.TREMENDOUS_ADDRESS, settings.TREMENDOUS_KEY)
    return Tremendous(client, settings.TREMENDOUS_FUNDING)


@cache
def tremendous_client(address: str, key: str) -> WebClient:
    """The way to it, made once, so that its connections stay open."""
    return WebClient(address, Bearer(key), error_code=lambda body: text_of(body, "errors", "code"))
