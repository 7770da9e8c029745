"""`recalldesk report`: a report is shown, written, filed, and held against what is counted now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from recalldesk.foundation import clock
from recalldesk.publicity.models import PageHits
from recalldesk.publicity.states import PageKind
from recalldesk.recalls.models import RecallVersion
from recalldesk.reports.models import FiledReport
from recalldesk.reports.progress.periods import month_before
from tests.cast import SLUG, Cast, Command
from tests.outreach.told import Told
from tests.reports.progressed import Progressed

pytestmark = pytest.mark.django_db(transaction=True)
AUTHOR = ("--as", "author@desk.example")


def test_a_report_is_shown_written_filed_and_held_against_now(
    command: Command, cast: Cast, published_recall: RecallVersion, tmp_path: Path
) -> None:
    last = month_before(clock.now().date())
    with time_machine.travel(datetime.combine(last.first, datetime.min.time(), tzinfo=UTC)):
        Progressed(published_recall.recall, cast.author, Told(cast)).corrects(9)
    shown = command("report", "progress", SLUG, *AUTHOR)
    assert "corrected-consumer" in shown.out, shown.err
    rows = command("report", "rows", SLUG, "corrected-consumer-period", *AUTHOR)
    assert "Consumers, this period: 9" in rows.out, rows.err
    place = tmp_path / "report.json"
    told = command("report", "progress", SLUG, "--format", "json", "--to-file", str(place), *AUTHOR)
    assert told.code == 0, told.err
    assert place.stat().st_mode & 0o777 == 0o600
    pdf = tmp_path / "report.pdf"
    filed = command("report", "file", SLUG, "--to-file", str(pdf), *AUTHOR)
    assert "revision 1" in filed.out, filed.err
    row = FiledReport.objects.get()
    assert pdf.read_bytes() == bytes(row.pdf)
    assert "Nothing changed" in command("report", "changed", SLUG, str(row.pk), *AUTHOR).out
    PageHits.objects.create(
        recall=published_recall.recall, day=last.first, page=PageKind.NOTICE, count=5
    )
    changed = command("report", "changed", SLUG, str(row.pk), *AUTHOR)
    assert "0 filed, 5 now (+5)" in changed.out
    due = command("report", "due", *AUTHOR)
    assert f"number {row.pk}, revision 1" in due.out
    for words, answer in (
        (("rows", SLUG, "nothing"), "no such cell"),
        (("progress", SLUG, "--from", "2026-10-01"), "a first and a last day"),
        (("changed", SLUG, "99"), "no such filing"),
    ):
        ran = command("report", *words, *AUTHOR)
        assert ran.code != 0
        assert answer in ran.err
