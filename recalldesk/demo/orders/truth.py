"""Who truly has an affected unit, and by which contacts each person stands in the files."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from recalldesk.demo.orders.people import Person
from recalldesk.demo.orders.sales import Sale, Shop
from recalldesk.demo.orders.shops.rows import alias, order_number

COLUMNS = ("person", "given", "family", "units", "reachable_units", "orders", "contacts")


@dataclass
class Owner:
    """A person. `units`: affected ones they have; `reachable_units`: those of orders by which a
    file names a contact; `orders`: of anything, as shops number them; `contacts`: of those."""

    person: Person
    units: int = 0
    reachable_units: int = 0
    orders: list[str] = field(default_factory=list)
    contacts: set[str] = field(default_factory=set)


def truth_of(sales: Iterable[Sale]) -> list[Owner]:
    """Everybody who ordered anything."""
    owners: dict[int, Owner] = {}
    for sale in sales:
        owner = owners.setdefault(sale.person.number, Owner(sale.person))
        owner.units += sale.affected_units
        owner.orders.append(order_number(sale))
        if sale.shop is not Shop.BY_AMAZON:
            owner.reachable_units += sale.affected_units
            mail = alias(sale) if sale.shop is Shop.AMAZON else sale.person.email(sale.day)
            owner.contacts |= {mail, sale.person.phone}
    return list(owners.values())


def write_truth(path: Path, owners: Iterable[Owner]) -> None:
    """Writes a row for each person."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_row(owner) for owner in owners)


def people_by_order(owners: Iterable[Owner]) -> dict[str, Owner]:
    """Whose an order is."""
    return {order: owner for owner in owners for order in owner.orders}


def people_by_contact(owners: Iterable[Owner]) -> dict[str, list[Owner]]:
    """Who is reached by a contact: a phone may be a household's."""
    found = defaultdict[str, list[Owner]](list)
    for owner in owners:
        for contact in owner.contacts:
            found[contact].append(owner)
    return found


def _row(owner: Owner) -> Iterator[object]:
    yield from (owner.person.number, owner.person.given, owner.person.families[0])
    yield from (owner.units, owner.reachable_units)
    yield "|".join(owner.orders)
    yield "|".join(sorted(owner.contacts))
