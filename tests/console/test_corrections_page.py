"""The pages of corrections: figures with their definitions and rows, reports, files, proofs."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Role
from recalldesk.claims.models import ListExport
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.remedies.corrections.reporting import take_back
from recalldesk.remedies.corrections.states import Level, Measure
from recalldesk.remedies.models import CorrectionFile, ReportedCorrection
from recalldesk.remedies.placing.standing import take_standing
from recalldesk.remedies.providers.interface import Found, Standing
from recalldesk.reports.corrections.definitions import DEFINITIONS, Counted
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SERIALS, SLUG, Cast
from tests.remedies.corrections.reported import report, row
from tests.remedies.ordered import ordered

pytestmark = pytest.mark.django_db
PAGE, ROWS, NEW = "/desk/corrections/", "/desk/corrections/rows/", "/desk/corrections/new/"
FILE, REPORTS = "/desk/corrections/file/", "/desk/corrections/reports/"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        yield


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    return published_recall.recall


@pytest.fixture
def reported(recall: Recall, cast: Cast) -> ReportedCorrection:
    """Four units refunded by shops, of which one is taken back, 500 destroyed, one remedy here."""
    for serial in SERIALS[1:4]:
        report(recall, cast.approver, serial)
    wrong = report(recall, cast.approver, SERIALS[4])
    take_back(number=wrong.pk, by=cast.approver, note="Another unit.")
    report(recall, cast.approver, units=500, level=Level.RETAILER, measure=Measure.DESTROYED)
    unit = row(recall, SERIALS[0]).unit
    assert unit is not None
    take_standing(ordered(unit.digest), Found("r1", Standing.DELIVERED))
    return wrong


def senior(client: Client) -> Client:
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


def html(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(main_of(response))


def links_in(page: str) -> list[tuple[str, str]]:
    """Each number that leads to its rows: address and number."""
    return re.findall(r'<a href="(/desk/corrections/rows/\?[^"]*)">([\d,-]+)<', page)


@pytest.mark.usefixtures("reported")
def test_each_number_is_that_of_the_rows_to_which_it_leads(client: Client) -> None:
    rosa = senior(client)
    page = html(rosa, PAGE)
    found = links_in(page)
    assert "504" in {number for _, number in found}
    assert len(found) > 30
    for url, number in found:
        rows = html(rosa, url)
        if "figure=corrected" not in url:
            assert f"{number} row" in rows
            continue
        units = re.findall(r"<tr><td[^>]*>\d+</td><td[^>]*>(-?\d+)</td>", rows)
        assert sum(map(int, units)) == int(number.replace(",", "")), url


@pytest.mark.usefixtures("reported")
def test_the_definitions_stand_beside_the_figures(client: Client) -> None:
    page = html(senior(client), PAGE)
    for figure in Counted:
        assert DEFINITIONS[figure].says in page
    assert "A gift card counts as a refund." in page


@pytest.mark.usefixtures("reported")
@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        f"{ROWS}?figure=corrected&so_far=1",
        f"{ROWS}?figure=both",
        REPORTS,
        NEW,
        "/desk/proofs/",
    ],
)
def test_no_page_asks_much(client: Client, address: str) -> None:
    rosa = senior(client)
    rosa.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert rosa.get(address).status_code == 200
    assert len(asked) <= MOST_QUERIES, [each["sql"][:90] for each in asked]


@pytest.mark.usefixtures("reported")
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_rows_are_handed_out_as_a_file_which_the_log_keeps(client: Client, form: str) -> None:
    address = f"{ROWS}?figure=corrected&so_far=1&recall={SLUG}&from=2026-11-01&to=2026-11-26"
    sent = senior(client).post(address, {"form": form, "reason": "The regulator asks."})
    content = b"".join(sent.streaming_content)  # type: ignore[attr-defined]
    kept = ListExport.objects.get()
    assert kept.query.startswith("corrections?figure=corrected")
    assert (kept.expected, kept.written, kept.state) == (7, 7, "ended")
    if form == "csv":
        text = content.decode("utf-8-sig")
        assert text.count('"-1"') + text.count(",-1,") == 1
        assert not any(serial in text for serial in SERIALS)


def test_an_address_that_names_no_number_is_refused(client: Client, recall: Recall) -> None:
    rosa = senior(client)
    for query in ("figure=x", "figure=both&level=consumer", "figure=corrected&week=2026-11-25"):
        assert "There is no such number" in html(rosa, f"{ROWS}?{query}", 404)


def test_a_report_is_entered_shown_with_its_unit_and_taken_back(
    client: Client, recall: Recall
) -> None:
    rosa = senior(client)
    given = {
        "recall": SLUG,
        "level": "consumer",
        "measure": "refunded",
        "serial": SERIALS[0],
        "units": "",
        "day": "2026-11-20",
        "shop": "Madeup Stores",
        "reference": "R-1",
        "note": "They called.",
    }
    assert rosa.post(NEW, given).status_code == 302
    kept = ReportedCorrection.objects.get()
    page = html(rosa, f"{REPORTS}{kept.pk}/")
    assert "It counts: nothing else corrected this unit before." in page
    assert SERIALS[0] in page
    again = rosa.post(NEW, given)
    assert again.status_code == 422
    assert "This unit is reported already." in unescape(main_of(again))
    assert rosa.post(f"{REPORTS}{kept.pk}/", {"note": ""}).status_code == 422
    assert rosa.post(f"{REPORTS}{kept.pk}/", {"note": "Another unit."}).status_code == 302
    assert "It was taken back and does not count." in html(rosa, f"{REPORTS}{kept.pk}/")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"serial": "TW33661902"}, "That serial is not found in this recall: read it once more."),
        ({"serial": "", "units": ""}, "Write the serial, or how many units."),
        ({"serial": "", "units": "0"}, "Write a whole number from 1 on."),
        ({"measure": "destroyed"}, "This is no correction at that level."),
        ({"day": "2026-12-24"}, "not in the future"),
    ],
)
def test_what_is_not_right_is_said_beside_its_field(
    client: Client, recall: Recall, changed: dict[str, str], said: str
) -> None:
    given = {
        "recall": SLUG,
        "level": "consumer",
        "measure": "refunded",
        "serial": SERIALS[0],
        "day": "2026-11-20",
        "shop": "Madeup Stores",
        "note": "They called.",
    }
    answer = senior(client).post(NEW, given | changed)
    assert answer.status_code == 422
    assert said in unescape(main_of(answer))
    assert not ReportedCorrection.objects.exists()


def test_a_file_is_looked_at_taken_in_and_its_rejects_are_to_be_had(
    client: Client, recall: Recall
) -> None:
    rosa = senior(client)
    lines = b"serial,units\n%s,\n,40\nTW33661902,\n" % SERIALS[0].encode()
    given = {"recall": SLUG, "level": "consumer", "measure": "refunded", "day": "2026-11-20"}
    given["shop"] = "Madeup Stores"

    def sent(do: str) -> str:
        file = SimpleUploadedFile("shop.csv", lines)
        answer = rosa.post(FILE, given | {"file": file, "do": do})
        assert answer.status_code == 200
        return unescape(main_of(answer))

    law = "4 lines = 1 heading + 2 accepted + 1 rejected + 0 duplicate + 0 blank; 41 units"
    assert law in sent("look")
    assert not CorrectionFile.objects.exists()
    assert law in sent("take")
    assert "nothing changed" in sent("take")
    kept = CorrectionFile.objects.get()
    rejects = rosa.get(f"/desk/corrections/files/{kept.pk}/rejects/")
    text = b"".join(rejects.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert "TW33661902" in text
    assert "names a serial that this recall does not cover" in text


def test_who_may_not_report_sees_the_figures_and_no_serial(
    client: Client, reported: ReportedCorrection
) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    assert "Enter or bring in" not in html(viewer, PAGE)
    assert SERIALS[4] not in html(viewer, f"{REPORTS}{reported.pk}/")
    assert viewer.get(NEW).status_code == 403
    assert viewer.post(f"{REPORTS}{reported.pk}/", {"note": "x"}).status_code == 403


@pytest.mark.usefixtures("reported")
def test_who_may_only_look_takes_no_rows(client: Client) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    answer = viewer.post(f"{ROWS}?figure=corrected&so_far=1", {"reason": "x", "form": "csv"})
    assert answer.status_code == 403
