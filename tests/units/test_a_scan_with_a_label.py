"""A scan of what is a serial as it stands, and another product's serial without its label."""

from dataclasses import replace

import pytest

from recalldesk.foundation.serial_form import SerialForm
from recalldesk.units.verdict.answer import Verdict
from recalldesk.units.verdict.known import KnownVersion
from recalldesk.units.verdict.live_versions import all_at_once
from recalldesk.units.verdict.rejected import RejectedLines, common_skeleton
from recalldesk.units.verdict.rules import Decision, look
from recalldesk.units.verdict.scanned import settled_by_scan
from tests.folders import fresh_folder
from tests.scopes import listed_scope, version_of

DIGITS = SerialForm(alphabet="0123456789", shortest=8, longest=8)
LABELLED = SerialForm(alphabet="0123456789NS", shortest=10, longest=10)
SCANNED = "SN98765432"
"""One character from a covered serial of the one recall; with its label left off, of the form of
the other recall's serials."""


def settled(other: KnownVersion) -> Decision | None:
    near = version_of(listed_scope(["SN98765431"], LABELLED, fresh_folder()), LABELLED)
    live = all_at_once((other, replace(near, recall="near")))
    first = look(text=SCANNED, live=live)
    assert first.verdict is Verdict.LOOK_AGAIN
    return settled_by_scan(first, text=SCANNED, models=(), live=live)


def other_recall(**of_version: object) -> KnownVersion:
    scope = listed_scope(["11112222"], DIGITS, fresh_folder())
    return replace(version_of(scope, DIGITS), recall="other", **of_version)


def test_where_no_line_is_in_doubt_it_settles() -> None:
    decision = settled(other_recall())
    assert decision is not None
    assert decision.verdict is Verdict.NOT_AFFECTED


@pytest.mark.parametrize("line", ["98765432", "X98765432", "98765433"])
def test_a_rejected_line_that_may_name_it_without_the_label_is_heard(line: str) -> None:
    lines = RejectedLines(common_skeleton([DIGITS, LABELLED]), f"{line}\n")
    assert settled(other_recall(rejected=lines)) is None


def test_a_product_in_doubt_whose_serial_it_is_without_the_label_is_heard() -> None:
    assert settled(other_recall(products_in_doubt=frozenset({"made-up"}))) is None
