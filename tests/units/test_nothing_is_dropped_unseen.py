"""A serial that the live version covers is never dropped without two people having seen it."""

import re
from pathlib import Path

import pytest

from recalldesk.audit.states import Reason
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.publication import standing_findings
from tests.cast import SERIALS, Cast, Desk, recall_text
from tests.units.test_counts_of_a_scope import EXCLUDED, listed, ranged
from tests.units.test_publishing import override


def unstated(text: str) -> str:
    """A recall file that states no units, of serials of any shape; in the US units are stated."""
    text, count = re.subn(r"(?m)^units = 5\nunits_are_about = false\n", "", text)
    assert count == 1
    text = text.replace('"US"', '"CA"')
    return text.replace('shapes = ["TW########"]', "shapes = []")


def test_an_exclusion_that_comes_back_is_seen(kettles: Desk) -> None:
    text = recall_text(scope=listed("k20") + listed("out", EXCLUDED), units=4)
    first = kettles.apply(text)
    kettles.take(first, name="k20")
    kettles.take(first, [SERIALS[4]], name="out")
    kettles.publish(kettles.approve(first))

    second = kettles.apply(recall_text(scope=listed("k20") + listed("out", EXCLUDED), units=5))
    kettles.take(second, ["TW24099999"], name="out", replace=True)
    kettles.publish(kettles.approve(second))

    third = kettles.apply(text)
    kettles.take(third, [SERIALS[4]], name="out")
    approved = kettles.approve(third)
    with pytest.raises(PublicationRefused, match="serials_dropped"):
        kettles.publish(approved)
    assert [s.finding.reason for s in standing_findings(approved)] == [Reason.SERIALS_DROPPED]


def test_a_version_that_covers_all_of_it_has_no_finding(kettles: Desk) -> None:
    first = kettles.apply(recall_text())
    kettles.take(first)
    kettles.publish(kettles.approve(first))
    second = kettles.apply(recall_text(units=6))
    kettles.take(second, [*SERIALS, "TW24088881"])
    kettles.publish(kettles.approve(second))
    assert standing_findings(second) == ()


def reasons(version: RecallVersion) -> list[Reason]:
    return [s.finding.reason for s in standing_findings(version)]


def ranges_of(kettles: Desk, *rows: str) -> Path:
    path = kettles.folder / "ranges.csv"
    path.write_text("\n".join(["start,end", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_list_that_counts_by_digits_where_it_counted_by_letters_is_seen(kettles: Desk) -> None:
    letters = unstated(recall_text(scope=listed("a", 'counting = "alphabet"')))
    first = kettles.apply(letters)
    kettles.take(first, ranges_of(kettles, "TW245ABC11,TW245ABC99"))
    kettles.publish(kettles.approve(first))
    assert check_serial("TW245ABC1A").verdict == "affected"
    second = kettles.approve(kettles.apply(unstated(recall_text(scope=listed("a")))))
    assert reasons(second) == [Reason.SERIALS_DROPPED]
    with pytest.raises(PublicationRefused, match="counting"):
        kettles.publish(second)


def test_an_exclusion_that_comes_back_over_a_long_range_is_seen(kettles: Desk, cast: Cast) -> None:
    scope = ranged("TW24100001", "TW24400000") + listed("out", EXCLUDED)
    text = unstated(recall_text(scope=scope))
    first = kettles.apply(text)
    kettles.take(first, ["TW24200007"], name="out")
    kettles.publish(kettles.approve(first))

    second = kettles.apply(text.replace("Kettle", "Water kettle"))
    kettles.take(second, ["TW24999999"], name="out", replace=True)
    override(kettles.approve(second), Reason.SERIALS_DROPPED, cast.author, cast.approver)
    kettles.publish(second)
    assert check_serial("TW24200007").verdict == "affected"

    third = kettles.apply(text)
    kettles.take(third, ["TW24200007"], name="out")
    approved = kettles.approve(third)
    assert reasons(approved) == [Reason.SERIALS_DROPPED]
    with pytest.raises(PublicationRefused, match="serials_dropped"):
        kettles.publish(approved)
