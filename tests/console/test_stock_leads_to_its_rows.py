"""Each number of stock at the desk leads to rows that add up to it, of all partners and of one."""

import re
from html import unescape

import pytest
from django.test import Client

from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import Role
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Measure
from recalldesk.stock.partners.managing import end_partner
from recalldesk.stock.refunding import RefundSaid, report_refund, take_back_refund
from recalldesk.stock.reporting import take_back_stock
from recalldesk.stock.states import Kind, Through
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Cast, Desk
from tests.inquiries.seated import regulator, seat
from tests.stock.at_a_shop import in_days, says, shop

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAGE = "/desk/partners/kettle-k20/"
NUMBER = re.compile(r'href="([^"]*/(?:rows|stock)/[a-z_]+/[^"]*)">([\d,]+)<')


@pytest.fixture
def recall(kettles: Desk, cast: Cast) -> Recall:
    """Two shops and one that is a partner no more told of their stock."""
    recall, by = kettles.published().recall, cast.administrator
    market, north, gone = (shop(by, f"Madeup {name}") for name in ("Market", "North", "Gone"))
    for units in (90, 1_040):
        says(recall, market, Kind.ON_HAND, units, f"hand-{units}")
    says(recall, market, Kind.QUARANTINED, 30, "apart")
    says(recall, market, Kind.DESTROYED, 50, "destroyed", reference="D-50")
    says(recall, north, Kind.DESTROYED, 6, "destroyed-north")
    says(recall, north, Kind.RETURNED, 3, "came-back", came_back=True)
    says(recall, gone, Kind.RETURNED, 17, "gone")
    wrong = says(recall, market, Kind.RETURNED, 7, "wrong")
    take_back_stock(number=wrong.pk, by=market, through=Through.PAGE, note="Of another recall.")
    for who, units in ((market, 2), (by, 5), (by, 11)):
        refund = report_refund(
            recall=recall,
            partner=market,
            said=RefundSaid(Measure.REFUNDED, in_days(0), units=str(units)),
            by=who,
            nonce=f"refund-{units}",
        )
    take_back_refund(number=refund.pk, partner=market, by=market, note="Counted twice.")
    end_partner(partner=gone, by=by, note="Shut.")
    return recall


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(main_of(response))


def adds_up(client: Client, page: str, column: int) -> set[int]:
    """The numbers of a page, each the sum of the rows to which it leads."""
    found = set()
    for address, shown in NUMBER.findall(page):
        number = int(shown.replace(",", ""))
        rows = re.findall(r"<tr>(.*?)</tr>", html(client, address).split("<tbody>")[1], re.DOTALL)
        cells = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in rows]
        assert sum(int(row[column].replace(",", "")) for row in cells) == number, address
        found.add(number)
    return found


def test_each_number_at_the_desk_is_the_sum_of_its_rows(client: Client, recall: Recall) -> None:
    sign_in(client, staff(Role.VIEWER))
    page = html(client, PAGE)
    assert adds_up(client, page, 4) == {1_040, 30, 50, 6, 56, 3, 17, 7}
    market = Partner.objects.get(name="Madeup Market")
    assert adds_up(client, html(client, f"{PAGE}{market.pk}/"), 4) == {1_040, 30, 50, 7}
    rows = html(client, f"{PAGE}rows/destroyed/")
    assert "Destroyed: " in rows
    assert "D-50" in rows
    assert "Madeup North" in rows
    assert "Madeup North" not in html(client, f"{PAGE}rows/destroyed/?partner={market.pk}")
    assert "/desk/corrections/reports/" in html(client, f"{PAGE}rows/refunded/")


def test_rows_of_no_figure_or_partner_are_no_rows(client: Client, recall: Recall) -> None:
    sign_in(client, staff(Role.VIEWER))
    for address in ("rows/sold/", "rows/on_hand/?partner=999", "rows/on_hand/?partner=x"):
        assert client.get(f"{PAGE}{address}").status_code == 404, address


def test_a_seat_opens_the_same_rows_and_no_number_of_a_partners_own(
    client: Client, recall: Recall, cast: Cast
) -> None:
    greta = regulator()
    seat(greta, recall, given_by=cast.administrator)
    sign_in(client, greta)
    page = html(client, "/desk/seat/kettle-k20/stock/")
    assert adds_up(client, page, 4) == {1_040, 30, 50, 6, 56, 3, 17, 7}
    assert "D-50" not in html(client, "/desk/seat/kettle-k20/stock/destroyed/")
    assert client.get(f"{PAGE}rows/destroyed/").status_code == 403
