"""Everything of a recall is written out whole, and what is written can be taken over elsewhere."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.models import Claim
from recalldesk.mailing.models import Mailing
from recalldesk.outreach.models import DirectNotice
from recalldesk.remedies.models import Order, Remedy
from recalldesk.sealing.fields import LookupField, SealedField
from recalldesk.takeover.errors import LeavingRefused
from recalldesk.takeover.leaving.leaving import Left, leave
from recalldesk.takeover.leaving.register import EXPORTED, LEFT_OUT, NOT_EXPORTED
from recalldesk.takeover.leaving.tables import columns_of
from recalldesk.takeover.leaving.wanted import Wanted
from recalldesk.takeover.run import files_in, take_over
from tests.cast import Desk
from tests.takeover.former import claim, kettles, paid, taken, text_of_cards, write
from tests.unguarded import unguarded

OTHER = "kettle-two"


def models() -> dict[str, Any]:
    return {
        model._meta.label: model
        for model in apps.get_models()
        if model.__module__.startswith("recalldesk.")
    }


def test_each_model_is_written_or_named_as_not_written_with_its_reason() -> None:
    assert set(models()) == set(EXPORTED) | set(NOT_EXPORTED)
    assert not set(EXPORTED) & set(NOT_EXPORTED)
    assert all(NOT_EXPORTED.values())


def test_each_column_is_written_or_named(db: None) -> None:
    for label, left_out in LEFT_OUT.items():
        assert set(left_out) <= {each.name for each in models()[label]._meta.concrete_fields}
    for label in EXPORTED:
        written = {each.field.name for each in columns_of(models()[label])}
        for each in models()[label]._meta.concrete_fields:
            is_named = isinstance(each, LookupField) or each.name in LEFT_OUT.get(label, {})
            assert (each.name in written) is not is_named
            assert not (isinstance(each, SealedField) and each.name.startswith("sealed_") is False)


def left(desk: Desk, to: Path, **more: Any) -> Left:
    return leave(
        recall=desk.recall(),
        to=to,
        by=desk.cast.administrator,
        reason="We go elsewhere.",
        **more,
    )


def test_what_stands_in_the_tables_is_what_is_written(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    write(folder, "claims", paid(1), paid(2), claim(3, state="approved"))
    taken(desk, folder)
    to = tmp_path / "left"
    done = left(desk, to)
    manifest = json.loads((to / "manifest.json").read_text())
    assert done.files == len(manifest["files"])
    for name, said in manifest["files"].items():
        content = (to / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == said["sha256"]
        assert (to / name).stat().st_mode & 0o077 == 0
    assert to.stat().st_mode & 0o077 == 0
    for label, path in EXPORTED.items():
        if isinstance(path, str) and not label.startswith(("audit.", "takeover.Departure")):
            rows = models()[label]._base_manager.filter(**{path: desk.recall().pk}).count()
            assert manifest["files"][f"tables/{label}.jsonl"]["rows"] == rows, label
    lines = (to / "tables/claims.Claim.jsonl").read_text().splitlines()
    claims = [json.loads(each) for each in lines]
    assert [each["serial"] for each in claims] == list(kettles()[1:4])
    log = StateChange.objects.filter(subject=Subject.DEPARTURE).order_by("pk")
    assert list(log.values_list("to_state", flat=True)) == ["started", "ended"]


def test_personal_data_leave_with_the_permission_only(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    with pytest.raises(NotPermitted):
        leave(recall=desk.recall(), to=tmp_path / "no", by=desk.cast.author, reason="Curious.")
    assert not (tmp_path / "no").exists()
    left(desk, tmp_path / "left", wanted=Wanted(personal=False))
    text = "".join(
        each.read_text()
        for each in (tmp_path / "left").rglob("*.*")
        if each.suffix in (".csv", ".jsonl", ".json")
    )
    assert "owner1@home.example" not in text
    assert kettles()[1] not in (tmp_path / "left/tables/claims.Claim.csv").read_text()


def test_what_was_broken_off_leaves_nothing_and_begins_anew(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("recalldesk.takeover.leaving.leaving._write_table", fails)
    with pytest.raises(OSError, match="full"):
        left(desk, tmp_path / "left")
    assert not list(tmp_path.glob("*left*"))
    monkeypatch.undo()
    unfinished = tmp_path / ".left.unfinished"
    unfinished.mkdir()
    with pytest.raises(LeavingRefused, match="nothing of ours"):
        left(desk, tmp_path / "left")
    (unfinished / ".recalldesk-leave").touch()
    assert left(desk, tmp_path / "left").files


def test_what_leaves_comes_in_again_and_nobody_is_paid(
    desk: Desk, folder: Path, tmp_path: Path
) -> None:
    unknown = {"remedy state": "unknown"}
    rows = (
        *(paid(1), paid(2, **{"remedy state": "sent"}), paid(3, **unknown)),
        *(claim(4, state="approved"), claim(5, state="in_review"), claim(6, state="declined")),
        *(claim(7, serial="", state="in_review", unit="1"),),
        claim(7, serial="", state="in_review", unit="2"),
    )
    write(folder, "claims", *rows)
    told = {"contact": "owner1@home.example", "way": "email", "state": "delivered"}
    notices = ({**told, "told on": "2025-02-20"}, {**told, "told on": "2025-03-20"})
    write(folder, "notices", *notices)
    taken(desk, folder)
    before = _said(desk)
    left(desk, tmp_path / "left")
    _fresh(desk)
    done = take_over(
        recall=desk.recall(OTHER),
        named=files_in(tmp_path / "left"),
        by=desk.cast.administrator,
    )
    assert [each.read.rejected for each in done if each.read] == [0, 0]
    assert _said(desk, OTHER) == before
    assert not Mailing.objects.exists()


def _said(desk: Desk, slug: str = "") -> tuple[Any, ...]:
    recall = desk.recall(slug) if slug else desk.recall()
    claims = Claim.objects.filter(recall=recall).values_list("state", "product")
    orders = Order.objects.filter(remedy__recall=recall)
    notices = DirectNotice.objects.filter(recall_id=recall.pk)
    return (
        Counter(claims),
        Counter(Remedy.objects.filter(recall=recall).values_list("state", "key", "held")),
        Counter(orders.values_list("provider", "reference", "amount", "stopped", "sent_at")),
        Counter(notices.values_list("way", "state", "sent_at", "wave__kind")),
    )


def _fresh(desk: Desk) -> None:
    """Another installation, as far as rows of remedies and holders of units go: none of the first
    recall's is left to meet."""
    tables = (
        *("reports_correctionplace", "remedies_correction", "takeover_takenremedy"),
        *("takeover_takennotice", "outreach_namedpurchase", "outreach_directnotice"),
        *("takeover_takenphoto", "takeover_takenclaim", "claims_claim", "remedies_order"),
        *("remedies_remedy", "remedies_entitlement", "claims_filingkey"),
        *("claims_formerreference", "claims_filing"),
    )
    with unguarded(*tables), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table}")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    desk.published(text_of_cards().replace("kettle-k20", OTHER), kettles())
