"""The pages of reports: each number leads to rows that add up to it, for whoever may see them."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.claims.models import ListExport
from recalldesk.incidents.states import Care
from recalldesk.inquiries.models import Seat
from recalldesk.recalls.models import RecallVersion
from recalldesk.reports.models import FiledReport
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Cast
from tests.outreach.told import Told
from tests.reports.progressed import AFTER, Progressed

pytestmark = pytest.mark.django_db
PAGE = f"/desk/reports/{SLUG}/progress/"
OCTOBER = "from=2027-10-01&to=2027-10-31"
ROWS = f"{PAGE}rows/corrected-consumer-period/?{OCTOBER}"


@pytest.fixture
def made(published_recall: RecallVersion, cast: Cast) -> Iterator[Progressed]:
    made = Progressed(published_recall.recall, cast.author, Told(cast))
    with time_machine.travel("2027-10-12T10:00:00Z", tick=False):
        made.corrects(9)
        made.corrects(4)
        made.takes_back()
        made.incident(AFTER, Care.DOCTOR)
        made.sends()
        made.contacts()
        made.registers()
    with time_machine.travel("2027-11-02T08:00:00Z", tick=False):
        yield made


def html(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(main_of(response))


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize("below", ["progress", "summary/eu", "summary/canada"])
def test_each_number_leads_to_rows_that_add_up_to_it(client: Client, below: str) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    page = html(viewer, f"/desk/reports/{SLUG}/{below}/?{OCTOBER}")
    links = re.findall(r'<a href="([^"]*/rows/[^"]*)">(-?[\d,]+)<', page)
    assert len(links) > 25
    assert {"9", "1", "0"} <= {number for _, number in links}
    for address, number in links:
        rows = html(viewer, address)
        added = re.findall(r'<td class="num">([+-][\d,]+)</td>', rows)
        assert sum(int(each.replace(",", "")) for each in added) == int(number.replace(",", ""))


@pytest.mark.usefixtures("made")
def test_without_days_it_is_the_last_whole_month(client: Client) -> None:
    assert "1 Oct 2027 to 31 Oct 2027" in html(sign_in(client, staff(Role.VIEWER)), PAGE)


@pytest.mark.usefixtures("made")
@pytest.mark.parametrize(
    "address", [f"{PAGE}rows/nothing/", f"{PAGE}rows/deaths-after-period/?to=x"]
)
def test_an_address_that_names_no_cell_or_no_day_shows_no_rows(
    client: Client, address: str
) -> None:
    assert "There is no such cell" in html(sign_in(client, staff(Role.VIEWER)), address, 404)


@pytest.mark.usefixtures("made")
def test_it_is_a_pdf_a_workbook_and_json(client: Client) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    files = {
        form: viewer.get(f"{PAGE}as/{form}/?{OCTOBER}").content for form in ("pdf", "xlsx", "json")
    }
    assert files["pdf"].startswith(b"%PDF")
    assert json.loads(files["json"])["figures"]["corrected-total"]["period"] == 9
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as book:
        sheet = book.read("xl/worksheets/sheet2.xml").decode()
    numbers = re.findall(r'<c r="[EF]6"[^>]*><v>(\d+)</v>', sheet)
    assert numbers == ["9", "9"]
    assert viewer.get(f"{PAGE}as/docx/").status_code == 404


@pytest.mark.usefixtures("made")
def test_a_summary_says_that_no_official_form_stands_behind_it(client: Client) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    for form in ("eu", "canada"):
        address = f"/desk/reports/{SLUG}/summary/{form}/"
        assert "There is no official form for this" in html(viewer, address)
        assert viewer.get(f"{address}as/pdf/").content.startswith(b"%PDF")
        told = json.loads(viewer.get(f"{address}as/json/?{OCTOBER}").content)
        figures = {
            name: each for part in told["sections"] for name, each in part["figures"].items()
        }
        assert figures["incidents-all"]["period"] == 1
    assert viewer.get(f"/desk/reports/{SLUG}/summary/mars/").status_code == 404


@pytest.mark.usefixtures("made")
def test_it_is_filed_with_a_confirmation_by_whoever_may(client: Client) -> None:
    days = {"from": "2027-10-01", "to": "2027-10-31", "nonce": "of this form"}
    viewer = sign_in(Client(), staff(Role.VIEWER))
    assert "File it" not in html(viewer, f"{PAGE}?{OCTOBER}")
    assert viewer.post(f"{PAGE}file-it/", days | {"sure": "yes"}).status_code == 403
    manager = sign_in(client, staff(Role.RECALL_MANAGER))
    assert manager.post(f"{PAGE}file-it/", days).status_code == 422
    assert not FiledReport.objects.exists()
    for _ in range(2):
        answer = manager.post(f"{PAGE}file-it/", days | {"sure": "yes", "note": "Sent by post."})
        assert answer.status_code == 302
    row = FiledReport.objects.get()
    page = html(manager, answer["Location"])
    assert "Nothing: filed now, it would say the same." in page
    assert row.content_sha256 in page
    assert "Sent by post." in page
    for_viewer = html(viewer, answer["Location"])
    assert "Sent by post." not in for_viewer
    assert "Ask the firm" not in for_viewer
    assert "revision 1" in page
    pdf = manager.get(f"{answer['Location']}as/pdf/")
    assert pdf.content == bytes(row.pdf)
    assert "31 Oct 2027" in html(manager, "/desk/reports/")


@pytest.mark.usefixtures("made")
def test_rows_are_taken_as_a_file_with_a_reason_that_is_logged(client: Client) -> None:
    manager = sign_in(client, staff(Role.RECALL_MANAGER))
    assert manager.post(ROWS, {"form": "csv", "reason": ""}).status_code == 422
    answer = manager.post(ROWS, {"form": "csv", "reason": "For the officer."})
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 4
    export = ListExport.objects.get()
    assert (export.expected, export.written) == (3, 3)


def test_an_authority_sees_the_recall_of_its_seat_alone_and_its_looks_are_logged(
    client: Client, made: Progressed
) -> None:
    person = staff(Role.REGULATOR)
    officer = sign_in(client, person)
    assert officer.get(PAGE).status_code == 404
    assert officer.get(ROWS).status_code == 404
    Seat.objects.create(
        recall=made.recall,
        person=person,
        authority="Made-up authority",
        given_by=made.by,
        begins_on="2027-01-01",
    )
    page = html(officer, f"{PAGE}?{OCTOBER}")
    assert "File it" not in page
    assert "Ask the firm about this page" in page
    rows = html(officer, ROWS)
    assert "Ask the firm about this page" in rows
    assert "Download" not in rows
    assert StateChange.objects.filter(reason=Reason.LOOKED_AT, actor_id=person.pk).count() == 1
    assert officer.post(ROWS, {"form": "csv", "reason": "no"}).status_code == 403
