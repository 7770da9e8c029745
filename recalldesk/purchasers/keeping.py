"""How long an order file is kept. The job that erases it asks here, and so does every page."""

from datetime import date, timedelta

from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.terms import days_kept
from recalldesk.purchasers.models import OrderFile


def kept_until(file: OrderFile) -> date:
    """The first day on which a sealed file is erased, where no legal hold keeps it."""
    days = days_kept(Kind.ORDER_FILES, recall_id=file.recall_id)
    return (file.at + timedelta(days=days)).date()
