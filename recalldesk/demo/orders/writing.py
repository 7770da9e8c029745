"""Writes made-up order files and the truth about them: `write_order_files`."""

import csv
import io
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from recalldesk.demo.orders.people import made_up_people
from recalldesk.demo.orders.sales import Shop, made_up_sales
from recalldesk.demo.orders.shops import amazon, columns, ebay, newegg, others, shopify
from recalldesk.demo.orders.shops.rows import Row
from recalldesk.demo.orders.truth import Owner, truth_of, write_truth

SEED, PEOPLE = 1263, 400
BY_WAREHOUSE = (Shop.EBAY, Shop.NEWEGG, Shop.SHOPIFY)
"""Whose returns the firm's own warehouse takes: a list for each shop, which numbers the orders."""
FAULTY = ("ebay-orders.csv", "newegg-orders.csv")
BOM = "\ufeff"


@dataclass(frozen=True)
class MadeUpFile:
    """A file, and as what it is to be read. `mapping`: the file that says what its columns mean."""

    path: Path
    channel: str
    kind: str
    mapping: Path | None = None


@dataclass(frozen=True)
class MadeUpOrders:
    """What was written. The truth stands in truth.csv, too."""

    files: tuple[MadeUpFile, ...]
    owners: tuple[Owner, ...]


def write_order_files(
    folder: Path,
    *,
    seed: int = SEED,
    people: int = PEOPLE,
    serials: Sequence[str] = (),
    with_faults: bool = False,
) -> MadeUpOrders:
    """Writes the files of so many people into a folder, the same each time. `serials`: of
    the recall, which some of them registered; made up where there are no more. `with_faults`: two
    files hold lines that no reader can take, besides all others."""
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)  # noqa: S311 - made-up orders are to be repeatable, not secret
    sales = list(made_up_sales(chance, list(made_up_people(chance, people))))
    tab, comma = "\t", ","
    texts = {
        "amazon-all-orders.txt": _table(columns.AMAZON_ALL, amazon.all_orders(sales), tab),
        "amazon-new-orders.txt": _table(columns.AMAZON_NEW, amazon.new_orders(sales), tab),
        "amazon-returns.txt": _table(columns.AMAZON_RETURNS, amazon.returns(sales), tab),
        "ebay-orders.csv": _ebay(ebay.orders(sales)),
        "newegg-orders.csv": _table(columns.NEWEGG, newegg.orders(sales, one_name=False), comma),
        "newegg-orders-2.csv": _table(
            columns.NEWEGG_ONE_NAME, newegg.orders(sales, one_name=True), comma
        ),
        "shopify-orders.csv": BOM + _table(columns.SHOPIFY, shopify.orders(sales), comma),
        "registrations.csv": _table(
            columns.REGISTRATIONS, others.registrations(sales, serials), comma
        ),
        "registrations.toml": others.REGISTRATIONS_MAPPING,
    }
    for shop in BY_WAREHOUSE:
        rows = others.warehouse_returns(sales, shop)
        texts[f"returns-{shop}.csv"] = _table(columns.RETURNS, rows, comma)
        texts[f"returns-{shop}.toml"] = others.RETURNS_MAPPING.format(shop=shop)
    for name in FAULTY if with_faults else ():
        texts[name] = _with_faults(texts[name])
    for name, text in texts.items():
        (folder / name).write_bytes(text.encode())
    owners = tuple(truth_of(sales))
    write_truth(folder / "truth.csv", owners)
    return MadeUpOrders(tuple(_files(folder)), owners)


def _files(folder: Path) -> Iterable[MadeUpFile]:
    """In the order in which they are best taken in."""
    for name, channel in (
        ("amazon-all-orders.txt", "amazon"),
        ("amazon-new-orders.txt", "amazon"),
        ("ebay-orders.csv", "ebay"),
        ("newegg-orders.csv", "newegg"),
        ("newegg-orders-2.csv", "newegg"),
        ("shopify-orders.csv", "shopify"),
    ):
        yield MadeUpFile(folder / name, channel, "orders")
    yield MadeUpFile(folder / "amazon-returns.txt", "amazon", "returns")
    for name, kind in (
        ("registrations", "registrations"),
        *((f"returns-{shop}", "returns") for shop in BY_WAREHOUSE),
    ):
        yield MadeUpFile(folder / f"{name}.csv", "generic", kind, folder / f"{name}.toml")


def _table(headings: Sequence[str], rows: Iterable[Row], delimiter: str) -> str:
    """Lines that end as shops' do. Tab-separated ones quote nothing: a quotation mark is one."""
    text = io.StringIO()
    if delimiter == "\t":
        for cells in ([*headings], *([row.get(each, "") for each in headings] for row in rows)):
            text.write("\t".join(cells) + "\r\n")
    else:
        writer = csv.DictWriter(text, headings, restval="", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()


def _with_faults(text: str) -> str:
    """With two lines more below the heading, as tools break them: one that was cut off, and
    one whose quotation mark does not close."""
    lines = text.split("\r\n")
    place = 1 + next(number for number, line in enumerate(lines) if line)
    whole = lines[place].replace('"', "")
    return "\r\n".join([*lines[:place], whole[: len(whole) // 2], f'"{whole}', *lines[place:]])


def _ebay(rows: Iterable[Row]) -> str:
    """A blank line first, every cell quoted, and a count and the seller at the end."""
    text, told = io.StringIO(), list(rows)
    writer = csv.DictWriter(
        text, columns.EBAY, restval="", lineterminator="\r\n", quoting=csv.QUOTE_ALL
    )
    text.write("\r\n")
    writer.writeheader()
    writer.writerows(told)
    text.write(f'\r\n"{len(told)} record(s) downloaded"\r\n"Seller ID: made-up-seller"\r\n')
    return text.getvalue()
