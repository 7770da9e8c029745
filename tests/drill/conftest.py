"""The cast and the command, for what a drill reads of an installation."""

import pytest

from tests.cast import cast, command, index_folder, kettles, published_recall, quick_passwords

__all__ = ["cast", "command", "index_folder", "kettles", "published_recall", "quick_passwords"]


@pytest.fixture(autouse=True)
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    """However full this machine's disk is just now."""
    monkeypatch.setattr("recalldesk.drill.sandbox.LEAST_FREE", 0)
