"""A wave is drafted, asked for, approved by another, started: then its notices are there."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import Error, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.models import NamedPurchase, Wave, WaveText
from recalldesk.outreach.reads.waves import wave_shown, waves_of
from recalldesk.outreach.states import NoticeState, WaveState, Way, Withheld
from recalldesk.outreach.waves.actions import (
    approve_wave,
    ask_for_approval,
    change_wave,
    draft_wave,
    pause_wave,
    resume_wave,
    send_back,
    stop_wave,
    take_back,
    write_text,
)
from recalldesk.outreach.waves.errors import NoSuchWave, WaveRefused
from recalldesk.outreach.waves.preparing import prepare_wave
from recalldesk.outreach.waves.starting import start_due_waves, start_wave
from recalldesk.purchasers.states import Channel
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from tests.outreach.told import PLACE, Told


def test_each_contact_gets_one_notice_that_names_what_was_bought_under_it(told: Told) -> None:
    ana = told.bought(email="ana@example.org", phone="+12025550111", address=PLACE)
    told.bought("Ben Example", email="ana@example.org", units=2)
    wave = told.started(Way.EMAIL, Way.SMS, Way.LETTER)
    assert wave.state == WaveState.SENDING
    found = {each.way: each for each in wave.notices.all()}
    assert {way: each.units for way, each in found.items()} == {
        Way.EMAIL: 3,
        Way.SMS: 1,
        Way.LETTER: 1,
    }
    assert {each.state for each in found.values()} == {NoticeState.WAITING}
    assert found[Way.EMAIL].purchaser == ana
    named = NamedPurchase.objects.filter(notice=found[Way.EMAIL])
    assert sum(each.purchase.units for each in named) == 3


def test_preparing_twice_makes_nothing_new(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.started()
    assert prepare_wave(wave.pk) == 1
    assert wave.notices.count() == 1


def test_a_wave_waits_for_its_time(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.approved(starts_at=clock.now() + timedelta(hours=2))
    assert start_due_waves() == 0
    with time_machine.travel(clock.now() + timedelta(hours=3), tick=False):
        assert start_due_waves() == 1
        assert start_due_waves() == 0
    assert state_of(wave) == WaveState.SENDING


@pytest.mark.parametrize("who", ["author", "viewer", "outsider"])
def test_neither_its_author_nor_one_without_the_right_approves_a_wave(told: Told, who: str) -> None:
    told.bought(email="ana@example.org")
    wave = ask_for_approval(told.draft(), by=told.cast.author)
    with pytest.raises((WaveRefused, NotPermitted)):
        approve_wave(wave, by=getattr(told.cast, who))
    assert state_of(wave) == WaveState.ASKED


def test_who_changed_a_wave_does_not_approve_it(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = change_wave(told.draft(), by=told.cast.approver, per_minute=60)
    ask_for_approval(wave, by=told.cast.author)
    with pytest.raises(WaveRefused):
        approve_wave(wave, by=told.cast.approver)
    assert approve_wave(wave, by=told.cast.administrator).state == WaveState.APPROVED


CHANGES: list[dict[str, Any]] = [
    {"per_minute": 10},
    {"audience": Audience(channels=(Channel.AMAZON,))},
    {"ways": (Way.EMAIL, Way.SMS)},
    {"starts_at": clock.now()},
]


@pytest.mark.parametrize("is_approved", [False, True])
@pytest.mark.parametrize("change", CHANGES, ids=lambda each: str(next(iter(each))))
def test_what_is_changed_is_a_draft_again(
    told: Told, change: dict[str, Any], is_approved: bool
) -> None:
    told.bought(email="ana@example.org")
    wave = told.approved() if is_approved else ask_for_approval(told.draft(), by=told.cast.author)
    changed = change_wave(wave, by=told.cast.author, **change)
    assert (changed.state, changed.approved, changed.approved_by) == (WaveState.DRAFT, "", None)
    assert not start_wave(wave.pk)


def test_a_word_changed_makes_it_a_draft_again(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.approved()
    body = WaveText.objects.get(wave=wave, language="en").body + "\n\nBye."
    write_text(
        wave, way=Way.EMAIL, language="en", subject="Safety recall", body=body, by=told.cast.author
    )
    assert state_of(wave) == WaveState.DRAFT


def test_words_changed_behind_its_back_are_neither_approved_nor_sent(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = ask_for_approval(told.draft(), by=told.cast.author)
    WaveText.objects.filter(wave=wave).update(subject="Something else")
    with pytest.raises(WaveRefused, match="changed after approval was asked for"):
        approve_wave(wave, by=told.cast.approver)
    other = told.approved()
    WaveText.objects.filter(wave=other).update(subject="Something else")
    assert not start_wave(other.pk)
    shown = wave_shown(told.recall, other.number, by=told.cast.viewer)
    assert shown.wave.state == WaveState.PAUSED
    assert "changed since it was approved" in shown.paused_since


def test_the_words_of_a_wave_that_was_made_stay(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.started()
    with pytest.raises(WaveRefused):
        change_wave(wave, by=told.cast.author, per_minute=1)
    with pytest.raises(Error), transaction.atomic():
        WaveText.objects.filter(wave=wave).update(subject="Something else")


def test_it_is_sent_back_with_a_reason_and_taken_back_without(told: Told) -> None:
    told.bought(email="ana@example.org")
    by, other = told.cast.author, told.cast.approver
    wave = ask_for_approval(told.draft(), by=by)
    with pytest.raises(WaveRefused):
        send_back(wave, by=other, reason=" ")
    assert send_back(wave, by=other, reason="Say which shop.").state == WaveState.DRAFT
    ask_for_approval(wave, by=by)
    assert take_back(wave, by=by).state == WaveState.DRAFT
    moves = StateChange.objects.filter(subject=Subject.WAVE, subject_id=wave.pk).order_by("pk")
    assert list(moves.values_list("to_state", flat=True)) == [
        *("draft", "asked", "draft", "asked", "draft"),
    ]


def test_a_wave_pauses_itself_where_far_more_would_be_written_to(told: Told) -> None:
    for number in range(5):
        told.bought(email=f"owner{number}@example.org")
    near, wave = told.approved(), told.approved(Way.EMAIL, per_minute=60)
    told.bought(email="one.more@example.org")
    assert start_wave(near.pk), "a fifth more is not far more"
    near.notices.update(state="refused")
    told.bought(email="another@example.org")
    assert not start_wave(wave.pk)
    wave.refresh_from_db()
    assert wave.state == WaveState.PAUSED
    assert wave.counts["paused_since"] == "5 notices were approved; now it would be 7."
    with pytest.raises(WaveRefused, match="paused itself"):
        resume_wave(wave, by=told.cast.author)
    with pytest.raises(WaveRefused):
        approve_wave(wave, by=told.cast.author)
    approve_wave(wave, by=told.cast.approver)
    assert start_wave(wave.pk)
    assert wave.notices.count() == 7


def test_a_paused_wave_goes_on_where_it_stood(told: Told) -> None:
    told.bought(email="ana@example.org")
    early, wave = told.approved(), told.started()
    by = told.cast.author
    assert resume_wave(pause_wave(early, by=by), by=by).state == WaveState.APPROVED
    assert resume_wave(pause_wave(wave, by=by), by=by).state == WaveState.SENDING


def test_what_a_stopped_wave_did_not_send_is_withheld(told: Told) -> None:
    for number in range(3):
        told.bought(email=f"owner{number}@example.org")
    wave = told.started()
    sent = wave.notices.earliest("pk")
    wave.notices.filter(pk=sent.pk).update(state=NoticeState.SENT)
    stop_wave(wave, by=told.cast.author, reason="The text names the wrong phone.")
    rows = wave.notices.order_by("pk").values_list("state", "withheld")
    assert list(rows) == [("sent", ""), *[("withheld", Withheld.STOPPED)] * 2]
    logged = StateChange.objects.filter(subject=Subject.NOTICE, to_state=NoticeState.WITHHELD)
    assert logged.count() == 2
    with pytest.raises(WaveRefused):
        resume_wave(wave, by=told.cast.author)


def test_a_wave_to_nobody_is_not_asked_for(told: Told) -> None:
    with pytest.raises(WaveRefused, match="Nobody would be written to"):
        ask_for_approval(told.draft(), by=told.cast.author)


def test_nobody_is_written_to_of_a_recall_that_is_closed_or_not_published(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.approved()
    Recall.objects.filter(pk=told.recall.pk).update(closed_at=clock.now())
    assert not start_wave(wave.pk)
    assert state_of(wave) == WaveState.PAUSED
    for recall in (Recall.objects.get(pk=told.recall.pk), Recall.objects.create(slug="not-yet")):
        with pytest.raises(WaveRefused):
            draft_wave(recall=recall, name="", by=told.cast.author)


def test_a_letter_bears_the_names_of_all_who_bought_at_that_address(told: Told) -> None:
    told.bought(address=PLACE)
    told.bought("Ben Example", address=PLACE)
    told.bought("BEN EXAMPLE", address=PLACE)
    letter = told.started(Way.LETTER).notices.get()
    assert json.loads(opened(letter, "sealed_to"))["name"] == "Ana Example, Ben Example"
    assert letter.units == 3


def test_waves_are_numbered_and_found_within_their_recall(told: Told) -> None:
    told.bought(email="ana@example.org")
    told.draft()
    wave = told.started()
    rows = waves_of(told.recall, by=told.cast.viewer)
    assert [(row.wave.number, row.count) for row in rows] == [(2, 1), (1, 0)]
    shown = wave_shown(told.recall, wave.number, by=told.cast.viewer)
    assert shown.notices == {NoticeState.WAITING: 1}
    with pytest.raises(NoSuchWave):
        wave_shown(told.recall, 9, by=told.cast.viewer)


def state_of(wave: Wave) -> str:
    """As the database has it."""
    return str(Wave.objects.values_list("state", flat=True).get(pk=wave.pk))


def test_what_nobody_asks_for_is_neither_approved_nor_sent_back(told: Told) -> None:
    told.bought(email="ana@example.org")
    wave = told.draft()
    with pytest.raises(WaveRefused, match="nobody asks for its approval"):
        approve_wave(wave, by=told.cast.approver)
    with pytest.raises(WaveRefused, match="nobody asks for its approval"):
        send_back(wave, by=told.cast.approver, reason="Too early.")
