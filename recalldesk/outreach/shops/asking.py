"""A shop is asked to tell the buyers of some of its orders.

Guarantees: each order on a list is a row, so that what the shop says later can be traced; who made
the list, who took it and why stands in the log; nothing but the shop's own numbers, products and
days leaves.
"""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Max

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk_queue.errors import NoReasonForExport
from recalldesk.claims.desk_queue.exporting import Export, hand_out
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation.sheets import Cell, Heading
from recalldesk.notices.published import Published, versions_published
from recalldesk.outreach.models import ShopTelling, ToldOrder
from recalldesk.outreach.shops.errors import NoSuchTelling, TellingRefused
from recalldesk.outreach.shops.orders import OrdersAsked, purchases_of
from recalldesk.outreach.shops.texts import ShopText, checked_text
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened

ASKED = "asked"
AT_ONCE = 2_000
LONGEST_SHOP = 120
HEADINGS = (
    Heading("Order number", is_exact=True),
    Heading("Product"),
    Heading("Ordered on"),
    Heading("Units"),
    Heading("Told"),
)
"""The last column is the shop's to fill in: told, or failed."""


def live_version_of(recall: Recall) -> Published:
    """What a shop is to tell of. Raises TellingRefused."""
    live = [each for each in versions_published(recall.slug) if each.is_live]
    if not live:
        raise TellingRefused(f"{recall.slug} is not published.", "Publish it first.")
    return live[-1]


@transaction.atomic
def ask_shop(
    *, recall: Recall, asked: OrdersAsked, shop: str, text: ShopText, by: Staff
) -> ShopTelling:
    """Makes the list. Raises NotPermitted, TellingRefused."""
    require(by, Permission.WRITE_WAVES)
    name = " ".join(shop.split())
    if not name or len(name) > LONGEST_SHOP:
        raise TellingRefused("Which shop?", "Give the name that its customers know.")
    said = checked_text(live_version_of(recall), text)
    recall = Recall.objects.select_for_update(no_key=True).get(pk=recall.pk)
    rows = purchases_of(recall, asked).exclude(order_digest=b"").order_by("pk")
    purchases = list(rows.values_list("pk", "order_digest"))
    if not purchases:
        raise TellingRefused(
            f"No order of {asked.channel.label} is to be told by the shop.",
            "The buyers of all can be reached, or the shop was asked about all of them before.",
        )
    last = recall.shop_tellings.aggregate(last=Max("number"))["last"] or 0
    telling = ShopTelling.objects.create(
        recall=recall,
        number=last + 1,
        channel=asked.channel,
        shop=name,
        language=said.language,
        subject=said.subject,
        body=said.body,
        orders=len({bytes(digest) for _, digest in purchases}),
        made_by=by,
    )
    ToldOrder.objects.bulk_create(
        (ToldOrder(telling=telling, purchase_id=pk) for pk, _ in purchases), batch_size=AT_ONCE
    )
    log_telling(telling, "", ASKED, by)
    return telling


def telling_numbered(recall: Recall, number: int) -> ShopTelling:
    """Raises NoSuchTelling."""
    telling = recall.shop_tellings.filter(number=number).first()
    if telling is None:
        raise NoSuchTelling(
            f"{recall.slug} has no list {number} for a shop.",
            f"`recalldesk purchasers shops list {recall.slug}` lists them.",
        )
    return telling


def take_orders(*, telling: ShopTelling, by: Staff, reason: str, form: SheetForm) -> Export:
    """The list of orders, to hand to the shop. Raises NotPermitted, NoReasonForExport,
    TooManyForWorkbook."""
    require(by, Permission.WRITE_WAVES)
    if not reason.strip():
        raise NoReasonForExport
    with transaction.atomic():
        log_telling(telling, ASKED, ASKED, by, Reason.FILE_TAKEN, reason.strip())
    rows = telling.told_orders.count()
    return hand_out(
        ListExport(
            by=by,
            query=f"shops?telling={telling.pk}",
            form=form,
            columns=[each.title for each in HEADINGS],
            is_personal=True,
            expected=rows,
        ),
        name=f"orders-{telling.recall.slug}-{telling.number}",
        headings=HEADINGS,
        rows=_cells(telling),
        reason=reason,
    )


def log_telling(
    telling: ShopTelling,
    was: str,
    is_now: str,
    by: Staff,
    reason: Reason | str = "",
    note: str = "",
) -> None:
    """A row of the log about a list."""
    record_change(
        subject=Subject.SHOP_TELLING,
        subject_id=telling.pk,
        from_state=was,
        to_state=is_now,
        reason=reason,
        actor_id=by.pk,
        recall_id=telling.recall_id,
        note=note,
    )


def _cells(telling: ShopTelling) -> Iterator[list[Cell]]:
    rows = telling.told_orders.select_related("purchase").order_by("pk")
    for row in rows.iterator(chunk_size=AT_ONCE):
        purchase = row.purchase
        yield [
            opened(purchase, "sealed_order"),
            purchase.product,
            str(purchase.ordered_on or ""),
            purchase.units - purchase.units_back,
            "",
        ]
