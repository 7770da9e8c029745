"""Which recalls of a feed are the firm's own, that this installation answers for itself.

Guarantee: pure. One is ours by its number, by its address, or by firm and day together.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from recalldesk.recalls.document import Document

WORD = re.compile(r"[^\W_]+")
KINDS = frozenset(
    {"ltd", "limited", "inc", "incorporated", "llc", "llp", "co", "corp", "corporation", "company"}
    | {"gmbh", "ag", "sa", "sarl", "bv", "plc", "pty", "srl", "spa", "the", "usa", "us"}
)
"""What a firm is, and not how it is called."""


@dataclass(frozen=True)
class OwnRecall:
    """What is needed of a live version to know it in a feed. `sites`: where its pages are."""

    slug: str
    numbers: frozenset[str]
    firms: frozenset[tuple[str, ...]]
    days: frozenset[date]
    sites: frozenset[str]


def own_recall(
    slug: str, document: Document, *, published: date, sites: Iterable[str]
) -> OwnRecall:
    """That of a document."""
    numbers = (document.recall_number, *(part.case_number for part in document.jurisdictions))
    names = (
        document.firm.name,
        document.firm.legal_name,
        *(brand.name for brand in document.brands),
    )
    return OwnRecall(
        slug=slug,
        numbers=frozenset(plain for each in numbers if (plain := each.replace("-", "").upper())),
        firms=frozenset(called for name in names if (called := name_of_firm(name))),
        days=frozenset({document.announced or published, published}),
        sites=frozenset(urlsplit(site).netloc for site in sites),
    )


def name_of_firm(text: str) -> tuple[str, ...]:
    """How a firm is called, without what kind of firm it is and where: `, of China`."""
    words = WORD.findall(re.split(r",?\s+of\s+", text.casefold())[0])
    return tuple(word for word in words if word not in KINDS)


def is_ours(*, number: str, url: str, firms: str, day: date, own: Iterable[OwnRecall]) -> bool:
    """Whether a recall of a feed is one of these."""
    address = urlsplit(url)
    called = [name_of_firm(line) for line in firms.splitlines()]
    for each in own:
        if number and number in each.numbers:
            return True
        if address.netloc in each.sites and f"/recalls/{each.slug}/" in f"{address.path}/":
            return True
        if day in each.days and any(_begins(name, each.firms) for name in called):
            return True
    return False


def _begins(name: tuple[str, ...], firms: Iterable[tuple[str, ...]]) -> bool:
    """Whether a name is one of ours, or one of ours with more behind it."""
    return any(name[: len(own)] == own for own in firms)
