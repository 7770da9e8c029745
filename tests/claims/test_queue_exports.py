"""A list is handed out as a file: what stands in it, who may, and what the log says."""

import csv
import io
from datetime import date
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk_queue import exporting
from recalldesk.claims.desk_queue.columns import COLUMNS
from recalldesk.claims.desk_queue.errors import NoColumns, NoReasonForExport, TooManyForWorkbook
from recalldesk.claims.desk_queue.exporting import Export, export_list, rows_in
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.models import Claim, ListExport
from recalldesk.claims.states import Channel, ExportState, SheetForm
from tests.cast import AFFECTED, Desk
from tests.claims.owner import OLGA, claim_of, log_of
from tests.claims.queued import queued

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 26)
WHY = "The insurer asks how many wait."
ALL_KEYS = [column.key for column in COLUMNS]


def exported(by: Staff, form: SheetForm = SheetForm.CSV, **more: object) -> Export:
    asked: dict[str, object] = {"filters": Filters(), "columns": ["reference"], "reason": WHY}
    return export_list(by=by, form=form, **(asked | more))  # type: ignore[arg-type]  # as named


def table_of(export: Export) -> list[list[str]]:
    text = b"".join(export.parts).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def entered(role: Role) -> Staff:
    return Staff.objects.create(email=f"{role}@staff.example", name="Somebody", role=role)


def test_a_list_comes_out_as_it_is_filtered_and_in_its_order(desk: Desk) -> None:
    later, phoned = queued(date(2026, 12, 5), DAY, channel=Channel.PHONE)
    queued(DAY)
    rows = table_of(
        exported(
            desk.cast.author,
            filters=Filters(channel=Channel.PHONE),
            columns=["promised_on", "reference", "came_by"],
        )
    )
    references = [Claim.objects.get(pk=pk).filing.reference for pk in (phoned, later)]
    assert rows == [
        ["Reference", "Promised on", "Came by"],
        [references[0], "2026-11-26", "phone"],
        [references[1], "2026-12-05", "phone"],
    ]


def test_every_column_comes_out(desk: Desk) -> None:
    claim = claim_of(OLGA.files())
    by = entered(Role.SENIOR_REVIEWER)
    head, row = table_of(exported(by, filters=Filters(QueueList.ALL), columns=ALL_KEYS))
    found = dict(zip(head, row, strict=True))
    assert found["Serial"] == f"'{AFFECTED}"
    assert (found["Name"], found["E-mail"]) == (OLGA.name, OLGA.email)
    assert (found["Street"], found["Postal code"]) == ("77 Madeup Lane", "'62704")
    assert found["Sent at (UTC)"].endswith("+00:00")
    assert found["Reference"] == claim.filing.reference


def test_a_workbook_holds_the_same(desk: Desk) -> None:
    OLGA.files()
    by = entered(Role.SENIOR_REVIEWER)
    export = exported(by, SheetForm.XLSX, filters=Filters(QueueList.ALL), columns=ALL_KEYS)
    with ZipFile(io.BytesIO(b"".join(export.parts))) as book:
        tree = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    texts = {each.text for each in tree.iter(f"{space}t")}
    assert {AFFECTED, OLGA.email, "62704"} <= texts
    assert not list(tree.iter(f"{space}f"))


def test_a_list_too_long_for_a_workbook_is_refused_before_anything_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST_IN_WORKBOOK", 2)
    queued(DAY, DAY)
    assert list(exported(desk.cast.author, SheetForm.XLSX).parts)
    queued(DAY)
    with pytest.raises(TooManyForWorkbook, match="CSV"):
        exported(desk.cast.author, SheetForm.XLSX)
    assert ListExport.objects.count() == 1
    assert len(table_of(exported(desk.cast.author))) == 4


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
def test_whoever_may_not_export_gets_no_list_and_no_count(desk: Desk, role: Role) -> None:
    by = entered(role)
    with pytest.raises(NotPermitted):
        exported(by)
    with pytest.raises(NotPermitted):
        rows_in(Filters(), by=by)
    assert not ListExport.objects.exists()


def test_personal_columns_are_for_who_sees_personal_data(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    personal = [column.key for column in COLUMNS if column.is_personal]
    assert {"serial", "name", "email", "phone", "street", "postal_code"} <= set(personal)
    by = entered(Role.AUDITOR)
    monkeypatch.setattr(
        Staff, "may", lambda self, permission: permission.name in ("EXPORT_LIST", "SEE_CLAIMS")
    )
    for key in personal:
        with pytest.raises(NotPermitted):
            exported(by, columns=["reference", key])
    assert exported(by)


def test_without_a_reason_or_a_column_nothing_is_handed_out(desk: Desk) -> None:
    with pytest.raises(NoReasonForExport):
        exported(desk.cast.author, reason="  ")
    with pytest.raises(NoColumns):
        exported(desk.cast.author, columns=["no_such_column"])
    assert not StateChange.objects.filter(subject=Subject.EXPORT).exists()


def test_the_log_knows_of_it_before_the_first_byte_and_whether_it_ended(desk: Desk) -> None:
    queued(DAY, DAY, DAY)
    by = desk.cast.author
    asked = Filters(QueueList.REVIEW, country="US")
    export = exported(by, filters=asked, columns=["reference", "serial"])
    (row,) = ListExport.objects.all()
    assert (row.by, row.query, row.expected, row.is_personal) == (by, "country=US", 3, True)
    assert (row.form, row.columns, row.state) == ("csv", ["reference", "serial"], "started")
    (begun,) = StateChange.objects.filter(subject=Subject.EXPORT, subject_id=row.pk)
    assert (begun.actor_id, begun.reason) == (by.pk, Reason.LIST_TAKEN)
    assert begun.note is not None
    assert len(table_of(export)) == 4
    row.refresh_from_db()
    assert (row.state, row.written) == (ExportState.ENDED, 3)
    assert row.ended_at is not None
    assert log_of(Subject.EXPORT, row.pk) == [
        ("", "started", Reason.LIST_TAKEN),
        ("started", "ended", Reason.LIST_TAKEN),
    ]


def test_one_that_nobody_took_to_its_end_is_broken_off(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recalldesk.foundation.sheets.PART", 1)
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    queued(*[DAY] * 5)
    parts = exported(desk.cast.author).parts
    next(parts)
    parts.close()  # type: ignore[attr-defined]  # a server closes what it does not take to its end
    (row,) = ListExport.objects.all()
    assert (row.state, row.written) == (ExportState.BROKEN_OFF, 1)


def test_the_file_says_which_list_it_is_and_names_nobody(desk: Desk) -> None:
    export = exported(desk.cast.author, SheetForm.XLSX, filters=Filters(QueueList.DANGER))
    assert export.name.startswith("claims-danger-")
    assert export.name.endswith("Z.xlsx")
