"""A call or a letter that nobody finishes holds its contact for thirty days, and no longer."""

from datetime import timedelta

import pytest

from recalldesk.claims.states import SheetForm
from recalldesk.foundation import clock
from recalldesk.notices.papers.kinds import Paper
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.audience.counting import NotReached, preview
from recalldesk.outreach.calling.call_centre import take_call_list
from recalldesk.outreach.calling.outcomes import record_call
from recalldesk.outreach.letters.contents import take_pdf
from recalldesk.outreach.letters.files import make_letter_file, mark_posted
from recalldesk.outreach.models import DirectNotice, LetterFile, Wave
from recalldesk.outreach.proof.gathering import proof_of
from recalldesk.outreach.states import CallOutcome, NoticeState, WaveKind, Way, Withheld
from recalldesk.outreach.waves.actions import stop_wave
from tests.outreach.told import PLACE, Told

LONG_AGO = timedelta(days=31)


def past(wave: Wave, **more: object) -> None:
    """All of it happened thirty-one days ago."""
    then = clock.now() - LONG_AGO
    wave.notices.update(made_at=then, **more)
    for each in ("tried_at", "not_before", "handed_out_at"):
        wave.notices.exclude(**{each: None}).update(**{each: then})


def printed(told: Told, wave: Wave) -> LetterFile:
    file = make_letter_file(wave=wave, paper=Paper.LETTER, by=told.cast.author)
    assert file is not None
    return file


def handed_out(told: Told, wave: Wave) -> LetterFile:
    file = printed(told, wave)
    take_pdf(file=file, by=told.cast.author, reason="To the printer")
    return file


def test_a_call_that_was_handed_out_holds_its_contact_for_a_while(told: Told) -> None:
    told.bought(phone="+12025550111")
    first = told.started(Way.PHONE)
    take_call_list(wave=first, by=told.cast.author, reason="Calls", form=SheetForm.CSV)
    again = told.draft(Way.PHONE)
    assert preview(again, by=told.cast.author).not_reached == {NotReached.TOLD: 1}
    past(first)
    found = preview(again, by=told.cast.author)
    assert (found.notices, found.perhaps_told) == (1, 1)
    told.start(again)
    old = first.notices.get()
    assert (old.state, old.withheld) == (NoticeState.WITHHELD, Withheld.LAPSED)
    assert again.notices.get().state == NoticeState.WAITING


def test_what_the_old_notice_alone_names_is_not_lost(told: Told) -> None:
    buyer = told.buyer(phone="+12025550111")
    told.purchase(buyer, product="k20")
    told.purchase(buyer, product="k20", country="CA")
    first = told.started(Way.PHONE)
    past(first)
    again = told.draft(Way.PHONE, audience=Audience(countries=("US",)))
    told.start(again)
    assert first.notices.get().state == NoticeState.WAITING


@pytest.mark.parametrize("days", [14, 31])
def test_a_letter_that_was_never_posted_holds_back_no_reminder_by_mail(
    told: Told, days: int
) -> None:
    told.bought(email="ana@example.org", address=PLACE)
    mails = told.sent(Way.EMAIL)
    mails.notices.update(sent_at=clock.now() - LONG_AGO)
    letters = told.started(Way.LETTER)
    then = clock.now() - timedelta(days=days)
    handed_out(told, letters)
    letters.notices.update(made_at=then, handed_out_at=then)
    DirectNotice.objects.filter(wave=mails).update(sent_at=then)
    reminder = told.draft(Way.EMAIL, Way.LETTER, kind=WaveKind.REMINDER, silent_days=10)
    assert preview(reminder, by=told.cast.author).by_way == {Way.EMAIL: 1}
    first = told.draft(Way.LETTER)
    assert preview(first, by=told.cast.author).notices == (1 if days > 30 else 0)


def test_a_file_that_was_handed_out_and_then_stopped_is_said_so(told: Told) -> None:
    ana = told.bought(address=PLACE)
    wave = told.started(Way.LETTER)
    file = handed_out(told, wave)
    stop_wave(wave, by=told.cast.author, reason="Made up")
    again = told.draft(Way.LETTER)
    found = preview(again, by=told.cast.author)
    assert (found.notices, found.perhaps_told) == (1, 1)
    assert found.stored()["perhaps_told"] == 1
    (notice,) = proof_of(told.recall, ana.pk, by=told.cast.author).notices
    assert notice.why.startswith("Its wave was stopped, after it was handed out on ")
    assert "may have reached them" in notice.why
    assert mark_posted(file_id=file.pk, on=clock.now().date(), by=told.cast.author) == 1
    assert preview(again, by=told.cast.author).not_reached == {NotReached.TOLD: 1}


def test_a_file_that_nobody_took_reached_nobody(told: Told) -> None:
    told.bought(address=PLACE)
    wave = told.started(Way.LETTER)
    printed(told, wave)
    stop_wave(wave, by=told.cast.author, reason="Made up")
    found = preview(told.draft(Way.LETTER), by=told.cast.author)
    assert (found.notices, found.perhaps_told) == (1, 0)


def test_what_a_call_centre_says_after_all_counts(told: Told) -> None:
    told.bought(phone="+12025550111")
    wave = told.started(Way.PHONE)
    take_call_list(wave=wave, by=told.cast.author, reason="Calls", form=SheetForm.CSV)
    stop_wave(wave, by=told.cast.author, reason="Made up")
    notice = wave.notices.get()
    record_call(notice_id=notice.pk, outcome=CallOutcome.TOLD, by=told.cast.author)
    notice.refresh_from_db()
    assert (notice.state, notice.withheld) == (NoticeState.SENT, "")
