"""A process that has counted nothing yet."""

from collections.abc import Iterator

import pytest

from recalldesk.checks import counts


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """Before and after each test."""
    counts.forget()
    yield
    counts.forget()
