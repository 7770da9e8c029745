"""The worlds in which each provider of remedies is tried, by name.

To add one: a module beside `scripted.py` with a `World`, and its line here.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.contracts.provider_worlds.codes import codes_world
from tests.contracts.provider_worlds.files import dispatch_world, refund_world
from tests.contracts.provider_worlds.scripted import scripted_world
from tests.contracts.provider_worlds.web import easypost_world, tremendous_world
from tests.contracts.provider_worlds.world import World

Opened = Callable[[pytest.FixtureRequest], AbstractContextManager[World]]
WORLDS: dict[str, Opened] = {
    "codes": codes_world,
    "scripted": scripted_world,
    "tremendous": tremendous_world,
    "easypost": easypost_world,
    "dispatch": dispatch_world,
    "refund": refund_world,
}
