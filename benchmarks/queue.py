"""The desk's queue and search at a thousand claims and at a million: how long each takes."""

import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import claim_page
from benchmarks.claims_made import KnownClaim, keep_apart, look_at, make_claims, make_known
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import Claim
from recalldesk.recalls.reads import LiveRecall, live_recall
from tests.at_the_desk import sign_in, staff
from tests.cast import SLUG, Desk, make_cast
from tests.claims.owner import text_with_all_remedies

FEW = 1_000
WARMING = 5
MOST_QUERIES = 12
MOST_TIMES = 2.0
QUEUE, SEARCH = "/desk/claims/", "/desk/search/"
PAGES = {
    "queue page": QUEUE,
    "page in the midst of the list": f"{QUEUE}?after={{midst}}",
    "page of a filter that no index serves": f"{QUEUE}?channel=phone",
    "page of all claims": f"{QUEUE}?list=all",
    "page of promises about to break": f"{QUEUE}?list=promise&due=late",
}
SEARCHES = "search by "
ASKED_BY = ("reference", "serial", "email", "phone", "name")


def measure(folder: Path, sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    section = Section(
        "The queue at a million claims",
        f"{FEW:,} and {sizes.queued:,} made-up claims in one database, one in five waiting at the "
        "desk, with the keys of their names; each page is asked for through Django, signed in as a "
        f"senior reviewer, {sizes.queue_asked} times of few and of many by turns. Said is the 95th "
        "percentile of each. A name stands in a thousandth of all claims. Pages of claims and "
        f"decisions are of {claim_page.REAL} claims that were sent with photos; each is decided "
        "once, among few or among many, and timed from the form that approves it to the page of "
        "the next. There are no other photos among which like ones would be looked for.",
    )
    live = published(folder)
    client = sign_in(Client(), staff(Role.SENIOR_REVIEWER))
    claim_page.send_claims()
    make_claims(live, first=claim_page.REAL + 1, last=FEW)
    few = Size("few", make_known(claim_page.REAL, FEW, seed=5), _midst())
    keep_apart(few.schema)
    make_claims(live, first=FEW + 1, last=sizes.queued)
    many = Size("public", make_known(claim_page.REAL, sizes.queued, seed=6), _midst())
    look_at(few.schema)
    assert Claim.objects.count() == FEW
    for what in (*PAGES, *(f"{SEARCHES}{name}" for name in ASKED_BY)):
        _judge_times(section, what, _in_turn(client, what, (few, many), sizes.queue_asked))
    _judge_queries(section, client, many)
    claim_page.measure(section, client, (few.schema, many.schema), sizes.queue_asked)
    return section


@dataclass(frozen=True)
class Size:
    """So many claims: the schema that holds them, some that are known, a place in the midst."""

    schema: str
    known: list[KnownClaim]
    midst: str


def published(folder: Path) -> LiveRecall:
    """A recall in a database of its own, and nothing else in it."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    folder.mkdir(parents=True, exist_ok=True)
    live = live_recall(SLUG)
    if live is None:
        text = text_with_all_remedies().replace("units = 5", f"units = {claim_page.REAL}", 1)
        Desk(make_cast(), folder).published(text, claim_page.serials())
        live = live_recall(SLUG)
    assert live is not None
    return live


def _judge_times(section: Section, what: str, seconds: tuple[float, float]) -> None:
    few, many = seconds
    section.judge(
        f"{what}: times as long with many claims",
        f"{many / few:.2f} ({few * 1_000:.0f} ms, {many * 1_000:.0f} ms)",
        f"at most {MOST_TIMES:.0f}",
        reached=many <= MOST_TIMES * few,
    )


def _in_turn(
    client: Client, what: str, sizes: tuple[Size, Size], times: int
) -> tuple[float, float]:
    """The 95th percentile of each in seconds, asked for by turns: both are disturbed alike."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(-WARMING, times):
        for size, seconds in zip(sizes, taken, strict=True):
            look_at(size.schema)
            since = time.perf_counter()
            _ask(client, what, size, turn)
            if turn >= 0:
                seconds.append(time.perf_counter() - since)
    return statistics.quantiles(taken[0], n=20)[-1], statistics.quantiles(taken[1], n=20)[-1]


def _ask(client: Client, what: str, size: Size, turn: int) -> None:
    if what in PAGES:
        assert client.get(PAGES[what].format(midst=size.midst)).status_code == 200
        return
    text = getattr(size.known[turn % len(size.known)], what.removeprefix(SEARCHES))
    page = client.post(SEARCH, {"q": text})
    assert page.status_code == 200
    assert b"data-rows" in page.content, text


def _midst() -> str:
    """A place in the midst of the list of what is to be reviewed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT promised_on, id FROM claims_claim WHERE desk = 'review'"
            " ORDER BY promised_on, id"
            " OFFSET (SELECT count(*) / 2 FROM claims_claim WHERE desk = 'review') LIMIT 1"
        )
        day, number = cursor.fetchone() or ("none", 0)
    return f"{day}.{number}"


def _judge_queries(section: Section, client: Client, size: Size) -> None:
    most = 0
    for what in (*PAGES, *(f"{SEARCHES}{name}" for name in ASKED_BY)):
        with CaptureQueriesContext(connection) as asked:
            _ask(client, what, size, 0)
        most = max(most, len(asked))
    section.judge(
        "queries of a page, at most", f"{most}", f"{MOST_QUERIES}", reached=most <= MOST_QUERIES
    )
