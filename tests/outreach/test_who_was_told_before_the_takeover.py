"""Who was told by a former system counts as told: in waves, reminders, reach and reports."""

from datetime import date
from pathlib import Path

from recalldesk.foundation import clock
from recalldesk.outreach.audience.counting import NotReached, Preview, preview
from recalldesk.outreach.models import NamedPurchase, Wave
from recalldesk.outreach.reach.figures import reach_of
from recalldesk.outreach.states import WaveKind
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.progress.counting import count_figures
from recalldesk.takeover.run import files_in, take_over
from tests.outreach.told import Told
from tests.takeover.former import SMALL

NOTICES = """contact,way,told on,state
ana@example.org,email,2025-02-20,delivered
ben@example.org,email,2025-02-20,bounced
"""


def taken(told: Told, folder: Path, notices: str = NOTICES) -> None:
    (folder / "takeover.toml").write_text(SMALL)
    (folder / "notices.csv").write_text(notices)
    take_over(recall=told.recall, named=files_in(folder), by=told.cast.administrator)


def counted(told: Told, wave: Wave) -> Preview:
    return preview(wave, by=told.cast.author)


def test_a_first_wave_leaves_out_who_was_told_and_no_other(told: Told, tmp_path: Path) -> None:
    told.bought(email="ana@example.org")
    told.bought("Ben Example", email="ben@example.org")
    told.bought("Cleo Example", email="cleo@example.org")
    taken(told, tmp_path)
    found = counted(told, told.draft())
    assert found.notices == 2
    assert found.not_reached == {NotReached.TOLD: 1}


def test_a_purchase_that_a_later_file_brings_was_told_of_unless_it_is_of_a_later_day(
    told: Told, tmp_path: Path
) -> None:
    taken(told, tmp_path)
    ana = told.bought(email="ana@example.org")
    assert counted(told, told.draft()).not_reached == {NotReached.TOLD: 1}
    told.purchase(ana, ordered_on=date(2025, 3, 1))
    assert counted(told, told.draft()).notices == 1


def test_a_reminder_is_due_by_the_day_on_which_they_were_told(told: Told, tmp_path: Path) -> None:
    told.bought(email="ana@example.org")
    told.bought("Cleo Example", email="cleo@example.org")
    taken(told, tmp_path)
    wave = told.draft(kind=WaveKind.REMINDER, silent_days=30)
    found = counted(told, wave)
    assert (found.notices, found.not_reached) == (1, {NotReached.NOT_DUE: 1})


def test_reach_counts_them_and_the_report_once_on_the_day_of_the_takeover(
    told: Told, tmp_path: Path
) -> None:
    told.bought(email="ana@example.org", units=2)
    told.bought("Ben Example", email="ben@example.org")
    taken(told, tmp_path)
    taken(told, tmp_path)
    reach = reach_of(told.recall, by=told.cast.author).whole
    assert (reach.units, reach.told, reach.came_back) == (3, 2, 1)
    figures = count_figures(told.recall, Period(date(2025, 1, 1), clock.now().date()))
    assert figures["notified-email"].so_far == 1
    assert figures["notified-before"].so_far == 1
    assert figures["notified-reminders"].so_far == 0
    assert NamedPurchase.objects.count() == 2
