"""The desk sees how many gift codes are left, and never one of them."""

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from recalldesk.accounts.permissions import Role
from recalldesk.remedies.providers.codes.handing_out import hand_out
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Desk
from tests.remedies.pooled import pool_of, wanted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
PAGE = "/desk/gift-codes/"


@pytest.fixture
def senior(client: Client, kettles: Desk) -> Client:
    kettles.apply()
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


def seen(client: Client) -> str:
    response = client.get(PAGE)
    assert response.status_code == 200
    return main_of(response)


def test_without_a_pool_it_says_so(senior: Client) -> None:
    assert "There is no pool of gift codes." in seen(senior)


def test_each_pool_stands_with_its_stock_and_without_a_code(senior: Client) -> None:
    pool = pool_of("MADEUP-0001", "MADEUP-0002", "MADEUP-0003")
    hand_out(wanted().id, pool)
    page = seen(senior)
    assert "cards-30" in page
    assert "30.00 USD" in page
    assert "is low" not in page
    assert "MADEUP" not in page


def test_what_is_low_empty_or_expired_is_said_first(senior: Client) -> None:
    pool_of("MADEUP-0001", name="few", low=5)
    pool_of(name="empty")
    pool_of("MADEUP-0002", name="old", expires=date(2020, 1, 2))
    page = seen(senior)
    assert "1 code left, at or below the limit of 5." in page
    assert "no code is left. Orders wait for a person." in page
    assert "its codes expired on 2 Jan 2020" in page


def test_whoever_may_not_look_after_remedies_is_refused(client: Client, kettles: Desk) -> None:
    kettles.apply()
    assert sign_in(client, staff(Role.REVIEWER)).get(PAGE).status_code == 403


def test_its_queries_do_not_grow_with_the_pools(
    senior: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        pool_of(f"MADEUP-{number:04}", name=f"pool-{number}")
    with django_assert_max_num_queries(12):
        seen(senior)
