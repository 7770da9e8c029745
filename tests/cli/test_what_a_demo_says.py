"""A demo says that it serves only where it goes on serving."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from recalldesk.cli import demo


@pytest.fixture(autouse=True)
def as_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In place of the web server a program that says what it says, and ends."""
    program = tmp_path / "serves"
    program.write_text("#!/bin/sh\necho Serving on\n")
    program.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(program))
    monkeypatch.setattr(demo, "_take_tour", lambda *_: None)
    monkeypatch.setattr(demo, "way_into_the_desk", lambda site: f"{site}/desk/invitation/x/")
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


@pytest.mark.parametrize("serve", [True, False])
def test_what_it_says_is_so(capfd: pytest.CaptureFixture[str], serve: bool) -> None:
    assert demo._serve_and_tour(8000, serve) == 0
    said = capfd.readouterr().out
    assert ("Serving on" in said) is serve
    assert ("Open http://127.0.0.1:8000/ in a browser." in said) is serve
    assert ("administrator by http://localhost:8000/desk/invitation/x/" in said) is serve
