"""The desk's queue and search at a thousand claims and at a million: how long each takes."""

import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.claims_made import KnownClaim, make_claims, make_known
from benchmarks.report import Section
from benchmarks.sizes import Sizes
from recalldesk.accounts.permissions import Role
from recalldesk.recalls.reads import LiveRecall, live_recall
from tests.at_the_desk import sign_in, staff
from tests.cast import SLUG, Desk, make_cast

FEW = 1_000
ROUNDS = 3
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
ASKED_BY = ("reference", "serial", "email", "phone", "name")
Request = Callable[[int], object]


def measure(folder: Path, sizes: Sizes) -> Section:
    """All of it, in the database of this run."""
    section = Section(
        "The queue at a million claims",
        f"{FEW:,} and then {sizes.queued:,} made-up claims in one database, one in five "
        "waiting at the desk, with the keys of their filings; each page is asked for through "
        f"Django, signed in as a senior reviewer, {sizes.queue_asked} times in each of {ROUNDS} "
        "rounds. Said is the 95th percentile of the calmest round, with few claims and with many: "
        "other work shares the cores. A name stands in a thousandth of all claims.",
    )
    live = published(folder)
    person = staff(Role.SENIOR_REVIEWER)
    client = sign_in(Client(), person)
    make_claims(live, first=1, last=FEW)
    few = _percentiles(client, make_known(FEW, seed=5), sizes)
    make_claims(live, first=FEW + 1, last=sizes.queued)
    many = _percentiles(client, make_known(sizes.queued, seed=6), sizes)
    for what, before in few.items():
        times = many[what] / before
        section.judge(
            f"{what}: times as long with {sizes.queued:,} claims",
            f"{times:.2f} ({before * 1_000:.0f} ms, {many[what] * 1_000:.0f} ms)",
            f"at most {MOST_TIMES:.0f}",
            reached=times <= MOST_TIMES or many[what] - before < 0.002,
        )
    _judge_queries(section, client, make_known(sizes.queued, seed=7)[0])
    return section


def published(folder: Path) -> LiveRecall:
    """A recall in a database of its own, and nothing else in it."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    folder.mkdir(parents=True, exist_ok=True)
    live = live_recall(SLUG)
    if live is None:
        Desk(make_cast(), folder).published()
        live = live_recall(SLUG)
    assert live is not None
    return live


def _percentiles(client: Client, known: list[KnownClaim], sizes: Sizes) -> dict[str, float]:
    """Of each page and each search, the 95th percentile in seconds."""
    return {
        what: min(_round(request, sizes.queue_asked) for _ in range(ROUNDS))
        for what, request in _requests(client, known)
    }


def _round(request: Request, times: int) -> float:
    request(0)
    seconds = [_seconds(lambda turn=turn: request(turn)) for turn in range(times)]
    return statistics.quantiles(seconds, n=20)[-1]


def _seconds(what: Callable[[], object]) -> float:
    since = time.perf_counter()
    what()
    return time.perf_counter() - since


def _requests(client: Client, known: list[KnownClaim]) -> Iterator[tuple[str, Request]]:
    midst = _midst()
    for what, address in PAGES.items():
        asked = address.format(midst=midst)
        yield what, lambda _, asked=asked: _get(client, asked)
    for name in ASKED_BY:
        texts = [getattr(claim, name) for claim in known]
        yield (
            f"search by {name}",
            lambda turn, texts=texts: _find(client, texts[turn % len(texts)]),
        )


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


def _get(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200


def _find(client: Client, text: str) -> None:
    page = client.post(SEARCH, {"q": text})
    assert page.status_code == 200
    assert b"data-rows" in page.content, text


def _judge_queries(section: Section, client: Client, known: KnownClaim) -> None:
    most = 0
    for _, request in _requests(client, [known]):
        with CaptureQueriesContext(connection) as asked:
            request(0)
        most = max(most, len(asked))
    section.judge(
        "queries of a page, at most", f"{most}", f"{MOST_QUERIES}", reached=most <= MOST_QUERIES
    )
