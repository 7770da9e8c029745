"""How long an order file is kept. The job that erases it asks here, and so does every page."""

from datetime import date

from django.conf import settings

from recalldesk.purchasers.models import OrderFile


def kept_until(file: OrderFile) -> date:
    """The first day on which a sealed file is erased."""
    return (file.at + settings.ORDER_FILES_KEPT).date()
