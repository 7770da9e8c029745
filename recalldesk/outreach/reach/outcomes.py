"""What became of each purchase: whether somebody was told of it, and if not, why.

Guarantees: each purchase has one outcome, so that the outcomes of a channel add up to its units; a
purchase is told only by a notice that names it and did not come back, or by a shop that says so of
this very order. That its buyer was written of something else tells of nothing.
"""

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextChoices, Value, When
from django.db.models.fields import CharField

from recalldesk.outreach.models import NamedPurchase, ToldOrder
from recalldesk.outreach.states import NoticeState, OrderTold, Way
from recalldesk.purchasers.models import ContactPoint, Purchase, Sighting
from recalldesk.purchasers.states import Strength
from recalldesk.recalls.models import Recall

CAME_BACK = (NoticeState.BOUNCED, NoticeState.REFUSED, NoticeState.GIVEN_UP)
ON_ITS_WAY = (NoticeState.WAITING, NoticeState.PRINTED)


class Outcome(TextChoices):
    """What became of a purchase, the first that is true."""

    TOLD = "told", "Told directly"
    BY_SHOP = "by_shop", "Told by the shop"
    ON_ITS_WAY = "on_its_way", "On its way"
    CAME_BACK = "came_back", "Came back"
    NOT_TOLD = "not_told", "Not told yet"
    NO_CONTACT = "no_contact", "No contact known"


def purchases_with_outcomes(recall: Recall) -> QuerySet[Purchase]:
    """The covered purchases of a recall of which a unit is out there still.

    Each has its `outcome`, its `left` (units less those seen back), and for each way whether it was
    `told_by_…` it."""
    rows = Purchase.objects.filter(recall=recall, unmatched_at=None, units__gt=F("units_back"))
    named = NamedPurchase.objects.filter(purchase=OuterRef("pk"))
    by_shop = ToldOrder.objects.filter(purchase=OuterRef("pk"), outcome=OrderTold.TOLD)
    own = ContactPoint.objects.filter(purchaser=OuterRef("purchaser"))
    others = Sighting.objects.filter(
        recall_id=recall.pk,
        line_digest=OuterRef("line_digest"),
        purchaser__contacts__isnull=False,
    )
    return rows.annotate(
        left=F("units") - F("units_back"),
        **{f"told_by_{way.value}": _told_by(way) for way in Way},
        outcome=Case(
            When(Exists(named.filter(notice__state=NoticeState.SENT)), then=Value(Outcome.TOLD)),
            When(Exists(by_shop), then=Value(Outcome.BY_SHOP)),
            When(
                Exists(named.filter(notice__state__in=ON_ITS_WAY)), then=Value(Outcome.ON_ITS_WAY)
            ),
            When(Exists(named.filter(notice__state__in=CAME_BACK)), then=Value(Outcome.CAME_BACK)),
            When(Q(Exists(own)) | Q(Exists(others)), then=Value(Outcome.NOT_TOLD)),
            default=Value(Outcome.NO_CONTACT),
            output_field=CharField(),
        ),
    )


def _told_by(way: Way) -> Exists:
    return Exists(
        NamedPurchase.objects.filter(
            purchase=OuterRef("pk"), notice__state=NoticeState.SENT, notice__way=way
        )
    )


STRONG, WEAK = Q(strength=Strength.STRONG), Q(strength=Strength.WEAK)
