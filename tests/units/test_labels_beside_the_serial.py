"""A label typed with the serial, rightly or wrongly, never leads away from an affected unit."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict.answer import Verdict, Why
from recalldesk.units.verdict.ranges import SerialRange
from recalldesk.units.verdict.scope import Scope
from tests.folders import fresh_folder
from tests.scopes import first_look, listed_scope, mistyped, ranged_scope, version_of

LOOSE = SerialForm(
    alphabet="0123456789ABCDEFGHJKLMNPQRSTUVWXYZ",
    shortest=6,
    longest=24,
    folding=(("I", "1"), ("O", "0")),
    look_alikes=("0ODQ", "1IL", "2Z", "5S", "6G", "8B"),
)
"""A form that any label and serial together have, too."""
SERIAL = "TW24040B81"
FAR = "XXYYWWKKRRTT"


def listed(folder: Path) -> Scope:
    return listed_scope([SERIAL], LOOSE, folder)


def ranged(_folder: Path) -> Scope:
    return ranged_scope([SerialRange("TW24040B80", "TW24040B99", Counting.DIGITS)], LOOSE)


@pytest.mark.parametrize("scope", [listed, ranged])
@pytest.mark.parametrize(
    "typed",
    [
        f"SN {SERIAL}",
        f"5N {SERIAL}",
        f"SM {SERIAL}",
        f"NS {SERIAL}",
        f"SSN {SERIAL}",
        f"SN SN {SERIAL}",
        f"Serial No. {SERIAL}",
        f"Nr {SERIAL}",
        f"M1 {SERIAL}",
        f"{SERIAL} M1",
        f"SN:{'.' * 55}{SERIAL}",
        f"#{SERIAL}",
        "SM TW24O4O881",
        f"SN {SERIAL} M1",
        f"XXYY {SERIAL} XXYY",
        f"Serial No. {SERIAL} GB",
        f"https://support.example/register?model=M1&sn={SERIAL}&lang=en",
        f"{'.' * 150}{SERIAL}{'.' * 40}",
    ],
)
def test_a_unit_with_its_label_is_never_not_affected(
    scope: Callable[[Path], Scope], typed: str, tmp_path: Path
) -> None:
    version = version_of(scope(tmp_path / "list"), LOOSE)
    found = first_look(text=typed, versions=(version,))
    assert found.verdict in (Verdict.AFFECTED, Verdict.LOOK_AGAIN)
    assert found.verdict is Verdict.AFFECTED or found.within_reach


@pytest.mark.parametrize("scope", [listed, ranged])
@pytest.mark.parametrize(
    "typed",
    ["5N TW24040B8", "SERIE TW24041B81", "M1 TW2404OB831", "TW24041B81 M1", "SN TW2404B081 M1"],
)
def test_a_slip_beside_what_is_no_label_is_within_reach(
    scope: Callable[[Path], Scope], typed: str, tmp_path: Path
) -> None:
    found = first_look(text=typed, versions=(version_of(scope(tmp_path / "list"), LOOSE),))
    assert (found.verdict, found.within_reach) == (Verdict.LOOK_AGAIN, True)


@pytest.mark.parametrize(
    "typed",
    ["ТW24040В81", "ΤW24040Β81", "TẂ24040Ḅ81", "TW24Ø40B8", "TW24040B\u032381", "TW24040\u032381"],
)
def test_letters_that_only_look_like_those_printed_are_within_reach(
    typed: str, tmp_path: Path
) -> None:
    found = first_look(text=typed, versions=(version_of(listed(tmp_path / "list"), LOOSE),))
    assert (found.verdict, found.within_reach) == (Verdict.LOOK_AGAIN, True)


def test_a_text_too_long_to_look_into_counts_as_within_reach(tmp_path: Path) -> None:
    version = version_of(listed(tmp_path / "list"), LOOSE)
    found = first_look(text=f"{'.' * 191}{SERIAL}", versions=(version,))
    assert (found.verdict, found.why) == (Verdict.LOOK_AGAIN, Why.TOO_LONG)
    assert found.within_reach
    assert [entry.recall for entry in found.recalls] == ["made-up"]


@pytest.mark.parametrize("between", [" ", "\u00a0", "-", "\n", "\u200b"])
def test_what_is_not_read_may_be_as_long_as_it_likes(between: str, tmp_path: Path) -> None:
    version = version_of(listed(tmp_path / "list"), LOOSE)
    found = first_look(text=between * 5000 + SERIAL, versions=(version,))
    assert found.verdict is Verdict.AFFECTED


def test_far_texts_stay_far(tmp_path: Path) -> None:
    version = version_of(listed(tmp_path / "list"), LOOSE)
    assert first_look(text=FAR, versions=(version,)).verdict is Verdict.NOT_AFFECTED


@given(st.integers(0, 2**32), st.text("SN5MODELK20Q8B", min_size=1, max_size=8))
def test_any_word_before_a_misread_serial_is_seen_through(seed: int, label: str) -> None:
    draw = random.Random(seed)
    version = version_of(listed(fresh_folder() / "list"), LOOSE)
    typed = label + mistyped(SERIAL, LOOSE, draw, slips=0)
    found = first_look(text=typed, versions=(version,))
    assert found.verdict in (Verdict.AFFECTED, Verdict.LOOK_AGAIN)


BESIDE = st.text("SN5MODELK20Q8B./Ж", max_size=8)


@settings(deadline=None)
@given(st.integers(0, 2**32), BESIDE, BESIDE, st.booleans())
def test_a_slip_between_any_words_is_within_reach(
    seed: int, before: str, behind: str, in_a_range: bool
) -> None:
    draw = random.Random(seed)
    scope = ranged(Path()) if in_a_range else listed(fresh_folder() / "list")
    if len(before + behind) == 1:
        before += "X"
    typed = before + mistyped(SERIAL, LOOSE, draw) + behind
    found = first_look(text=typed, versions=(version_of(scope, LOOSE),))
    assert found.verdict is Verdict.AFFECTED or found.within_reach


@settings(deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(("SN ", "5N ", "SERIE ", "M1 ")))
def test_a_label_brings_no_far_unit_into_doubt(seed: int, label: str) -> None:
    draw = random.Random(seed)
    version = version_of(listed(fresh_folder() / "list"), LOOSE)
    typed = label + "".join(draw.choices("ACEFHJKMNPRTUVWXY", k=10))
    assert first_look(text=typed, versions=(version,)).verdict is Verdict.NOT_AFFECTED


@pytest.mark.parametrize("strange", ["ß", "Ⅳ", "ﬁ", "½"])
def test_one_typed_character_counts_as_one(strange: str) -> None:
    assert len(normalise(f"AB{strange}CD")) == 5


LONG_AND_SHORT = [
    SerialRange("ZZ9CAB122000", "ZZ9CAB126999"),
    SerialRange("ZZ9CAB12K00100", "ZZ9CAB12K00999"),
]
LONGER = SerialRange("ZZ9CAB12K00000100", "ZZ9CAB12K00000999")


def test_a_long_serial_that_begins_almost_as_a_short_recalled_one_is_none_of_both() -> None:
    version = version_of(ranged_scope(LONG_AND_SHORT, LOOSE), LOOSE)
    for long in ("ZZ9CAB12K37777", "ZZ9CAB12S37777"):
        assert first_look(text=long, versions=(version,)).verdict is Verdict.NOT_AFFECTED
    for typed in ("ZZ9CAB123456KX", "ZZ9CAB12S456 KX", "SN ZZ9CAB12X456 GB"):
        found = first_look(text=typed, versions=(version,))
        assert (found.verdict, found.within_reach) == (Verdict.LOOK_AGAIN, True), typed


@pytest.mark.parametrize(
    "typed", ["ZZ9CAB123456K", "ZZ9CA8I23456K", "ZZ9CAB12Z456 X", "Y ZZ9CAB12Z456"]
)
def test_of_a_length_between_those_recalled_what_looks_like_a_recalled_one_counts(
    typed: str,
) -> None:
    version = version_of(ranged_scope([*LONG_AND_SHORT, LONGER], LOOSE), LOOSE)
    found = first_look(text=typed, versions=(version,))
    assert (found.verdict, found.within_reach) == (Verdict.LOOK_AGAIN, True)


def test_of_a_length_between_those_recalled_three_slips_lead_out_of_reach() -> None:
    version = version_of(ranged_scope([*LONG_AND_SHORT, LONGER], LOOSE), LOOSE)
    for typed in ("ZZ9CAB12K7378812", "ZZ9CAB12K737881"):
        found = first_look(text=typed, versions=(version,))
        assert found.verdict is Verdict.NOT_AFFECTED, typed
