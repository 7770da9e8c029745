"""Files that the firm attaches to an answer: kept for ever with it, scanned, and handed to whoever
may read the question, once they are clean."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.test import Client

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.audit.verifying import verify
from recalldesk.evidence.enclosures import scanning
from recalldesk.evidence.enclosures.errors import FileNotShown, FileProblem, FileRefused
from recalldesk.evidence.enclosures.holder import FilesOfShelf
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.evidence.states import ScanOutcome
from recalldesk.inquiries.answering import answer
from recalldesk.inquiries.asking import ask
from recalldesk.inquiries.attaching import (
    ATTACHMENTS,
    attachment_bytes,
    scan_attachment,
    waiting_attachments,
)
from recalldesk.inquiries.errors import NotAnswered
from recalldesk.inquiries.models import Answer, Attachment, Question
from recalldesk.inquiries.reads import question_seen
from recalldesk.inquiries.wording import Said
from recalldesk.recalls.models import Recall
from recalldesk.sealing.rotation import rotate
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Desk
from tests.inquiries.seated import regulator, seat
from tests.portal.partner.conftest import pdf
from tests.stock.test_certificates import PDF, Saying

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PNG = b"\x89PNG\r\n\x1a\nmade up"


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.apply().recall


@pytest.fixture
def manager() -> Staff:
    return staff(Role.RECALL_MANAGER, name="Mona Manager")


@pytest.fixture
def greta(recall: Recall, manager: Staff) -> Staff:
    person = regulator()
    seat(person, recall, given_by=manager)
    return person


@pytest.fixture
def asked(recall: Recall, greta: Staff) -> Question:
    return ask(by=greta, recall=recall, said=Said("Tests", "Which tests were made?"))


def answered(asked: Question, by: Staff, *contents: bytes, nonce: str = "") -> Answer:
    files = [[each[at : at + 7] for at in range(0, len(each), 7)] for each in contents]
    return answer(number=asked.pk, text="These.", by=by, nonce=nonce, files=files)


def scanned(outcome: ScanOutcome, patch: pytest.MonkeyPatch) -> None:
    with patch.context() as patched:
        patched.setattr(scanning, "chosen_scanner", lambda: Saying(outcome))
        for number in waiting_attachments():
            scan_attachment(number)


def test_files_are_sealed_scanned_and_handed_out_and_the_log_says_so(
    asked: Question, manager: Staff, greta: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = answered(asked, manager, PDF, PNG)
    first, second = question_seen(asked.pk, by=greta).answers[0].attachments
    assert (first.kind, second.kind, first.state) == ("pdf", "png", FileState.WAITING)
    for file in (first, second):
        with pytest.raises(FileNotShown):
            attachment_bytes(number=file.pk, question=asked.pk, by=greta)
    scanned(ScanOutcome.CLEAN, monkeypatch)
    assert attachment_bytes(number=second.pk, question=asked.pk, by=greta)[1] == PNG
    assert attachment_bytes(number=first.pk, question=asked.pk, by=manager)[1] == PDF
    said, *settled, by_greta, by_manager = StateChange.objects.filter(
        subject=Subject.QUESTION, to_state="answered"
    ).order_by("pk")
    note = text_of(said.note)
    assert f"Answer {given.pk};" in note
    assert f"attachment {first.pk}, {len(PDF)} bytes, SHA-256: " in note
    assert {each.actor for each in settled} == {Actor.MACHINE}
    assert (by_greta.reason, by_greta.actor_id) == (Reason.FILE_TAKEN, greta.pk)
    assert (by_manager.reason, by_manager.actor_id) == (Reason.FILE_TAKEN, manager.pk)
    seal_what_waits()
    assert verify().findings.kept == []


def test_the_same_form_and_the_same_file_are_kept_once(asked: Question, manager: Staff) -> None:
    given = answered(asked, manager, PDF, PNG, PDF, nonce="form-1")
    assert answered(asked, manager, PDF, PNG, PDF, nonce="form-1") == given
    rows = list(Attachment.objects.order_by("pk"))
    assert [each.kind for each in rows] == ["pdf", "png"]
    assert sorted(ATTACHMENTS.stored()) == sorted(each.storage_key for each in rows)
    assert answered(asked, manager, PDF, nonce="form-1") != given


@pytest.mark.parametrize(
    ("contents", "kind"),
    [
        ((PDF, b""), FileProblem.EMPTY),
        ((PDF, b"<svg xmlns="), FileProblem.NOT_KNOWN),
        ((PDF, PNG + b"0" * 10_000_001), FileProblem.TOO_LARGE),
        (tuple(PDF + bytes([each]) for each in range(11)), FileProblem.TOO_MANY),
    ],
)
def test_where_a_file_is_refused_nothing_is_answered_and_nothing_stays(
    asked: Question, manager: Staff, contents: tuple[bytes, ...], kind: FileProblem
) -> None:
    with pytest.raises(FileRefused) as refused:
        answered(asked, manager, *contents)
    assert refused.value.kind is kind
    assert not Answer.objects.exists()
    assert ATTACHMENTS.stored() == []


def test_where_the_answer_is_refused_its_files_go(asked: Question, manager: Staff) -> None:
    Question.objects.filter(pk=asked.pk).update(state="withdrawn")
    with pytest.raises(NotAnswered):
        answered(asked, manager, PDF)
    assert ATTACHMENTS.stored() == []


def test_they_stay_for_ever(
    asked: Question, manager: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(asked, manager, PDF)
    scanned(ScanOutcome.CLEAN, monkeypatch)
    file = Attachment.objects.get()
    rows = Attachment.objects.filter(pk=file.pk)
    refused: list[Callable[[], object]] = [
        file.delete,
        lambda: rows.update(size=1),
        lambda: rows.update(content_digest=b"0" * 32),
        lambda: rows.update(state=FileState.WAITING),
        lambda: rows.update(state=FileState.INFECTED, storage_key=""),
    ]
    for change in refused:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    before = FilesOfShelf(ATTACHMENTS, "made up").count()
    rotate()
    assert FilesOfShelf(ATTACHMENTS, "made up").count().keys().isdisjoint(before.keys())
    assert attachment_bytes(number=file.pk, question=asked.pk, by=manager)[1] == PDF


def test_what_does_harm_is_handed_to_nobody(
    asked: Question, manager: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(asked, manager, PDF)
    scanned(ScanOutcome.INFECTED, monkeypatch)
    file = Attachment.objects.get()
    assert (file.state, ATTACHMENTS.stored()) == (FileState.INFECTED, [])
    with pytest.raises(FileNotShown):
        attachment_bytes(number=file.pk, question=asked.pk, by=manager)


@pytest.mark.django_db(transaction=True)
def test_at_the_desk_several_are_sent_and_opened_from_the_seat_alone(
    client: Client, asked: Question, manager: Staff, greta: Staff
) -> None:
    sign_in(client, manager)
    here = f"/desk/seats/questions/{asked.pk}/"
    wrong = client.post(here, {"text": "These.", "attachments": pdf(b"made up")})
    assert wrong.status_code == 422
    assert "no PDF, JPEG or PNG" in main_of(wrong)
    assert "Choose them again" in main_of(wrong)
    assert not Answer.objects.exists()
    sent = {"text": "These.", "nonce": "n", "attachments": [pdf(), pdf(PNG)]}
    page = main_of(client.post(here, sent, follow=True))
    assert "waiting for the scanner" in page
    first = Attachment.objects.order_by("pk")[0]
    assert client.get(f"{here}attachments/{first.pk}/").status_code == 404
    Attachment.objects.update(state=FileState.CLEAN)
    assert f"{here}attachments/{first.pk}/" in main_of(client.get(here))
    assert client.get(f"{here}attachments/{first.pk}/").content == PDF
    sign_in(client, greta)
    seen = f"/desk/seat/kettle-k20/questions/{asked.pk}/"
    assert f"{seen}attachments/{first.pk}/" in main_of(client.get(seen))
    taken = client.get(f"{seen}attachments/{first.pk}/")
    assert (taken.content, taken["Content-Type"]) == (PDF, "application/pdf")
    assert "attachment" in taken["Content-Disposition"]
    assert client.get(f"{here}attachments/{first.pk}/").status_code == 403
    for none in (f"{seen}attachments/999/", f"{seen}attachments/{9**30}/"):
        assert client.get(none).status_code == 404
    sign_in(client, regulator("Hedda Health", email="hedda@other.example"))
    assert client.get(f"{seen}attachments/{first.pk}/").status_code == 404
