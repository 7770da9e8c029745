"""Whoever changes a form raises its version: what is kept under the older one is made anew."""

from hashlib import sha256

from recalldesk.claims.payee_forms import payee_form
from recalldesk.foundation.normal_forms import FORMS_VERSION
from recalldesk.foundation.normal_forms.addresses import address_form
from recalldesk.foundation.normal_forms.emails import email_form
from recalldesk.foundation.normal_forms.words import name_words

HOME = {"country_code": "US", "street_address": "12 N. Oak Street, Apt.4B", "postal_code": "62704"}
ABROAD = {"country_code": "DE", "street_address": "Müllerstraße 12 Whg 04", "postal_code": "10115"}
EMAILS = ("O.l.ga+kettle@googlemail.com", "olga-a@yahoo.co.uk", "olga+a@hotmail.co.uk")
NAMES = ("Conor O Brien", "Jürgen Mueller", "Søren Łukasz", "Ana M. Ruiz")


def digest_of_forms() -> str:
    """Of some texts that touch each table; made up."""
    forms = (
        address_form(HOME),
        address_form(ABROAD),
        payee_form({"kind": "check"}, name=NAMES[0], address=HOME),
        *map(email_form, EMAILS),
        *map(name_words, NAMES),
    )
    return sha256(repr(forms).encode()).hexdigest()[:16]


def test_these_forms_are_of_this_version() -> None:
    """Where it fails, forms were changed: raise FORMS_VERSION and write the new digest here."""
    assert (FORMS_VERSION, digest_of_forms()) == (2, "82373c9fe2e23f0e")
