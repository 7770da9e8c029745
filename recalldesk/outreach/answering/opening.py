"""What the main button of a notice's page does: a claim begins, with what is known filled in.

Guarantees: a claim that is begun by a link is tied to its notice in the same transaction; that the
button was pressed is counted once, at the first time; nothing personal is filled in by it.
"""

from django.db import transaction

from recalldesk.claims.drafting import expect_product, open_filing
from recalldesk.claims.models import Filing
from recalldesk.foundation import clock
from recalldesk.outreach.answering.seen import SeenNotice
from recalldesk.outreach.models import DirectNotice, NoticeFiling


def note_opened(notice: DirectNotice) -> None:
    """A button of its page was pressed: counted once."""
    DirectNotice.objects.filter(pk=notice.pk, opened_at=None).update(opened_at=clock.now())


@transaction.atomic
def begin_claim(*, seen: SeenNotice, language: str) -> tuple[Filing, str]:
    """A new draft under the notice, with brand, country and product, and the token of the browser's
    pass."""
    notice = seen.notice
    filing, token = open_filing(
        live=seen.live, brand=seen.brand.key, language=language, country=notice.country
    )
    if seen.product_key:
        expect_product(filing_id=filing.pk, product=seen.product_key)
    NoticeFiling.objects.create(notice=notice, filing=filing)
    return filing, token
