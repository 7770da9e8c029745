"""What partners were told, what they tell of their stock, and what proves it."""

from recalldesk.stock.models.entered_refund import EnteredRefund
from recalldesk.stock.models.posting import Posting
from recalldesk.stock.models.stock_file import StockFile
from recalldesk.stock.models.stock_report import StockReport
from recalldesk.stock.models.stop_sale import StopSale

__all__ = ["EnteredRefund", "Posting", "StockFile", "StockReport", "StopSale"]
