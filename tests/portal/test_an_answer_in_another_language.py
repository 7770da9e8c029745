"""Who changes the language of an answer gets the same answer, and types nothing again."""

import re

import pytest

from tests.portal.conftest import Owner
from tests.portal.test_the_four_answers import (
    ANKER,
    far_from_all,
    heading,
    misread,
    token_in,
)

FORM = re.compile(r'<form method="post" action="(/es/[^"]*)">(.*?)</form>', re.S)
FIELD = re.compile(r'name="(\w+)" value="([^"]*)"')


def in_spanish(owner: Owner, body: str) -> str:
    """The page that the link to Spanish leads to."""
    found = FORM.search(body)
    assert found
    address, fields = found.groups()
    answer = owner.sends(address, **dict(FIELD.findall(fields)))
    assert answer.status_code in (200, 422)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (lambda owner: owner.recalled(), "Deje de usar el producto ya"),
        (lambda owner: misread(owner.recalled()), "Mire otra vez, por favor"),
        (lambda _owner: far_from_all(), "El número de serie que indicó no está en este retiro"),
        (lambda _owner: "", "¿Está mi batería externa en el retiro?"),
    ],
    ids=["affected", "look again", "not affected", "nothing typed"],
)
def test_the_same_answer_comes_in_spanish(owner: Owner, of: object, words: str) -> None:
    assert callable(of)
    body = owner.checks(of(owner), **ANKER).content.decode()
    assert heading(in_spanish(owner, body)) == words


def test_what_was_asked_before_still_binds(owner: Owner) -> None:
    first = owner.checks(misread(owner.recalled()), **ANKER).content.decode()
    second = owner.checks(far_from_all(), second_look=token_in(first), **ANKER).content.decode()
    assert heading(in_spanish(owner, second)) == "Una persona lo decide con usted"


def test_changing_the_language_is_no_second_look(owner: Owner) -> None:
    first = owner.checks(misread(owner.recalled()), **ANKER).content.decode()
    spanish = in_spanish(owner, first)
    assert heading(spanish) == "Mire otra vez, por favor"
    again = owner.checks(
        misread(owner.recalled()), language="es", second_look=token_in(spanish), **ANKER
    )
    assert heading(again.content.decode()) == "Una persona lo decide con usted"
