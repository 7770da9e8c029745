"""The worlds of the web providers: the project's own servers, each a process with its own count."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.demo.providers import easypost, tremendous
from recalldesk.remedies.providers.interface import Provider, Wanted
from recalldesk.remedies.providers.registry import provider_named
from tests.remedies.made_up import KEY, MadeUp, made_up
from tests.remedies.wanted import a_card, a_parcel


@dataclass
class TremendousWorld:
    server: MadeUp

    @property
    def provider(self) -> Provider:
        return provider_named("tremendous")

    @property
    def secrets(self) -> tuple[str, ...]:
        return (KEY, tremendous.LINK)

    def wanted(self, number: int = 1) -> Wanted:
        return a_card(number)

    def effects_of(self, wanted: Wanted) -> int:
        return sum(each["external_id"] == str(wanted.id) for each in self.server.lines("order"))

    def bounce(self, wanted: Wanted) -> bool:
        self.server.tell("bounce", external_id=str(wanted.id))
        return True


@dataclass
class EasyPostWorld:
    server: MadeUp

    @property
    def provider(self) -> Provider:
        return provider_named("easypost")

    @property
    def secrets(self) -> tuple[str, ...]:
        return (KEY, easypost.LABEL)

    def wanted(self, number: int = 1) -> Wanted:
        return a_parcel(number)

    def effects_of(self, wanted: Wanted) -> int:
        return sum(each["reference"] == str(wanted.id) for each in self.server.lines("label"))

    def bounce(self, wanted: Wanted) -> bool:
        return False


@contextmanager
def tremendous_world(request: pytest.FixtureRequest) -> Iterator[TremendousWorld]:
    """Configured as an installation is."""
    folder: Path = request.getfixturevalue("tmp_path")
    settings: Settings = request.getfixturevalue("settings")
    with made_up("tremendous", folder, base=tremendous.BASE) as server:
        settings.TREMENDOUS_ADDRESS, settings.TREMENDOUS_KEY = server.address, KEY
        yield TremendousWorld(server)


@contextmanager
def easypost_world(request: pytest.FixtureRequest) -> Iterator[EasyPostWorld]:
    """Configured as an installation is."""
    folder: Path = request.getfixturevalue("tmp_path")
    settings: Settings = request.getfixturevalue("settings")
    with made_up("easypost", folder) as server:
        settings.EASYPOST_ADDRESS, settings.EASYPOST_KEY = server.address, KEY
        settings.EASYPOST_SENDER = "adr_0123456789abcdef"
        yield EasyPostWorld(server)
