"""The report of a recall's effectiveness at the desk: numbers, rows, files, and who sees it."""

import json
import re

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.foundation import clock
from recalldesk.inquiries.models import Seat
from recalldesk.reports.charts.drawing import Drawer, NotDrawn
from recalldesk.reports.models import DaySum
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Command
from tests.claims.conftest import _desk_of_the_file, desk, photos_folder
from tests.outreach.told import Told
from tests.reports.conftest import told
from tests.reports.effective import a_recall_for_months

__all__ = ["_desk_of_the_file", "desk", "photos_folder", "told"]
pytestmark = pytest.mark.django_db
PAGE = f"/desk/effectiveness/{SLUG}/"


def _main(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return main_of(answer)


@pytest.fixture
def run(told: Told, monkeypatch: pytest.MonkeyPatch) -> Told:
    """No process draws here: tables stand alone, as where it cannot."""

    def not_drawn(*_: object, **__: object) -> str:
        raise NotDrawn

    monkeypatch.setattr(Drawer, "draw", not_drawn)
    return a_recall_for_months(told.cast, weeks=3, seed=5, buyers=12)


def test_each_number_leads_to_as_many_rows(client: Client, run: Told) -> None:
    sign_in(client, staff(Role.VIEWER))
    text = _main(client.get(PAGE))
    links = sorted(set(re.findall(r'href="([^"]*/rows/[^"]*)"', text)))
    assert len(links) > 8
    for link in links:
        page = client.get(link.replace("&amp;", "&"))
        assert page.status_code == 200, link
        assert "example.org" not in page.content.decode()
    assert client.get(f"{PAGE}rows/?rows=everything").status_code == 404


def test_it_is_handed_out_and_rows_take_a_reason(client: Client, run: Told) -> None:
    sign_in(client, staff(Role.SENIOR_REVIEWER))
    assert json.loads(client.get(f"{PAGE}file.json").content)["recall"] == SLUG
    assert client.get(f"{PAGE}file.xlsx").content.startswith(b"PK")
    table = b"".join(client.get(f"{PAGE}file.csv?table=levels"))
    assert b"Consumer" in table
    assert client.get(f"{PAGE}file.csv?table=owners").status_code == 404
    assert client.get(f"{PAGE}file.exe").status_code == 404
    rows = f"{PAGE}rows/?rows=corrected"
    assert client.post(rows, {"form": "csv", "reason": " "}).status_code == 422
    assert client.post(rows, {"form": "csv", "reason": "An audit."}).status_code == 200


def test_an_authority_sees_its_seats_alone_and_its_looks_are_logged(
    client: Client, run: Told
) -> None:
    person = staff(Role.REGULATOR)
    sign_in(client, person)
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}rows/?rows=corrected").status_code == 404
    Seat.objects.create(
        recall=run.recall,
        person=person,
        authority="CPSC",
        begins_on=clock.now().date(),
        given_by=run.cast.approver,
    )
    assert client.get(PAGE).status_code == 200
    page = client.get(f"{PAGE}rows/?rows=corrected")
    assert page.status_code == 200
    assert b"Download" not in page.content
    assert StateChange.objects.filter(reason=Reason.LOOKED_AT).exists()
    assert client.post(
        f"{PAGE}rows/?rows=corrected", {"form": "csv", "reason": "x"}
    ).status_code in (403, 404)


def test_a_recall_without_anything_says_so(client: Client, told: Told) -> None:
    sign_in(client, staff(Role.VIEWER))
    assert "No unit counts as corrected yet" in _main(client.get("/desk/effectiveness/"))
    assert client.get("/desk/effectiveness/no-such-recall/").status_code == 404


def test_sums_are_counted_anew_and_mended_by_command(command: Command, run: Told) -> None:
    assert command("database", "sums").code == 0
    DaySum.objects.filter(kind="corrected").update(value=1_000)
    found = command("database", "sums")
    assert found.code == 1
    assert "kept 1,000" in found.out
    assert command("database", "sums", "--repair").code == 0
    assert command("database", "sums").code == 0


def test_the_report_is_told_by_command(command: Command, run: Told) -> None:
    ran = command("report", "effectiveness", SLUG, "--as", "viewer@desk.example")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out)["recall"] == SLUG
