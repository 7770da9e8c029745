"""A report is frozen when it is filed, and says afterwards what changed since."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import DatabaseError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.incidents.states import Care
from recalldesk.outreach.models import ToldByHand
from recalldesk.outreach.states import ByHand, Way
from recalldesk.publicity.models import PageHits
from recalldesk.publicity.states import PageKind
from recalldesk.recalls.models import RecallVersion
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.models import FiledReport
from recalldesk.reports.progress.changed import changed_since
from recalldesk.reports.progress.content import digest_of
from recalldesk.reports.progress.filing import NotFiled, file_report
from recalldesk.reports.progress.reads import content_in
from recalldesk.reports.progress.report import report_of
from recalldesk.reports.progress.words import stock
from tests.cast import Cast
from tests.outreach.told import Told
from tests.reports.progressed import BEFORE, Progressed
from tests.standing import (  # noqa: F401
    cast,
    index_folder,
    kettles,
    published_recall,
    standing,
)

pytestmark = pytest.mark.django_db
OCTOBER = Period(date(2027, 10, 1), date(2027, 10, 31))


@pytest.fixture
def made(published_recall: RecallVersion, cast: Cast) -> Iterator[Progressed]:  # noqa: F811
    """October: nine units corrected, a fire, a notice; it is November."""
    made = Progressed(published_recall.recall, cast.author, Told(cast))
    with time_machine.travel("2027-10-12T10:00:00Z", tick=False):
        made.corrects(9)
        made.incident(BEFORE, Care.DOCTOR)
        made.sends()
    with time_machine.travel("2027-11-01T08:00:00Z", tick=False):
        yield made


def filed(made: Progressed, nonce: str = "a form") -> FiledReport:
    return file_report(recall=made.recall, period=OCTOBER, by=made.by, nonce=nonce)


def test_it_is_frozen_with_its_figures_its_digests_and_a_line_of_the_log(made: Progressed) -> None:
    row = filed(made)
    content = content_in(row)
    assert content["figures"]["corrected-consumer"]["period"] == 9
    assert content["figures"]["injuries-before"]["so-far"] == 1
    assert content["rows"]["period"]["notices"]["email-first"]["rows"] == 1
    assert row.content_sha256 == digest_of(row.content)
    assert row.pdf_sha256 == hashlib.sha256(bytes(row.pdf)).hexdigest()
    assert bytes(row.pdf).startswith(b"%PDF")
    (line,) = StateChange.objects.filter(subject=Subject.FILED_REPORT, subject_id=row.pk)
    assert (line.to_state, line.actor_id) == ("filed", made.by.pk)
    assert line.content_digest
    assert made.by.name not in json.dumps(content)


def test_it_never_changes(made: Progressed) -> None:
    row = filed(made)
    for change in (
        lambda: FiledReport.objects.filter(pk=row.pk).update(content="{}"),
        lambda: FiledReport.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_same_form_again_files_nothing_more_and_another_one_is_the_next_revision(
    made: Progressed,
) -> None:
    first = filed(made)
    assert filed(made).pk == first.pk
    assert filed(made, "another form").revision == 2


def test_a_period_that_is_not_over_is_not_filed(made: Progressed) -> None:
    running = Period(date(2027, 10, 1), date(2027, 11, 1))
    with pytest.raises(NotFiled):
        file_report(recall=made.recall, period=running, by=made.by, nonce="soon")


def test_whoever_may_not_file_does_not(made: Progressed, cast: Cast) -> None:  # noqa: F811
    with pytest.raises(NotPermitted):
        file_report(recall=made.recall, period=OCTOBER, by=cast.viewer, nonce="no")


def test_what_comes_to_nothing_later_changes_nothing_that_was_filed(made: Progressed) -> None:
    row = filed(made)
    made.takes_back()
    made.strikes()
    made.bounces()
    assert changed_since(row, by=made.by).is_nothing
    assert made.counted(OCTOBER)["corrected-consumer"].so_far == 9
    november = made.counted(Period(date(2027, 11, 1), date(2027, 11, 30)))
    assert november["corrected-consumer"].in_period == -9
    assert november["injuries-before"].in_period == -1
    assert november["notified-email"].in_period == -1
    assert november["notified-email"].so_far == 0


def test_hits_that_become_known_later_are_told_with_their_rows(made: Progressed) -> None:
    row = filed(made)
    PageHits.objects.create(
        recall=made.recall, day=date(2027, 10, 5), page=PageKind.NOTICE, count=12
    )
    period, so_far = changed_since(row, by=made.by).cells
    assert (period.cell.name, so_far.cell.name) == ("web-hits-period", "web-hits-so-far")
    assert (period.filed, period.now, period.difference, period.unexplained) == (0, 12, 12, 0)
    assert [each.adds for each in period.rows] == [12]


def test_a_row_that_counts_otherwise_now_is_said_to_be_unexplained(made: Progressed) -> None:
    hits = PageHits.objects.create(
        recall=made.recall, day=date(2027, 10, 5), page=PageKind.NOTICE, count=12
    )
    row = filed(made)
    PageHits.objects.filter(pk=hits.pk).update(count=15)
    period, _ = changed_since(row, by=made.by).cells
    assert (period.difference, period.rows, period.unexplained) == (3, (), 3)


def test_who_is_told_by_hand_is_told_by_the_way_that_was_taken(made: Progressed) -> None:
    for how in (ByHand.CALLED, ByHand.MET):
        made.sends(Way.EMAIL)
        ToldByHand.objects.create(
            notice=made.notices[-1], how=how, on=date(2027, 11, 1), by=made.by
        )
    november = made.counted(Period(date(2027, 11, 1), date(2027, 11, 30)))
    told = {way: november[f"notified-{way}"].in_period for way in ("email", "phone", "person")}
    assert told == {"email": 0, "phone": 1, "person": 1}


def test_stock_stands_beside_the_form_and_counts_at_the_partners_level(made: Progressed) -> None:
    made.moves_stock()
    november = Period(date(2027, 11, 1), date(2027, 11, 30))
    numbers = made.counted(november)
    assert numbers["stock-destroyed"].in_period == 6
    assert numbers["corrected-retailer"].in_period == 6
    assert "40 on hand" in stock(report_of(made.recall, november, by=made.by))
    made.takes_stock_back()
    assert made.counted(november)["stock-destroyed"].in_period == 0
