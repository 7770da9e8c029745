"""Figures of incidents at the desk: each leads to its rows; files come in; nobody sees too much."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import ListExport
from recalldesk.console.incident_figures_shown import TallyShown
from recalldesk.incidents.models import Incident, IncidentFile
from recalldesk.incidents.states import Care, Happened
from recalldesk.incidents.tally.counting import Tally
from recalldesk.incidents.tally.definitions import DEFINITIONS, PERIOD
from recalldesk.incidents.tally.figures import Told
from recalldesk.recalls.models import Recall, RecallVersion
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Desk, recall_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
PAGE, FILES = "/desk/incidents/figures/", "/desk/incidents/files/"
REPORTS = (
    "Report No.,Report Date,Incident Date,Incident Description,Happened,Care,Age,Damage Amount,"
    "Damage Currency,Damage\n"
    "M-1,2025-01-05,2025-01-02,A made-up secret.,fire,none; hospital,34;7,250.50,USD,a sofa\n"
    "M-2,2025-04-05,2025-04-02,It smoked.,smoke,,,,,\n"
    "M-3,2025-04-06,,It looked odd.,nothing,,,,,\n"
    "M-4,2025-04-07,,It burst.,explosion,death,50,,,a wall\n"
    ",2025-04-07,,No number: a burnt hand.,fire,,,,,\n"
)
MOST_QUERIES = 22


def manager(client: Client) -> Client:
    return sign_in(client, staff(Role.RECALL_MANAGER))


def sends(client: Client, text: str = REPORTS, *, do: str = "take", status: int = 200) -> str:
    sent = SimpleUploadedFile("reports.csv", text.encode())
    response = client.post(FILES, {"recall": SLUG, "do": do, "file": sent})
    assert response.status_code == status
    return unescape(main_of(response))


def html(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(main_of(response))


def test_each_number_is_the_sum_of_the_rows_to_which_it_leads(client: Client) -> None:
    mira = manager(client)
    sends(mira)
    page = html(mira, PAGE)
    found = re.findall(
        r'<a href="(/desk/incidents/figures/[\w-]+/\?[^"]*)">(?:USD )?([\d,.]+)<', page
    )
    assert len(found) > 30
    for address, number in sorted(set(found))[::4]:
        rows = html(mira, address)
        adds = re.findall(
            r'<tr><td class="num nowrap"><a [^>]+>\d+</a></td><td class="num nowrap">([\d.]+)<',
            rows,
        )
        assert sum(map(float, adds)) == float(number.replace(",", "")), address


def test_the_page_says_what_each_figure_counts_and_asks_no_more_for_more_rows(
    client: Client,
) -> None:
    mira = manager(client)
    sends(mira)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = html(mira, PAGE)
    assert len(asked) <= MOST_QUERIES
    for definition in DEFINITIONS.values():
        assert definition.says in page
    assert PERIOD["obtained"] in html(mira, f"{PAGE}?recall={SLUG}&from=2025-01-01")
    none = html(mira, f"{PAGE}?recall={SLUG}&to=2025-01-01")
    assert "/desk/incidents/figures/reports/?recall=kettle-k20&to" not in none


def test_parts_stand_below_what_they_are_parts_of() -> None:
    told = Told(1, happened=Happened.SMOKE, cares=(Care.FIRST_AID,))
    lines = TallyShown(Tally((told,)), "").lines()
    above = ""
    found = {}
    for line in lines:
        found[line.title] = above if line.is_part else ""
        above = above if line.cells else line.title
    assert found["Smoke"] == "What happened"
    assert found["First aid"] == "People hurt, by their care"
    assert found["Not decided"] == "By decision"


def test_no_page_and_no_export_of_figures_says_what_people_told(client: Client) -> None:
    mira = manager(client)
    sends(mira)
    rows = f"{PAGE}injuries/?recall={SLUG}"
    taken = mira.post(rows, {"reason": "Made up.", "form": "csv"})
    exported = b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    for text in (html(mira, PAGE), html(mira, rows), exported):
        unnumbered = re.sub(r'<a [^>]*>\d+</a>|^"?\d+"?,', " ", text, flags=re.MULTILINE)
        shown = re.sub(r"<[^>]*>", " ", unnumbered).casefold().replace("kept in hospital", "")
        for word in ("secret", "hospital,", "sofa"):
            assert word not in shown, word
        # An age, and no second of a time and no number of a report that happens to be as great.
        assert not re.search(r"(?<![\w:.-])34(?![\w:.-])", shown)
    assert exported.splitlines()[1].split(",")[1] == '"2"'
    export = ListExport.objects.get()
    assert (export.query, export.written) == (f"incidents?figure=injuries&recall={SLUG}", 1)


@pytest.mark.parametrize(
    "address",
    [
        f"{PAGE}sorrows/?recall={SLUG}",
        f"{PAGE}reports/?recall=none",
        f"{PAGE}reports/?recall={SLUG}&from=yesterday",
        f"{PAGE}reports/?recall={SLUG}&when=never",
    ],
)
def test_an_address_of_no_figure_shows_no_rows(client: Client, address: str) -> None:
    mira = manager(client)
    sends(mira)
    assert "There is no such figure" in html(mira, address, 404)


def test_what_is_no_recall_or_no_day_is_said(client: Client) -> None:
    mira = manager(client)
    page = html(mira, f"{PAGE}?recall=none&from=2025-13-01&to=x&by=nobody")
    assert "“none” is no recall that we know: this is kettle-k20." in page
    assert "“2025-13-01” is no day that we know." in page
    turned = html(mira, f"{PAGE}?recall={SLUG}&from=2025-02-01&to=2025-01-01")
    assert "taken the other way round" in turned


def test_a_file_is_looked_at_taken_in_and_its_rejects_are_handed_out(client: Client) -> None:
    mira = manager(client)
    law = "6 lines = 1 heading + 4 accepted + 1 rejected + 0 duplicate + 0 blank"
    looked = sends(mira, do="look")
    assert law in looked
    assert "nothing is kept yet" in looked
    assert not IncidentFile.objects.exists()
    taken = sends(mira)
    assert law in taken
    assert "has no number of its report" in taken
    file = IncidentFile.objects.get()
    rejects = mira.get(f"{FILES}{file.pk}/rejects/")
    text = b"".join(rejects.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert "No number: a burnt hand." in text
    shown = StateChange.objects.get(subject=Subject.INCIDENT_FILE, reason=Reason.HEALTH_SHOWN)
    assert shown.subject_id == file.pk
    assert mira.get(f"{FILES}{file.pk + 1}/rejects/").status_code == 404
    assert "nothing changed" in sends(mira)
    other = sends(mira, REPORTS.replace("It smoked.", "It burnt."))
    assert re.search(r"says otherwise than <a [^>]+>incident \d+</a>: what was told", other)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", ""])
def test_what_is_no_file_is_answered_in_words(client: Client, text: str) -> None:
    assert 'role="alert"' in sends(manager(client), text, status=422)
    assert "Choose the file first." in unescape(
        client.post(FILES, {"recall": SLUG}).content.decode()
    )


def test_a_proposal_that_is_out_of_date_writes_nothing(
    client: Client, published_recall: RecallVersion
) -> None:
    mira = manager(client)
    sends(mira)
    answer = mira.post(f"{PAGE}propose/", {"recall": SLUG, "stamp": "old"})
    assert answer.status_code == 422
    assert "changed meanwhile" in answer.content.decode()
    assert mira.post(f"{PAGE}propose/", {"recall": "none", "stamp": "x"}).status_code == 404
    assert published_recall.recall.versions.count() == 1


def test_who_may_only_look_sees_figures_and_brings_in_nothing(client: Client) -> None:
    sends(manager(client))
    viewer = sign_in(Client(), staff(Role.VIEWER))
    page = html(viewer, PAGE)
    assert "A recall manager can write a new version" in page
    assert "propose" not in page
    assert FILES not in page
    assert html(viewer, FILES, 403)
    assert viewer.post(f"{PAGE}propose/", {"recall": SLUG}).status_code == 403
    assert viewer.post(f"{PAGE}reports/?recall={SLUG}", {"reason": "x"}).status_code == 403
    assert Incident.objects.count() == 4


def test_it_opens_on_the_recall_of_the_report_that_came_last(client: Client, kettles: Desk) -> None:
    mira = manager(client)
    sends(mira)
    kettles.apply(recall_text("kettle-k30"))
    assert 'Incidents in figures <span class="soft num">kettle-k20</span>' in html(mira, PAGE)
    other = Recall.objects.get(slug="kettle-k30")
    Incident.objects.create(recall=other, source="form", language="en")
    assert '<span class="soft num">kettle-k30</span>' in html(mira, PAGE)
