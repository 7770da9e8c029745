"""The security suite on what is served: the lane, and Django behind it."""

import pytest
from django.core.wsgi import get_wsgi_application
from pytest_django import Settings

from tests.applications import served
from tests.contracts.security import Security
from tests.contracts.test_security_of_the_django_views import HSTS, _the_connection_stays
from tests.contracts.wsgi import Server

__all__ = ["_the_connection_stays"]


@pytest.fixture
def server(published_recall: object) -> Server:
    return Server(served().with_lane(get_wsgi_application()))


@pytest.fixture
def secure_server(published_recall: object, settings: Settings) -> Server:
    """As in production, where the application stands behind TLS."""
    settings.SECURE_HSTS_SECONDS = HSTS
    return Server(served().with_lane(get_wsgi_application()))


class TestTheLane(Security):
    """Every address and answer of the product, as a server gives it."""
