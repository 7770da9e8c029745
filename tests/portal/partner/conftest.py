"""A shop that was told to stop selling, at its own pages."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from recalldesk.accounts.models import Partner
from recalldesk.portal.uploading import upload_limits
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.stock.models import StopSale
from recalldesk.stock.partners.access import new_link
from tests.cast import SLUG, Cast
from tests.stock.at_a_shop import shop, told

ORIGIN = {"Origin": "http://testserver"}
PDF = b"%PDF-1.7\nmade up\n%%EOF\n"


def pdf(content: bytes = PDF, name: str = "certificate.pdf") -> io.BytesIO:
    """A file to choose."""
    file = io.BytesIO(content)
    file.name = name
    return file


@dataclass
class AtShop:
    """Somebody of a shop, at a browser."""

    client: Client
    partner: Partner

    def comes_in(self) -> Any:
        """By a link that was mailed."""
        return self.presses(f"/en/partner/link/{new_link(self.partner)}")

    def presses(self, path: str, **fields: Any) -> Any:
        return self.client.post(path, fields, headers=ORIGIN)

    def sees(self, page: str = "") -> Any:
        return self.client.get(f"/en/partner/{page}")

    def at(self, page: str) -> str:
        """The path of one of its pages of the kettle's recall."""
        return f"/en/partner/recalls/{SLUG}/{page}"

    def fills_in(self, page: str, **fields: Any) -> Any:
        """Loads one of these pages, and sends its form."""
        found = re.search(r'name="nonce" value="([^"]+)"', text(self.client.get(self.at(page))))
        assert found is not None
        return self.presses(self.at(page), nonce=found[1], **fields)


def text(response: Any) -> str:
    """A page's words."""
    return str(response.content.decode())


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    """The kettle's."""
    return published_recall.recall


@pytest.fixture
def market(cast: Cast, index_folder: Path) -> AtShop:
    """A shop, not signed in yet."""
    return AtShop(Client(), shop(cast.author))


@pytest.fixture
def notice(recall: Recall, market: AtShop, cast: Cast) -> StopSale:
    """It was told to stop selling."""
    return told(recall, market.partner, cast.author)


@pytest.fixture
def inside(notice: StopSale, market: AtShop) -> AtShop:
    """The same, signed in."""
    market.comes_in()
    return market


@pytest.fixture(autouse=True)
def _nobody_sent_a_file_before() -> Iterator[None]:
    upload_limits.forget()
    yield
    upload_limits.forget()
