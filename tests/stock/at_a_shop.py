"""Made-up shops, and what they tell."""

from datetime import date, timedelta
from typing import Any

from recalldesk.accounts.acting import Acting
from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.stock.models import StockReport, StopSale
from recalldesk.stock.partners.managing import PartnerSaid, add_partner
from recalldesk.stock.reporting import StockSaid, report_stock
from recalldesk.stock.states import Kind, Through
from recalldesk.stock.telling import tell_partner

MARKET = "Madeup Market"


def shop(by: Staff, name: str = MARKET, **said: Any) -> Partner:
    """A partner; a shop in the United States, unless something else is said."""
    address = f"stock@{name.lower().replace(' ', '-')}.example"
    usual: dict[str, Any] = {
        "name": name,
        "level": PartnerLevel.RETAILER,
        "country": "US",
        "language": "en",
        "email": address,
    }
    return add_partner(said=PartnerSaid(**{**usual, **said}), by=by)


def in_days(days: int) -> date:
    """So many days from now; of UTC, as those of the kettle's recall are."""
    return clock.now().date() + timedelta(days=days)


def told(recall: Recall, partner: Partner, by: Staff, days: int = 7) -> StopSale:
    """The partner is told to stop selling, and to answer within so many days."""
    return tell_partner(recall=recall, partner=partner, answer_by=in_days(days), by=by)


def says(
    recall: Recall, partner: Partner, kind: Kind, units: int, nonce: str, **more: Any
) -> StockReport:
    """The partner tells of units, on its own page unless somebody else is named by `by`."""
    by: Acting = more.pop("by", partner)
    through = Through.PAGE if isinstance(by, Partner) else Through.DESK
    said = StockSaid(kind, units, more.pop("happened_on", in_days(0)), **more)
    return report_stock(
        recall=recall, partner=partner, said=said, by=by, through=through, nonce=f"form-{nonce}"
    )


def letters(*purposes: Purpose) -> list[Mailing]:
    """What was written for these purposes, in its order."""
    return list(Mailing.objects.filter(purpose__in=purposes).order_by("pk"))


def text_of(mailing: Mailing) -> str:
    """What a mail that waits says."""
    return content_of(mailing).text
