"""A recall is written at the desk from nothing, and is the same as one written by hand."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.recalls.actions import approve_version
from recalldesk.recalls.differences import differences
from recalldesk.recalls.editing.sections import BY_NAME, SECTIONS
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Recall, RecallVersion, UnfinishedFile
from recalldesk.recalls.reads import document_of
from recalldesk.recalls.recall_file import read_recall_file
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Cast, Desk, recall_text
from tests.console.recall_forms import form_now, opened, save, section_url, send, text_of
from tests.recalls.editing.files import EXAMPLES, tables
from tests.recalls.editing.forms import buttons_towards, form_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
NEW = "/desk/recalls/new/"


@pytest.fixture
def manager(client: Client) -> Client:
    return sign_in(client, staff(Role.RECALL_MANAGER, name="Mara Manager"))


def begun(client: Client, slug: str, start: str = "empty", **more: object) -> str:
    response = client.post(NEW, {"slug": slug, "start": start, "languages": ["en", "es"], **more})
    assert response.status_code == 303, main_of(response)
    return str(response["Location"])


def test_from_nothing_to_a_complete_draft_by_forms_alone(manager: Client) -> None:
    name = "made-up-vehicles"
    wanted = tables(EXAMPLES[name])
    assert begun(manager, name) == f"/desk/recalls/{name}/edit/"
    assert not Recall.objects.exists()
    for section in SECTIONS:
        while button := buttons_towards(section, tables(text_of(name)), wanted):
            assert save(manager, name, section, do=button).status_code == 303
        hidden = opened(manager, section_url(name, section))
        done = send(
            manager, section_url(name, section), form_of(section, wanted), **hidden, do="next"
        )
        assert done.status_code == 303
    version = RecallVersion.objects.get(recall__slug=name)
    assert differences(read_recall_file(EXAMPLES[name]), document_of(version)) == ()
    assert not UnfinishedFile.objects.exists()
    assert version.contributions.get().by.name == "Mara Manager"
    assert "It holds together." in main_of(manager.get(f"/desk/recalls/{name}/edit/"))


def test_a_new_recall_says_in_each_section_what_it_needs(manager: Client) -> None:
    page = unescape(main_of(manager.get(begun(manager, "kettle-k30"))))
    assert "Not yet complete: 9 problems" in page
    products = unescape(main_of(manager.get("/desk/recalls/kettle-k30/edit/products/")))
    assert "It is missing." in products
    serials = main_of(manager.get("/desk/recalls/kettle-k30/edit/serials/"))
    assert 'href="/desk/recalls/kettle-k30/edit/products/">add one first' in serials


def test_what_is_half_written_stands_in_the_form_again_with_its_problem(manager: Client) -> None:
    begun(manager, "kettle-k30")
    firm = BY_NAME["firm"]
    assert save(manager, "kettle-k30", firm, {"f.firm.website": ["tidewater"]}).status_code == 303
    page = unescape(main_of(manager.get(section_url("kettle-k30", firm))))
    assert 'value="tidewater"' in page
    assert "It must be an address that begins with https://." in page
    assert 'href="#f.firm.website.says"' in page
    moves = StateChange.objects.filter(subject=Subject.UNFINISHED_FILE).order_by("pk")
    assert [(each.from_state, each.to_state) for each in moves] == [
        ("", "unfinished"),
        ("unfinished", "unfinished"),
    ]


def test_a_draft_that_holds_together_stays_while_a_change_is_unfinished(
    manager: Client, kettles: Desk, cast: Cast
) -> None:
    draft = kettles.apply()
    firm = BY_NAME["firm"]
    save(manager, SLUG, firm, {"f.firm.name": [""]})
    draft.refresh_from_db()
    assert draft.source == recall_text()
    with pytest.raises(RecallProblem, match="is not complete"):
        approve_version(version=draft, by=cast.approver)
    save(manager, SLUG, firm, {"f.firm.name": ["Tidewater"]})
    draft.refresh_from_db()
    assert draft.source == recall_text().replace('"Tidewater Kitchen"', '"Tidewater"', 1)
    assert approve_version(version=draft, by=cast.approver).approved_by == cast.approver


def test_whoever_wrote_at_an_unfinished_change_cannot_approve_what_it_becomes(
    kettles: Desk, cast: Cast
) -> None:
    draft = kettles.apply()
    firm = BY_NAME["firm"]
    save(sign_in(Client(), cast.approver), SLUG, firm, {"f.firm.name": [""]})
    save(sign_in(Client(), cast.author), SLUG, firm, {"f.firm.name": ["Tidewater"]})
    with pytest.raises(RecallProblem, match="cannot approve"):
        approve_version(version=draft, by=cast.approver)


def test_a_change_of_a_live_recall_begins_a_draft(
    manager: Client, published_recall: RecallVersion
) -> None:
    page = unescape(main_of(manager.get(f"/desk/recalls/{SLUG}/edit/")))
    assert "which is live" in page
    save(manager, SLUG, BY_NAME["countries"], {"f.jurisdictions.0.units": ["6"]})
    draft = RecallVersion.objects.get(recall__slug=SLUG, number=2)
    assert document_of(draft).jurisdictions[0].units == 6
    assert draft.author.name == "Mara Manager"


def test_a_form_that_was_not_touched_changes_nothing(manager: Client, kettles: Desk) -> None:
    kettles.apply()
    rows = StateChange.objects.count()
    for section in SECTIONS:
        save(manager, SLUG, section)
    assert text_of(SLUG) == recall_text()
    assert StateChange.objects.count() == rows


def test_the_linter_speaks_at_the_field_and_in_the_overview(manager: Client, kettles: Desk) -> None:
    kettles.apply(recall_text().replace('role = "importer"          #', "#", 1))
    page = unescape(main_of(manager.get(section_url(SLUG, BY_NAME["firm"]))))
    assert "us-firm-role" in page
    assert "1 finding of the linter" in main_of(manager.get(f"/desk/recalls/{SLUG}/edit/"))


def test_an_unfinished_change_is_dropped(manager: Client, kettles: Desk) -> None:
    kettles.apply()
    save(manager, SLUG, BY_NAME["firm"], {"f.firm.name": [""]})
    address = f"/desk/recalls/{SLUG}/edit/"
    hidden = opened(manager, address)
    assert manager.post(address, {**hidden, "do": "drop"}).status_code == 303
    assert text_of(SLUG) == recall_text()
    assert StateChange.objects.filter(to_state="dropped").count() == 1


def test_a_recall_that_never_was_complete_is_gone_when_it_is_dropped(manager: Client) -> None:
    address = begun(manager, "kettle-k30")
    dropped = manager.post(address, {**opened(manager, address), "do": "drop"})
    assert dropped["Location"] == reverse("console:recalls")
    assert manager.get(address).status_code == 404


@pytest.mark.parametrize("slug", ["", "Kettle", "kettle k20", "x" * 70, SLUG])
def test_a_name_that_cannot_be_is_refused(manager: Client, kettles: Desk, slug: str) -> None:
    kettles.apply()
    refused = manager.post(NEW, {"slug": slug, "start": "empty", "languages": ["en"]})
    assert refused.status_code == 422
    assert 'role="alert"' in main_of(refused)


def test_a_recall_begins_from_a_file(manager: Client) -> None:
    text = recall_text("kettle-k40")
    address = begun(manager, "", "file", file=SimpleUploadedFile("r.toml", text.encode()))
    assert address == "/desk/recalls/kettle-k40/edit/"
    assert RecallVersion.objects.get().source == text


@pytest.mark.parametrize("content", [b"\xff\xfe", b"", b"recall = 7"])
def test_a_file_of_another_kind_is_refused_in_words(manager: Client, content: bytes) -> None:
    sent = SimpleUploadedFile("r.toml", content or b" ")
    refused = manager.post(NEW, {"slug": "", "start": "file", "file": sent})
    assert refused.status_code == 422
    assert not UnfinishedFile.objects.exists()


def test_it_begins_with_the_made_up_kettle(manager: Client) -> None:
    begun(manager, "kettle-k50", "made-up")
    assert document_of(RecallVersion.objects.get()).firm.name == "Tidewater Kitchen"


def test_a_viewer_looks_and_writes_nothing(client: Client, kettles: Desk, cast: Cast) -> None:
    kettles.apply()
    sign_in(client, cast.viewer)
    firm = BY_NAME["firm"]
    page = main_of(client.get(section_url(SLUG, firm)))
    assert "readonly" in page
    assert 'value="save"' not in page
    form, hidden = form_now(SLUG, firm), opened(client, section_url(SLUG, firm))
    assert send(client, section_url(SLUG, firm), form, **hidden).status_code == 403
    assert client.get(NEW).status_code == 403
    file = f"/desk/recalls/{SLUG}/edit/file/"
    assert send(client, file, {"text": ["x"]}, seen="x").status_code == 403
    assert client.post(f"/desk/recalls/{SLUG}/edit/", {"do": "drop"}).status_code == 403


def test_what_is_not_there_is_not_found(manager: Client, kettles: Desk) -> None:
    kettles.apply()
    for address in ("nothing/edit/", f"{SLUG}/edit/nothing/", "nothing/edit/file/"):
        assert manager.get(f"/desk/recalls/{address}").status_code == 404


def test_the_list_says_that_something_is_unfinished(kettles: Desk) -> None:
    kettles.apply()
    manager = sign_in(Client(), staff(Role.RECALL_MANAGER))
    save(manager, SLUG, BY_NAME["firm"], {"f.firm.name": [""]})
    body = main_of(manager.get("/desk/recalls/"))
    assert "unfinished changes: to be completed" in body
    assert "to be sent for approval" not in body
