"""What arrives in one box, names one person or pays into one account has one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.payee_forms import payee_form
from recalldesk.claims.payees import PayeeKind, normal_payee
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.normal_forms.words import name_words, plain
from tests.claims.owner import ACCOUNT, STREET

NAMES = st.from_regex(r"[a-z][a-z0-9]{0,12}", fullmatch=True)
HOME = {"country_code": "US", **STREET}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("olga.quispe@gmail.com", "OlgaQuispe+recall@googlemail.com"),
        ("olga@icloud.com", "olga+a@me.com"),
        ("olga@outlook.com", "olga+kettle@Outlook.com"),
        ("olga@yahoo.com", "olga-kettle@yahoo.com"),
        ("o.lga@proton.me", "olga+x@protonmail.com"),
        ("olga@bücher.example", "OLGA@xn--bcher-kva.example"),
        ("Olga@home.example", "olga@home.example"),
        ("olga@hotmail.co.uk", "olga+kettle@hotmail.co.uk"),
        ("olga@live.fr", "olga+a@live.fr"),
        ("olga@outlook.de", "olga+a@outlook.de"),
        ("olga@yahoo.co.uk", "olga-kettle@yahoo.co.uk"),
        ("olga@yahoo.es", "olga+kettle@yahoo.es"),
        ("olga@aol.com", "olga+kettle@aol.com"),
    ],
)
def test_one_box_has_one_form(one: str, other: str) -> None:
    assert email_form(one) == email_form(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("olga.quispe@home.example", "olgaquispe@home.example"),
        ("olga+a@home.example", "olga+b@home.example"),
        ("olga-a@gmail.com", "olga-b@gmail.com"),
        ("olga.a@outlook.com", "olgaa@outlook.com"),
        ("olga@gmail.com", "olga@gmail.example"),
        ("olga@live.com", "olga@hotmail.com"),
        ("olga@hotmail.co.uk", "olga@hotmail.com"),
        ("olga@yahoo.co.uk", "olga@yahoo.com"),
        ("olga.a@hotmail.fr", "olgaa@hotmail.fr"),
    ],
)
def test_what_a_provider_may_tell_apart_stays_apart(one: str, other: str) -> None:
    assert email_form(one) != email_form(other)


@pytest.mark.parametrize("text", ["", "olga", "@gmail.com", "olga@", "+a@"])
def test_what_is_no_address_has_no_form(text: str) -> None:
    assert email_form(text) == ""


def test_a_name_of_signs_alone_stays_a_name() -> None:
    assert email_form("...@gmail.com") == "...@gmail.com"


@given(NAMES, NAMES, st.sampled_from(["gmail.com", "icloud.com", "home.example", "yahoo.com"]))
def test_the_form_of_a_form_is_itself(name: str, tag: str, domain: str) -> None:
    once = email_form(f"{name}.{name}+{tag}@{domain}")
    assert email_form(once) == once


@given(st.text(max_size=40))
def test_the_words_of_words_are_themselves(name: str) -> None:
    words = name_words(name)
    assert name_words(" ".join(words)) == words
    assert name_words(" ".join(reversed(words))) == words
    assert plain(plain(name)) == plain(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Olga Quispe", "QUISPE, Olga"),
        ("José Núñez", "Jose Nunez"),
        ("Søren Łukasz", "Soren Lukasz"),
        ("Ana M. Ruiz", "Ana Ruiz"),
        ("Conor O’Brien", "Conor OBrien"),
        ("Anna Groß", "Anna Gross"),
        ("Jürgen Müller", "Juergen Mueller"),
        ("Kirsten Jørgensen", "Kirsten Joergensen"),
        ("Åse Kjær", "Aase Kjaer"),
        ("Conor O'Brien", "Conor O Brien"),
        ("Conor O'Brien", "Conor O-Brien"),
        ("Fiona McDonald", "Fiona Mc Donald"),
        ("Ana O. Ruiz", "Ana Ruiz"),
    ],
)
def test_one_name_has_one_set_of_words(one: str, other: str) -> None:
    assert name_words(one) == name_words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Joe Ruiz", "Jo Ruiz"), ("Sue Ruiz", "Su Ruiz"), ("Ana Brien", "Ana OBrien")],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert name_words(one) != name_words(other)


def test_an_account_is_its_number_whoever_holds_it() -> None:
    kept = normal_payee("US", PayeeKind.US_ACCOUNT, ACCOUNT)
    other = kept | {"account_holder": "Pavel Imagined"}
    assert payee_form(kept, name="Olga", address={}) == payee_form(other, name="P", address=HOME)
    assert payee_form(kept, name="", address={}) != payee_form(
        kept | {"account_number": "900011112223"}, name="", address={}
    )


def test_an_iban_is_itself_without_spaces() -> None:
    spaced = {"kind": "iban", "iban": "de89 3704 0044 0532 0130 00"}
    whole = {"kind": "iban", "iban": "DE89370400440532013000"}
    assert payee_form(spaced, name="", address={}) == payee_form(whole, name="", address={})


def test_a_check_goes_to_a_name_at_an_address() -> None:
    check = {"kind": "check"}
    one = payee_form(check, name="Olga Quispe", address=HOME)
    assert one == payee_form(check, name="quispe olga", address=HOME)
    assert one != payee_form(check, name="Pavel Imagined", address=HOME)
    assert payee_form(check, name="Olga Quispe", address={}) == ""
    assert payee_form({}, name="Olga", address=HOME) == ""
