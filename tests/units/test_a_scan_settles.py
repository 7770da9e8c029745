"""What a scanned bar code settles, and what it does not: tests/tables/scans.csv, and the rest."""

import csv
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.audit.states import Reason
from recalldesk.recalls.models import RecallVersion
from recalldesk.units import live
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Answer
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLIP, SLUG, Cast, Desk, recall_text
from tests.units.test_counts_of_a_scope import listed
from tests.units.test_publishing import override

TABLE = Path(__file__).resolve().parent.parent / "tables" / "scans.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
CODE = "]C0"


def told(answer: Answer) -> tuple[str, str]:
    return answer.verdict.value, answer.why.value


def scan(serial: str, **more: str) -> Answer:
    return check_serial(serial, scanned_as=CODE, **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("published_recall")
def test_the_table_holds() -> None:
    found = [told(check_serial(row["text"], scanned_as=row["symbology"])) for row in ROWS]
    wrong = [
        (row, answer)
        for row, answer in zip(ROWS, found, strict=True)
        if answer != (row["verdict"], row["why"])
    ]
    assert wrong == []


@pytest.mark.usefixtures("published_recall")
def test_a_settled_scan_names_the_recall_and_gives_no_token() -> None:
    answer = scan(SLIP)
    assert [(e.recall, e.version, e.verdict) for e in answer.recalls] == [(SLUG, 1, "not_affected")]
    assert (answer.second_look, answer.look_at, answer.read_as) == ("", (), SLIP)


@pytest.mark.usefixtures("published_recall")
@pytest.mark.parametrize("typed", [SLIP, LOOK_ALIKE, AFFECTED[:-1]])
@pytest.mark.parametrize("scanned", [SLIP, FAR])
def test_it_counts_as_the_second_look(typed: str, scanned: str) -> None:
    first = check_serial(typed)
    assert first.verdict == "look_again"
    by_hand = check_serial(scanned, second_look=first.second_look)
    assert by_hand.verdict in ("look_again", "ask_a_person")
    assert told(scan(scanned, second_look=first.second_look)) == ("not_affected", "scanned")
    assert scan(AFFECTED, second_look=first.second_look).verdict == "affected"


@pytest.mark.usefixtures("published_recall")
def test_after_a_second_look_what_is_no_serial_still_meets_a_person() -> None:
    token = check_serial(SLIP).second_look
    labelled = scan(f"SN{FAR}", second_look=token)
    assert told(labelled) == ("ask_a_person", "still_in_doubt")


@pytest.mark.usefixtures("published_recall")
def test_a_model_never_makes_it_less() -> None:
    assert scan(SLIP, models=("K20",)).verdict == "not_affected"  # type: ignore[arg-type]
    answer = scan(SLIP, models=("no such model",))  # type: ignore[arg-type]
    assert told(answer) == ("look_again", "slip")


@pytest.mark.usefixtures("published_recall")
def test_where_the_index_is_not_the_newest_a_scan_settles_nothing(settings: Settings) -> None:
    token = check_serial(SLIP).second_look
    settings.INDEX_STALE_AFTER = timedelta(seconds=-1)
    assert told(scan(SLIP)) == ("look_again", "slip")
    assert told(scan(SLIP, second_look=token)) == ("ask_a_person", "same_again")
    with pytest.raises(AnswerUnavailable):
        scan(FAR)


def test_while_another_recall_is_not_at_hand_it_settles_nothing(
    kettles: Desk, monkeypatch: pytest.MonkeyPatch, index_folder: Path
) -> None:
    kettles.published()
    other = kettles.published(recall_text("kettle-two", units=1), ["TW99013338"])
    shutil.rmtree(index_folder / other.index_name)
    monkeypatch.setattr("recalldesk.units.live.build_for_version", lambda _version: None)
    live.forget()
    assert told(scan(SLIP)) == ("look_again", "slip")


def test_while_rejected_lines_stand_it_settles_nothing(kettles: Desk, cast: Cast) -> None:
    version = kettles.approved(serials=(*SERIALS, "nonsense"))
    override(version, Reason.REJECTS_OPEN, cast.author, cast.approver)
    kettles.publish(version)
    assert told(scan(SLIP)) == ("look_again", "slip")


def made_list(kettles: Desk, made: tuple[str, ...]) -> RecallVersion:
    scope = listed("k20") + listed("all", 'meaning = "made"')
    version = kettles.apply(recall_text(scope=scope))
    kettles.take(version, name="k20")
    kettles.take(version, (*SERIALS, *made), name="all", made=True)
    return kettles.publish(kettles.approve(version))


def test_what_was_never_made_it_does_not_settle(kettles: Desk) -> None:
    made_list(kettles, made=("TW24013339",))
    assert told(scan("TW24013339")) == ("not_affected", "scanned")
    assert told(scan(SLIP)) == ("look_again", "slip")
    assert told(scan(FAR)) == ("look_again", "not_made")


def test_another_recall_that_covers_it_is_heard(kettles: Desk) -> None:
    kettles.published()
    kettles.published(recall_text("kettle-two", units=1), [SLIP])
    assert scan(SLIP).verdict == "affected"
    both = scan("TW24013336")
    assert told(both) == ("not_affected", "scanned")
    assert {entry.recall for entry in both.recalls} == {SLUG, "kettle-two"}
