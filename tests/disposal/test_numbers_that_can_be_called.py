"""The phone number of a site: what a telephone can call, and what is only shown."""

import pytest

from recalldesk.disposal.telephones import callable_number


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("617-555-0168", "US", "+1-617-555-0168"),
        ("(617) 555-0168 ext. 12", "US", "+1-617-555-0168;ext=12"),
        ("+44 20 7946 0018", "GB", "+44-20-7946-0018"),
        ("311", "US", "311"),
        ("3-1-1", "US", "311"),
        ("see website", "US", ""),
        ("ask for 12", "US", ""),
        ("", "US", ""),
    ],
)
def test_a_number_is_called_as_the_country_does(text: str, country: str, number: str) -> None:
    assert callable_number(text, country) == number
