"""Settings of a form of their own: what they are refused for, in words that show no secret."""

from typing import Annotated

from pydantic import AfterValidator

from recalldesk.mailing.text_url import TextUrlUnreadable, gateway_in


def _way_to_text(url: str) -> str:
    try:
        gateway_in(url)
    except TextUrlUnreadable as unreadable:
        raise ValueError(unreadable.message.partition(": ")[2].rstrip(".")) from None
    return url


def _of_postgresql(url: str) -> str:
    if url and not url.startswith(("postgres://", "postgresql://")):
        raise ValueError("must begin with postgres:// and name a PostgreSQL server")
    return url


TextUrl = Annotated[str, AfterValidator(_way_to_text)]
PostgresUrl = Annotated[str, AfterValidator(_of_postgresql)]
