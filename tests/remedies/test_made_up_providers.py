"""The project's own providers: they forget nothing, and by all their faults orders come through."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from recalldesk.demo.providers import tremendous
from recalldesk.demo.providers.faults import Fault, Faults
from recalldesk.demo.providers.ledger import Ledger, lines_of
from recalldesk.foundation import clock
from recalldesk.remedies.models import Order, Remedy
from recalldesk.remedies.placing import circuits
from recalldesk.remedies.placing.due import place_due
from recalldesk.remedies.providers.interface import Found
from recalldesk.remedies.providers.tremendous.configured import tremendous_client
from recalldesk.remedies.providers.tremendous.provider import Tremendous
from recalldesk.remedies.providers.webhooks import WEBHOOKS
from recalldesk.remedies.states import RemedyState
from tests.contracts.provider_worlds.world import KeptNotebook
from tests.programs import comes_true
from tests.remedies.made_up import KEY, made_up
from tests.remedies.ordered import ordered, units
from tests.remedies.wanted import a_card

SECRET = "made-up-0123456789-abcdefghij"
Told = tuple[bytes, str]


def test_a_killed_provider_knows_what_it_did(tmp_path: Path) -> None:
    references = set()
    for _ in range(2):
        with made_up("tremendous", tmp_path, base=tremendous.BASE) as server:
            provider = Tremendous(tremendous_client(server.address, KEY), "balance")
            found = provider.place(a_card(), KeptNotebook())
            assert isinstance(found, Found)
            references.add(found.reference)
            assert len(server.lines("order")) == 1
    assert len(references) == 1


def test_a_line_that_a_kill_cut_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    _append(path, 1)
    with path.open("a") as file:
        file.write('{"effect": "lab')
    _append(path, 2)
    assert [line["number"] for line in lines_of(path)] == [1, 2]


def _append(path: Path, number: int) -> None:
    with closing(Ledger(path)) as ledger:
        ledger.append("label", number=number)


def test_a_seed_repeats_its_plan_of_faults() -> None:
    plans = [Faults(seed=seed, share=0.3) for seed in (7, 7, 8)]
    first, again, other = ([plan.next() for _ in range(300)] for plan in plans)
    assert first == again != other
    assert 50 < sum(fault is not Fault.NONE for fault in first) < 130


@pytest.mark.django_db(transaction=True)
def test_with_faults_by_a_seed_every_remedy_has_its_card_and_none_two(
    settings: Settings, tmp_path: Path
) -> None:
    count, words = 25, ("--share", "0.4", "--seed", "11")
    for unit in units(count):
        ordered(unit)
    with made_up("tremendous", tmp_path, *words, base=tremendous.BASE) as server:
        settings.TREMENDOUS_ADDRESS, settings.TREMENDOUS_KEY = server.address, KEY
        now = clock.now()
        for _ in range(60):
            with time_machine.travel(now, tick=False):
                circuits.close("tremendous")
                place_due()
            now += timedelta(hours=5)
            if not Order.objects.filter(next_try_at__isnull=False).exists():
                break
        cards = Counter(line["external_id"] for line in server.lines("order"))
    assert set(Remedy.objects.values_list("state", flat=True)) == {RemedyState.ORDERED}
    assert cards == {str(pk): 1 for pk in Remedy.objects.values_list("pk", flat=True)}
    assert len(cards) == count


def test_its_news_are_signed_and_some_come_twice_or_forged(
    settings: Settings, tmp_path: Path
) -> None:
    settings.TREMENDOUS_WEBHOOK_KEY = SECRET
    webhook, told = WEBHOOKS["tremendous"], list[Told]()
    with _listening(webhook.header, told) as (address, heard):
        words = ("--webhook", address, "--secret", SECRET, "--share", "0.01", "--seed", "3")
        with made_up("tremendous", tmp_path, *words, base=tremendous.BASE) as server:
            provider = Tremendous(tremendous_client(server.address, KEY), "balance")
            for number in range(30):
                provider.place(a_card(number), KeptNotebook())
            assert heard.wait(30)
    signed = [body for body, header in told if webhook.is_signed(body, header)]
    names = Counter(webhook.named_in(json.loads(body)) for body in signed)
    assert len(names) > 20
    assert None not in names
    assert max(names.values()) > 1
    assert len(signed) < len(told)


def test_one_that_goes_on_by_itself_tells_what_nobody_asked(tmp_path: Path) -> None:
    webhook, told = WEBHOOKS["tremendous"], list[Told]()
    with _listening(webhook.header, told) as (address, _):
        words = ("--webhook", address, "--secret", SECRET, "--delivered-after", "0", "--by-itself")
        with made_up("tremendous", tmp_path, *words, base=tremendous.BASE) as server:
            provider = Tremendous(tremendous_client(server.address, KEY), "balance")
            provider.place(a_card(), KeptNotebook())
            assert comes_true(lambda: any(b"DELIVERY.SUCCEEDED" in body for body, _ in told))


@contextmanager
def _listening(header: str, told: list[Told]) -> Iterator[tuple[str, threading.Event]]:
    """Keeps what comes in; the event is set once that is enough."""
    heard = threading.Event()

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.append((body, self.headers[header]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
            if len(told) >= 35:
                heard.set()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/", heard
        finally:
            server.shutdown()
