"""Who is at the keyboard is proved by a password, and a refusal tells nothing more."""

import pytest

from recalldesk.accounts.actions import prove
from recalldesk.accounts.errors import NotProved
from tests.cast import PASSWORD, Cast


def test_the_password_proves_the_person_in_any_letters_of_the_address(cast: Cast) -> None:
    assert prove(email="Author@Desk.Example", password=PASSWORD) == cast.author


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("author@desk.example", "wrong-kettle-battery"),
        ("author@desk.example", ""),
        ("author@desk.example", f"{PASSWORD} "),
        ("nobody@desk.example", PASSWORD),
        ("outsider@desk.example", PASSWORD),
        ("", PASSWORD),
        ("%@desk.example", PASSWORD),
        ("author@desk.example\x00", PASSWORD),
    ],
)
def test_all_others_get_one_and_the_same_refusal(cast: Cast, email: str, password: str) -> None:
    with pytest.raises(NotProved) as refused:
        prove(email=email, password=password)
    assert str(refused.value) == str(NotProved(*_one_refusal()))


def _one_refusal() -> tuple[str, str]:
    with pytest.raises(NotProved) as refused:
        prove(email="x@desk.example", password="x")
    return refused.value.message, refused.value.hint
