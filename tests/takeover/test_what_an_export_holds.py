"""What an export holds beside tables: pictures, reports, a word to its reader; and, only where they
are asked for by whoever may have them, original files and gift codes."""

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.evidence.errors import FileMissing, StoreUnreachable
from recalldesk.remedies.providers.codes.importing.run import import_codes
from recalldesk.remedies.providers.codes.pools import open_pool
from recalldesk.takeover.errors import LeavingRefused
from recalldesk.takeover.leaving.enclosed import Files
from recalldesk.takeover.leaving.leaving import leave
from recalldesk.takeover.leaving.wanted import Wanted
from tests.cast import Desk

CODE = "MADE-UP-CODE-0001"


def left(desk: Desk, to: Path, wanted: Wanted) -> dict[str, object]:
    leave(
        recall=desk.recall(),
        to=to,
        by=desk.cast.administrator,
        reason="We go elsewhere.",
        wanted=wanted,
    )
    said: dict[str, object] = json.loads((to / "manifest.json").read_text())
    return said


def codes_came_in(desk: Desk, folder: Path) -> None:
    by = desk.cast.administrator
    worth = {"value": Decimal("39.90"), "currency": "USD"}
    pool = open_pool(recall=desk.recall(), name="Cards", by=by, **worth)  # type: ignore[arg-type] # by name
    file = folder / "codes.csv"
    file.write_text(f"code,pin\n{CODE},1234\n")
    import_codes(pool=pool, path=file, by=by)


def test_gift_codes_leave_only_where_they_are_asked_for(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    codes_came_in(desk, folder)
    left(desk, tmp_path / "without", Wanted())
    assert not any(CODE in each.read_text() for each in (tmp_path / "without").rglob("*.*sv"))
    assert "--with-codes" in (tmp_path / "without/README.md").read_text()
    left(desk, tmp_path / "with", Wanted(codes=True))
    place = tmp_path / "with/codes/gift-codes.jsonl"
    assert place.stat().st_mode & 0o077 == 0
    row = json.loads(place.read_text())
    assert (row["code"], row["pin"], row["standing"]) == (CODE, "1234", "left")
    assert CODE not in (tmp_path / "with/tables/remedies.GiftCode.jsonl").read_text()
    assert StateChange.objects.filter(subject=Subject.DEPARTURE, to_state="started").count() == 2


def test_codes_and_originals_leave_with_their_permissions_only(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles = dict(ROLE_PERMISSIONS)
    for wanted, permission in (
        (Wanted(codes=True), Permission.IMPORT_CODES),
        (Wanted(originals=True), Permission.IMPORT_ORDERS),
    ):
        less = roles[Role.ADMINISTRATOR] - {permission}
        monkeypatch.setitem(ROLE_PERMISSIONS, Role.ADMINISTRATOR, less)  # type: ignore[arg-type] # it is a dict
        with pytest.raises(NotPermitted):
            left(desk, tmp_path / "left", wanted)
        monkeypatch.setitem(ROLE_PERMISSIONS, Role.ADMINISTRATOR, roles[Role.ADMINISTRATOR])  # type: ignore[arg-type] # as above
        with pytest.raises(LeavingRefused, match="people's"):
            left(desk, tmp_path / "left", replace(wanted, personal=False))
    assert not (tmp_path / "left").exists()


def test_an_export_says_what_it_is_and_every_file_is_in_its_manifest(
    desk: Desk, tmp_path: Path
) -> None:
    to = tmp_path / "left"
    said = left(desk, to, Wanted(originals=True))
    files = said["files"]
    assert isinstance(files, dict)
    there = {str(each.relative_to(to)) for each in to.rglob("*") if each.is_file()}
    assert there == {*files, "manifest.json"}
    readme = (to / "README.md").read_text()
    for each in ("tables/", "schema.json", "takeover.toml", "originals/", "--with-codes"):
        assert each in readme
    schema = json.loads((to / "schema.json").read_text())
    pdf = schema["reports.FiledReport"]
    assert "pdf" in pdf["not_written"]
    assert schema["units.SerialReject"]["columns"]["row"]["kind"] == "bytes, hexadecimal"
    claim = {name: said["kind"] for name, said in schema["claims.Claim"]["columns"].items()}
    assert (claim["id"], claim["serial"], claim["filing_id"]) == (
        "whole number",
        "text",
        "whole number",
    )
    assert (claim["remedy_id"], claim["state_since"]) == ("UUID", "moment, ISO 8601")
    assert (claim["promised_on"], claim["holds_unit"]) == ("day, YYYY-MM-DD", "true or false")


def test_what_is_lost_is_named_and_a_store_that_is_silent_ends_the_run() -> None:
    files = Files()
    with files.may_be_lost("photos/1.jpg"):
        raise FileMissing
    assert files.lost == ["photos/1.jpg"]
    with pytest.raises(LeavingRefused, match="does not answer"), files.may_be_lost("x"):
        raise StoreUnreachable
