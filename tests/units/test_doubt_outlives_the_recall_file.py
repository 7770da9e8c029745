"""However the recall file changes, rejected lines that may name a recalled unit stay in doubt."""

from recalldesk.recalls.models import RecallVersion
from recalldesk.units.checking import check_serial
from recalldesk.units.facts import open_rejects
from recalldesk.units.publication import standing_findings
from tests.cast import FAR, SERIALS, Cast, Desk, recall_text
from tests.units.test_counts_of_a_scope import EXCLUDED, listed, ranged
from tests.units.test_publishing import override

REJECTED = "TW2405555"
MADE = 'meaning = "made"\n'


def overridden(kettles: Desk, cast: Cast, version: RecallVersion) -> RecallVersion:
    """Live, whatever was found that two people may override."""
    kettles.approve(version)
    for standing in standing_findings(version):
        override(version, standing.finding.reason, cast.author, cast.approver)
    return kettles.publish(version)


def in_doubt(kettles: Desk, cast: Cast) -> None:
    """Version 1: one list, one of its lines rejected."""
    version = kettles.apply()
    kettles.take(version, [*SERIALS, REJECTED])
    overridden(kettles, cast, version)
    assert check_serial(FAR).verdict == "ask_a_person"


def test_a_version_that_names_no_list_any_more(kettles: Desk, cast: Cast) -> None:
    in_doubt(kettles, cast)
    text = recall_text(units=100_154, scope=ranged(SERIALS[0], "TW24113490"))
    version = overridden(kettles, cast, kettles.apply(text))
    assert open_rejects(version).count() == 1
    assert check_serial(FAR).verdict == "ask_a_person"


def test_a_list_that_becomes_one_of_all_made(kettles: Desk, cast: Cast) -> None:
    in_doubt(kettles, cast)
    version = kettles.apply(recall_text(scope=listed("k20", MADE) + listed("b")))
    kettles.take(version, SERIALS, name="b")
    kettles.take(version, [*SERIALS, FAR], name="k20", made=True)
    overridden(kettles, cast, version)
    assert open_rejects(version).count() == 1
    assert check_serial(FAR).verdict == "ask_a_person"


def test_a_list_that_becomes_one_of_exclusions(kettles: Desk, cast: Cast) -> None:
    in_doubt(kettles, cast)
    version = kettles.apply(recall_text(scope=listed("k20", EXCLUDED) + listed("b"), units=1))
    kettles.take(version, ["TW24099999"], name="b")
    overridden(kettles, cast, version)
    assert check_serial(FAR).verdict == "ask_a_person"


def test_lines_of_a_list_that_never_recalled_a_unit_are_harmless(kettles: Desk, cast: Cast) -> None:
    version = kettles.apply(recall_text(scope=listed("k20") + listed("out", EXCLUDED)))
    kettles.take(version, SERIALS, name="k20")
    kettles.take(version, ["TW24099999", REJECTED], name="out")
    assert not open_rejects(version).exists()
    overridden(kettles, cast, version)
    assert check_serial(FAR).verdict == "not_affected"
