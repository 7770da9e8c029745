"""`recalldesk waves letters|calls|returned` and `purchasers shops`: what they say and write."""

import csv
from datetime import timedelta
from pathlib import Path

import pytest

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.answering.next_owner import NextOwner
from recalldesk.outreach.letters.reference import reference_of
from recalldesk.outreach.states import AnswerKind, NoticeState, Way
from tests.cast import SLUG, Command
from tests.outreach.told import PLACE, Told

pytestmark = pytest.mark.django_db
AS = ("--as", "author@desk.example")
TO_PRINT = (*AS, "--reason", "To the printer", "--to")


def ran(command: Command, *words: str) -> str:
    done = command(*words)
    assert (done.code, done.err) == (0, "")
    return done.out


def test_letters_go_from_a_wave_to_the_post_and_back(
    told: Told, command: Command, tmp_path: Path
) -> None:
    told.bought("Ana Example", address=PLACE)
    wave = told.started(Way.LETTER)
    of_wave = (SLUG, str(wave.number))
    assert "1 letter waits on Letter" in ran(command, "waves", "letters", "list", *of_wave, *AS)
    made = ran(command, "waves", "letters", "make", *of_wave, *AS, "--paper", "letter")
    assert "Print file 1 is made: 1 letter." in made
    file = (*of_wave, "1")
    addresses = tmp_path / "addresses.csv"
    ran(command, "waves", "letters", "take", *file, *TO_PRINT, str(addresses))
    (row,) = csv.DictReader(addresses.read_text("utf-8-sig").splitlines())
    reference = row["Reference"].removeprefix("'")
    refused = command("waves", "letters", "take", *file, *TO_PRINT, str(addresses))
    assert refused.code == 1
    assert "is there already" in refused.err
    assert "1 letter waits" in ran(command, "waves", "letters", "put-back", *file, *AS)
    ran(command, "waves", "letters", "make", *of_wave, *AS, "--paper", "letter")
    early = command("waves", "letters", "posted", *of_wave, "2", *AS)
    assert (early.code, "Nobody took file 2 out yet" in early.err) == (1, True)
    assert "2: 1 letter on Letter" in ran(command, "waves", "letters", "list", *of_wave, *AS)
    ran(command, "waves", "letters", "take", *of_wave, "2", *TO_PRINT, str(tmp_path / "l.pdf"))
    posted = ran(command, "waves", "letters", "posted", *of_wave, "2", *AS)
    assert "1 letter counts as sent" in posted
    log = StateChange.objects.filter(subject=Subject.NOTICE).exclude(actor_id=told.cast.author.pk)
    assert not log.exists(), "the log of each letter says who had it printed and posted"
    back = tmp_path / "back.txt"
    back.write_text(f"{reference}\nN-NONE\n", encoding="utf-8")
    said = ran(command, "waves", "returned", str(back), *AS)
    assert "2 lines = 1 came back + 0 known before + 0 blank + 1 not taken" in said
    assert wave.notices.get().state == NoticeState.BOUNCED
    back.write_text("N-NONE\n", encoding="utf-8")
    nothing = command("waves", "returned", str(back), *AS)
    assert (nothing.code, "No letter was entered" in nothing.err) == (1, True)
    assert "1 came back" in ran(command, "waves", "letters", "list", *of_wave, *AS)


def test_calls_come_back_from_a_call_centre(told: Told, command: Command, tmp_path: Path) -> None:
    told.bought("Ana Example", phone="+12025550111")
    wave = told.started(Way.PHONE)
    at = (clock.now() - timedelta(hours=1)).isoformat()
    reference = reference_of(wave.notices.get().pk)
    file, rejects = tmp_path / "calls.csv", tmp_path / "rejects.csv"
    file.write_text(
        f"reference,outcome,called at\n{reference},told,{at}\n{reference},sang,{at}\n",
        encoding="utf-8",
    )
    more = (str(file), *AS, "--rejects", str(rejects))
    said = ran(command, "waves", "calls", "read", *more)
    assert "3 lines = 1 heading + 1 accepted + 1 rejected + 0 duplicate + 0 blank" in said
    assert "says no outcome that is known" in rejects.read_text("utf-8-sig")
    assert wave.notices.get().state == NoticeState.SENT


def test_a_shop_is_asked_and_says_whom_it_told(
    told: Told, command: Command, tmp_path: Path
) -> None:
    told.purchase(None)
    shops = ("purchasers", "shops")
    asked = (*AS, "--channel", "amazon", "--shop", "Example Shop")
    assert "1 order, 1 unit" in ran(command, *shops, "ask", SLUG, *asked, "--count")
    assert "No shop was asked" in ran(command, *shops, "list", SLUG, *AS)
    assert "Safety recall: " in ran(command, *shops, "ask", SLUG, *asked)
    orders = tmp_path / "orders.csv"
    ran(command, *shops, "take", SLUG, "1", *TO_PRINT, str(orders))
    filled = tmp_path / "filled.csv"
    rows = list(csv.reader(orders.read_text("utf-8-sig").splitlines()))
    rows[1][-1] = "told"
    with filled.open("w", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    read = (*shops, "read", SLUG, "1", str(filled), *AS)
    assert "= 1 heading + 1 accepted" in ran(command, *read, "--look")
    assert "0 not said" not in ran(command, *shops, "list", SLUG, *AS)
    ran(command, *read)
    counts = ("--told", "1", "--failed", "0")
    ran(command, *shops, "counts", SLUG, "1", *AS, *counts)
    said = ran(command, *shops, "list", SLUG, *AS)
    assert "1 order asked, 1 told, 0 failed, 0 not said yet; its word: 1 told, 0 failed" in said


def test_new_owners_are_listed_and_told(told: Told, command: Command) -> None:
    buyer = told.bought(email="ana@example.org")
    notice = told.notice(told.sent(), buyer)
    owner = NextOwner("Nia", "+12025550119")
    theirs = answer(notice=notice, kind=AnswerKind.SOLD, next_owner=owner).led_to.get()
    listed = ran(command, "waves", "new-owners", "list", SLUG, *AS)
    assert f"{theirs.pk}: •••19, wave 1" in listed
    assert "1 new owner is left to tell" in listed
    done = ran(command, "waves", "new-owners", "told", str(theirs.pk), "--how", "met", *AS)
    assert "counts as told" in done
    assert "0 new owners are left" in ran(command, "waves", "new-owners", "list", SLUG, *AS)
