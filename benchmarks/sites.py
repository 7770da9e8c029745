"""The nearest collection sites among a thousand and among a hundred thousand: how long it takes."""

import csv
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import zipcodes
from django.core.management import call_command
from django.db import connection

from benchmarks.claims_made import keep_apart, look_at
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.disposal.distances import Position, distance_km
from recalldesk.disposal.importing.run import Asked, import_sites
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.nearest import nearest_sites
from recalldesk.disposal.reads import farthest_km, sites_near
from tests.at_the_desk import staff

FEW = 1_000
WARMING = 20
MOST_TIMES = 3.0
COMPARED = 60
MOST = 10
HEADS = ["id", "name", "address", "zip", "country", "takes", "latitude", "longitude"]
TABLES = ("disposal_collectionsite", "disposal_siterefusal")
CITY, CITY_DEGREES = Position(40.75, -73.99), 0.2


def measure(folder: Path, sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    section = Section(
        "The nearest collection sites",
        f"{FEW:,} and {sizes.sites:,} made-up sites in one database, brought in by the importer: "
        "near postal codes of the United States drawn at random, and in another turn all within "
        f"{2 * CITY_DEGREES:.1f} degrees of one city. Asked is from {sizes.site_looks} places "
        "drawn alike, of few and of many by turns; said is the 95th percentile of each, from the "
        "place to the ten sites with what owners said of them. Some answers are held against "
        "measuring the way to every site.",
    )
    call_command("migrate", verbosity=0, interactive=False)
    folder.mkdir(parents=True, exist_ok=True)
    by = staff(Role.RECALL_MANAGER, email="sites@staff.example")
    for name, draws in (("over the country", _places_of_codes()), ("in one city", _in_a_city)):
        _measure_one(section, name, folder, by, sizes, draws)
    return section


def _measure_one(
    section: Section,
    name: str,
    folder: Path,
    by: Staff,
    sizes: Sizes,
    draws: Callable[[random.Random], Position],
) -> None:
    drawn = random.Random(name)
    schema = f"few_{name.replace(' ', '_')}"
    CollectionSite.objects.update(country="XX")  # those of the turn before: nobody asks for them
    _bring(folder / f"{schema}.csv", by, 0, FEW, draws, drawn)
    keep_apart(schema, TABLES)
    rows, seconds = sizes.sites - FEW, time.perf_counter()
    _bring(folder / f"{schema}-many.csv", by, FEW, sizes.sites, draws, drawn)
    seconds = time.perf_counter() - seconds
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE disposal_collectionsite")
    asked = [draws(drawn) for _ in range(sizes.site_looks + WARMING)]
    few, many = _by_turns(schema, asked)
    section.judge(
        f"{name}: times as long with many sites",
        f"{many / few:.2f} ({few * 1_000:.1f} ms, {many * 1_000:.1f} ms)",
        f"at most {MOST_TIMES:.0f}",
        reached=many <= MOST_TIMES * few,
    )
    wrong, answers = _wrong(asked[:COMPARED])
    section.judge(
        f"{name}: places near by that measuring every way does not find",
        f"{wrong} of {answers:,}",
        "none",
        reached=not wrong,
    )
    section.add(f"{name}: lines brought in a second", f"{rows / seconds:,.0f}")


def _places_of_codes() -> Callable[[random.Random], Position]:
    every = [
        Position(float(each["lat"]), float(each["long"]))
        for each in zipcodes.filter_by(country="US", zip_code_type="STANDARD")
    ]

    def draw(drawn: random.Random) -> Position:
        code = drawn.choice(every)
        return Position(code.latitude + drawn.gauss(0, 0.05), code.longitude + drawn.gauss(0, 0.05))

    return draw


def _in_a_city(drawn: random.Random) -> Position:
    return Position(
        CITY.latitude + drawn.uniform(-CITY_DEGREES, CITY_DEGREES),
        CITY.longitude + drawn.uniform(-CITY_DEGREES, CITY_DEGREES),
    )


def _bring(
    path: Path,
    by: Staff,
    first: int,
    last: int,
    draws: Callable[[random.Random], Position],
    drawn: random.Random,
) -> None:
    """Writes a list and takes it in."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADS)
        for number in range(first, last):
            at = draws(drawn)
            takes = drawn.choice(("yes", "ask", "ask", "no"))
            rows.writerow(
                [number, f"Madeup {number}", "1 Madeup Street", "", "US", takes, *_written(at)]
            )
    taken = import_sites(path=path, by=by, asked=Asked(source=path.stem.removesuffix("-many")))
    assert taken.added == last - first


def _written(at: Position) -> tuple[str, str]:
    return f"{at.latitude:.5f}", f"{at.longitude:.5f}"


def _by_turns(schema: str, asked: Sequence[Position]) -> tuple[float, float]:
    """The 95th percentile of few and of many, in seconds: both are disturbed alike."""
    taken: dict[str, list[float]] = {schema: [], "public": []}
    for turn, place in enumerate(asked):
        for name, seconds in taken.items():
            look_at(name)
            since = time.perf_counter()
            sites_near(place, "US")
            if turn >= WARMING:
                seconds.append(time.perf_counter() - since)
    few, many = (statistics.quantiles(each, n=20)[-1] for each in taken.values())
    return few, many


def _wrong(asked: Sequence[Position]) -> tuple[int, int]:
    """How many of the sites found are not those that measuring every way finds."""
    rows = list(
        CollectionSite.objects.filter(country="US")
        .exclude(takes="no")
        .values_list("pk", "latitude", "longitude")
    )
    within = farthest_km("US")
    wrong = answers = 0
    for place in asked:
        ways = sorted((distance_km(place, Position(*at)), number) for number, *at in rows)
        right = [number for km, number in ways if km <= within][:MOST]
        near = nearest_sites(place, country="US", most=MOST, within_km=within)
        found = [each.site_id for each in near]
        answers += len(right)
        wrong += sum(one != other for one, other in zip(right, found, strict=False))
        wrong += abs(len(right) - len(found))
    return wrong, answers
