"""What only some recall files give: numbers of shops, which the search knows, and limits."""

import pytest

from tests.portal.conftest import Owner
from tests.portal.test_danger_of_the_product import RECALLED


@pytest.mark.parametrize("text", ["BR-7741-C", "br7741c", "BR 7741 C"])
def test_the_number_that_a_shop_gave_a_product_finds_it(owner: Owner, text: str) -> None:
    body = owner.sends("/en/search", q=text).content.decode()
    assert "Brisa Cabrio" in body
    assert "Brisa Estate" not in body
    assert "We found no such product" not in body


def test_the_limits_of_a_remedy_stand_beside_it(owner: Owner) -> None:
    body = owner.checks(RECALLED, recall="made-up-vehicles", country="GB").content.decode()
    assert "Stop using it now</h1>" in body
    assert "Worth £90" in body
    assert "To be used at: Brisa dealers or Brisa&#x27;s own site" in body
    assert "Valid for 24 months" in body


def test_a_remedy_is_shown_only_where_it_is_offered(owner: Owner) -> None:
    body = owner.checks(RECALLED, recall="made-up-vehicles", country="ES").content.decode()
    assert "A repair, free" in body
    assert "voucher" not in body
