"""A feed is taken in: each entry is accounted for, the newest word counts, again is nothing."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import Error, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.elsewhere import splitting
from recalldesk.elsewhere.actions import TakenFeed, take_feed
from recalldesk.elsewhere.models import EntryRejected, FeedFile, OutsideModel, OutsideRecall
from recalldesk.elsewhere.rejects import reject_rows
from recalldesk.elsewhere.states import EntryReason, FeedForm, Found
from tests.cast import Cast
from tests.elsewhere.feeds_made import OF_CPSC, OF_USA_GOV, entry, feed


def taken(path: Path, cast: Cast) -> TakenFeed:
    return take_feed(path, came_from=path.name, by=cast.author)


def counts(file: FeedFile) -> tuple[int, int, int, int]:
    return file.entries, file.accepted, file.rejected, file.duplicate


def models_of(number: str) -> set[tuple[str, str]]:
    rows = OutsideModel.objects.filter(recall__number=number)
    return set(rows.values_list("written", "found"))


def test_the_cpscs_form_is_read(cast: Cast) -> None:
    file = taken(OF_CPSC, cast).file
    assert counts(file) == (5, 4, 1, 0)
    assert (file.form, file.newest) == (FeedForm.CPSC, date(2024, 3, 7))
    assert models_of("90001") == {("K20", "prose"), ("K21", "prose"), ("K22", "prose")} | {
        ("000000000017", "upc")
    }
    assert models_of("90003") == {("PB-100", "prose"), ("PB-120", "prose")}
    assert models_of("90004") == {("CR-7", "field"), ("CR-8", "field")}
    lamps = OutsideRecall.objects.get(number="90002")
    assert lamps.title == "Made-up Lamps & Co Recalls Lamps"
    assert lamps.description.startswith("This made-up recall involves lamps of model ‘Glow 300’")
    assert models_of("90002") == {("Glow 300", "prose"), ("LM-300", "prose")}
    (rejected,) = EntryRejected.objects.all()
    assert (rejected.position, rejected.reason) == (5, EntryReason.NO_NUMBER)
    assert "Made-up entry" in str(reject_rows(file.pk))
    assert StateChange.objects.filter(subject=Subject.FEED_FILE, subject_id=file.pk).count() == 1


def test_the_older_form_is_read(cast: Cast) -> None:
    file = taken(OF_USA_GOV, cast).file
    assert counts(file) == (3, 2, 1, 0)
    assert file.form == FeedForm.USA_GOV
    kettles = OutsideRecall.objects.get(number="10999")
    assert kettles.title == "Made-up Kettle Works: Made-up electric kettles, model K20"
    assert (kettles.date, kettles.published, kettles.hazards) == (date(2010, 3, 1), None, "Burn")
    assert models_of("10999") == {("K20", Found.PROSE)}
    assert models_of("10998") == {("000000000024", Found.UPC)}
    assert EntryRejected.objects.get().reason == EntryReason.OTHER_AUTHORITY


def test_the_same_file_twice_changes_nothing(cast: Cast) -> None:
    first = taken(OF_CPSC, cast)
    again = taken(OF_CPSC, cast)
    assert (first.is_new, again.is_new, again.file.pk) == (True, False, first.file.pk)
    assert FeedFile.objects.count() == 1


def test_an_entry_that_was_changed_since_is_taken_and_an_older_one_is_not(
    cast: Cast, tmp_path: Path
) -> None:
    taken(feed(tmp_path, entry(), entry("90002")), cast)
    newer = entry(
        LastPublishDate="2024-05-01T00:00:00", Description="Now with model numbers K20 and K25."
    )
    file = taken(feed(tmp_path, newer, entry("90002")), cast).file
    assert counts(file) == (2, 1, 0, 1)
    assert models_of("90001") == {("K20", "prose"), ("K25", "prose")}
    older = entry(LastPublishDate="2024-04-01T00:00:00", Description="Model K19.")
    assert counts(taken(feed(tmp_path, older), cast).file) == (1, 0, 0, 1)
    unknown_day = entry(LastPublishDate=None, Description="Model K18.")
    assert counts(taken(feed(tmp_path, unknown_day), cast).file) == (1, 0, 0, 1)
    assert models_of("90001") == {("K20", "prose"), ("K25", "prose")}


def test_a_recall_that_comes_twice_in_a_file_is_kept_as_it_came_last(
    cast: Cast, tmp_path: Path
) -> None:
    file = taken(feed(tmp_path, entry(), entry(), entry(Description="Model K26.")), cast).file
    assert counts(file) == (3, 2, 0, 1)
    assert models_of("90001") == {("K26", "prose")}


WRONG: list[tuple[Any, EntryReason]] = [
    ("no record", EntryReason.NO_RECORD),
    ({}, EntryReason.NO_RECORD),
    (None, EntryReason.NO_RECORD),
    (7, EntryReason.NO_RECORD),
    (entry("", URL="javascript:alert(1)"), EntryReason.NO_NUMBER),
    (entry(RecallDate="yesterday"), EntryReason.NO_DATE),
    (entry(RecallDate="2024-02-31T00:00:00"), EntryReason.NO_DATE),
    (entry(RecallDate=None), EntryReason.NO_DATE),
    (entry(Title="", Description=""), EntryReason.NO_TITLE),
    (entry(Title={"of": "another kind"}), EntryReason.WRONG_KIND),
    (entry(Products="kettles"), EntryReason.WRONG_KIND),
    (entry(Products=[{"Name": ["kettle"]}]), EntryReason.WRONG_KIND),
    (entry(RecallNumber=True), EntryReason.WRONG_KIND),
    (entry("9" * 41), EntryReason.TOO_LONG),
    (entry(Description="x" * 200_001), EntryReason.TOO_LONG),
]


def test_each_entry_that_cannot_be_read_is_rejected_with_its_place_and_reason(
    cast: Cast, tmp_path: Path
) -> None:
    file = taken(feed(tmp_path, *[wrong for wrong, _ in WRONG], entry()), cast).file
    assert counts(file) == (len(WRONG) + 1, 1, len(WRONG), 0)
    rejects = EntryRejected.objects.order_by("position")
    assert [(each.position, each.reason) for each in rejects] == [
        (place, reason) for place, (_, reason) in enumerate(WRONG, start=1)
    ]


def test_odd_texts_are_kept_as_plain_ones_and_no_address_but_one_of_the_web(
    cast: Cast, tmp_path: Path
) -> None:
    odd = entry(
        RecallNumber=90001,
        Title="<b>Kettles</b> &amp;lt;script&amp;gt; \u0000\u202e\ud83d",
        URL="javascript:alert(1)",
        Hazards=["Burn"],
        Images=None,
    )
    taken(feed(tmp_path, odd), cast)
    row = OutsideRecall.objects.get()
    assert row.title.startswith("Kettles <script>")
    assert row.title.isprintable()
    assert (row.number, row.url, row.hazards) == ("90001", "", "Burn")


def test_a_file_longer_than_what_is_held_at_once_is_read_entry_by_entry(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(splitting, "PIECE", 7)
    monkeypatch.setattr("recalldesk.elsewhere.actions.PORTION", 3)
    path = feed(tmp_path, *[entry(str(90_000 + each)) for each in range(10)])
    path.write_text("\ufeff \n" + path.read_text(), encoding="utf-8")
    assert counts(taken(path, cast).file) == (10, 10, 0, 0)
    assert OutsideRecall.objects.count() == OutsideModel.objects.count() == 10


def test_who_may_not_edit_a_recall_reads_no_feed(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        take_feed(OF_CPSC, came_from="x", by=cast.viewer)


def test_the_database_keeps_what_was_read(cast: Cast) -> None:
    file = taken(OF_CPSC, cast).file
    for change in (
        lambda: FeedFile.objects.filter(pk=file.pk).update(accepted=5, rejected=0),
        lambda: FeedFile.objects.all().delete(),
        lambda: EntryRejected.objects.all().delete(),
        lambda: OutsideRecall.objects.all().delete(),
        lambda: FeedFile.objects.create(
            sha256="1", entries=2, accepted=1, rejected=0, duplicate=0, by=cast.author
        ),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_json_of_the_older_form_without_its_wrapping_is_read(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "bare.json"
    results = json.loads(OF_USA_GOV.read_text())["success"]["results"]
    path.write_text(json.dumps({"total": 3, "results": results}))
    assert counts(taken(path, cast).file) == (3, 2, 1, 0)
