"""A made-up owner's address is right in each country, and the account is one by its digits."""

import pytest
from stdnum import iban

from recalldesk.claims.addresses import normal_address
from recalldesk.drill.where_it_goes import made_up_iban, town_of


@pytest.mark.parametrize("country", ["US", "CA", "GB", "ES", "FR", "DE", "IT", "AU", "MX", "JP"])
def test_a_town_is_right_in_its_country(country: str) -> None:
    assert normal_address(country, {**town_of(country), "street_address": "7 Sample Lane"})


def test_accounts_are_right_by_their_digits_and_differ() -> None:
    accounts = [made_up_iban(number) for number in range(1, 50)]

    assert all(iban.is_valid(each) for each in accounts)
    assert len(set(accounts)) == len(accounts)
