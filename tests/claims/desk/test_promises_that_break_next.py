"""What breaks next is listed, and mailed to the desk each morning, once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.claims.desk import breaking
from recalldesk.claims.desk.breaking import mail_promises, promises_about_to_break
from recalldesk.claims.models import Claim
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from tests.cast import SERIALS
from tests.claims.desk.people import declined, rita, staff, waiting_claim
from tests.claims.owner import OLGA
from tests.claims.queued import queued

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def promised(serial: str, in_days: int) -> Claim:
    claim = waiting_claim(serial=serial)
    day = clock.now().date() + timedelta(days=in_days)
    Claim.objects.filter(pk=claim.pk).update(promised_on=day)
    return claim


def mails() -> list[Mailing]:
    return list(Mailing.objects.filter(purpose=Purpose.PROMISES_TO_DESK))


def test_the_oldest_comes_first_and_what_is_not_due_is_left_out() -> None:
    late, later, today = (
        promised(serial, days) for serial, days in zip(SERIALS, (-2, 5, 0), strict=False)
    )
    until = clock.now().date() + timedelta(days=1)
    found = promises_about_to_break(by=rita(), until=until)
    assert [each.claim_id for each in found] == [late.pk, today.pk]
    assert later.filing.reference not in {each.reference for each in found}


def test_a_decided_claim_breaks_no_promise_of_a_decision() -> None:
    claim = promised(SERIALS[0], -2)
    declined(claim)
    assert promises_about_to_break(by=rita(), until=clock.now().date()) == ()


def test_who_may_see_no_claims_sees_no_promises() -> None:
    person = staff("vera", Role.VIEWER)
    person.is_active = False
    with pytest.raises(NotPermitted):
        promises_about_to_break(by=person, until=clock.now().date())


def test_the_mail_counts_and_names_references_only() -> None:
    claims = [promised(serial, days) for serial, days in zip(SERIALS, (-2, 0, 1, 9), strict=False)]
    assert mail_promises() == 1
    content = content_of(mails()[0])
    assert content.subject == "kettle-k20: 1 late, 1 due today"
    named = [claim.filing.reference in content.text for claim in claims]
    assert named == [True, True, True, False]
    assert SERIALS[0] not in content.text
    assert OLGA.email not in content.text


def test_the_same_morning_sends_it_once_and_the_next_again() -> None:
    promised(SERIALS[0], -2)
    assert [mail_promises(), mail_promises()] == [1, 0]
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        assert mail_promises() == 1


def test_of_many_late_promises_it_counts_all_and_reads_those_that_it_names(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breaking, "MOST_NAMED", 2)
    days = [date(2026, 1, day) for day in (4, 1, 3, 2)]
    claims = {day: Claim.objects.get(pk=pk) for day, pk in zip(days, queued(*days), strict=True)}
    with CaptureQueriesContext(connection) as asked:
        assert mail_promises() == 1
    text = content_of(mails()[0]).text
    named = [claims[day].filing.reference in text for day in sorted(days)]
    assert "Late: 4 claims." in text
    assert (named, "…" in text) == ([True, True, False, False], True)
    read = [each["sql"] for each in asked if 'FROM "claims_claim"' in each["sql"]]
    assert read
    assert all("COUNT(" in sql or "LIMIT" in sql for sql in read)


def test_a_recall_with_nothing_due_sends_nothing() -> None:
    promised(SERIALS[0], 9)
    assert mail_promises() == 0
    assert mails() == []
