"""Claims whose remedy is a gift code that was handed out."""

from datetime import date, timedelta
from pathlib import Path

from recalldesk.claims.models import Filing
from recalldesk.claims.remedying.news import take_news
from recalldesk.claims.remedying.ordering import order_due
from recalldesk.claims.states import ClaimState
from recalldesk.foundation import clock
from recalldesk.remedies.actions import grant_remedy
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.placing.news import News
from tests.portal.claims.filed import filed, moved
from tests.remedies.pooled import pool_of

CODES = ("MADEUP22QRS3", "MADE-UP44-TUV5")
EXPIRES = date(2040, 12, 31)


def with_code(
    folder: Path, *, units: int = 1, codes: tuple[str, ...] = CODES, first: int = 0
) -> Filing:
    """A filing of so many units, each with a code that its owner did not look at."""
    filing = filed(folder, units=units, remedy="gift-card", first=first)
    pool_of(*codes[:units], slug=filing.recall.slug, expires=EXPIRES)
    for position in range(1, units + 1):
        moved(filing, ClaimState.APPROVED, position=position)
        claim = filing.claims.get(position=position)
        claim.remedy = grant_remedy(
            unit_digest=bytes(claim.unit_digest),
            recall=filing.recall,
            key="gift-card",
            orderable_at=clock.now() - timedelta(minutes=1),
        )
        claim.save(update_fields=["remedy"])
    assert order_due() == units
    assert place_due() == units
    for claim in filing.claims.all():
        assert claim.remedy_id is not None
        assert take_news(remedy_id=claim.remedy_id, news=News.SENT)
    return filing
