"""A line once settled is asked about again wherever what settled it may not hold any more."""

from dataclasses import replace

import pytest

from recalldesk.audit.states import Reason
from recalldesk.units import live
from recalldesk.units.actions import settle_rejects
from recalldesk.units.errors import PublicationRefused
from recalldesk.units.importing.run import Columns
from recalldesk.units.models import SerialReject
from tests.cast import FAR, SERIALS, Cast, Desk, recall_text
from tests.units import desk as lists

CUT_OFF = FAR[:-1]
FILE = "serial\nAB1201\nbad!!!\n"


def settle(reason: Reason, cast: Cast) -> None:
    waiting = SerialReject.objects.filter(settled_at__isnull=True)
    settle_rejects(rejects=waiting, reason=reason, by=cast.approver, note="Seen.")


def waiting() -> int:
    return SerialReject.objects.filter(settled_at__isnull=True).count()


def test_a_replacing_file_that_takes_the_corrected_serial_away_holds_publication_back(
    kettles: Desk, cast: Cast
) -> None:
    draft = kettles.apply(recall_text(units=5))
    file = kettles.file([*SERIALS, CUT_OFF])
    kettles.take(draft, file)
    kettles.take(draft, kettles.file([FAR], "corrected.csv"))
    settle(Reason.CORRECTED, cast)
    report = kettles.take(draft, file, replace=True)
    assert (report.removed, waiting()) == (1, 1)
    with pytest.raises(PublicationRefused):
        kettles.publish(kettles.approve(draft))
    live.forget()


def test_a_file_of_which_the_wrong_column_was_read_is_asked_about_again(
    desk: lists.Desk, cast: Cast
) -> None:
    content = "old no,new no\nzz1,AB1201\nzz9,AB12\nzz2,AB1202\n"
    desk.take(content, columns=Columns(serial="old no"))
    settle(Reason.NOT_A_UNIT, cast)
    report = desk.take(content, columns=Columns(serial="new no"))
    assert (report.accepted, report.rejected, waiting()) == (2, 1, 1)


def test_a_form_that_changed_asks_again(desk: lists.Desk, cast: Cast) -> None:
    desk.take("serial\nAB1201\nAB12\n")
    settle(Reason.NOT_A_UNIT, cast)
    desk.take("serial\nAB1201\nAB12\n", form=replace(desk.form, shortest=5))
    assert waiting() == 1


def test_a_line_that_names_no_unit_does_not_open_again(desk: lists.Desk, cast: Cast) -> None:
    desk.take(FILE)
    settle(Reason.NOT_A_UNIT, cast)
    assert desk.take(FILE).pk is None
    desk.approve()
    assert desk.take(FILE).pk is not None
    assert SerialReject.objects.count() == 1


def test_a_line_that_was_corrected_opens_again(desk: lists.Desk, cast: Cast) -> None:
    desk.take(FILE)
    settle(Reason.CORRECTED, cast)
    assert desk.take(FILE).pk is not None
    assert waiting() == 1
    assert desk.take(FILE).pk is None
    assert waiting() == 1


def test_the_last_word_on_a_line_counts(desk: lists.Desk, cast: Cast) -> None:
    desk.take(FILE)
    settle(Reason.NOT_A_UNIT, cast)
    desk.take(FILE, replace=True)
    assert waiting() == 1
    settle(Reason.CORRECTED, cast)
    desk.take(FILE)
    assert waiting() == 1


def test_an_open_line_is_not_asked_about_twice(desk: lists.Desk) -> None:
    desk.take(FILE)
    assert desk.take(FILE, replace=True).pk is None
    desk.approve()
    desk.take(FILE)
    assert SerialReject.objects.count() == 1
