"""Of which shop an order file is."""

from recalldesk.purchasers.models import OrderFile
from recalldesk.purchasers.states import Channel


def shop_of(file: OrderFile) -> str:
    """By which its orders are known: the mapping's name for the shop, or the channel."""
    mapping = file.reading.get("mapping")
    named = mapping.get("channel", "") if isinstance(mapping, dict) else ""
    return (str(named) or file.channel).casefold()


def shops_of_files(recall_id: int) -> dict[int, str]:
    """The shop of each file of a recall that counts."""
    files = OrderFile.objects.filter(recall=recall_id, taken_back_at=None)
    return {each.pk: shop_of(each) for each in files.order_by("pk")}


def named_shops_of_files(recall_id: int) -> dict[int, str]:
    """The same, without files of shops that nothing names."""
    shops = shops_of_files(recall_id)
    return {file: shop for file, shop in shops.items() if shop != Channel.GENERIC}
