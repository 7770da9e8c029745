"""A claim's page among few claims and among many, and how soon the next one is there."""

import statistics
import time

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.claims_made import look_at
from benchmarks.report import Section
from recalldesk.claims.models import Claim
from recalldesk.claims.states import ClaimState
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.states import PhotoKind
from tests.claims.deciding.filed import owner
from tests.claims.owner import CARD, Owner, sends
from tests.claims.readings import is_read, label_of, marking_of
from tests.worked import run_jobs

REAL = 80
"""Claims that were really sent, with photos: those whose pages are asked for."""
WARMING = 4
MOST_QUERIES = 12
MOST_TIMES = 2.0
FIRST_DAY = "2026-01-01"
"""They are due first, so that the next claim is always one of them."""


def serials() -> list[str]:
    """Serials of the recall, as many as there are claims to be sent."""
    return [f"TW{24_010_000 + number}" for number in range(REAL)]


def send_claims() -> None:
    """Sends the claims; the label of each reads as another serial, so that a person looks."""
    for number, serial in enumerate(serials()):
        with transaction.atomic():
            _send(owner(number + 1), serial, reads=f"{serial[:-1]}{(number + 5) % 10}")
        run_jobs(tasks=["claims.evidence_settled"])
    waiting = Claim.objects.filter(state=ClaimState.IN_REVIEW)
    assert waiting.count() == REAL, waiting.count()
    Claim.objects.update(promised_on=FIRST_DAY)


def _send(who: Owner, serial: str, *, reads: str) -> None:
    draft = who.opens(serial)
    claim = draft.claims.get()
    is_read(sends(claim, PhotoKind.LABEL), label_of(reads))
    is_read(sends(claim, PhotoKind.MARKING), marking_of())
    filled = who.fills(draft, remedy=CARD)
    filled.claims.update(cannot_photograph=False)
    submit_filing(filing_id=filled.pk)


def measure(section: Section, client: Client, schemas: tuple[str, str], times: int) -> None:
    """Adds what a claim's page and the next claim take; `schemas` hold few and many claims."""
    claims = Claim.objects.select_related("filing").order_by("pk")[:REAL]
    pages = [_address(claim) for claim in claims]
    shown = _pages(client, schemas, pages, times)
    _judge(section, "claim page", shown)
    with CaptureQueriesContext(connection) as asked:
        client.get(pages[-1])
    section.judge(
        "queries of a claim's page",
        f"{len(asked)}",
        f"{MOST_QUERIES}",
        reached=len(asked) <= MOST_QUERIES,
    )
    _judge(section, "a decision, till the next claim is there", _decisions(client, schemas, pages))
    section.add("key strokes by which a claim is decided", "2 (A, then Enter; aim: 2)")


def _pages(
    client: Client, schemas: tuple[str, str], pages: list[str], times: int
) -> tuple[list[float], list[float]]:
    taken: tuple[list[float], list[float]] = ([], [])
    for turn in range(-WARMING, times):
        for schema, seconds in zip(schemas, taken, strict=True):
            look_at(schema)
            since = time.perf_counter()
            assert client.get(pages[turn % REAL]).status_code == 200
            if turn >= 0:
                seconds.append(time.perf_counter() - since)
    return taken


def _decisions(
    client: Client, schemas: tuple[str, str], pages: list[str]
) -> tuple[list[float], list[float]]:
    """By turns, each claim decided once: the odd ones among few, the others among many."""
    taken: tuple[list[float], list[float]] = ([], [])
    for turn, page in enumerate(pages[:-2]):
        which = turn % 2
        look_at(schemas[which])
        seen = _stamp(client.get(page).content.decode())
        since = time.perf_counter()
        answer = client.post(f"{page}decide/", {"do": "approve", "seen": seen})
        assert answer.status_code == 303, answer.status_code
        assert client.get(answer["Location"]).status_code == 200
        if turn >= WARMING:
            taken[which].append(time.perf_counter() - since)
    return taken


def _stamp(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def _address(claim: Claim) -> str:
    return f"/desk/claims/{claim.filing.reference}/{claim.position}/"


def _judge(section: Section, what: str, taken: tuple[list[float], list[float]]) -> None:
    few, many = (statistics.quantiles(seconds, n=20)[-1] for seconds in taken)
    section.judge(
        f"{what}: times as long with many claims",
        f"{many / few:.2f} ({few * 1_000:.0f} ms, {many * 1_000:.0f} ms)",
        f"at most {MOST_TIMES:.0f}",
        reached=many <= MOST_TIMES * few,
    )
