"""What every test over WSGI needs: that the requests leave the test's transaction alone."""

from collections.abc import Iterator

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections


@pytest.fixture(autouse=True)
def _the_connection_stays() -> Iterator[None]:
    """A server gives its connections back after a request; a test's holds its transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
