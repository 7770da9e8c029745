"""Stop-sale and stock from a seat: who answered, what each has, and the rows that add up to it."""

import re
from html import unescape

import pytest
from django.test import Client

from recalldesk.accounts.models import Staff
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.stock.partners.managing import end_partner
from recalldesk.stock.reporting import take_back_stock
from recalldesk.stock.states import Kind, Through
from recalldesk.stock.telling import acknowledge
from tests.at_the_desk import main_of, sign_in
from tests.cast import SLUG, Cast
from tests.inquiries.seated import regulator, seat
from tests.stock.at_a_shop import says, shop, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
HERE = f"/desk/seat/{SLUG}/stock/"
NUMBER = re.compile(r'href="([^"]*/stock/[^"]+)">([\d,]+)<')


@pytest.fixture
def recall(published_recall: RecallVersion) -> Recall:
    return published_recall.recall


@pytest.fixture
def greta(recall: Recall, cast: Cast) -> Staff:
    """With a seat at a recall of which two shops told something, and one nothing."""
    by = cast.administrator
    market, north, _ = (shop(by, f"Madeup {name}") for name in ("Market", "North", "South"))
    notice = told(recall, market, by)
    told(recall, north, by)
    acknowledge(
        notice=notice,
        by=market,
        said_by="Sally Secret",
        on_hand={},
        through=Through.PAGE,
        nonce="form-answer",
    )
    for units in (90, 40):
        says(recall, market, Kind.ON_HAND, units, f"hand-{units}")
    says(recall, market, Kind.DESTROYED, 50, "gone", reference="Sally-Secret-1")
    says(recall, market, Kind.RETURNED, 3, "back", came_back=True)
    wrong = says(recall, market, Kind.RETURNED, 7, "wrong")
    take_back_stock(number=wrong.pk, by=market, through=Through.PAGE, note="Of another recall.")
    says(recall, north, Kind.ON_HAND, 5, "north")
    person = regulator()
    seat(person, recall, given_by=by)
    return person


def html(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(main_of(response))


def test_each_number_is_the_sum_of_its_rows(client: Client, greta: Staff) -> None:
    sign_in(client, greta)
    page = html(client, HERE)
    numbers = NUMBER.findall(page)
    assert sorted({number for _, number in numbers}, key=int) == ["3", "5", "40", "45", "50"]
    for address, number in numbers:
        rows = html(client, address)
        cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows.split("<tr>")[2:]]
        assert sum(int(row[4]) for row in cells) == int(number), address
        assert "Secret" not in rows
    assert "Secret" not in page
    assert "Stopped selling" in page
    assert "Told, not answered yet" in page
    assert "Not told yet" in page
    looks = StateChange.objects.filter(subject=Subject.SEAT, reason=Reason.LOOKED_AT)
    assert len(looks) == len(numbers)
    assert {text_of(each.note).partition("/")[0] for each in looks} == {"stock"}
    assert "1 of 3" in html(client, f"/desk/seat/{SLUG}/")


def test_rows_of_no_figure_partner_or_seat_are_no_rows(client: Client, greta: Staff) -> None:
    sign_in(client, greta)
    for page in (
        "sold/",
        "on_hand/?partner=999",
        "on_hand/?partner=x",
        f"on_hand/?partner={9**99}",
    ):
        assert client.get(HERE + page).status_code == 404, page
    sign_in(client, regulator("Hedda Health", email="hedda@other.example"))
    for page in ("", "on_hand/"):
        assert client.get(HERE + page).status_code == 404, page


def test_a_partner_that_told_nothing_of_this_recall_is_named_to_no_authority(
    client: Client, greta: Staff, cast: Cast
) -> None:
    """It was a partner at another recall, and is none any more."""
    other = shop(cast.administrator, "Madeup Elsewhere")
    end_partner(partner=other, by=cast.administrator, note="Closed its doors, made up.")
    sign_in(client, greta)
    assert "Madeup Elsewhere" not in html(client, HERE)
    assert client.get(f"{HERE}on_hand/?partner={other.pk}").status_code == 404
