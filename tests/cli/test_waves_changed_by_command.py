"""`recalldesk waves edit`: only what a file gives changes, and what was seen is judged anew."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recalldesk.outreach.models import Wave, WaveText
from recalldesk.outreach.states import WaveKind, WaveState, Way
from recalldesk.outreach.waves.actions import approve_wave, ask_for_approval
from recalldesk.outreach.waves.starting import start_due_waves
from recalldesk.outreach.waves.texts import standard_words
from recalldesk.purchasers.states import Strength
from tests.cast import SLUG, Cast, Command, Ran
from tests.outreach.told import Told

AUTHOR = ("--as", "author@desk.example")
Edit = Callable[[str], Ran]


@pytest.fixture(autouse=True)
def wave(published_recall: object, cast: Cast) -> Wave:
    told = Told(cast)
    told.bought(email="ana@example.org", phone="+12025550111")
    return told.draft()


@pytest.fixture
def edit(command: Command, tmp_path: Path) -> Edit:
    def run(text: str) -> Ran:
        file = tmp_path / "changes.toml"
        file.write_text(text, encoding="utf-8")
        return command("waves", "edit", SLUG, "1", str(file), *AUTHOR)

    return run


def fresh() -> Wave:
    return Wave.objects.get()


def all_but(wave: Wave, *names: str) -> dict[str, Any]:
    fields = [each.attname for each in Wave._meta.fields if each.attname not in names]
    return {name: getattr(wave, name) for name in fields}


def test_only_what_is_given_changes(edit: Edit, wave: Wave) -> None:
    ran = edit('per_minute = 7\n[audience]\ncountries = ["US"]\n[costs]\nemail = "0.01"')
    assert ran.code == 0, ran.err
    assert "At most in a minute: 600 -> 7" in ran.out
    now = fresh()
    assert (now.per_minute, now.costs) == (7, {"email": "0.01"})
    assert now.audience["countries"] == ["US"]
    changed = ("per_minute", "costs", "audience")
    assert all_but(now, *changed) == all_but(wave, *changed)
    assert edit('[audience]\nchannels = ["amazon"]').code == 0
    assert fresh().audience == {**now.audience, "channels": ["amazon"]}


def test_a_subject_alone_leaves_the_text_as_it_is(edit: Edit) -> None:
    body = WaveText.objects.get(way="email", language="en").body
    assert edit('[texts.email.en]\nsubject = "Safety recall: your kettle"').code == 0
    text = WaveText.objects.get(way="email", language="en")
    assert (text.subject, text.body) == ("Safety recall: your kettle", body)


def test_what_was_asked_or_approved_is_judged_anew(edit: Edit, wave: Wave, cast: Cast) -> None:
    ask_for_approval(wave, by=cast.author)
    assert "is a draft again" in edit("per_minute = 7").out
    approve_wave(ask_for_approval(fresh(), by=cast.author), by=cast.approver)
    assert edit("per_minute = 8").code == 0
    now = fresh()
    assert (now.state, now.approved, now.approved_by) == (WaveState.DRAFT, "", None)


def test_a_file_that_changes_nothing_leaves_the_question_standing(
    edit: Edit, wave: Wave, cast: Cast
) -> None:
    ask_for_approval(wave, by=cast.author)
    assert "nothing changed" in edit(f"per_minute = {wave.per_minute}").out
    assert fresh().state == WaveState.ASKED


def test_a_file_with_faults_changes_nothing_and_names_them_all(
    edit: Edit, wave: Wave, cast: Cast
) -> None:
    ask_for_approval(wave, by=cast.author)
    ran = edit('per_minute = 7\nsilent_days = -1\n[texts.email.en]\nbody = "Get a discount!"')
    assert ran.code == 1
    assert "`silent_days` is no number" in ran.err
    assert "'discount' advertises" in ran.err
    assert (fresh().state, fresh().per_minute) == (WaveState.ASKED, wave.per_minute)


def test_standard_words_follow_what_the_wave_is_for_and_written_ones_stay(edit: Edit) -> None:
    edit(
        'ways = ["email", "sms"]\n[texts.sms.en]\nbody = "'
        '{brand}: Safety recall. Stop using it. {hazard} {link} Reply STOP to end."'
    )
    written = WaveText.objects.get(way="sms", language="en").body
    assert edit('kind = "reminder"\n[audience]\nstrength = "weak"').code == 0
    now = fresh()
    assert (now.silent_days, now.kind) == (14, WaveKind.REMINDER)
    mail = WaveText.objects.get(way="email", language="en")
    weak = standard_words(WaveKind.REMINDER, Way.EMAIL, "en", Strength.WEAK)
    assert (mail.subject, mail.body) == (weak.subject, weak.body)
    assert WaveText.objects.get(way="sms", language="en").body == written


def test_what_was_sent_is_not_changed(edit: Edit, wave: Wave, cast: Cast) -> None:
    approve_wave(ask_for_approval(wave, by=cast.author), by=cast.approver)
    start_due_waves()
    ran = edit("per_minute = 7\nfoo = 1")
    assert (ran.code, "what it says stays as it is" in ran.err) == (1, True)
