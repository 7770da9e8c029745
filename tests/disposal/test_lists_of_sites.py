"""Lists of sites in lines: every line is accounted for, twice is once, the desk's word stays."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.disposal.actions import change_site, close_site, note_asked
from recalldesk.disposal.errors import SitesRefused
from recalldesk.disposal.importing import run
from recalldesk.disposal.models import CollectionSite, SiteFile, SiteReject
from recalldesk.disposal.reads import rejects_of
from recalldesk.disposal.states import LineReason, SiteKind, Takes
from recalldesk.foundation.problem import Problem
from tests.cast import Cast
from tests.disposal.lists import CAMBRIDGE, HEADS, figures, take, written
from tests.units.workbooks import number, workbook

pytestmark = pytest.mark.django_db
R = LineReason


def test_a_list_comes_in_with_all_that_it_says(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, f"{HEADS},website", f"{CAMBRIDGE},x", "", f"{CAMBRIDGE},x")
    taken = take(path, cast.approver)
    assert figures(taken) == (4, 1, 1, 0, 1, 1)
    assert (taken.added, taken.changed, taken.is_known) == (1, 0, False)
    assert taken.remarks == ("The column “website” is not read.",)
    site = CollectionSite.objects.get()
    assert (site.name, site.kind, site.address) == (
        "Madeup Yard (made up)",
        SiteKind.HAZARDOUS_WASTE,
        "1 Madeup Street",
    )
    assert (site.residents_only, site.takes, site.checked_on) == (
        True,
        Takes.ASK,
        date(2026, 10, 2),
    )
    assert (site.latitude, site.longitude, site.is_place_exact) == (42.36, -71.1, True)
    assert (site.brought_by_id, site.line, site.outside_id) == (taken.number, 2, "A-1")
    logged = StateChange.objects.filter(subject=Subject.SITE_FILE)
    assert list(logged.values_list("subject_id", flat=True)) == [taken.number]


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        (
            "Facility Name;Type;Street;House number;Town;Zip Code;Opening hours",
            "Madeup Yard;Transfer Station;Madeup Street;1;Cambridge;2139;Sat 9-12",
        ),
        (
            "sep=\t\r\nnombre\tdirección\tciudad\tcódigo postal\thorario",
            "Madeup Yard\t1 Madeup Street\tCambridge\t02139-1234\tSat 9-12",
        ),
    ],
)
def test_headings_have_many_names_and_a_postal_code_gives_the_place(
    heading: str, line: str, cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, heading, line)
    assert take(path, cast.approver, country="US").added == 1
    site = CollectionSite.objects.get()
    assert (site.address, site.hours, site.is_place_exact) == ("1 Madeup Street", "Sat 9-12", False)
    assert site.postal_code in ("02139", "02139-1234")
    assert (round(site.latitude, 1), round(site.longitude, 1)) == (42.4, -71.1)


def test_each_line_that_is_not_taken_is_told_with_its_reason_and_kept_to_be_sent_back(
    cast: Cast, tmp_path: Path
) -> None:
    heading = "name,address,zip,country,takes,residents only,checked on,latitude,longitude"
    lines = {
        ",1 Madeup Street,02139,US,,,,,": R.NO_NAME,
        "Yard,,02139,US,,,,,": R.NO_ADDRESS,
        "Yard,1 Madeup Street,02139,,,,,,": R.NO_COUNTRY,
        "Yard,1 Madeup Street,02139,USA,,,,,": R.NO_COUNTRY,
        "Yard,1 Madeup Street,99999,US,,,,,": R.NO_POSITION,
        "Yard,1 Madeup Street,09001,US,,,,,": R.NO_POSITION,
        "Yard,1 Madeup Street,,US,,,,,": R.NO_POSITION,
        "Yard,1 Madeup Street,02139,US,perhaps,,,,": R.NO_TAKES,
        "Yard,1 Madeup Street,02139,US,,some,,,": R.NO_RESIDENTS,
        "Yard,1 Madeup Street,02139,US,,,03/04/2026,,": R.NO_DAY,
        "Yard,1 Madeup Street,02139,US,,,2999-01-01,,": R.NO_DAY,
        "Yard,1 Madeup Street,,US,,,,north,-71": R.NO_NUMBERS,
        "Yard,1 Madeup Street,,US,,,,nan,-71": R.NO_NUMBERS,
        "Yard,1 Madeup Street,,US,,,,42,": R.NO_NUMBERS,
        "Yard,1 Madeup Street,,US,,,,-122.4,37.8": R.SWAPPED,
        "Yard,1 Madeup Street,02139,US,,,,-71.1,42.36": R.SWAPPED,
        "Yard,1 Madeup Street,02139,US,,,,37.8,-122.4": R.FAR,
        "Yard,1 Madeup Street,,US,,,,42,-271": R.OUT_OF_RANGE,
        "Yard,1 Madeup Street,,US,,,,0,0": R.OUT_OF_RANGE,
        f"Yard,{'x' * 201},02139,US,,,,,": R.TOO_LONG,
        "Yard,1 Madeup Street,02139,US": R.COLUMN_COUNT,
        '"Yard,1 Madeup Street,02139,US,,,,,': R.UNREADABLE,
        "Good yard,2 Madeup Street,02139,US,yes,no,2026-10-02,,": None,
        "Good yard,2 Madeup Street,02139,US,no,no,2026-10-02,,": R.SAID_TWICE,
    }
    taken = take(written(tmp_path, heading, *lines), cast.approver)
    assert [each.reason for each in taken.rejects] == [each for each in lines.values() if each]
    assert figures(taken) == (len(lines) + 1, 1, 1, len(lines) - 1, 0, 0)
    assert taken.number is not None
    kept = rejects_of(taken.number, by=cast.approver)
    assert [row[2] for row in kept] == [line for line, reason in lines.items() if reason]


def test_the_same_file_twice_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    path = written(tmp_path, HEADS, CAMBRIDGE, "no columns")
    first = take(path, cast.approver)
    before = list(CollectionSite.objects.values())
    again = take(path, cast.approver)
    assert (again.is_known, again.number) == (True, first.number)
    assert figures(again) == (3, 1, 0, 1, 1, 0)
    assert list(CollectionSite.objects.values()) == before
    assert (SiteFile.objects.count(), SiteReject.objects.count()) == (1, 1)


def test_a_later_file_updates_what_it_says_and_leaves_what_it_does_not(
    cast: Cast, tmp_path: Path
) -> None:
    take(written(tmp_path, HEADS, CAMBRIDGE), cast.approver)
    later = written(tmp_path, "id,name,address,zip,country,phone", "A-1,Yard,1 New St,02139,US,1")
    taken = take(later, cast.approver)
    assert (taken.added, taken.changed) == (0, 1)
    site = CollectionSite.objects.get()
    assert (site.name, site.phone, site.hours, site.residents_only) == (
        "Yard",
        "1",
        "Sat 9-12",
        True,
    )
    assert (site.latitude, site.is_place_exact) == (42.36, True)  # no exact place is taken away


def test_what_the_desk_changed_stays_unless_the_file_is_told_to_go_before_it(
    cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, HEADS, CAMBRIDGE)
    take(path, cast.approver)
    site = CollectionSite.objects.get()
    note_asked(site_id=site.pk, takes=Takes.YES, by=cast.approver)
    change_site(site_id=site.pk, values={"phone": "617-555-0199"}, by=cast.approver)
    taken = take(path, cast.approver)
    assert taken.changed == 0
    assert taken.remarks == (
        "Of 1 site something that the desk wrote stays, though the file says otherwise.",
    )
    site.refresh_from_db()
    assert (site.takes, site.phone) == (Takes.YES, "617-555-0199")
    assert take(path, cast.approver, before_desk=True).changed == 1
    site.refresh_from_db()
    assert (site.takes, site.phone, site.by_desk) == (Takes.ASK, "617-555-0101", [])


def test_sites_that_a_later_file_lacks_are_closed_only_where_asked(
    cast: Cast, tmp_path: Path
) -> None:
    other = CAMBRIDGE.replace("A-1", "A-2")
    take(written(tmp_path, HEADS, CAMBRIDGE, other), cast.approver, source="one")
    take(written(tmp_path, HEADS, CAMBRIDGE), cast.approver, source="two")
    only = written(tmp_path, HEADS, other, name="only.csv")
    assert take(only, cast.approver, source="one").closed == 0
    look = take(only, cast.approver, source="one", closes_missing=True, only_look=True)
    assert (look.closed, CollectionSite.objects.filter(closed_at=None).count()) == (1, 3)
    broken = written(tmp_path, HEADS, other, "broken", name="broken.csv")
    taken = take(broken, cast.approver, source="one", closes_missing=True)
    assert (taken.closed, "No site was closed" in taken.remarks[0]) == (0, True)
    assert take(only, cast.approver, source="one", closes_missing=True).closed == 1
    closed = CollectionSite.objects.get(closed_at__isnull=False)
    assert (closed.outside_id, closed.source) == ("A-1", "one")
    assert take(written(tmp_path, HEADS, CAMBRIDGE), cast.approver, source="one").changed == 1
    closed.refresh_from_db()
    assert closed.closed_at is None  # it is there again
    close_site(site_id=closed.pk, by=cast.approver)
    taken = take(written(tmp_path, HEADS, CAMBRIDGE), cast.approver, source="one")
    assert (taken.changed, taken.remarks) == (0, ("1 site that the desk closed stays closed.",))


def test_a_sheet_is_read_though_it_made_numbers_of_codes_and_days(
    cast: Cast, tmp_path: Path
) -> None:
    path = tmp_path / "sites.xlsx"
    path.write_bytes(
        workbook(
            ["name", "address", "zip", "country", "checked on", "takes"],
            ["Yard", "1 Madeup Street", number(2139), "US", number(46297), "yes"],
        )
    )
    assert take(path, cast.approver).added == 1
    site = CollectionSite.objects.get()
    assert (site.postal_code, site.checked_on) == ("02139", date(2026, 10, 2))


def test_hours_over_several_lines_are_one_cell(cast: Cast, tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "name,address,zip,country,hours",
        'Yard,1 Madeup Street,02139,US,"Mon 9-5\nSat 9-12"',
    )
    taken = take(path, cast.approver)
    assert (taken.tally.continued, taken.tally.accepted) == (1, 1)
    assert CollectionSite.objects.get().hours == "Mon 9-5 Sat 9-12"


def test_two_stray_quotation_marks_do_not_make_one_site_of_several(
    cast: Cast, tmp_path: Path
) -> None:
    path = written(
        tmp_path,
        "name,address,zip,country,hours",
        'Yard,1 Madeup Street,02139,US,"Mon',
        "Other yard,2 Madeup Street,02139,US,Tue",
        'Third yard,3 Madeup Street,02139,US,Wed"',
    )
    taken = take(path, cast.approver)
    assert [each.reason for each in taken.rejects] == [R.IN_DOUBT]
    assert "2 Madeup Street" in taken.rejects[0].row


def test_an_import_that_breaks_off_leaves_nothing(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(**said: object) -> None:
        raise RuntimeError("killed")

    monkeypatch.setattr(run, "record_change", break_off)
    with pytest.raises(RuntimeError):
        take(written(tmp_path, HEADS, CAMBRIDGE), cast.approver)
    assert not CollectionSite.objects.exists()
    assert not SiteFile.objects.exists()


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["serial,colour", "1,2"], "names no column of names"),
        (["name,name,zip", "a,b,02139"], "Several columns are named"),
        (["name,zip,plz", "a,b,c"], "Two columns are named for postal code"),
        (["name,zip"], "holds no site"),
    ],
)
def test_what_is_no_list_is_refused_in_words(
    lines: list[str], words: str, cast: Cast, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match=words):
        take(written(tmp_path, *lines), cast.approver)


def test_who_may_not_change_sites_brings_none_in(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NotPermitted):
        take(written(tmp_path, HEADS, CAMBRIDGE), cast.viewer)
    with pytest.raises(SitesRefused):
        take(written(tmp_path, HEADS, CAMBRIDGE), cast.approver, source="x" * 61)


CELLS = st.text(alphabet='ab1",;\n\r \t', max_size=8)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=6))
def test_whatever_the_lines_hold_each_is_counted_once(
    rows: list[list[str]], cast: Cast, tmp_path: Path
) -> None:
    path = written(tmp_path, "name,address,zip,country", *(",".join(row) for row in rows))
    try:
        taken = take(path, cast.approver, only_look=True)
    except Problem:
        return
    lines, *others = figures(taken)
    assert lines == sum(others) + taken.tally.continued
    assert len(taken.rejects) == taken.tally.rejected
