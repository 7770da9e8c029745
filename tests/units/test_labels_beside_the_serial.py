"""A label typed with the serial, rightly or wrongly, never leads away from an affected unit."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.foundation.serial_form import SerialForm, normalise
from recalldesk.units.ranges_form import Counting
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.ranges import SerialRange
from recalldesk.units.verdict.rules import first_look
from recalldesk.units.verdict.scope import Scope
from tests.folders import fresh_folder
from tests.scopes import listed_scope, mistyped, ranged_scope, version_of

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
    ],
)
def test_a_unit_with_its_label_is_never_not_affected(
    scope: Callable[[Path], Scope], typed: str, tmp_path: Path
) -> None:
    version = version_of(scope(tmp_path / "list"), LOOSE)
    found = first_look(text=typed, versions=(version,))
    assert found.verdict in (Verdict.AFFECTED, Verdict.LOOK_AGAIN)
    assert found.verdict is Verdict.AFFECTED or found.within_reach


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


@pytest.mark.parametrize("strange", ["ß", "Ⅳ", "ﬁ", "½"])
def test_one_typed_character_counts_as_one(strange: str) -> None:
    assert len(normalise(f"AB{strange}CD")) == 5
