"""A made-up firm's partners, told to stop selling: two have answered and tell of their stock.

Guarantee: it comes in once, whole or not at all; every firm, person and address is made up.
"""

from datetime import timedelta

from django.db import transaction

from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import PartnerLevel
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version, recall_named
from recalldesk.remedies.corrections.states import Measure
from recalldesk.stock.models import StopSale
from recalldesk.stock.partners.managing import PartnerSaid, add_partner
from recalldesk.stock.posting import post_notice
from recalldesk.stock.reads.notices import partner_named
from recalldesk.stock.refunding import RefundSaid, report_refund
from recalldesk.stock.reporting import StockSaid, nonce_of, report_counts
from recalldesk.stock.states import Kind, Through
from recalldesk.stock.telling import acknowledge, tell_partner

A_WEEK = timedelta(days=7)
MARKET = PartnerSaid(
    "Madeup Market",
    PartnerLevel.RETAILER,
    "US",
    "en",
    "stock@market.example.com",
    person="Pat Madeup",
    phone="+12025550142",
)
TIENDA = PartnerSaid(
    "Tienda Ejemplo", PartnerLevel.RETAILER, "US", "es", "almacen@tienda.example.com"
)
DEPOT = PartnerSaid(
    "Example Depot", PartnerLevel.DISTRIBUTOR, "US", "en", "returns@depot.example.com"
)


@transaction.atomic
def bring_partners(slug: str, *, by: Staff) -> bool:
    """Enters and tells them for the recall of that name; False where there is none, or they are."""
    recall = recall_named(slug)
    if recall is None or live_version(recall) is None or partner_named(MARKET.name):
        return False
    answer_by = clock.now().date() + A_WEEK
    for said in (MARKET, TIENDA, DEPOT):
        partner = add_partner(said=said, by=by)
        notice = tell_partner(recall=recall, partner=partner, answer_by=answer_by, by=by)
        if said is not TIENDA:
            _answer(recall, notice, partner)
    return True


def _answer(recall: Recall, notice: StopSale, partner: Partner) -> None:
    """It stopped selling, counted, and got rid of some; the shop gave some customers their money
    back, and hung up the poster."""
    product = document_of(notice.version).products[0].key
    today, form = clock.now().date(), nonce_of("demo", notice.pk)
    acknowledge(
        notice=notice,
        by=partner,
        said_by="Pat Madeup",
        on_hand={product: 140},
        through=Through.PAGE,
        nonce=form,
    )
    gone = Kind.RETURNED if partner.level == PartnerLevel.DISTRIBUTOR else Kind.DESTROYED
    report_counts(
        recall=recall,
        partner=partner,
        told=(
            StockSaid(Kind.QUARANTINED, 140, today, product=product),
            StockSaid(gone, 36, today, product=product, reference="MADE-UP-36"),
        ),
        by=partner,
        through=Through.PAGE,
        nonce=nonce_of("counted", form),
    )
    if partner.level != PartnerLevel.RETAILER:
        return
    report_refund(
        recall=recall,
        partner=partner,
        said=RefundSaid(Measure.REFUNDED, today, units="9", reference="MADE-UP-9"),
        by=partner,
        nonce=nonce_of("refunded", form),
    )
    post_notice(
        recall=recall,
        partner=partner,
        place="Entrance, 1 Example Street",
        since=today,
        until=None,
        by=partner,
        through=Through.PAGE,
        nonce=nonce_of("posted", form),
    )
