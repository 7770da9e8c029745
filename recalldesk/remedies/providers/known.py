"""The providers that an installation may have, each made from its settings.

To add one: its line here, its settings in `config/environment.py`, its section in docs/remedies.md.
"""

from functools import cache

from django.conf import settings
from requests.auth import HTTPBasicAuth

from recalldesk.recalls.document.remedy import ProviderName
from recalldesk.remedies.providers.codes.provider import Codes
from recalldesk.remedies.providers.easypost.provider import EasyPost
from recalldesk.remedies.providers.registry import register
from recalldesk.remedies.providers.tremendous.provider import Tremendous
from recalldesk.remedies.providers.web import Bearer, WebClient, text_of


def register_all() -> None:
    """Makes them known. What is not configured is not there."""
    register(ProviderName.CODES, Codes)
    register(ProviderName.TREMENDOUS, _tremendous)
    register(ProviderName.EASYPOST, _easypost)


def _tremendous() -> Tremendous | None:
    if not settings.TREMENDOUS_KEY:
        return None
    client = tremendous_client(settings.TREMENDOUS_ADDRESS, settings.TREMENDOUS_KEY)
    return Tremendous(client, settings.TREMENDOUS_FUNDING)


def _easypost() -> EasyPost | None:
    if not settings.EASYPOST_KEY:
        return None
    client = easypost_client(settings.EASYPOST_ADDRESS, settings.EASYPOST_KEY)
    return EasyPost(client, settings.EASYPOST_SENDER)


# Each is made once, so that its connections stay open.
@cache
def tremendous_client(address: str, key: str) -> WebClient:
    """The way to Tremendous. Its refusals bear no code."""
    return WebClient(address, Bearer(key), error_code=lambda body: text_of(body, "errors", "code"))


@cache
def easypost_client(address: str, key: str) -> WebClient:
    """The way to EasyPost."""
    return WebClient(
        address, HTTPBasicAuth(key, ""), error_code=lambda body: text_of(body, "error", "code")
    )
