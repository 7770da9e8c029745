"""Whom no mail reaches gets letters on paper: each waits in a list until it was printed."""

from dataclasses import replace

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.audit.states import Actor, Reason
from recalldesk.claims.desk.posting import (
    calls_to_make,
    letters_to_print,
    note_called,
    note_printed,
    paper_letter,
)
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.errors import NotPossibleNow
from recalldesk.claims.messages import write_to_owner
from recalldesk.claims.models import Filing
from recalldesk.claims.moving import move_claim
from recalldesk.claims.states import Channel, ClaimState
from recalldesk.foundation import clock
from tests.cast import SERIALS
from tests.claims.desk.people import declined, rita, staff
from tests.claims.desk.test_by_phone_or_post import CALLED, enters
from tests.claims.owner import ACCOUNT, MONEY, OLGA, claim_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def by_letter(language: str = "en") -> Filing:
    return enters(replace(CALLED, phone="", language=language), channel=Channel.LETTER)


def upto() -> int:
    return letters_to_print(by=rita())[0].upto


def test_a_claim_by_letter_is_answered_by_letter() -> None:
    OLGA.files()
    filing = by_letter()
    assert [row.reference for row in letters_to_print(by=rita())] == [filing.reference]
    letter = paper_letter(filing_id=filing.pk, by=rita())
    assert letter.address[0] == CALLED.name
    assert "62704" in letter.address[-2]
    assert filing.reference in letter.paragraphs[0]
    assert "You hear from us by" in letter.paragraphs[0]


def test_what_was_printed_waits_no_more_until_there_is_news() -> None:
    filing = by_letter()
    first = upto()
    note_printed(filing_id=filing.pk, upto=first, by=rita())
    note_printed(filing_id=filing.pk, upto=first, by=rita())
    assert letters_to_print(by=rita()) == ()
    write_to_owner(filing_id=filing.pk, by=rita(), text="Which colour is it?", nonce="n")
    assert len(letters_to_print(by=rita())) == 1
    assert "Which colour is it?" in paper_letter(filing_id=filing.pk, by=rita()).paragraphs


def test_news_that_came_while_it_was_printed_is_not_lost() -> None:
    filing = by_letter()
    first = upto()
    write_to_owner(filing_id=filing.pk, by=rita(), text="Which colour is it?", nonce="n")
    with pytest.raises(NotPossibleNow):
        note_printed(filing_id=filing.pk, upto=first, by=rita())
    assert len(letters_to_print(by=rita())) == 1


def test_a_decision_stands_in_it_once_it_is_told() -> None:
    filing = by_letter("es")
    note_printed(filing_id=filing.pk, upto=upto(), by=rita())
    decision = declined(claim_of(filing))
    assert letters_to_print(by=rita()) == ()
    with time_machine.travel(decision.takes_effect_at, tick=False):
        tell_decision(decision_id=decision.pk)
    assert len(letters_to_print(by=rita())) == 1
    text = " ".join(paper_letter(filing_id=filing.pk, by=rita()).paragraphs)
    assert "No podemos aprobar" in text


def test_whose_mail_came_back_gets_a_letter_and_none_once_they_gave_another_address() -> None:
    filing = enters(replace(CALLED, email="carla@home.example"))
    assert letters_to_print(by=rita()) == ()
    Filing.objects.filter(pk=filing.pk).update(unreached_since=clock.now())
    assert [row.reference for row in letters_to_print(by=rita())] == [filing.reference]
    assert "62704" in paper_letter(filing_id=filing.pk, by=rita()).address[-2]
    note_printed(filing_id=filing.pk, upto=upto(), by=rita())
    assert letters_to_print(by=rita()) == ()
    write_to_owner(filing_id=filing.pk, by=rita(), text="Which colour is it?", nonce="n")
    assert len(letters_to_print(by=rita())) == 1
    Filing.objects.filter(pk=filing.pk).update(unreached_since=None)
    assert letters_to_print(by=rita()) == ()


def test_whose_mail_came_back_and_who_gave_no_address_gets_none() -> None:
    filing = OLGA.files(remedy=MONEY)
    Filing.objects.filter(pk=filing.pk).update(unreached_since=clock.now(), sealed_address=b"")
    assert letters_to_print(by=rita()) == ()


def test_a_viewer_opens_no_address() -> None:
    filing = by_letter()
    with pytest.raises(NotPermitted):
        paper_letter(filing_id=filing.pk, by=staff("vera", Role.VIEWER))


def test_many_letters_are_listed_by_one_query() -> None:
    for serial in SERIALS[:3]:
        enters(
            replace(CALLED, phone="", serials=(serial,)), channel=Channel.LETTER, nonce=f"n{serial}"
        )
    by = rita()
    with CaptureQueriesContext(connection) as asked:
        assert len(letters_to_print(by=by)) == 3
    assert len(asked) == 1


def test_the_address_stands_as_its_country_writes_it() -> None:
    filing = by_letter("es")
    assert paper_letter(filing_id=filing.pk, by=rita()).address == (
        "Carla Phoned-In",
        "77 Madeup Lane",
        "SPRINGFIELD, IL 62704",
        "ESTADOS UNIDOS",
    )


def machine(filing: Filing, to: ClaimState, reason: str = "") -> None:
    """What became of a remedy moves its claim."""
    claim = claim_of(filing)
    claim.filing = filing
    move_claim(claim=claim, to=to, actor=Actor.MACHINE, reason=reason, tags=())


def test_what_became_of_the_remedy_waits_in_it_and_says_what_is_asked() -> None:
    filing = by_letter()
    note_printed(filing_id=filing.pk, upto=upto(), by=rita())
    for state in (ClaimState.CHECKING, ClaimState.APPROVED, ClaimState.REMEDY_ORDERED):
        machine(filing, state)
    note_printed(filing_id=filing.pk, upto=upto(), by=rita())
    for state, reason, words in (
        (ClaimState.REMEDY_SENT, "", "Your remedy was sent."),
        (ClaimState.NEEDS_OWNER, Reason.CAME_BACK, "call or write to us with your right address"),
        (ClaimState.SETTLED, "", "Your claim is settled."),
        (ClaimState.NEEDS_OWNER, Reason.PAYEE_REFUSED, "The bank could not pay"),
    ):
        machine(filing, state, reason)
        (waiting,) = letters_to_print(by=rita())
        letter = paper_letter(filing_id=filing.pk, by=rita())
        assert words in letter.paragraphs[0]
        note_printed(filing_id=filing.pk, upto=waiting.upto, by=rita())
    assert letters_to_print(by=rita()) == ()


def test_that_it_is_ordered_is_no_letter_of_its_own() -> None:
    filing = by_letter()
    for state in (ClaimState.CHECKING, ClaimState.APPROVED):
        machine(filing, state)
    note_printed(filing_id=filing.pk, upto=upto(), by=rita())
    machine(filing, ClaimState.REMEDY_ORDERED)
    assert letters_to_print(by=rita()) == ()


def test_whom_neither_mail_nor_post_reaches_is_called(settings: Settings) -> None:
    settings.SMS = "none"
    filing = enters(
        replace(CALLED, remedy_key=MONEY, address=None, payee_kind="us_account", payee=ACCOUNT)
    )
    assert letters_to_print(by=rita()) == ()
    (waiting,) = calls_to_make(by=rita())
    assert waiting.reference == filing.reference
    for _ in range(2):
        note_called(filing_id=filing.pk, upto=waiting.upto, by=rita())
    assert calls_to_make(by=rita()) == ()
    write_to_owner(filing_id=filing.pk, by=rita(), text="Which colour is it?", nonce="n")
    assert len(calls_to_make(by=rita())) == 1
