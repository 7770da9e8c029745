"""The dashboards at ten thousand claims and at a million; and what keeping their sums costs."""

import statistics
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.db import connection, transaction
from django.test import Client

from benchmarks.claim_page import serials
from benchmarks.claims_made import keep_apart, look_at
from benchmarks.dashboards_made import TABLES, make_a_year, tidy
from benchmarks.queue import published
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.outreach.models import Wave
from recalldesk.outreach.states import WaveKind, WaveState, Way
from recalldesk.purchasers.models import OrderFile
from recalldesk.purchasers.states import Channel, FileKind
from recalldesk.recalls.reads import LiveRecall
from recalldesk.remedies.models import Correction
from recalldesk.reports.charts.drawing import drawer
from recalldesk.reports.sums.checking import check, make_anew
from recalldesk.reports.sums.folding import fold
from recalldesk.reports.sums.installing import triggers
from tests.at_the_desk import sign_in, staff
from tests.cast import SLUG
from tests.claims.deciding.filed import owner

MOST_TIMES = 2.0
WARMING = 2
BLOCKS = 8
PAGES = {
    "effectiveness": f"/desk/effectiveness/{SLUG}/",
    "corrections, four weeks": "/desk/corrections/",
    "corrections, a year": "/desk/corrections/?from={year}&to={today}",
    "the desk's figures, four weeks": "/desk/figures/",
    "the desk's figures, a year": "/desk/figures/?from={year}&to={today}",
    "reach": f"/desk/reach/?recall={SLUG}",
}


def measure(folder: Path, sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    few, many = sizes.summed_few, sizes.summed
    section = Section(
        "Dashboards at a million claims",
        f"{few:,} and {many:,} made-up claims of one recall in one database, over a year: each "
        "with a purchase, a buyer, a notice, a decision and, of four in five, a delivered remedy "
        "that counts; 500 wait at the desk in both. Each page is asked for through Django, signed "
        f"in as a senior reviewer, {sizes.summed_asked} times of few and of many by turns, "
        "pictures drawn before; said is the median, of what writing costs the quickest quarter, "
        "which other work on the machine moves by a fifth. All sums were folded. The rows are "
        "written by one statement for each table; the triggers that keep the sums are on.",
    )
    live = published(folder)
    person = staff(Role.SENIOR_REVIEWER)
    client = sign_in(Client(), person)
    wave, file = _wave_and_file(live.recall_id, live.version_id, person)
    _cost_of_sending(section, sizes.summed_written)
    make_a_year(live, wave, file, first=1, last=few)
    fold()
    tidy()
    keep_apart("few", TABLES)
    counts = {"few": Correction.objects.count()}
    _cost_of_writing(section, live, wave, file, many, sizes.summed_written)
    since = time.perf_counter()
    make_a_year(live, wave, file, first=few + 1, last=many)
    section.add("writing the rest of the rows, sums kept", f"{time.perf_counter() - since:.0f} s")
    since = time.perf_counter()
    folded = fold()
    section.add("folding them", f"{time.perf_counter() - since:.0f} s ({folded:,} rows)")
    tidy()
    counts["public"] = Correction.objects.count()
    _judge_sums(section)
    try:
        for what, address in PAGES.items():
            _judge(section, what, _in_turn(client, _filled(address), sizes.summed_asked, counts))
    finally:
        look_at("public")
        drawer().close()
    return section


def _wave_and_file(recall_id: int, version_id: int, by: Staff) -> tuple[Wave, OrderFile]:
    wave = Wave.objects.create(
        recall_id=recall_id,
        number=1,
        name="Made-up wave",
        kind=WaveKind.FIRST,
        ways=list(Way),
        state=WaveState.DONE,
    )
    counts = ("lines", "heading", "accepted", "rejected", "duplicate", "blank", "continued")
    file = OrderFile.objects.create(
        recall_id=recall_id,
        channel=Channel.AMAZON,
        kind=FileKind.ORDERS,
        file_sha256="0" * 64,
        size=1,
        reading={},
        lines_of_others=0,
        version_id=version_id,
        by=by,
        **dict.fromkeys(counts, 0),
    )
    return wave, file


def _cost_of_writing(
    section: Section, live: LiveRecall, wave: Wave, file: OrderFile, beyond: int, rows: int
) -> None:
    """One claim with all that belongs to it, statement by statement: with triggers and without."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    number = 10 * beyond
    with transaction.atomic():
        for block in range(BLOCKS):
            _keep(block % 2 == 0)
            for turn in range(-2, rows // BLOCKS):  # the first ones plan their statements
                number += 1
                since = time.perf_counter()
                make_a_year(live, wave, file, first=number, last=number)
                if turn >= 0:
                    taken[block % 2 == 0].append(time.perf_counter() - since)
        transaction.set_rollback(True)
    kept, bare = (_quickest(taken[each]) for each in (True, False))
    section.add(
        "a purchase, notice, claim, decision and correction: times as long with sums kept",
        f"{kept / bare:.2f} ({bare * 1_000:.1f} ms, {kept * 1_000:.1f} ms)",
    )


def _cost_of_sending(section: Section, rows: int) -> None:
    """The same of claims that are sent through the actions of owners' pages."""
    taken: dict[bool, list[float]] = {True: [], False: []}
    with transaction.atomic():
        for block in range(BLOCKS):
            _keep(block % 2 == 0)
            for turn, serial in enumerate(serials()[: 3 + rows // BLOCKS // 2]):
                mark = transaction.savepoint()
                since = time.perf_counter()
                owner(turn).files(serial)
                if turn >= 2:
                    taken[block % 2 == 0].append(time.perf_counter() - since)
                transaction.savepoint_rollback(mark)
        transaction.set_rollback(True)
    kept, bare = (_quickest(taken[each]) for each in (True, False))
    section.add(
        "a claim filled in and sent through the forms' actions: times as long with sums kept",
        f"{kept / bare:.2f} ({bare * 1_000:.0f} ms, {kept * 1_000:.0f} ms)",
    )


def _quickest(seconds: list[float]) -> float:
    """What the quickest quarter took at most: other work on the machine lengthens the others."""
    return sorted(seconds)[len(seconds) // 4]


def _keep(is_kept: bool) -> None:
    word = "ENABLE ALWAYS" if is_kept else "DISABLE"
    with connection.cursor() as cursor:
        for table, name in triggers():
            cursor.execute(f"ALTER TABLE {table} {word} TRIGGER {name}")


def _judge_sums(section: Section) -> None:
    since = time.perf_counter()
    checked = check()
    section.judge(
        "sums that are not what the rows add up to",
        f"{len(checked.differences) + checked.purchases} ({time.perf_counter() - since:.0f} s to"
        " count anew)",
        "0",
        reached=checked.is_right,
    )
    since = time.perf_counter()
    make_anew()
    section.add(
        "making every sum anew, as the upgrade does", f"{time.perf_counter() - since:.0f} s"
    )


def _filled(address: str) -> str:
    today = clock.now().date()
    return address.format(today=today, year=today - timedelta(days=364))


def _in_turn(
    client: Client, address: str, times: int, counts: Mapping[str, int]
) -> tuple[float, float]:
    """The median of each in seconds, asked for by turns: both are disturbed alike."""
    taken: dict[str, list[float]] = {"few": [], "public": []}
    for turn in range(-WARMING, times):
        for schema, seconds in taken.items():
            look_at(schema)
            assert turn > -WARMING or Correction.objects.count() == counts[schema]
            since = time.perf_counter()
            page = client.get(address)
            taken_now = time.perf_counter() - since
            assert page.status_code == 200, address
            if turn >= 0:
                seconds.append(taken_now)
    return statistics.median(taken["few"]), statistics.median(taken["public"])


def _judge(section: Section, what: str, seconds: tuple[float, float]) -> None:
    few, many = seconds
    section.judge(
        f"{what}: times as long with many claims",
        f"{many / few:.2f} ({few * 1_000:.0f} ms, {many * 1_000:.0f} ms)",
        f"at most {MOST_TIMES:.0f}",
        reached=many <= MOST_TIMES * few,
    )
