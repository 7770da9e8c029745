"""Who is reached: made-up order files of every shop, matched, against the known truth."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.demo.orders.truth import Owner, people_by_order
from recalldesk.demo.orders.writing import MadeUpFile, MadeUpOrders, write_order_files
from recalldesk.matching.files.mapping import Mapping, read_mapping
from recalldesk.matching.files.reading import read_orders
from recalldesk.matching.matches.matching import Matched, match_orders
from recalldesk.matching.matches.names import title_rules
from recalldesk.matching.matches.reasons import Strength
from recalldesk.matching.orders import Identifier, ListedSerial, OrderLine, SaleWindow, Wanted
from recalldesk.recalls.recall_file import read_recall_file

EXAMPLE = Path(__file__).parents[1] / "examples" / "anker-a1263" / "recall.toml"
FOUND, WRONGLY = 0.95, 0.005
SERIALS = 100_000


@dataclass
class Reach:
    """Persons of all seeds. `having`: have a unit and stand in a file with a contact; `by_hand`:
    found only by doubtful matches, for somebody to look at."""

    owners: int = 0
    out_of_files: int = 0
    having: int = 0
    found: int = 0
    by_hand: int = 0
    told: int = 0
    wrongly: int = 0
    looked_at: int = 0
    looked_at_for_nothing: int = 0
    lines: int = 0
    rejected: int = 0
    outside: Counter[str] = field(default_factory=Counter)


def measure(folder: Path, sizes: Sizes) -> Section:
    """Every seed in files of its own."""
    section = Section(
        "Who is reached",
        f"Made-up files of {sizes.buyers:,} people for each of {len(sizes.buyer_seeds)} seeds, "
        "none of them used to write the rules: Amazon's all orders without buyers and new orders "
        "with aliases, eBay with summary rows, two variants of Newegg, Shopify with blanks, "
        "registrations, returns; cancelled orders, orders outside the time and the country, other "
        "things with like names, listings without a number (1.5 %), returns that no file shows "
        "(one in a thousand). Read by the importers' law and matched by the numbers of "
        "examples/anker-a1263. Told is who stands in a strong match with a mail address, a phone "
        "number or a street; doubtful matches wait for somebody and are counted apart.",
    )
    reach = Reach()
    for seed in sizes.buyer_seeds:
        count(reach, folder / str(seed), seed=seed, people=sizes.buyers)
    share, wrong = reach.found / max(1, reach.having), reach.wrongly / max(1, reach.told)
    section.add("order lines read", f"{reach.lines:,}, {reach.rejected} rejected")
    section.add(
        "people with a unit",
        f"{reach.having:,} with a contact in some file, {reach.out_of_files:,} with none",
    )
    section.judge(
        "found by strong matches alone",
        f"{share:.2%}",
        f"at least {FOUND:.0%}",
        reached=share >= FOUND,
    )
    section.add(
        "found, with doubtful matches looked at",
        f"{(reach.found + reach.by_hand) / max(1, reach.having):.2%}",
    )
    section.judge(
        "told and have none", f"{wrong:.2%}", f"at most {WRONGLY:.1%}", reached=wrong <= WRONGLY
    )
    section.add(
        "people in doubtful matches alone, to be looked at",
        f"{reach.looked_at:,}, of them without a unit {reach.looked_at_for_nothing:,}",
    )
    for reason, lines in sorted(reach.outside.items()):
        section.add(f"lines outside: {reason}", f"{lines:,}")
    return section


def count(reach: Reach, folder: Path, *, seed: int, people: int) -> None:
    """Adds what is found in the files of one seed."""
    serials = [f"{number:016X}" for number in random.Random(seed).sample(range(1 << 60), SERIALS)]
    made = write_order_files(folder, seed=seed, people=people, serials=serials)
    found = _matched(reach, made, folder, frozenset(serials))
    told = _people(made, (m for m in found if m.strength is Strength.STRONG))
    doubtful = _people(made, (m for m in found if m.strength is Strength.WEAK)) - told
    units = {owner.person.number: owner.units for owner in made.owners}
    having = {owner.person.number for owner in made.owners if owner.reachable_units}
    reach.owners += len(units)
    reach.having += len(having)
    reach.out_of_files += sum(count > 0 for count in units.values()) - len(having)
    reach.found += len(having & told)
    reach.by_hand += len(having & doubtful)
    reach.told += len(told)
    reach.wrongly += sum(not units[each] for each in told)
    reach.looked_at += len(doubtful)
    reach.looked_at_for_nothing += sum(not units[each] for each in doubtful)


def wanted_of_example() -> Wanted:
    """What the example recall looks for."""
    (product,) = read_recall_file(EXAMPLE.read_text(encoding="utf-8")).products
    names = (*product.names, *product.also_searched_as, product.model)
    numbers = tuple(
        Identifier(product.key, each.kind, each.value, each.channel) for each in product.identifiers
    )
    window = SaleWindow(
        product.key, product.sold.since, product.sold.until, tuple(product.sold.countries)
    )
    return Wanted((*numbers, *title_rules(product.key, names)), (window,))


def _matched(
    reach: Reach, made: MadeUpOrders, folder: Path, serials: frozenset[str]
) -> list[Matched]:
    wanted = wanted_of_example()
    product = wanted.windows[0].product
    backs = [
        line
        for file in made.files
        if file.kind == "returns"
        for line in _lines(reach, file, wanted)
    ]
    found = []
    for file in made.files:
        if file.kind == "returns":
            continue
        matches = match_orders(
            _lines(reach, file, wanted),
            wanted,
            backs,
            channel=file.channel,
            folder=folder,
            serials=lambda serial: ListedSerial(product if serial in serials else ""),
        )
        found += [match for match in matches if match.units]
        reach.outside.update(matches.outside)
    return found


def _lines(reach: Reach, file: MadeUpFile, wanted: Wanted) -> list[OrderLine]:
    mapping: Mapping | None = read_mapping(file.mapping) if file.mapping else None
    with read_orders(
        file.path, channel=file.channel, kind=file.kind, wanted=wanted, mapping=mapping
    ) as reading:
        lines = [line for batch in reading for line in batch]
        reach.lines += reading.counts.accepted
        reach.rejected += reading.counts.rejected
    return lines


def _people(made: MadeUpOrders, matches: Iterable[Matched]) -> set[int]:
    """The persons whom lines name so that they can be written to, called or found."""
    by_order = people_by_order(made.owners)
    by_mail: dict[str, Owner] = {
        mail: owner for owner in made.owners for mail in owner.person.emails
    }
    found = set()
    for match in matches:
        buyer = match.line.buyer
        if buyer.email or buyer.phone or buyer.address.get("street_address"):
            owner = by_order.get(match.line.order) or by_mail[buyer.email]
            found.add(owner.person.number)
    return found
