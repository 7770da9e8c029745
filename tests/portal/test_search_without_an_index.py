"""A search for a serial never says "no such product" where only the index could tell."""

from pathlib import Path
from typing import Any

from recalldesk.units import live
from tests.portal.conftest import Owner


def test_a_serial_is_not_taken_for_an_unknown_product(
    owner: Owner, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("recalldesk.units.live.build_for_version", lambda _version: None)
    settings.INDEX_FOLDER = tmp_path
    live.forget()
    try:
        body = owner.sends("/en/search", q=owner.recalled()).content.decode()
    finally:
        live.forget()
    assert "We found no such product" not in body
    assert "try again" in body.lower()
