"""Where a link leads that is written outside a request."""

import pytest
from pytest_django import Settings

from recalldesk.mailing.sites import site_at


@pytest.fixture(autouse=True)
def installed(settings: Settings) -> None:
    settings.IS_PRODUCTION = True
    settings.ALLOWED_HOSTS = [".firm.example", "desk.firm.example"]


def test_to_the_address_that_is_named() -> None:
    named = "https://recall.firm.example:8443"
    assert site_at(named + "/", hosts=("recall.brand.example",)) == named


def test_else_to_the_first_host_and_never_to_a_pattern() -> None:
    assert site_at("", hosts=("recall.brand.example",)) == "https://recall.brand.example"
    assert site_at("") == "https://firm.example"


def test_outside_production_to_this_machine(settings: Settings) -> None:
    settings.IS_PRODUCTION = False
    port = settings.ENVIRONMENT.port
    assert site_at("", hosts=("recall.brand.example",)) == f"http://127.0.0.1:{port}"
    assert site_at("", machine="localhost") == f"http://localhost:{port}"
