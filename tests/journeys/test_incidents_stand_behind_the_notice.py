"""The demo's notice says 19, 2, 11 and USD 60,700; so do the made-up rows behind it. A twentieth
report proposes a version, and owners read it once people approved and published it."""

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.demo.firm import APPROVER, AUTHOR
from recalldesk.demo.overrides import reasons_for
from recalldesk.incidents.models import Incident
from recalldesk.recalls.linting import open_errors
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import live_recall
from recalldesk.units.actions import approve_for_publication, override_finding, publish_version
from recalldesk.units.publication import standing_findings
from tests.at_the_desk import main_of, sign_in
from tests.portal.conftest import desk_in
from tests.portal.published import CLOSED, EXAMPLES, firm

pytestmark = pytest.mark.django_db
A1263 = "anker-a1263"
FIGURES, FILES = "/desk/incidents/figures/", "/desk/incidents/files/"
ADDS = r"<tr><td[^>]*>(?:<a[^>]*>)?\d+(?:</a>)?</td><td[^>]*>([\d.]+)<"
"""What a row adds, in its second column."""
TWENTIETH = (
    "Report No.,Report Date,Incident Date,Incident Description,Happened,Care,Damage Amount,"
    "Damage Currency\n"
    "MADE-UP-0020,2025-07-01,2025-06-20,It burnt in a shed. (Made up),fire,hospital,1200,USD\n"
)


@pytest.fixture(scope="module")
def published(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The demo's first example and its reports."""
    examples = tmp_path_factory.mktemp("examples")
    for name in (A1263, CLOSED):
        shutil.copytree(EXAMPLES / name, examples / name)
    with desk_in(tmp_path_factory.mktemp("desk"), django_db_blocker, examples) as folder:
        firm(folder, examples).bring_in_reports(A1263)
        firm(folder, examples).bring_in_reports(A1263)
        yield folder


def seen(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(unescape(re.sub("<[^>]*>", " ", main_of(response))).split())


def publishes(folder: Path) -> None:
    """Two people, as the demo's do."""
    desk = firm(folder)
    draft = RecallVersion.objects.get(recall__slug=A1263, state="draft")
    errors = [each.finding for each in open_errors(draft)]
    approve_for_publication(version=draft, by=desk.approver, overrides=reasons_for(errors))
    draft.refresh_from_db()
    for standing in standing_findings(draft):
        for person in (desk.author, desk.approver):
            override_finding(version=draft, finding=standing.finding, by=person, note="Short.")
    publish_version(version=draft, by=desk.approver)


def test_the_notice_is_what_the_rows_say_and_one_report_more_is_a_new_version(
    published: Path, client: Client
) -> None:
    desk = firm(published)
    manager = sign_in(client, desk.author)
    assert {desk.author.email, desk.approver.email} == {AUTHOR, APPROVER}
    assert "The notice says otherwise" not in seen(manager, "/desk/")
    figures = seen(manager, FIGURES)
    for line in (
        "reports Fires and explosions 19 19 , rows of Fires and explosions the same",
        "burns Hurt, without medical attention 2 2 ,",
        "damage_reports Reports of damage to property 11 11 ,",
        "damage Damage to property, USD USD 60,700 USD 60,700 ,",
    ):
        assert line in figures
    assert "differs" not in figures
    assert "in no figure of the notice" not in figures
    assert Incident.objects.filter(state="filed").count() == 19
    rows = manager.get(f"{FIGURES}damage-USD/?recall={A1263}")
    amounts = [int(number) for number in re.findall(ADDS, rows.content.decode())]
    assert (len(amounts), sum(amounts)) == (11, 60_700)

    sent = SimpleUploadedFile("twentieth.csv", TWENTIETH.encode())
    taken = manager.post(FILES, {"recall": A1263, "do": "take", "file": sent})
    assert "1 accepted" in taken.content.decode()
    assert f"{A1263}: incidents in figures The notice says otherwise" in seen(manager, "/desk/")
    figures = seen(manager, FIGURES)
    assert "reports 19 → 20 , damage_reports 11 → 12 , damage USD 60,700 → USD 61,900" in figures
    assert (
        "in no figure of the notice: somebody has to write it into the notice. Kept in hospital: 1"
        in figures
    )

    stamp = re.search(r'name="stamp" value="(\w+)"', manager.get(FIGURES).content.decode())
    assert stamp
    answer = manager.post(f"{FIGURES}propose/", {"recall": A1263, "stamp": stamp[1]})
    assert answer["Location"] == f"/desk/recalls/{A1263}/versions/2/"
    assert "is a draft with the figures that are counted" in seen(manager, answer["Location"])
    assert "Version 2 says what is counted already, and is draft" in seen(manager, FIGURES)
    notice = f"/en/recalls/{A1263}/"
    assert "19 reports of fires and explosions" in seen(Client(), notice)

    publishes(published)
    live = live_recall(A1263)
    assert live is not None
    assert live.version == 2
    read = seen(Client(), notice)
    assert "20 reports of fires and explosions" in read
    assert "12 reports were of damage to property, USD 61,900 in all" in read
    assert "differs" not in seen(manager, FIGURES)
