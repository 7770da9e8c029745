"""Where the certificates lie."""

from recalldesk.evidence.enclosures.shelf import Shelf
from recalldesk.stock.models import StockFile

CERTIFICATES = Shelf(StockFile, "certificates", "stock.StockFile file", "certificate")
