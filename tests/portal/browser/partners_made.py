"""A shop that was told to stop selling, and the token of its link in a file for the browser."""

from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.recalls.models import Recall
from recalldesk.stock.partners.access import new_link
from tests.stock.at_a_shop import shop, told

FILE = "partner.txt"
RECALL = "anker-a1263"


def make_partners(folder: Path) -> None:
    """Tells the shop, and writes what opens its page."""
    author = Staff.objects.get(email="author@desk.example")
    market = shop(author)
    told(Recall.objects.get(slug=RECALL), market, author)
    (folder / FILE).write_text(new_link(market), encoding="utf-8")
