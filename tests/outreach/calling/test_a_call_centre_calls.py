"""A call centre gets a list and sends back what came of each call: each line is counted."""

import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.claims.desk_queue.errors import NoReasonForExport
from recalldesk.claims.states import SheetForm
from recalldesk.foundation import clock
from recalldesk.outreach.calling.call_centre import read_outcomes, take_call_list
from recalldesk.outreach.calling.errors import CallRefused
from recalldesk.outreach.letters.reference import reference_of
from recalldesk.outreach.models import Call, DirectNotice, Wave
from recalldesk.outreach.reading_back import FileRefused, ReadBack
from recalldesk.outreach.states import CallOutcome, NoticeState, Way
from tests.outreach.told import Told

pytestmark = pytest.mark.django_db


@pytest.fixture
def wave(told: Told) -> Wave:
    for number in range(4):
        told.bought(f"Caller Example {number}", phone=f"+1202555011{number}")
    return told.started(Way.PHONE)


def references(wave: Wave) -> list[str]:
    return [reference_of(each) for each in wave.notices.order_by("pk").values_list("pk", flat=True)]


def law(read: ReadBack) -> bool:
    counted = read.heading + read.accepted + read.rejected + read.duplicate
    return read.lines == counted + read.blank + read.continued


def test_whoever_stands_on_the_list_is_called_by_nobody_else(told: Told, wave: Wave) -> None:
    with pytest.raises(NoReasonForExport):
        take_call_list(wave=wave, by=told.cast.author, reason="", form=SheetForm.CSV)
    with pytest.raises(NotPermitted):
        take_call_list(wave=wave, by=told.cast.viewer, reason="To call", form=SheetForm.CSV)
    assert not wave.notices.exclude(not_before=None).exists()
    list_ = take_call_list(wave=wave, by=told.cast.author, reason="To call", form=SheetForm.CSV)
    until = clock.now() + timedelta(days=6)
    assert wave.notices.filter(not_before__gt=until).count() == 4
    with pytest.raises(CallRefused, match="No call waits"):
        take_call_list(wave=wave, by=told.cast.author, reason="To call", form=SheetForm.CSV)
    assert list_.name.startswith("calls-")


def test_each_line_that_comes_back_is_counted_and_twice_is_once(
    told: Told, wave: Wave, tmp_path: Path
) -> None:
    one, two, three, four = references(wave)
    at = (clock.now() - timedelta(hours=2)).strftime("%Y-%m-%d %H:%M")
    later = (clock.now() + timedelta(days=1)).isoformat()
    rows = [
        ("Reference", "Outcome", "Called at", "Call again", "Note"),
        (one, "told", at, "", "Was glad"),
        (f"'{two}", "No answer", at, "", ""),
        ("", "", "", "", ""),
        (three, "later", at, later, ""),
        (four, "later", at, "", ""),
        (four, "shouted", at, "", ""),
        (four, "told", "", "", ""),
        (four, "told", later, "", ""),
        ("N-0000-0", "told", at, "", ""),
        (one, "told", at, "", ""),
        (one, "wrong_number", at, "", ""),
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path = tmp_path / "outcomes.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    looked = read_outcomes(path=path, by=told.cast.author, only_look=True)
    assert not Call.objects.exists()
    read = read_outcomes(path=path, by=told.cast.author)
    assert law(read)
    assert (read.accepted, read.rejected, read.duplicate, read.blank) == (3, 6, 1, 1)
    assert [each.why for each in read.rejects] == [each.why for each in looked.rejects]
    assert [each.number for each in read.rejects] == [6, 7, 8, 9, 10, 12]
    assert "settled otherwise" in read.rejects[-1].why
    assert Call.objects.count() == 3
    again = read_outcomes(path=path, by=told.cast.author)
    assert law(again)
    assert (again.accepted, again.duplicate, again.rejected) == (0, 4, 6)
    assert Call.objects.count() == 3
    told_one = DirectNotice.objects.get(state=NoticeState.SENT)
    assert told_one.calls.get().outcome == CallOutcome.TOLD


def test_a_file_without_its_column_is_refused(told: Told, tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text("Who,What\nAna,told\n", encoding="utf-8")
    with pytest.raises(FileRefused, match="reference"):
        read_outcomes(path=path, by=told.cast.author)


def test_a_call_before_the_notice_was_made_is_not_taken(
    told: Told, wave: Wave, tmp_path: Path
) -> None:
    path = tmp_path / "outcomes.csv"
    lines = [f"{references(wave)[0]},told,{at}" for at in ("2024-11-27 14:30", "0001-01-01 00:00")]
    path.write_text("\n".join(["Reference,Outcome,Called at", *lines]), encoding="utf-8")
    read = read_outcomes(path=path, by=told.cast.author)
    assert law(read)
    assert (read.accepted, read.rejected) == (0, 2)
    assert all("before" in each.why for each in read.rejects)
    assert not wave.notices.exclude(state=NoticeState.WAITING).exists()
