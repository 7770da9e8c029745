"""Files of reports: every line is accounted for, twice is once, and nothing is guessed at."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.foundation.problem import Problem
from recalldesk.incidents.importing import run
from recalldesk.incidents.importing.forgetting import forget_rejected_reports
from recalldesk.incidents.models import Damage, Incident, IncidentFile, IncidentReject, Injury
from recalldesk.incidents.states import Care, ReportReason
from recalldesk.incidents.story import Damaged, Hurt, damaged_of, hurt_of
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import Cast, Desk
from tests.incidents.files_of_reports import (
    OWN,
    SAFERPRODUCTS,
    as_csv,
    figures,
    take,
    written,
)
from tests.units.workbooks import number, workbook

pytestmark = pytest.mark.django_db
R = ReportReason
TOLD = 'It got hot, then it smoked.\nThe sofa is black now, and "ruined".\n\nMade up.'
EXPORTED = {
    "Report No.": "20250503-1A2B3-2147400001",
    "Report Date": "5/13/2025",
    "Sent to Manufacturer / Importer / Private Labeler": "5/20/2025",
    "Model Name or Number": "k20",
    "Serial Number": "TW24013337",
    "Incident Description": TOLD,
    "State": "Texas",
    "Location": "Home",
    "(Primary) Victim Severity": "Injury, First Aid Received by Non-Medical Professional",
    "(Primary) Victim's Age (years)": "34",
    "Submitter Has Product": "Yes",
    "Product Was Damaged Before Incident": "Yes",
    "Damage Description": "A dent, made up.",
    "Associated Report Numbers": "20250503-1A2B3-2147400009",
}


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.apply().recall


def test_an_export_of_saferproducts_comes_in_by_its_headings(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    taken = take(recall, cast.author, written(tmp_path, as_csv(SAFERPRODUCTS, EXPORTED)))
    assert figures(taken) == (5, 1, 1, 0, 0, 0, 3)
    incident = Incident.objects.get()
    assert (incident.outside_number, incident.told_on, incident.source, incident.has_unit) == (
        EXPORTED["Report No."],
        date(2025, 5, 13),
        "file",
        "yes",
    )
    assert (incident.brought_by_id, incident.line, incident.happened_on) == (taken.number, 2, None)
    assert clock.now() - incident.obtained_at < timedelta(minutes=1)
    assert opened(incident, "sealed_serial") == "TW24013337"
    account = opened(incident, "sealed_account")
    assert account.startswith(TOLD)
    assert "Sent to the firm: 5/20/2025\nLocation: Home\nState: Texas" in account
    assert "That damage: A dent, made up." in account
    assert hurt_of(incident) == [Hurt(Care.FIRST_AID, "34")]
    assert damaged_of(incident) == []  # what the product had before is no damage to property
    assert taken.remarks[0].startswith("Not read: “Publication Date”")


def test_the_columns_stand_in_any_order(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    heads = sorted(SAFERPRODUCTS, reverse=True)
    take(recall, cast.author, written(tmp_path, as_csv(heads, EXPORTED)))
    assert opened(Incident.objects.get(), "sealed_account").startswith(TOLD)


@pytest.mark.parametrize(
    ("severity", "care"),
    [
        ("Incident, No Injury", None),
        ("Injury, No First Aid or Medical Attention Received", Care.NONE),
        ("Injury, First Aid Received by Non-Medical Professional", Care.FIRST_AID),
        ("Injury, Seen by Medical Professional", Care.DOCTOR),
        ("Injury, Emergency Department Treatment Received", Care.DOCTOR),
        ("Injury, Hospital Admission", Care.HOSPITAL),
        ("Injury, Level of care not known", Care.UNKNOWN),
        ("Death", Care.DEATH),
    ],
)
def test_each_severity_is_a_care(
    recall: Recall, cast: Cast, tmp_path: Path, severity: str, care: Care | None
) -> None:
    text = as_csv(SAFERPRODUCTS, EXPORTED | {"(Primary) Victim Severity": severity})
    take(recall, cast.author, written(tmp_path, text))
    assert list(Injury.objects.values_list("care", flat=True)) == ([care] if care else [])
    assert not Incident.objects.get().nothing_happened


def test_a_danger_of_which_nothing_came_is_kept_as_that(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    feared = EXPORTED | {"(Primary) Victim Severity": "No Incident, No Injury"}
    take(recall, cast.author, written(tmp_path, as_csv(SAFERPRODUCTS, feared)))
    assert Incident.objects.get().nothing_happened


def test_a_register_of_the_firms_own_says_more(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    heads = (
        "Report No.;Report Date;Incident Date;Happened;Care;Age;Harm;Damage Amount;Damage Currency;"
        "Damage;Country;Authority Reference;Reported At;Clerk"
    )
    row = (
        '17;2025-05-04;about 2025-05;exploded;"first aid; hospital";"34;7";burnt;1,200.50;USD;'
        "a sofa;US;MADEUP-1;2025-05-05T14:30+02:00;x"
    )
    taken = take(recall, cast.author, written(tmp_path, f"{heads}\n{row}\n"))
    assert figures(taken) == (2, 1, 1, 0, 0, 0, 0)
    incident = Incident.objects.get()
    assert (incident.happened, incident.happened_on, incident.is_day_exact) == (
        "explosion",
        date(2025, 5, 1),
        False,
    )
    assert hurt_of(incident) == [Hurt(Care.FIRST_AID, "34", "burnt"), Hurt(Care.HOSPITAL, "7")]
    assert damaged_of(incident) == [Damaged(Decimal("1200.50"), "USD", "a sofa")]
    assert (incident.state, incident.authority_reference, incident.decided_by_id) == (
        "filed",
        "MADEUP-1",
        cast.author.pk,
    )
    assert incident.reported_at == datetime(2025, 5, 5, 12, 30, tzinfo=UTC)
    assert incident.learned_at is None, "what the file tells was told before it was reported"
    moves = StateChange.objects.filter(subject=Subject.INCIDENT).order_by("pk")
    assert list(moves.values_list("to_state", flat=True)) == ["obtained", "filed"]
    files = StateChange.objects.filter(subject=Subject.INCIDENT_FILE)
    assert list(files.values_list("subject_id", flat=True)) == [taken.number]


def test_each_line_that_is_not_taken_is_told_with_its_reason_and_kept_to_be_sent_back(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    heads = (
        "Report No.,Report Date,Incident Date,Incident Description,Happened,Care,Injured,Age,"
        "Damage Amount,Damage Currency,Country,Authority Reference,Reported At"
    )
    lines = {
        ",2025-05-01,,Hot.,,,,,,,,,": R.NO_NUMBER,
        f"{'7' * 65},2025-05-01,,Hot.,,,,,,,,,": R.NO_NUMBER,
        "1,03/04/2025,,Hot.,,,,,,,,,": R.NO_DAY,
        "1,2999-01-01,,Hot.,,,,,,,,,": R.NO_DAY,
        "1,,yesterday,Hot.,,,,,,,,,": R.NO_INCIDENT_DAY,
        "1,,,Hot.,vanished,,,,,,,,": R.NO_HAPPENED,
        "1,,,Hot.,,bandaged,,,,,,,": R.NO_CARE,
        "1,,,Hot.,,none,two,,,,,,": R.NO_COUNT,
        "1,,,Hot.,,none,0,,,,,,": R.NO_COUNT,
        "1,,,Hot.,,none,1,old,,,,,": R.NO_AGE,
        "1,,,Hot.,,none,1,30;40,,,,,": R.NO_AGE,
        "1,,,Hot.,,,,,$40,USD,,,": R.NO_AMOUNT,
        "1,,,Hot.,,,,,40,,,,": R.NO_AMOUNT,
        "1,,,Hot.,,,,,,USD,,,": R.NO_AMOUNT,
        "1,,,Hot.,,,,,,,usa,,": R.NO_COUNTRY,
        "1,,,Hot.,,,,,,,,MADEUP-1,": R.HALF_REPORTED,
        "1,,,Hot.,,,,,,,,MADEUP-1,2025-05-05": R.HALF_REPORTED,
        "1,,,,,,,,,,,,": R.SAYS_NOTHING,
        "1,,,Hot.": R.COLUMN_COUNT,
        '1,,,"Hot.,,,,,,,,,': R.UNREADABLE,
        f"1,,,{'x' * 10_001},,,,,,,,,": R.TOO_LONG,
    }
    taken = take(recall, cast.author, written(tmp_path, "\n".join([heads, *lines])))
    assert [each.reason for each in taken.rejects] == list(lines.values())
    assert figures(taken) == (22, 1, 0, 21, 0, 0, 0)
    kept = IncidentReject.objects.order_by("number")
    assert [opened(each, "sealed_row") for each in kept] == list(lines)
    assert not Incident.objects.exists()


def test_the_same_file_again_changes_nothing(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, as_csv(OWN, ["1", "", "Hot.", "", ""], ["2", "", "Hot.", "", ""]))
    first, second = take(recall, cast.author, path), take(recall, cast.author, path)
    assert (first.is_known, second.is_known) == (False, True)
    assert figures(second) == figures(first)
    assert (Incident.objects.count(), IncidentFile.objects.count()) == (2, 1)


def test_a_report_that_is_known_changes_nothing_and_what_it_says_otherwise_is_shown(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    take(recall, cast.author, written(tmp_path, as_csv(OWN, ["1", "2025-05-01", "Hot.", "", ""])))
    later = as_csv(
        OWN,
        ["1", "2025-05-01", "Hot.", "", ""],
        ["2", "2025-05-02", "Smoke.", "smoke", "none"],
        ["1", "2025-05-01", "Hot, and it burnt.", "fire", "none"],
    )
    taken = take(recall, cast.author, written(tmp_path, later))
    assert figures(taken) == (4, 1, 1, 0, 2, 0, 0)
    (differing,) = taken.differing
    known = Incident.objects.get(outside_number="1")
    assert (differing.line, differing.incident) == (4, known.pk)
    assert differing.what == ("what was told", "what happened", "who was hurt")
    assert (known.happened, opened(known, "sealed_account")) == ("", "Hot.")


def test_a_look_shows_the_same_and_keeps_nothing(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, as_csv(OWN, ["1", "", "Hot.", "fire", "none"], ["", "", "", "", "x"]))
    looked = take(recall, cast.author, path, only_look=True)
    assert looked.number is None
    for model in (Incident, Injury, Damage, IncidentFile, IncidentReject):
        assert not model.objects.exists()
    taken = take(recall, cast.author, path)
    assert figures(taken) == figures(looked) == (3, 1, 1, 1, 0, 0, 0)
    assert looked.rejects == taken.rejects


def test_a_workbook_may_hold_numbers_and_days(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "reports.xlsx"
    path.write_bytes(
        workbook(["Report No.", "Report Date", "Happened"], [number(17), number(45_781, 2), "fire"])
    )
    assert figures(take(recall, cast.author, path)) == (2, 1, 1, 0, 0, 0, 0)
    incident = Incident.objects.get()
    assert (incident.outside_number, incident.told_on) == ("17", date(2025, 5, 4))


def test_an_import_that_breaks_off_leaves_nothing_and_begins_anew(
    recall: Recall, cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, as_csv(OWN, ["1", "", "Hot.", "", ""]))
    with monkeypatch.context() as broken:
        broken.setattr(run, "record_change", lambda **_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            take(recall, cast.author, path)
    assert not Incident.objects.exists()
    take(recall, cast.author, path)
    assert Incident.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "a,b\n1,2\n",
        "Report No.,Happened,What happened\n1,fire,fire\n",
        "Report No.,Happened\n",
        "\n\n",
    ],
    ids=["no column of ours", "two columns of one kind", "only a heading", "only blank lines"],
)
def test_what_is_no_file_of_reports_is_refused_whole(
    recall: Recall, cast: Cast, tmp_path: Path, text: str
) -> None:
    with pytest.raises(Problem):
        take(recall, cast.author, written(tmp_path, text))
    assert not IncidentFile.objects.exists()


def test_rejected_lines_are_emptied_after_ninety_days_and_their_reasons_stay(
    recall: Recall, cast: Cast, tmp_path: Path
) -> None:
    take(recall, cast.author, written(tmp_path, as_csv(OWN, ["", "", "A burnt hand.", "", ""])))
    with time_machine.travel(clock.now() + timedelta(days=89), tick=False):
        assert forget_rejected_reports() == 0
    with time_machine.travel(clock.now() + timedelta(days=91), tick=False):
        assert forget_rejected_reports() == 1
    kept = IncidentReject.objects.get()
    assert (bytes(kept.sealed_row), kept.reason) == (b"", R.NO_NUMBER)


def test_it_takes_the_permission(recall: Recall, cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        take(recall, cast.viewer, written(tmp_path, as_csv(OWN)))
