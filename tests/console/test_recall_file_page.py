"""The whole file at the desk: taken, written as text, brought in; and problems by their lines."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.recalls.editing.sections import BY_NAME
from recalldesk.recalls.models import RecallVersion, UnfinishedFile
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Desk, recall_text
from tests.console.recall_forms import opened, section_url, send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
FILE = f"/desk/recalls/{SLUG}/edit/file/"


@pytest.fixture
def manager(client: Client, kettles: Desk) -> Client:
    kettles.apply()
    return sign_in(client, staff(Role.RECALL_MANAGER))


def test_the_file_is_taken_as_it_stands(manager: Client) -> None:
    taken = manager.get(f"{FILE}taken/")
    assert taken.content.decode() == recall_text()
    assert taken["Content-Disposition"] == f'attachment; filename="{SLUG}.toml"'


def test_the_text_is_saved_with_its_own_line_ends(manager: Client) -> None:
    text = recall_text(units=6)
    sent = {"text": [text.replace("\n", "\r\n")]}
    assert send(manager, FILE, sent, **opened(manager, FILE)).status_code == 303
    assert RecallVersion.objects.get().source == text


def test_a_long_text_in_another_alphabet_is_taken(manager: Client) -> None:
    text = recall_text() + "# " + "ñ" * 100_000 + "\n" + "\n".join(["# y"] * 3_000)
    changed = text.replace("units = 5", "units = 6")
    assert send(manager, FILE, {"text": [changed]}, **opened(manager, FILE)).status_code == 303
    assert RecallVersion.objects.get().source == changed


def test_a_text_with_problems_is_kept_and_says_them_by_line(manager: Client) -> None:
    text = recall_text().replace('"US"', '"usa"', 1)
    send(manager, FILE, {"text": [text]}, **opened(manager, FILE))
    page = unescape(main_of(manager.get(FILE)))
    line = next(n for n, each in enumerate(text.split("\n"), 1) if '"usa"' in each)
    assert f"Line {line}" in page
    assert '<code class="said">' in page
    assert RecallVersion.objects.get().source == recall_text()


def test_what_is_no_toml_is_kept_and_the_sections_wait(manager: Client) -> None:
    text = recall_text().replace("[firm]", "[firm", 1)
    send(manager, FILE, {"text": [text]}, **opened(manager, FILE))
    assert UnfinishedFile.objects.get().text == text
    assert manager.get(section_url(SLUG, BY_NAME["firm"]))["Location"] == FILE
    page = unescape(main_of(manager.get(f"/desk/recalls/{SLUG}/edit/")))
    assert "The file cannot be read: line" in page
    assert (
        send(manager, FILE, {"text": [recall_text(units=9)]}, **opened(manager, FILE)).status_code
        == 303
    )
    assert not UnfinishedFile.objects.exists()


def test_the_file_of_another_recall_is_refused_and_stands_there(manager: Client) -> None:
    refused = send(manager, FILE, {"text": [recall_text("other")]}, **opened(manager, FILE))
    assert refused.status_code == 422
    page = unescape(main_of(refused))
    assert "This is the file of 'other'" in page
    assert 'recall = "other"' in page
    assert text_of(SLUG) == recall_text()


def test_a_file_is_brought_in(manager: Client) -> None:
    content = recall_text(units=6).replace("\n", "\r\n").encode()
    sent = SimpleUploadedFile("kettle.toml", content)
    hidden = opened(manager, FILE)
    assert manager.post(f"{FILE}upload/", {**hidden, "file": sent}).status_code == 303
    assert RecallVersion.objects.get().source.encode() == content
    assert manager.post(f"{FILE}upload/", hidden).status_code == 422


def test_comments_alone_are_kept_in_a_draft(manager: Client) -> None:
    text = recall_text() + "# a note\n"
    send(manager, FILE, {"text": [text]}, **opened(manager, FILE))
    assert "Saved in the draft" in unescape(main_of(manager.get(FILE)))
    assert text_of(SLUG) == text


def test_comments_that_no_draft_can_take_stay_in_the_form(manager: Client, kettles: Desk) -> None:
    kettles.approved()
    text = recall_text() + "# a note\n"
    refused = send(manager, FILE, {"text": [text]}, **opened(manager, FILE))
    assert refused.status_code == 422
    page = unescape(main_of(refused))
    assert "Only comments or layout differ from version 1" in page
    assert "# a note" in page


def test_a_form_without_the_token_of_its_page_is_refused(kettles: Desk) -> None:
    kettles.apply()
    client = sign_in(Client(enforce_csrf_checks=True), staff(Role.RECALL_MANAGER))
    hidden = opened(client, FILE)
    for address in (FILE, section_url(SLUG, BY_NAME["firm"])):
        assert send(client, address, {"text": [recall_text(units=6)]}, **hidden).status_code == 403
    assert text_of(SLUG) == recall_text()


def test_a_form_that_is_too_long_is_refused_in_words(manager: Client) -> None:
    refused = send(manager, FILE, {"text": ["x" * 6_000_001]}, seen="")
    assert refused.status_code == 413
    assert "Go back in your browser" in main_of(refused)
    many = send(manager, FILE, {f"x{number}": [""] for number in range(20_001)})
    assert many.status_code == 400
