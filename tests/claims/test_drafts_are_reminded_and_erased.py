"""A draft's owner is reminded once; after 30 days without a touch nothing of the draft is left."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.claims import access, erasing
from recalldesk.claims.drafting import choose_remedy
from recalldesk.claims.erasing import erase_drafts, remind_drafts
from recalldesk.claims.models import AccessLink, Claim, Filing, Pass
from recalldesk.claims.states import FilingState
from recalldesk.evidence.models import Photo
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import MailingState, Purpose
from tests.cast import SERIALS
from tests.claims.owner import CARD, OLGA, PAVEL, again, letters_of, log_of
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def after(days: float) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


def reminders(filing: Filing) -> int:
    return [letter[0] for letter in letters_of(filing)].count(Purpose.REMINDER)


def test_after_a_week_there_is_one_reminder_and_never_another() -> None:
    draft = OLGA.drafts()
    with after(6.9):
        assert remind_drafts() == 0
    with after(7.1):
        assert remind_drafts() == 1
        choose_remedy(filing_id=draft.pk, remedy_key=CARD)
    for days in (8, 15, 29):
        with after(days):
            assert remind_drafts() == 0
    assert reminders(draft) == 1


def test_the_reminder_names_the_day_and_does_not_keep_the_draft_longer() -> None:
    with time_machine.travel("2026-03-01T12:00:00Z", tick=False):
        draft = OLGA.drafts()
    with time_machine.travel("2026-03-09T12:00:00Z", tick=False):
        remind_drafts()
    (text,) = [letter[3] for letter in letters_of(draft) if letter[0] == Purpose.REMINDER]
    assert "March 31, 2026" in text
    with time_machine.travel("2026-03-31T12:00:01Z", tick=False):
        assert erase_drafts() == 1


def test_what_was_sent_or_has_no_address_is_not_reminded() -> None:
    filed, unreachable = OLGA.files(), PAVEL.opens()
    with after(8):
        assert remind_drafts() == 0
    assert reminders(filed) == reminders(unreachable) == 0


def test_whoever_gives_an_address_after_the_first_week_is_reminded_too() -> None:
    draft = OLGA.opens()
    with after(8):
        assert remind_drafts() == 0
        OLGA.fills(draft)
    with after(14.9):
        assert remind_drafts() == 0
    with after(15.1):
        assert remind_drafts() == 1
    assert reminders(draft) == 1


def test_no_mailbox_is_filled_by_reminders_of_drafts_that_name_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drafts = [OLGA.drafts() for _ in range(5)]
    monkeypatch.setattr(access, "MOST_LETTERS_A_DAY", 3)
    for days in (8, 8.1, 9.5):
        with after(days):
            remind_drafts()
    assert sum(reminders(draft) for draft in drafts) == 3


def test_nothing_of_a_left_draft_stays_but_its_rows_in_the_log(photos_folder: Path) -> None:
    draft = OLGA.drafts(photos=True)
    assert any(path.is_file() for path in photos_folder.rglob("*"))
    with after(29.9):
        assert erase_drafts() == 0
    with after(30.1):
        assert erase_drafts() == 1
        assert erase_drafts() == 0
        run_jobs(tasks=["evidence.forget_files"])
    for model in (Filing, Claim, Pass, AccessLink):
        assert not model.objects.exists()
    assert {photo.state for photo in Photo.objects.all()} == {"removed"}
    assert log_of(Subject.FILING, draft.pk)[-1] == ("draft", "erased", Reason.DRAFT_LEFT)
    of_photos = StateChange.objects.filter(subject__in=(Subject.PHOTO, Subject.EVIDENCE_SET))
    erased = of_photos.filter(to_state__in=("removed", "erased"))
    assert set(erased.values_list("actor", flat=True)) == {Actor.MACHINE}


def test_letters_of_a_left_draft_name_nobody_and_what_waits_is_not_sent() -> None:
    OLGA.drafts()
    with after(31):
        erase_drafts()
    (mailing,) = Mailing.objects.all()
    assert mailing.state == MailingState.GIVEN_UP
    assert (bytes(mailing.sealed_to), bytes(mailing.to_digest)) == (b"", b"")
    assert bytes(mailing.sealed_content) == b""


def test_a_touched_draft_and_a_filing_stay() -> None:
    draft, filed = OLGA.drafts(), PAVEL.files()
    with after(20):
        choose_remedy(filing_id=draft.pk, remedy_key=CARD)
    with after(49):
        assert erase_drafts() == 0
    with after(400):
        assert erase_drafts() == 1
    assert again(filed).state == FilingState.FILED


def test_however_many_there_are_all_are_erased_and_reminded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(erasing, "A_BATCH", 2)
    for serial in SERIALS:
        OLGA.drafts(serial)
    with after(8):
        assert remind_drafts() == 5
    with after(31):
        assert erase_drafts() == 5


def test_one_that_cannot_be_done_does_not_hold_up_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(erasing, "A_BATCH", 2)
    drafts = [OLGA.drafts(serial) for serial in SERIALS]
    Filing.objects.filter(pk=drafts[0].pk).update(sealed_email=b"not sealed by us")
    with after(8):
        assert remind_drafts() == 4
    assert [reminders(draft) for draft in drafts] == [0, 1, 1, 1, 1]
