"""The domains from which mail leaves, and who sends from each."""

from collections.abc import Iterable, Iterator
from email.utils import parseaddr

from django.conf import settings

from recalldesk.recalls.document import Document

Sender = tuple[str, str]
"""An address, and whose it is."""


def senders_of(*documents: Document) -> Iterator[Sender]:
    """The desk's, then those of the brands of some recalls."""
    if settings.MAIL_FROM:
        yield settings.MAIL_FROM, "the desk"
    for document in documents:
        for brand in document.brands:
            yield brand.sender, brand.name


def domains_of(senders: Iterable[Sender]) -> dict[str, list[str]]:
    """Each domain once, with all who send from it."""
    found: dict[str, list[str]] = {}
    for sender, whose in senders:
        domain = parseaddr(sender)[1].rpartition("@")[2].lower()
        if domain:
            names = found.setdefault(_in_ascii(domain), [])
            if whose not in names:
                names.append(whose)
    return found


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
