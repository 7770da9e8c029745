"""What was sent for a filing is shown without addresses, and forgotten on demand."""

import pytest
from django.core.mail import EmailMessage

from recalldesk.mailing.actions import forget_recipient
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.reads import filing_id_of, mailings_of_filing, masked
from recalldesk.mailing.states import Channel, MailingState
from tests.mailing.post import TO, a_mail, a_text
from tests.worked import run_jobs, waiting

pytestmark = pytest.mark.django_db
Outbox = list[EmailMessage]


@pytest.mark.parametrize(
    ("to", "shown"),
    [
        ("olga@home.example", "o•••@home.example"),
        ("o@home.example", "o•••@home.example"),
        ('"a@b"@home.example', '"•••@home.example'),
        ("+12025550143", "•••43"),
        ("", ""),
    ],
)
def test_enough_of_an_address_is_shown_to_know_it(to: str, shown: str) -> None:
    assert masked(to) == shown


def test_everything_of_a_filing_is_shown_the_newest_first(mailoutbox: Outbox) -> None:
    first, second = a_mail(filing_id=7), a_text(filing_id=7)
    a_mail(filing_id=8)
    run_jobs()
    seen = mailings_of_filing(7)
    assert [each.mailing_id for each in seen] == [second.pk, first.pk]
    assert [each.channel for each in seen] == [Channel.SMS, Channel.EMAIL]
    assert [each.has_failed for each in seen] == [False, False]
    assert TO not in repr(seen)
    assert seen[1].sent_at is not None


def test_one_of_them_and_whose_it_is() -> None:
    mailing = a_mail(filing_id=7, to="nobody")
    run_jobs()
    (seen,) = mailings_of_filing(7)
    assert (seen.state, seen.has_failed) == (MailingState.REFUSED, True)
    assert filing_id_of(mailing.pk) == 7
    assert mailings_of_filing(8) == []
    assert filing_id_of(mailing.pk + 1) is None


def test_whoever_is_forgotten_is_known_by_no_address_and_gets_nothing_more(
    mailoutbox: Outbox,
) -> None:
    sent = a_mail(filing_id=7)
    run_jobs()
    waits = a_mail(filing_id=7)
    other = a_mail(filing_id=8)
    assert forget_recipient(filing_id=7) == 2
    run_jobs()
    assert len(mailoutbox) == 2
    for mailing in (sent, waits):
        mailing.refresh_from_db()
        assert (bytes(mailing.sealed_to), bytes(mailing.to_digest)) == (b"", b"")
    assert [each.masked_to for each in mailings_of_filing(7)] == ["", ""]
    assert (sent.state, waits.state) == (MailingState.SENT, MailingState.GIVEN_UP)
    assert waiting("claims.mail_failed") == []
    assert bytes(Mailing.objects.get(pk=other.pk).sealed_to)
