"""How effective a recall is: every number is what its rows add up to."""

import json
import re
from io import BytesIO
from urllib.parse import parse_qsl
from zipfile import ZipFile

import pytest

from recalldesk.accounts.permissions import Role
from recalldesk.inquiries.errors import NoSeat
from recalldesk.outreach.models import DirectNotice
from recalldesk.outreach.reach.figures import reach_of
from recalldesk.remedies.corrections.states import Level
from recalldesk.reports.charts.drawing import drawer
from recalldesk.reports.effectiveness.exporting import as_csv, as_json, as_xlsx
from recalldesk.reports.effectiveness.figures import effectiveness_of
from recalldesk.reports.effectiveness.forecast import forecast
from recalldesk.reports.effectiveness.handing_out import pdf_of
from recalldesk.reports.effectiveness.rows import cells_of, rows_behind, units_of
from recalldesk.reports.effectiveness.selection import (
    NoSuchRows,
    query_of,
    selected_in,
)
from recalldesk.reports.effectiveness.tables import tables_of
from recalldesk.reports.sums.checking import check
from tests.at_the_desk import staff
from tests.outreach.told import Told
from tests.remedies.corrections.reported import report
from tests.reports.effective import a_recall_for_months

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(told: Told) -> Told:
    return a_recall_for_months(told.cast, weeks=5, seed=3, buyers=24)


def test_each_number_is_what_its_rows_add_up_to(run: Told) -> None:
    found = effectiveness_of(run.recall, by=run.cast.viewer)
    seen = 0
    for table in tables_of(found):
        for line in table.lines:
            for number in line.numbers:
                if number.rows is None:
                    continue
                chosen = selected_in(dict(parse_qsl(query_of(number.rows))))
                assert chosen == number.rows
                rows = rows_behind(run.recall, chosen, by=run.cast.viewer)
                assert sum(units_of(row, chosen) for row in rows) == number.value, line
                assert len(list(cells_of(rows, chosen))) == rows.count()
                seen += 1
    assert seen > 20
    assert found.reach == reach_of(run.recall, by=run.cast.author)
    assert check().is_right


def test_a_unit_counts_under_the_first_way_that_reached_its_owner(run: Told) -> None:
    found = effectiveness_of(run.recall, by=run.cast.viewer)
    assert {"email", "letter", "", "report"} <= set(found.ways)
    by_way = sum(rate.corrected for rate in found.ways.values())
    assert by_way == found.levels[Level.CONSUMER].corrected
    told, *further = found.from_notice
    assert [told, *further] == sorted([told, *further], reverse=True)
    assert further[-1] > 0
    assert sum(found.weeks_of_all.values()) == found.whole.corrected


def test_what_comes_later_never_moves_what_was_corrected(run: Told) -> None:
    before = effectiveness_of(run.recall, by=run.cast.viewer).ways
    DirectNotice.objects.filter(state="sent").update(state="bounced")
    after = effectiveness_of(run.recall, by=run.cast.viewer).ways
    assert {way: rate.corrected for way, rate in after.items() if rate.corrected} == {
        way: rate.corrected for way, rate in before.items() if rate.corrected
    }
    assert not after.get("email") or not after["email"].units


def test_it_is_handed_out_in_each_form(run: Told) -> None:
    found = effectiveness_of(run.recall, by=run.cast.viewer)
    told = json.loads(as_json(found))
    assert told["corrected"] == found.whole.corrected
    assert [each["name"] for each in told["tables"]][:3] == ["weeks", "ways", "levels"]
    with ZipFile(BytesIO(as_xlsx(found))) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        sheet = book.read(f"xl/worksheets/sheet{names.index('levels') + 1}.xml").decode()
    assert names[0] == "Definitions"
    assert f'r="C5"><v>{found.levels[Level.CONSUMER].corrected}</v>' in sheet
    for table in tables_of(found):
        lines = b"".join(as_csv(table)).decode("utf-8-sig").splitlines()
        assert len(lines) == len(table.lines) + 1
    try:
        assert pdf_of(found).startswith(b"%PDF-")
    finally:
        drawer().close()


def test_an_authority_without_a_seat_sees_nothing(run: Told) -> None:
    with pytest.raises(NoSeat):
        effectiveness_of(run.recall, by=staff(Role.REGULATOR))


def test_a_report_of_a_shop_counts_under_nobody_known(told: Told) -> None:
    report(told.recall, told.cast.approver, units=7)
    found = effectiveness_of(told.recall, by=told.cast.viewer)
    assert {way: rate.corrected for way, rate in found.ways.items() if rate.corrected} == {
        "report": 7
    }


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"rows": "nothing"},
        {"rows": "corrected", "way": "pigeon"},
        {"rows": "corrected", "week": "2026-11-25"},
        {"rows": "corrected", "up_to": "1"},
        {"rows": "step", "step": "99"},
        {"rows": "step", "step": "-1"},
        {"rows": "way"},
        {"rows": "way", "way": "email", "level": "consumer"},
    ],
)
def test_what_names_no_number_is_refused(query: dict[str, str]) -> None:
    with pytest.raises(NoSuchRows):
        selected_in(query)


class TestForecast:
    """Pure: from weeks to a band."""

    def test_there_is_none_from_too_few_weeks_or_units(self) -> None:
        assert forecast([], units=100) is None
        assert forecast([90, 50, 40, 30, 20, 15, 10, 8], units=1_000) is None
        assert forecast([5, 4, 3, 2, 1, 1, 1, 1, 1, 0], units=1_000) is None

    def test_it_finds_the_curve_that_weeks_follow(self) -> None:
        weeks = [round(1_000 * 0.8**week) for week in range(12)]
        found = forecast([3, 200, *weeks], units=100_000)
        assert found is not None
        assert found.falls_by == pytest.approx(0.2, abs=0.01)
        assert found.fitted_weeks == 12
        truth = 203 + sum(1_000 * 0.8**week for week in range(24))
        assert found.weeks[-1].middle == pytest.approx(truth, rel=0.01)

    def test_it_is_the_same_each_time_and_its_band_holds_its_middle(self) -> None:
        weeks = [40, 90, 70, 66, 41, 44, 30, 21, 25, 12, 14]
        found = forecast(weeks, units=700)
        assert found == forecast(weeks, units=700)
        assert found is not None
        for week in found.weeks:
            assert 0 <= week.least <= week.middle <= week.most <= 700
        assert found.weeks[-1].most - found.weeks[-1].least > 5
