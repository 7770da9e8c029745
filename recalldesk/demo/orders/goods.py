"""What the made-up firm sold: the recalled power bank as each shop lists it, and other things."""

from dataclasses import dataclass
from datetime import date

SINCE, UNTIL, COUNTRY = date(2016, 6, 1), date(2022, 12, 31), "US"
"""When and where the power bank of examples/anker-a1263 was sold."""


@dataclass(frozen=True)
class Goods:
    """A thing as shops list it. `is_recalled`: of the model of the recall."""

    title: str
    asin: str
    skus: dict[str, str]
    ebay_item: str
    newegg_item: str
    upc: str
    is_recalled: bool = False


POWER_BANK = Goods(
    "Anker PowerCore 10000 Portable Charger, 10000 mAh",
    "B0EXAMPLE1",
    {
        "amazon": "EXAMPLE-A1263-AMZ",
        "shopify": "EXAMPLE-A1263-BLK",
        "ebay": "EXAMPLE-A1263-BLK",
        "newegg": "EXAMPLE-A1263-NEG",
    },
    "900000012631",
    "9SIAEXAMPLE1263",
    "400000126302",
    is_recalled=True,
)
BLUE_POWER_BANK = Goods(
    "Anker PowerCore 10000, blue",
    POWER_BANK.asin,
    POWER_BANK.skus | {"shopify": "EXAMPLE-A1263-BLU"},
    "900000012632",
    POWER_BANK.newegg_item,
    POWER_BANK.upc,
    is_recalled=True,
)


def _other(title: str, number: int) -> Goods:
    sku = f"EXAMPLE-OTHER-{number}"
    shops = dict.fromkeys(("amazon", "shopify", "ebay", "newegg"), sku)
    listed = (f"B0EXAMPLX{number}", shops, f"90000099990{number}", f"9SIAEXAMPLE990{number}")
    return Goods(title, *listed, "")


OTHERS = (
    _other("Anker PowerCore 10000 PD Redux", 1),
    _other("Anker PowerCore 5000", 2),
    _other("USB-C cable, 2 m", 3),
    _other('Wall charger "mini", 20 W', 4),
    _other("Phone case", 5),
)
