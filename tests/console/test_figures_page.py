"""The page of the figures: what it says, to whom, with how many queries; and their rows."""

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import ListExport
from recalldesk.reports.charts.drawing import Drawer, NotDrawn, drawer
from recalldesk.reports.desk_figures.definitions import DEFINITIONS, Figure
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG
from tests.claims.queued import another_recall
from tests.reports.decided import a_desk, decision, moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
FIGURES, ROWS = "/desk/figures/", "/desk/figures/rows/"
WHY = "The regulator asks."
MOST_QUERIES = 13


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        yield


@pytest.fixture(scope="module", autouse=True)
def _drawer_ends() -> Iterator[None]:
    yield
    drawer().close()


def reviewers() -> list[Staff]:
    return [
        staff(Role.REVIEWER, name=name, email=f"{name}@staff.example")
        for name in ("Anabella", "Ben")
    ]


def a_desk_of_four_weeks(count: int = 60) -> None:
    a_desk(reviewers(), seed=5, count=count, now=timezone.now())


def html(client: Client, query: str = "") -> str:
    response = client.get(f"{FIGURES}?{query}")
    assert response.status_code == 200
    return unescape(main_of(response))


def senior(client: Client) -> Client:
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


def test_each_figure_stands_with_its_definition_and_each_picture_with_its_table(
    client: Client,
) -> None:
    a_desk_of_four_weeks()
    page = html(senior(client))
    for figure in (Figure.FILED, Figure.DECIDED, Figure.BY_RULE, Figure.TIME, Figure.REVIEWERS):
        assert DEFINITIONS[figure].says in page
    assert page.count('role="img"') == page.count("<summary>The numbers") == 6
    assert page.count("<table>") == 9
    assert " style=" not in page


def test_a_page_asks_no_more_when_there_is_more_to_count(client: Client) -> None:
    a_desk_of_four_weeks(20)
    rosa = senior(client)
    html(rosa)
    with CaptureQueriesContext(connection) as few:
        html(rosa)
    more = [staff(Role.RECALL_MANAGER, name="Cho"), *Staff.objects.all()[:2]]
    a_desk(more, seed=6, count=40, now=timezone.now())
    with CaptureQueriesContext(connection) as many:
        html(rosa)
    assert len(few) == len(many) <= MOST_QUERIES


def test_recall_and_days_stand_in_the_address(client: Client) -> None:
    another_recall()
    decision(moment("2026-11-02T10:00"))
    rosa = senior(client)
    query = f"recall={SLUG}&from=2026-11-02&to=2026-11-02"
    page = html(rosa, query)
    assert f'<option value="{SLUG}" selected>' in page
    assert 'name="from" value="2026-11-02"' in page
    assert "2 Nov 2026 to 2 Nov 2026" in page
    assert "1 of 1" in page
    assert "0 of 0" in html(rosa, "from=2026-11-03&to=2026-11-03")


def test_what_is_no_day_and_no_recall_is_said(client: Client) -> None:
    page = html(senior(client), "recall=nothing&from=soon")
    assert "“nothing” is no recall that we know" in page
    assert "“soon” is no day that we know" in page


def test_an_empty_desk_says_so(client: Client) -> None:
    page = html(senior(client))
    assert "Nothing was filed or decided in these days" in page
    assert page.count("Nothing to count in these days.") == 9
    assert "<table>" not in page
    assert 'role="img"' not in page


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER, Role.AUDITOR])
def test_who_decided_how_much_is_shown_to_nobody_below_a_second_opinion(
    client: Client, role: Role
) -> None:
    decision(moment("2026-11-25T09:00"), by=reviewers()[0])
    page = html(sign_in(client, staff(role)))
    assert "By reviewer" not in page
    assert "Anabella" not in page  # a shorter name may stand in a random token
    assert "staff=" not in page


def test_numbers_lead_to_rows_only_for_whoever_may_export_and_to_the_queue_for_all(
    client: Client,
) -> None:
    a_desk_of_four_weeks()
    assert ROWS in html(senior(client))
    page = html(sign_in(Client(), staff(Role.VIEWER)), f"recall={SLUG}")
    assert ROWS not in page
    assert f"/desk/claims/?recall={SLUG}" in page
    assert "Whoever may export lists can open the rows" in page


def test_where_no_picture_can_be_drawn_the_tables_stay(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> str:
        raise NotDrawn

    monkeypatch.setattr(Drawer, "draw", fails)
    decision(moment("2026-11-25T09:00"))
    page = html(senior(client))
    assert 'role="img"' not in page
    assert page.count("<table>") == 4
    assert "Wed 25 Nov 2026" in page


def test_each_number_of_the_page_opens_as_many_rows_as_it_says(client: Client) -> None:
    a_desk_of_four_weeks(40)
    rosa = senior(client)
    links = re.findall(rf'href="({ROWS}[^"]*figure=[^"]*)">([\d,]+)<', html(rosa))
    assert len(links) > 30
    for address, number in links[::5]:
        page = unescape(main_of(rosa.get(address)))
        assert f">{number} row" in page, address


def test_rows_are_downloaded_for_a_reason_that_the_log_keeps(client: Client) -> None:
    decision(moment("2026-11-25T09:00"))
    rosa = senior(client)
    address = f"{ROWS}?figure=decided&who=rule&from=2026-11-25&to=2026-11-25"
    refused = rosa.post(address, {"reason": " ", "form": "csv"})
    assert refused.status_code == 422
    assert "for a reason" in refused.content.decode()
    response = rosa.post(address, {"reason": WHY, "form": "csv"})
    assert response["Content-Disposition"].startswith('attachment; filename="rows-decided-')
    assert b"".join(response).count(b"\n") == 2  # type: ignore[arg-type]  # it is streamed
    assert ListExport.objects.get().state == "ended"


def test_a_table_is_downloaded_as_a_workbook(client: Client) -> None:
    decision(moment("2026-11-25T09:00"))
    rosa = senior(client)
    address = f"{ROWS}?table=days&figure=decided&from=2026-11-25&to=2026-11-26"
    assert ">3 rows<" in main_of(rosa.get(address))
    response = rosa.post(address, {"reason": WHY, "form": "xlsx"})
    assert b"".join(response).startswith(b"PK")  # type: ignore[arg-type]  # it is streamed


@pytest.mark.parametrize(
    "query",
    [
        "figure=none",
        "figure=decided&recall=nothing",
        "figure=decided&from=soon",
        "table=none&figure=decided",
    ],
)
def test_an_address_of_no_rows_is_no_page(client: Client, query: str) -> None:
    response = senior(client).get(f"{ROWS}?{query}")
    assert response.status_code == 404
    assert "There is no such figure" in response.content.decode()


def test_rows_of_a_person_are_refused_to_an_auditor(client: Client) -> None:
    decision(moment("2026-11-25T09:00"), by=reviewers()[0])
    audra = sign_in(client, staff(Role.AUDITOR))
    assert audra.get(f"{ROWS}?figure=reviewers").status_code == 403
    assert audra.get(f"{ROWS}?figure=decided").status_code == 200


def test_a_decision_of_the_last_second_of_a_day_is_of_that_day(client: Client) -> None:
    decision(moment("2026-11-24T23:59:59"), sent_before=timedelta(0))
    rosa = senior(client)
    assert "1 of 1" in html(rosa, "from=2026-11-24&to=2026-11-24")
    assert "0 of 0" in html(rosa, "from=2026-11-25&to=2026-11-25")
