"""`recalldesk waves show` says for what each way waits, and what those who were told answered."""

from datetime import timedelta

import pytest

from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.states import AnswerKind, NoticeState, Way
from tests.cast import SLUG, Command
from tests.outreach.told import PLACE, Told

pytestmark = pytest.mark.django_db


def test_it_says_for_what_each_way_waits_and_what_was_answered(
    told: Told, command: Command
) -> None:
    ana = told.bought("Ana Example", email="ana@example.org", phone="+12025550111", address=PLACE)
    bob = told.bought("Bob Example", email="bob@example.org")
    wave = told.started(Way.EMAIL, Way.SMS, Way.LETTER, Way.PHONE)
    later = clock.now() + timedelta(hours=5)
    DirectNotice.objects.filter(wave=wave, way=Way.SMS).update(not_before=later)
    mail = DirectNotice.objects.filter(wave=wave, way=Way.EMAIL)
    mail.filter(purchaser=ana).update(not_before=later, last_error="network")
    mail.filter(purchaser=bob).update(state=NoticeState.SENT, sent_at=clock.now())
    answer(notice=mail.get(purchaser=bob), kind=AnswerKind.SOLD, units=1)
    said = command("waves", "show", SLUG, "1", "--as", "author@desk.example").out
    assert "E-mail: 2 notices = 1 waiting + 1 sent." in said
    assert "Of those waiting, 1 were tried and are tried again." in said
    assert "Text message: 1 notice = 1 waiting." in said
    assert "Of those waiting, 1 for the morning where they are read." in said
    assert f"`recalldesk waves letters list {SLUG} 1`" in said
    assert f"`recalldesk waves calls take {SLUG} 1" in said
    assert "Answers: 1 notice was answered.\n  Sold it or gave it away: 1" in said
