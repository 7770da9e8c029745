"""From a brand's check page, its products are meant, whether or not a model was chosen."""

from tests.portal.conftest import Owner

NEVER_MADE = "SNDC0REWKX888888"


def test_a_serial_that_was_never_made_is_looked_at_again(owner: Owner) -> None:
    body = owner.checks(NEVER_MADE, recall="soundcore-a3102-a3302", brand="soundcore")
    assert "look again" in body.content.decode()


def test_asked_from_no_page_it_may_be_another_products(owner: Owner) -> None:
    assert "is not in" in owner.checks(NEVER_MADE).content.decode()
