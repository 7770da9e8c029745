"""Orders of which nobody knows the buyer: Amazon's All orders names none.

Guarantee: an order is looked for in files of its own shop only, and only by a number that is long
enough to be of one shop's books.
"""

from collections.abc import Iterator

from recalldesk.matching.files.named_orders import NAMING
from recalldesk.matching.orders import order_form
from recalldesk.purchasers.importing.sealed_rows import SHORTEST_ORDER
from recalldesk.purchasers.models import OrderFile, Purchase
from recalldesk.purchasers.shops import shops_of_files
from recalldesk.purchasers.states import FileKind
from recalldesk.sealing.fields_of_rows import opened

AT_ONCE = 2_000
MOST = 2_000_000
"""Orders that are looked for in one file: their numbers lie in memory, some 100 bytes each."""


def nameless_orders(recall_id: int, shop: str, kind: FileKind) -> Iterator[str]:
    """The numbers of a shop's orders of which nobody knows the buyer for sure, in their form, for
    a file of this kind. They are opened only once they are asked for. Raises SealingError."""
    if kind is FileKind.RETURNS:
        return
    files = [file for file, of in shops_of_files(recall_id).items() if of == shop.casefold()]
    of_shop = Purchase.objects.filter(recall=recall_id, file__in=files).exclude(order_digest=b"")
    nameless = of_shop.filter(purchaser=None) | of_shop.filter(is_buyer_by_order=True)
    rows = nameless.only("sealed_order", "recall_id").order_by("pk")[:MOST]
    for row in rows.iterator(chunk_size=AT_ONCE):
        number = order_form(opened(row, "sealed_order"))
        if sum(map(str.isalnum, number)) >= SHORTEST_ORDER:
            yield number


def files_that_name(recall_id: int) -> list[OrderFile]:
    """The kept files that name buyers, of shops whose orders lack some."""
    shops = shops_of_files(recall_id)
    nameless = Purchase.objects.filter(recall=recall_id, purchaser=None, taken_back_at=None)
    lacking = {shops.get(file) for file in nameless.values_list("file", flat=True).distinct()}
    kept = OrderFile.objects.filter(pk__in=shops).exclude(storage_key="")
    return [
        each
        for each in kept.exclude(kind=FileKind.RETURNS).order_by("pk")
        if shops[each.pk] in lacking and names_buyers(each)
    ]


def lacks_buyers_that_others_name(recall_id: int, number: int) -> bool:
    """Whether a file that came in left purchases without a buyer, and others may name them."""
    nameless = Purchase.objects.filter(file=number, purchaser=None)
    return nameless.exists() and any(each.pk != number for each in files_that_name(recall_id))


def names_buyers(file: OrderFile) -> bool:
    """Whether it has a column that names or reaches somebody."""
    columns = file.reading.get("columns")
    return isinstance(columns, dict) and bool(columns.keys() & {each.value for each in NAMING})
