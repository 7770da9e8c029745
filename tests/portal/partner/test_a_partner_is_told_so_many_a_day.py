"""A partner's account is no oracle for whoever guesses serials: it is told so many a day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from recalldesk.accounts.models import Partner
from recalldesk.claims.models import ToldLines
from recalldesk.claims.unit_lists.answering import forget_told
from recalldesk.foundation import clock
from recalldesk.portal.partner.answers import HEADLINES
from recalldesk.stock.partners import telling_serials
from recalldesk.stock.partners.telling_serials import may_be_told
from recalldesk.units.verdict.answer import Verdict
from tests.cast import AFFECTED, FAR, Cast
from tests.portal.partner.conftest import AtShop, pdf, text
from tests.stock.at_a_shop import shop

pytestmark = pytest.mark.django_db
RECALLED = str(HEADLINES[Verdict.AFFECTED])
REFUNDS = f"serial\n{AFFECTED}\n{FAR}\n".encode()


@pytest.fixture(autouse=True)
def _three_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling_serials, "MOST_TOLD_A_DAY", 3)


def test_a_list_that_is_over_is_not_looked_up_and_stays_in_the_form(inside: AtShop) -> None:
    inside.presses("/en/partner/check", serials=f"{AFFECTED}\n{FAR}")
    over = inside.presses("/en/partner/check", serials=f"{FAR}\n{AFFECTED}")
    assert over.status_code == 429
    assert RECALLED not in text(over)
    assert AFFECTED in text(over), "what was typed is not lost"
    assert "as recalled" in text(over)
    assert inside.presses("/en/partner/check", serials=AFFECTED).status_code == 200


def test_scans_and_lists_come_from_the_same_room(inside: AtShop) -> None:
    inside.presses("/en/partner/check", serials=f"{AFFECTED}\n{FAR}")
    assert RECALLED in text(inside.presses("/en/partner/scan", serial=AFFECTED))
    over = inside.presses("/en/partner/scan", serial=AFFECTED)
    assert over.status_code == 429
    assert RECALLED not in text(over)
    assert "as recalled" in text(over)


def test_a_look_through_a_file_of_refunds_is_told_out_of_it_too(inside: AtShop) -> None:
    def looks() -> str:
        file = pdf(REFUNDS, "refunds.csv")
        fields = {"usual_measure": "refunded", "usual_day": "2026-11-01", "look": "1"}
        return text(inside.presses(inside.at("refunds"), file=file, **fields))

    assert FAR in looks()
    assert FAR not in looks()
    assert ToldLines.objects.count() == 1


def test_a_refund_that_is_over_is_not_looked_up(inside: AtShop) -> None:
    may_be_told(inside.partner, 3)
    sent = inside.fills_in(
        "refunds", serial=FAR, measure="refunded", happened_on=f"{timezone.now():%Y-%m-%d}"
    )
    assert sent.status_code == 422
    assert "as recalled" in text(sent)


def test_what_was_told_a_day_ago_counts_no_more_and_no_partner_counts_for_another(
    inside: AtShop, cast: Cast
) -> None:
    other: Partner = shop(cast.author, name="Madeup Corner", email="corner@example.com")
    assert may_be_told(inside.partner, 3)
    assert not may_be_told(inside.partner, 1)
    assert may_be_told(other, 3)
    ToldLines.objects.update(at=clock.now() - timedelta(days=1))
    assert may_be_told(inside.partner, 3)
    forget_told()
    assert ToldLines.objects.count() == 1
