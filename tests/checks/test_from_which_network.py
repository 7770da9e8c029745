"""From which network a claim came: as clients are limited, and nobody where nothing is known."""

import pytest
from pytest_django import Settings

from recalldesk.checks.network import network_of


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("8.8.4.4", "8.8.4.4"),
        ("2606:4700:1:2:3:4:5:6", "2606:4700:1:2::"),
        ("2606:4700:1:2:ffff::1", "2606:4700:1:2::"),
        ("::ffff:8.8.4.4", "8.8.4.4"),
        ("127.0.0.1", ""),
        ("10.1.2.3", ""),
        ("::1", ""),
        ("", ""),
        ("no address", ""),
    ],
)
def test_an_address_of_the_internet_is_a_network_and_no_other_is(
    address: str, network: str
) -> None:
    assert network_of({"REMOTE_ADDR": address}) == network


def test_only_a_proxy_that_was_named_says_who_comes_through_it(settings: Settings) -> None:
    through = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "8.8.4.4"}
    assert network_of(through) == ""
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update={"trusted_proxies": "10.0.0.0/8"})
    assert network_of(through) == "8.8.4.4"
