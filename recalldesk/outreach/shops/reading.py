"""What a shop says of whom it told: order by order, or in two numbers.

Guarantees: of a file each line is counted, and an order about which the shop was never asked is a
reject; the same file twice changes nothing; two numbers alone are kept as the shop's word, apart
from what is known order by order, and no reach is made of them.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.foundation import clock
from recalldesk.outreach.models import ShopTelling, ToldOrder
from recalldesk.outreach.reading_back import ReadBack, read_back
from recalldesk.outreach.shops.asking import ASKED, log_telling
from recalldesk.outreach.shops.errors import TellingRefused
from recalldesk.outreach.states import OrderTold
from recalldesk.purchasers.digests import order_digest

NAMES = {
    "order": (
        "order number",
        "order",
        "order no",
        "order id",
        "order-id",
        "número de pedido",
        "pedido",
    ),
    "told": ("told", "outcome", "avisado", "resultado"),
}
TOLD_WORDS = frozenset(
    {"told", "yes", "y", "sent", "delivered", "1", "true", "sí", "si", "avisado"}
)
FAILED_WORDS = frozenset(
    {"failed", "no", "n", "not told", "bounced", "0", "false", "no avisado", "fallido"}
)
NEVER_ASKED = "names an order about which this shop was never asked"
NO_ORDER = "names no order"
NO_OUTCOME = "does not say told or failed"
READ = "read"
AT_ONCE = 2_000


def read_orders(
    *, telling: ShopTelling, path: Path, by: Staff, only_look: bool = False
) -> ReadBack:
    """Takes in what the shop says of each order.

    Raises NotPermitted, FileRefused, ImportRefused.
    """
    require(by, Permission.WRITE_WAVES)
    with transaction.atomic():
        telling = ShopTelling.objects.select_for_update(of=("self",)).get(pk=telling.pk)
        asked = _Asked(telling)
        read = read_back(path, NAMES, asked.judge)
        if not only_look:
            asked.keep()
            if read.accepted:
                log_telling(telling, ASKED, READ, by)
    return read


@transaction.atomic
def keep_counts(*, telling: ShopTelling, told: int, failed: int, on: date, by: Staff) -> None:
    """Keeps what the shop says in numbers alone; said again, the last word holds.

    Raises NotPermitted, TellingRefused.
    """
    require(by, Permission.WRITE_WAVES)
    telling = ShopTelling.objects.select_for_update(of=("self",)).get(pk=telling.pk)
    if told < 0 or failed < 0 or told + failed > telling.orders:
        raise TellingRefused(
            f"The shop was asked about {telling.orders:,} orders.",
            "Told and failed together are no more than these.",
        )
    if not telling.made_at.date() <= on <= clock.now().date():
        raise TellingRefused(
            f"They cannot have been told on {on}.",
            f"The shop was asked on {telling.made_at.date()}.",
        )
    telling.told, telling.failed, telling.told_on = told, failed, on
    telling.read_by, telling.read_at = by, clock.now()
    telling.save(update_fields=["told", "failed", "told_on", "read_by", "read_at"])
    log_telling(telling, ASKED, READ, by)


class _Asked:
    """The orders of a list, by their digests, and what is new of them."""

    def __init__(self, telling: ShopTelling) -> None:
        self._orders: dict[bytes, list[int]] = {}
        self._said: dict[bytes, OrderTold] = {}
        self._news: dict[bytes, OrderTold] = {}
        rows = telling.told_orders.values_list("pk", "purchase__order_digest", "outcome")
        for pk, digest, outcome in rows.iterator(chunk_size=AT_ONCE):
            self._orders.setdefault(bytes(digest), []).append(pk)
            self._said[bytes(digest)] = OrderTold(outcome)

    def judge(self, line: Mapping[str, str]) -> bool | str:
        """What a line says."""
        if not line["order"]:
            return NO_ORDER
        outcome = _outcome_of(line.get("told", ""))
        if outcome is None:
            return NO_OUTCOME
        digest = order_digest(line["order"])
        if digest not in self._orders:
            return NEVER_ASKED
        if self._said[digest] is outcome:
            return False
        self._said[digest] = self._news[digest] = outcome
        return True

    def keep(self) -> None:
        """Writes down what is new."""
        now = clock.now()
        for outcome in (OrderTold.TOLD, OrderTold.FAILED):
            pks = [
                pk
                for digest, said in self._news.items()
                if said is outcome
                for pk in self._orders[digest]
            ]
            for start in range(0, len(pks), AT_ONCE):
                some = pks[start : start + AT_ONCE]
                ToldOrder.objects.filter(pk__in=some).update(outcome=outcome, at=now)


def _outcome_of(text: str) -> OrderTold | None:
    said = " ".join(text.casefold().replace("_", " ").split())
    if said in TOLD_WORDS:
        return OrderTold.TOLD
    return OrderTold.FAILED if said in FAILED_WORDS else None
