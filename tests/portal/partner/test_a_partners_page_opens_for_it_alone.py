"""A partner's page opens by its mailed link, in one browser, for an hour, and for nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from recalldesk.accounts.models import Partner, PartnerLink
from recalldesk.foundation import clock
from recalldesk.mailing.states import Purpose
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from recalldesk.stock.models import StockReport, StopSale
from recalldesk.stock.partners.access import LINK_LASTS, PASS_LASTS, new_link
from recalldesk.stock.partners.managing import change_partner, end_partner, said_of
from recalldesk.stock.states import Kind
from tests.cast import Cast
from tests.portal.partner.conftest import ORIGIN, AtShop, text
from tests.stock.at_a_shop import letters, says, shop, text_of, told
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db
PAGES = ("stop-sale", "letter.pdf", "stock", "moved", "refunds", "posted")


def test_a_link_opens_nothing_before_its_button_is_pressed(
    market: AtShop, notice: StopSale
) -> None:
    path = f"/en/partner/link/{new_link(market.partner)}"
    seen = market.client.get(path)
    assert market.partner.name in text(seen)
    assert not seen.cookies
    assert (seen["Cache-Control"], seen["X-Robots-Tag"]) == ("no-store", "noindex")
    assert market.sees().status_code == 403
    pressed = market.presses(path)
    assert (pressed.status_code, pressed["Location"]) == (303, "/en/partner/")
    assert pressed.cookies["partner"]["httponly"]
    page = market.sees()
    assert page.status_code == 200
    assert (page["Cache-Control"], page["X-Robots-Tag"]) == ("no-store", "noindex")


def test_no_other_site_presses_it(market: AtShop, notice: StopSale) -> None:
    path = f"/en/partner/link/{new_link(market.partner)}"
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert market.client.post(path, headers=elsewhere).status_code == 403
    assert market.sees().status_code == 403


def test_an_hour_after_the_last_look_it_is_closed(inside: AtShop) -> None:
    with time_machine.travel(clock.now() + PASS_LASTS * 0.9, tick=False):
        assert inside.sees().status_code == 200
    with time_machine.travel(clock.now() + PASS_LASTS * 1.8, tick=False):
        assert inside.sees().status_code == 200
    with time_machine.travel(clock.now() + PASS_LASTS * 3, tick=False):
        assert inside.sees().status_code == 403


def test_signing_out_closes_it(inside: AtShop) -> None:
    cookie = inside.client.cookies["partner"].value
    inside.presses("/en/partner/sign-out")
    inside.client.cookies["partner"] = cookie
    assert inside.sees().status_code == 403


def test_an_old_link_has_a_new_one_mailed(market: AtShop, notice: StopSale) -> None:
    path = f"/en/partner/link/{new_link(market.partner)}"
    with time_machine.travel(clock.now() + LINK_LASTS + timedelta(days=1), tick=False):
        assert "does not open anything" in text(market.client.get(path))
        assert "on its way" in text(market.presses(path))
        mailed = re.search(r"/en/partner/link/\S+", text_of(letters(Purpose.PARTNER_LINK)[0]))
        assert mailed is not None
        assert market.presses(mailed[0]).status_code == 303


@pytest.mark.parametrize("page", PAGES)
def test_what_another_was_told_of_does_not_exist(
    page: str, inside: AtShop, recall: Recall, cast: Cast
) -> None:
    outlet = AtShop(Client(), shop(cast.author, "Example Outlet"))
    outlet.comes_in()
    assert outlet.client.get(outlet.at(page)).status_code == 404
    assert inside.client.get(inside.at(page)).status_code == 200


def test_nobody_opens_the_row_of_another(
    inside: AtShop, recall: Recall, notice: StopSale, cast: Cast
) -> None:
    row = says(recall, inside.partner, Kind.DESTROYED, 5, "one")
    outlet = AtShop(Client(), shop(cast.author, "Example Outlet"))
    told(recall, outlet.partner, cast.author)
    outlet.comes_in()
    path = outlet.at(f"stock/{row.pk}")
    assert inside.client.get(path).status_code == 200
    assert outlet.client.get(path).status_code == 404
    assert outlet.presses(path, take_back="1", note="not mine").status_code == 404
    assert StockReport.objects.count() == 1


def test_once_the_address_is_another_the_old_way_in_is_closed(inside: AtShop, cast: Cast) -> None:
    link = f"/en/partner/link/{new_link(inside.partner)}"
    said = said_of(inside.partner)
    change_partner(
        partner=inside.partner,
        said=type(said)(**{**vars(said), "email": "new@madeup-market.example"}),
        by=cast.author,
    )
    assert inside.sees().status_code == 403
    assert inside.presses(link).status_code == 200  # a new one goes to the new address
    assert inside.sees().status_code == 403


def test_whose_partnership_ended_is_let_in_no_more(inside: AtShop, cast: Cast) -> None:
    link = f"/en/partner/link/{new_link(inside.partner)}"
    end_partner(partner=inside.partner, by=cast.author, note="closed down")
    assert inside.sees().status_code == 403
    assert inside.presses(link).status_code == 404


def test_asking_for_a_link_tells_nobody_whose_address_it_is(market: AtShop) -> None:
    known = opened(market.partner, "sealed_email")
    answers = [
        text(market.presses("/en/partner/sign-in", email=email)).replace(email, "")
        for email in (known, "nobody@madeup-shop.example")
    ]
    assert answers[0] == answers[1]
    run_jobs(tasks=["stock.mail_link"])
    assert PartnerLink.objects.get().partner == market.partner
    assert len(letters(Purpose.PARTNER_LINK)) == 1


def test_one_mailbox_is_not_filled(market: AtShop) -> None:
    email = opened(market.partner, "sealed_email")
    for _ in range(3):
        market.presses("/en/partner/sign-in", email=email.upper())
        run_jobs(tasks=["stock.mail_link"])
    assert len(letters(Purpose.PARTNER_LINK)) == 1


def test_a_form_without_a_pass_changes_nothing(market: AtShop, notice: StopSale) -> None:
    sent = market.client.post(
        market.at("stop-sale"),
        {"said_by": "Pat Madeup", "on_hand-k20": "3", "nonce": "a-made-up-form"},
        headers=ORIGIN,
    )
    assert sent.status_code == 403
    notice.refresh_from_db()
    assert notice.acknowledged_at is None
    assert Partner.objects.count() == 1
