"""A partner is told to stop selling once of a version, and its answer is taken once."""

import re

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.models import Partner
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.mailing.content import content_of
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.stock.errors import StockProblem, StockRefused
from recalldesk.stock.models import StockReport, StopSale
from recalldesk.stock.partners.access import open_link
from recalldesk.stock.partners.managing import end_partner
from recalldesk.stock.reads.counts import stock_of
from recalldesk.stock.reads.notices import standings_of
from recalldesk.stock.states import Standing, Through
from recalldesk.stock.telling import acknowledge, tell_partner, tell_partners
from tests.cast import SERIALS, Cast, Desk, recall_text
from tests.stock.at_a_shop import in_days, letters, shop, text_of, told

pytestmark = pytest.mark.django_db


def answers(notice: StopSale, units: int = 12) -> StopSale:
    return acknowledge(
        notice=notice,
        by=notice.partner,
        said_by="Pat Madeup",
        on_hand={"k20": units},
        through=Through.PAGE,
        nonce="form-answer",
    )


def test_pressing_twice_sends_one_notice(recall: Recall, market: Partner, cast: Cast) -> None:
    first = told(recall, market, cast.author)
    again = told(recall, market, cast.approver, days=20)
    assert again.pk == first.pk
    assert again.answer_by == first.answer_by
    assert len(letters(Purpose.STOP_SALE)) == 1


def test_of_several_those_who_know_it_are_left_in_peace(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    told(recall, market, cast.author)
    other = shop(cast.author, "Example Outlet")
    tell_partners(recall=recall, partners=[market, other], answer_by=in_days(7), by=cast.author)
    assert len(letters(Purpose.STOP_SALE)) == 2
    assert StopSale.objects.count() == 2


def test_what_breaks_off_leaves_neither_notice_nor_letter(
    recall: Recall, market: Partner, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*_args: object, **_named: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("recalldesk.stock.telling.record_change", dies)
        with pytest.raises(KeyboardInterrupt):
            told(recall, market, cast.author)
    assert not StopSale.objects.exists()
    assert not letters(Purpose.STOP_SALE)
    told(recall, market, cast.author)
    assert len(letters(Purpose.STOP_SALE)) == 1


def test_the_database_keeps_a_second_notice_out(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    notice = told(recall, market, cast.author)
    notice.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        notice.save(force_insert=True)


def test_the_letter_says_what_the_law_says_and_its_link_opens_this_partners_page(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    told(recall, market, cast.author)
    letter = letters(Purpose.STOP_SALE)[0]
    text = " ".join(text_of(letter).replace("\u00a0", " ").split())
    assert "15 U.S.C. 2068(a)(2)(B)" in text
    assert "Kettle" in text
    assert not any(serial in text for serial in SERIALS)
    token = re.search(r"/en/partner/link/(\S+)", text)
    assert token is not None
    assert open_link(token=token[1]).partner == market


def test_a_partner_is_written_to_in_its_language(recall: Recall, cast: Cast) -> None:
    tienda = shop(cast.author, "Tienda Ejemplo", language="es")
    told(recall, tienda, cast.author)
    letter = letters(Purpose.STOP_SALE)[0]
    assert letter.language == "es"
    assert "/es/partner/link/" in text_of(letter)
    assert content_of(letter).language == "es"


def test_its_answer_is_taken_once_with_the_count(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    notice = answers(told(recall, market, cast.author))
    answers(notice, units=99)
    notice.refresh_from_db()
    assert notice.acknowledged_at is not None
    assert opened(notice, "sealed_said_by") == "Pat Madeup"
    assert notice.entered_by is None
    assert stock_of(recall)[market.pk].on_hand == 12
    assert StockReport.objects.count() == 1
    row = StateChange.objects.get(subject=Subject.STOP_SALE, to_state=Standing.ACKNOWLEDGED)
    assert (row.actor, row.actor_id) == (Actor.PARTNER, market.pk)


def test_what_was_answered_is_changed_by_nobody(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    notice = answers(told(recall, market, cast.author))
    for change in ({"acknowledged_at": None, "through": ""}, {"through": Through.DESK}):
        with pytest.raises(DatabaseError), transaction.atomic():
            StopSale.objects.filter(pk=notice.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        StopSale.objects.filter(pk=notice.pk).delete()


def test_nobody_answers_for_another(recall: Recall, market: Partner, cast: Cast) -> None:
    notice = told(recall, market, cast.author)
    with pytest.raises(StockRefused) as refused:
        acknowledge(
            notice=notice,
            by=shop(cast.author, "Example Outlet"),
            said_by="Pat Madeup",
            on_hand={},
            through=Through.PAGE,
            nonce="form-answer",
        )
    assert refused.value.kind is StockProblem.NOT_YOURS
    notice.refresh_from_db()
    assert notice.acknowledged_at is None


def test_the_desk_enters_an_answer_and_its_name_stands_there(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    notice = acknowledge(
        notice=told(recall, market, cast.author),
        by=cast.approver,
        said_by="Pat Madeup",
        on_hand={},
        through=Through.DESK,
        nonce="form-answer",
    )
    assert notice.entered_by == cast.approver
    with pytest.raises(NotPermitted):
        tell_partner(recall=recall, partner=market, answer_by=in_days(7), by=cast.viewer)


def test_a_deadline_lies_ahead_and_an_ended_partner_is_not_told(
    recall: Recall, market: Partner, cast: Cast
) -> None:
    with pytest.raises(StockRefused) as refused:
        told(recall, market, cast.author, days=-2)
    assert refused.value.kind is StockProblem.DEADLINE_PAST
    end_partner(partner=market, by=cast.author, note="closed down")
    assert not standings_of(recall)


def test_a_version_that_covers_more_asks_for_a_new_notice(
    recall: Recall, market: Partner, cast: Cast, kettles: Desk
) -> None:
    answers(told(recall, market, cast.author))
    assert standings_of(recall)[0].standing is Standing.ACKNOWLEDGED
    kettles.published(recall_text(units=6), (*SERIALS, "TW24999991"))
    standing = standings_of(recall)[0]
    assert standing.standing is Standing.TO_TELL_ANEW
    assert standing.needs_notice
    told(recall, market, cast.author)
    assert standings_of(recall)[0].standing is Standing.TOLD
    assert len(letters(Purpose.STOP_SALE)) == 2


def test_a_version_that_covers_the_same_asks_for_none(
    recall: Recall, market: Partner, cast: Cast, kettles: Desk
) -> None:
    answers(told(recall, market, cast.author))
    words = recall_text().replace('en = "Stop using', 'en = "Please stop using', 1)
    assert words != recall_text()
    version = kettles.published(words, None)
    assert version.number == 2
    assert standings_of(recall)[0].standing is Standing.ACKNOWLEDGED
