"""Of an owner's name queue and claim page show the same initials, made in one place."""

import pytest

from recalldesk.claims.desk.masking import initials_of


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("", ""),
        ("Prince", "P."),
        ("  Ana  María de la Cruz ", "A. M. C."),
        ("maria del carmen lópez ruiz", "M. D. R."),
        ("(Bob) Ñandú", "Ñ."),
        ("李 小龙", "李. 小."),
    ],
)
def test_a_name_becomes_its_initials_on_every_page(name: str, initials: str) -> None:
    assert initials_of(name) == initials
