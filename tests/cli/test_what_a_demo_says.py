"""A demo says that it serves only where it goes on serving, and what of its tour did not come."""

import signal
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from recalldesk.cli import demo
from recalldesk.demo.tour import TourEnded


@pytest.fixture(autouse=True)
def as_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of the web server a program that says what it says, and ends; no services."""
    program = tmp_path / "serves"
    program.write_text("#!/bin/sh\necho Serving on $RECALLDESK_EASYPOST_ADDRESS\n")
    program.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(program))
    services = SimpleNamespace(settings={"RECALLDESK_EASYPOST_ADDRESS": "a carrier"})
    monkeypatch.setattr(demo, "MadeUpServices", lambda **_: nullcontext(services))
    monkeypatch.setattr(demo, "take_tour", lambda *_: None)
    monkeypatch.setattr(demo, "way_into_the_desk", lambda site: f"{site}/desk/invitation/x/")
    monkeypatch.setattr(demo, "say_way_to_a_seat", lambda _: None)
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("serve", [True, False])
def test_what_it_says_is_so(capfd: pytest.CaptureFixture[str], serve: bool) -> None:
    assert demo._serve_and_tour(8000, serve) == 0
    said = capfd.readouterr().out
    assert ("Serving on a carrier" in said) is serve
    assert ("Open http://127.0.0.1:8000/ in a browser." in said) is serve
    assert ("administrator by http://localhost:8000/desk/invitation/x/" in said) is serve


@pytest.mark.parametrize("serve", [True, False])
def test_a_tour_that_ended_early_says_where_and_ends_the_demo(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, serve: bool
) -> None:
    def ends(*_: object) -> None:
        raise TourEnded("The parcel did not come.")

    monkeypatch.setattr(demo, "take_tour", ends)
    assert demo._serve_and_tour(8000, serve) == 1
    said = capfd.readouterr()
    assert "The parcel did not come." in said.err
    assert "Open http" not in said.out
