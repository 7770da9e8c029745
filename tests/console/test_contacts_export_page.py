"""The list of contacts is taken as a file: for a reason, with nothing that was said in it."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.models import ListExport
from recalldesk.claims.states import Channel
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Desk
from tests.claims.desk.test_by_phone_or_post import enters, noted
from tests.claims.owner import text_with_all_remedies, why_of

pytestmark = pytest.mark.django_db
EXPORT = "/desk/contacts/export/"
WHY = {"reason": "Asked by the board."}


@pytest.fixture(autouse=True)
def desk(kettles: Desk) -> Desk:
    kettles.published(text_with_all_remedies())
    return kettles


@pytest.fixture
def sam(client: Client) -> Client:
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


def taken(client: Client, query: str = "", **more: str) -> bytes:
    answer = client.post(EXPORT + query, WHY | more)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_it_holds_the_rows_of_the_list_as_it_is_narrowed(sam: Client, desk: Desk) -> None:
    filing = enters()
    day = datetime(2026, 1, 2, 10, tzinfo=UTC)
    letter = noted(desk, nonce="2", channel=Channel.LETTER, note="=HYPERLINK", happened_at=day)
    assert "?channel=letter" in main_of(sam.get("/desk/contacts/?channel=letter"))
    rows = taken(sam).decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + 2
    assert filing.reference in rows[2]
    (_, row) = taken(sam, "?channel=letter").decode("utf-8-sig").splitlines()
    assert row.split(",")[0].strip('"') == str(letter.pk)
    assert "2026-01-02T10:00:00+00:00" in row
    assert "HYPERLINK" not in row
    sheet = ZipFile(BytesIO(taken(sam, form="xlsx"))).read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == 1 + 2


def test_it_takes_a_reason_and_stands_in_the_log(sam: Client, desk: Desk) -> None:
    noted(desk)
    assert sam.post(EXPORT, {"reason": " "}).status_code == 422
    assert not ListExport.objects.exists()
    taken(sam, "?about=check")
    row = ListExport.objects.get()
    assert (row.query, row.state, row.written) == ("contacts?about=check", "ended", 1)
    logged = StateChange.objects.filter(subject=Subject.EXPORT, subject_id=row.pk)
    assert why_of(logged.order_by("pk")[0]) == WHY["reason"]


def test_who_may_not_export_is_not_offered_it(desk: Desk) -> None:
    rosa = sign_in(Client(), staff(Role.REVIEWER))
    assert EXPORT not in main_of(rosa.get("/desk/contacts/"))
    assert rosa.post(EXPORT, WHY).status_code == 403
