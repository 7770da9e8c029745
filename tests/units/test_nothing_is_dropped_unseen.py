"""A serial that the live version covers is never dropped without two people having seen it."""

import pytest

from recalldesk.audit.states import Reason
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.publication import standing_findings
from tests.cast import SERIALS, Desk, recall_text
from tests.units.test_counts_of_a_scope import EXCLUDED, listed


def test_an_exclusion_that_comes_back_is_found_by_the_indexes(kettles: Desk) -> None:
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
    with pytest.raises(PublicationRefused, match="not covered any more"):
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
