"""`recalldesk keys rotate`: says what it reached, and what is to be done next."""

import re

import pytest
from pytest_django import Settings

from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.outreach.actions import ask_to_be_told
from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import RecallVersion
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.sealing.keys import new_key
from recalldesk.sealing.models import Rotation
from tests.cast import FAR, SLUG, Command

CONTACT = "owner@home.example"


@pytest.fixture(autouse=True)
def asked(published_recall: RecallVersion) -> None:
    ask_to_be_told(recall_slugs=[SLUG], contact=CONTACT, serial=FAR, language="en")
    record_change(subject=Subject.RECALL, subject_id=1, to_state="closed", note="by phone")


@pytest.fixture
def older(settings: Settings) -> str:
    """A newer outer key in front; returns the name of the older one."""
    older = settings.SEALING_KEYS.partition(":")[0]
    settings.SEALING_KEYS = f"newer:{new_key()},{settings.SEALING_KEYS}"
    return older


def contact() -> str:
    return opened(GrowthWatch.objects.get(), "sealed_contact")


def test_it_counts_what_it_reached_and_says_what_may_go(
    command: Command, older: str, settings: Settings
) -> None:
    ran = command("keys", "rotate")
    assert ran.code == 0, ran.err
    assert "outreach.GrowthWatch: 2 values are sealed anew." in ran.out
    assert re.search(r"audit\.Note\.sealed_text: \d+ values? stays? as sealed\.", ran.out)
    assert f"No data key needs {older} any more." in ran.out
    assert CONTACT not in ran.out + ran.err
    settings.SEALING_KEYS = settings.SEALING_KEYS.split(",")[0]
    assert contact() == CONTACT


def test_run_again_it_makes_newer_data_keys_and_loses_nothing(command: Command) -> None:
    for _ in range(2):
        ran = command("keys", "rotate")
        assert (ran.code, "2 values are sealed anew" in ran.out) == (0, True)
    assert contact() == CONTACT


def test_outer_only_seals_nothing_anew(command: Command, older: str) -> None:
    before = bytes(GrowthWatch.objects.get().sealed_contact)
    ran = command("keys", "rotate", "--outer-only")
    assert (ran.code, f"No data key needs {older} any more." in ran.out) == (0, True)
    assert "wrapped anew" in ran.out
    assert bytes(GrowthWatch.objects.get().sealed_contact) == before
    assert not Rotation.objects.exists()


def test_one_that_was_broken_off_goes_on(command: Command) -> None:
    Rotation.objects.create()
    ran = command("keys", "rotate")
    assert (ran.code, "A rotation that was broken off went on." in ran.out) == (0, True)
    assert "No value had to be sealed anew." in ran.out


@pytest.mark.parametrize("option", [(), ("--outer-only",)])
def test_without_the_older_key_nothing_is_changed(
    command: Command, settings: Settings, option: tuple[str, ...]
) -> None:
    before = settings.SEALING_KEYS
    settings.SEALING_KEYS = f"newer:{new_key()}"
    ran = command("keys", "rotate", *option)
    older = before.partition(":")[0]
    assert (ran.code, f"The sealing key '{older}' is not at hand." in ran.err) == (1, True)
    assert "RECALLDESK_SEALING_KEYS" in ran.err
    settings.SEALING_KEYS = before
    assert contact() == CONTACT
    assert not Rotation.objects.exists()


@pytest.mark.parametrize(
    "keys",
    ["", "nonsense", "a:short", f"a:{new_key()},a:{new_key()}"],
    ids=["none", "nonsense", "too short", "a name twice"],
)
def test_keys_that_are_none_are_refused(command: Command, settings: Settings, keys: str) -> None:
    before = settings.SEALING_KEYS
    settings.SEALING_KEYS = keys
    ran = command("keys", "rotate")
    assert (ran.code, "Traceback" in ran.err, ran.err != "") == (1, False, True)
    settings.SEALING_KEYS = before
    assert contact() == CONTACT


def test_a_value_that_no_key_opens_is_named_by_its_place(command: Command) -> None:
    wish = GrowthWatch.objects.get()
    GrowthWatch.objects.update(sealed_serial=bytes(wish.sealed_serial)[:-1] + b"?")
    ran = command("keys", "rotate")
    assert (ran.code, "1 value opens under no key" in ran.err) == (1, True)
    assert f"outreach.GrowthWatch.sealed_serial of row {wish.pk}" in ran.err
    assert contact() == CONTACT


def test_what_was_written_meanwhile_is_told(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recalldesk.sealing.tables.SealedTable.reseal", lambda *_: iter(()))
    ran = command("keys", "rotate")
    assert (ran.code, "2 values were sealed under an older data key meanwhile" in ran.err) == (
        1,
        True,
    )


def test_words_that_it_does_not_know_are_refused(command: Command) -> None:
    assert command("keys", "rotate", "everything").code == 2
    assert command("keys", "rotate", "--inner-only").code == 2
