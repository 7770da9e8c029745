"""Who may approve a wave is written to when it waits for them, and whoever asked of the answer."""

import pytest

from recalldesk.mailing.content import content_of, recipient_of
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.outreach.waves.actions import ask_for_approval, draft_wave, send_back
from tests.outreach.told import Told

pytestmark = pytest.mark.django_db


def mails() -> list[tuple[str, str]]:
    rows = Mailing.objects.filter(purpose=Purpose.WAVE_TO_DESK).order_by("pk")
    return [(recipient_of(row), content_of(row).subject) for row in rows]


def test_those_who_may_approve_it_are_told_and_not_who_wrote_it(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = ask_for_approval(
        draft_wave(recall=told.recall, name="", by=told.cast.author), by=told.cast.author
    )
    told_to = {to for to, _ in mails()}
    assert told_to
    assert told.cast.author.email not in told_to
    assert {subject for _, subject in mails()} == {
        f"{told.recall.slug}: wave {wave.number} waits for your approval"
    }


def test_who_asked_is_told_that_it_was_sent_back_and_not_why(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = ask_for_approval(
        draft_wave(recall=told.recall, name="", by=told.cast.author), by=told.cast.author
    )
    before = len(mails())
    send_back(wave, by=told.cast.approver, reason="A made-up secret.")
    assert mails()[before:] == [
        (told.cast.author.email, f"{told.recall.slug}: wave {wave.number} was sent back")
    ]
    last = Mailing.objects.order_by("-pk")[0]
    assert "secret" not in content_of(last).text


def test_who_asked_is_told_that_it_is_approved(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.approved()
    assert wave.asked_by is not None
    assert mails()[-1] == (
        wave.asked_by.email,
        f"{told.recall.slug}: wave {wave.number} is approved",
    )
