"""The security suite on the plain Django application, and that the suite leaves no address out."""

import pytest
from django.core.wsgi import get_wsgi_application
from django.urls import Resolver404, resolve
from pytest_django import Settings

from tests.architecture.test_every_address_is_public_by_name import FILLING, OF_PARTNERS, PUBLIC
from tests.contracts.security import ADDRESSES, Security, holds_nothing_inline
from tests.contracts.wsgi import Response, Server
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

HSTS = 31_536_000


@pytest.fixture
def server(published_recall: object) -> Server:
    return Server(get_wsgi_application())


@pytest.fixture
def secure_server(published_recall: object, settings: Settings) -> Server:
    """As in production, where the application stands behind TLS."""
    settings.SECURE_HSTS_SECONDS = HSTS
    return Server(get_wsgi_application())


class TestDjango(Security):
    """Every address and answer of the product."""


@pytest.mark.parametrize(
    "page",
    [
        '<p style="x">',
        "<style>p{}</style>",
        "<script>1</script>",
        "<a onclick=x>",
        '<a href=" JavaScript:x">',
        '<img src="//x">',
        '<link href="https://x/y.css">',
    ],
)
def test_the_suite_sees_what_is_inline(page: str) -> None:
    with pytest.raises(AssertionError):
        holds_nothing_inline(Response(200, (), page.encode()))


def test_every_address_stands_in_the_suite() -> None:
    assert set(ADDRESSES) == PUBLIC | FILLING | set(OF_PARTNERS)


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_of_the_suite_is_what_it_says(name: str) -> None:
    try:
        match = resolve(ADDRESSES[name])
    except Resolver404:
        pytest.fail(f"{ADDRESSES[name]} leads nowhere")
    assert match.view_name == name
