"""The limits as they are shipped, for tests about them; all others have room to spare."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import altcha
import pytest
from pytest_django import Settings

from recalldesk.checks import guard
from recalldesk.config.environment import Environment

LIMITS = ("free_checks", "free_checks_a_minute", "proved_checks", "proved_checks_a_minute")
SHIPPED: dict[str, int] = {name: Environment.model_fields[name].default for name in LIMITS}
FREE, PROVED = SHIPPED["free_checks"], SHIPPED["proved_checks"]
ADDRESSES = count(1)
"""Of made-up owners. It stands here, as a conftest is loaded twice: by pytest, and by who imports
from it; two counts would give one address to two owners, and the limits of one to the other."""


class Setting:
    """Sets limits, and makes the process begin with nobody in debt."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __call__(self, **changes: object) -> None:
        environment: Environment = self._settings.ENVIRONMENT
        self._settings.ENVIRONMENT = environment.model_copy(update=changes)
        guard.forget()


@pytest.fixture
def limits(settings: Settings) -> Iterator[Setting]:
    """The shipped limits; call it to set others."""
    setting = Setting(settings)
    setting(**SHIPPED)
    yield setting
    guard.forget()


def solved(challenge: Any) -> str:
    """The work that a challenge asks for, done."""
    read = altcha.Challenge.from_dict(challenge)
    found = altcha.solve_challenge(read)
    assert found is not None
    return altcha.Payload(read, found).to_base64()
