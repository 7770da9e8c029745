"""A rejected line casts doubt on units of any recall, wherever it may name one."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recalldesk.audit.states import Reason
from recalldesk.foundation.serial_form import SerialForm
from recalldesk.recalls.reads import live_recalls
from recalldesk.units import doubt, live
from recalldesk.units.actions import settle_rejects
from recalldesk.units.checking import check_serial
from recalldesk.units.facts import unsettled_rejects
from recalldesk.units.models import SerialReject
from recalldesk.units.verdict.rejected import RejectedLines, common_skeleton
from tests.cast import SERIALS, Cast, Desk, recall_text
from tests.scopes import A1263, VIN, mistyped
from tests.units.test_doubt_outlives_the_recall_file import overridden
from tests.units.workbooks import number, workbook

OTHER = "other-k21"
TOO_LONG = "TW340555555"
"""Too long for the kettle; of the other recall's form."""
ELSEWHERE = "CD700433221"


def other_recall(kettles: Desk) -> None:
    """A second recall, whose serials have eleven to thirteen characters, goes live."""
    text = recall_text(OTHER, units=1)
    text = re.sub(r"(?m)^shortest = 10$", "shortest = 11", text, count=1)
    text = re.sub(r"(?m)^longest = 10$", "longest = 13", text, count=1)
    text = re.sub(r"(?m)^shapes = .*$", "", text, count=1)
    kettles.published(text, ["ZZ998877665"])


def published_with(kettles: Desk, cast: Cast, lines: list[str] | Path) -> None:
    """The kettle goes live in spite of rejected lines."""
    version = kettles.apply()
    kettles.take(version, SERIALS)
    kettles.take(version, lines)
    overridden(kettles, cast, version)


def verdict(serial: str) -> tuple[str, str]:
    answer = check_serial(serial)
    return answer.verdict.value, answer.why.value


IN_DOUBT = ("ask_a_person", "list_in_doubt")
CLEAR = ("not_affected", "out_of_scope")


def test_a_serial_rejected_by_one_recall_and_of_the_form_of_another_is_in_doubt(
    kettles: Desk, cast: Cast
) -> None:
    other_recall(kettles)
    assert verdict(TOO_LONG) == CLEAR
    published_with(kettles, cast, [f"tw34-0555 555,{'x' * 40}"])
    for typed in (TOO_LONG, "TW34O5S5555", "TW34055555", "TW340555556", "TW3405555555"):
        assert verdict(typed)[0] != "not_affected"
    assert verdict(TOO_LONG) == IN_DOUBT
    assert [entry.recall for entry in check_serial(TOO_LONG).recalls if entry.recall != OTHER]
    assert verdict(ELSEWHERE) == CLEAR
    settle_rejects(
        rejects=list(unsettled_rejects(kettles.recall())),
        reason=Reason.NOT_A_UNIT,
        by=cast.approver,
        note="No unit of ours.",
    )
    live.forget()
    assert verdict(TOO_LONG) == CLEAR


def test_a_cell_that_lost_what_was_typed_may_name_any_unit(
    kettles: Desk, cast: Cast, tmp_path: Path
) -> None:
    other_recall(kettles)
    path = tmp_path / "units.xlsx"
    path.write_bytes(workbook("serial", number("3.4E+10")))
    published_with(kettles, cast, path)
    assert verdict(ELSEWHERE) == IN_DOUBT


@pytest.mark.parametrize("line", ["TW34055\xff555", "TW34\x00055\x005555"])
def test_a_line_with_a_byte_that_cannot_be_read_is_in_doubt_too(
    kettles: Desk, cast: Cast, line: str
) -> None:
    other_recall(kettles)
    path = kettles.folder / "bytes.csv"
    path.write_bytes(b"serial\n" + "TWé\n".encode() + line.encode("latin-1") + b"\n")
    published_with(kettles, cast, path)
    assert verdict(TOO_LONG) == IN_DOUBT
    assert verdict(ELSEWHERE) == CLEAR


def test_a_rejected_range_puts_all_in_doubt_that_begins_as_its_ends_do(
    kettles: Desk, cast: Cast
) -> None:
    other_recall(kettles)
    path = kettles.folder / "ranges.csv"
    path.write_text("start,end\nTW24110000,TW24110009\nTW340555000,TW340555999\n")
    published_with(kettles, cast, path)
    assert verdict(TOO_LONG) == IN_DOUBT
    assert verdict(ELSEWHERE) == CLEAR


def test_a_range_of_which_nothing_is_known_puts_all_in_doubt(kettles: Desk, cast: Cast) -> None:
    other_recall(kettles)
    path = kettles.folder / "ranges.csv"
    path.write_text("start,end\nTW24110000,TW24110009\nTW340555000\n")
    published_with(kettles, cast, path)
    assert verdict(ELSEWHERE) == IN_DOUBT


@pytest.mark.parametrize("bound", ["MOST_LINES", "MOST_CHARACTERS", "LONGEST_STORED_ROW"])
def test_lines_too_many_or_too_long_put_all_in_doubt(
    kettles: Desk, cast: Cast, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubt, bound, 1)
    other_recall(kettles)
    published_with(kettles, cast, [TOO_LONG, "nonsense"])
    assert verdict(ELSEWHERE) == IN_DOUBT


def test_the_lines_are_read_again_only_where_they_changed(kettles: Desk, cast: Cast) -> None:
    other_recall(kettles)
    published_with(kettles, cast, [TOO_LONG, "nonsense"])
    kept = doubt.doubts(live_recalls())
    assert doubt.doubts(live_recalls()) is kept
    one = SerialReject.objects.latest("pk")
    settle_rejects(rejects=[one], reason=Reason.NOT_A_UNIT, by=cast.approver, note="x")
    assert doubt.doubts(live_recalls()) is not kept


@given(st.integers(0, 2**32))
@settings(deadline=None)
def test_a_line_with_something_within_reach_of_the_text_is_found(seed: int) -> None:
    draw = random.Random(seed)
    serials = ["".join(draw.choices(A1263.alphabet, k=draw.randrange(4, 20))) for _ in range(9)]
    table = common_skeleton([A1263, VIN])
    lines = "".join(f"{draw.choice(('', 'X7'))}{s}KETTLE\n" for s in serials).translate(table)
    typed = mistyped(draw.choice(serials), A1263, draw)
    assert RejectedLines(table, lines).may_hold(typed)


@given(st.integers(0, 2**32))
@settings(deadline=None)
def test_a_text_two_slips_from_all_lines_is_not_found(seed: int) -> None:
    draw = random.Random(seed)
    serial = "".join(draw.choices("ACEFGHJK", k=12))
    at = draw.randrange(0, 9)
    typed = f"{serial[:at]}7{serial[at + 1 : at + 3]}7{serial[at + 4 :]}"
    assert not RejectedLines({}, f"{serial}\nLMNLMN\n").may_hold(typed)


def test_the_common_skeleton_joins_what_any_recall_folds_or_confuses() -> None:
    one = SerialForm("0123", 4, 4, folding=(("O", "0"),), look_alikes=("0D", "2Z"))
    other = SerialForm("OQX7", 4, 4, look_alikes=("OQ", "17"))
    table = common_skeleton([one, other])
    assert len(set("0ODQ".translate(table))) == 1
    assert len(set("02X7".translate(table))) == 4
