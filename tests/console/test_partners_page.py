"""Partners at the desk: entered, told once, spoken for; whoever may only see finds no form."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.models import Partner
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from recalldesk.evidence.enclosures.states import FileState
from recalldesk.foundation import clock
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version
from recalldesk.stock.models import StockFile, StockReport, StopSale
from recalldesk.stock.states import Kind
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Cast, Desk
from tests.stock.at_a_shop import MARKET, in_days, says, shop, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAGE = "/desk/partners/kettle-k20/"
SAID = {
    "name": MARKET,
    "level": "retailer",
    "email": "stock@madeup-market.example",
    "country": "us",
    "language": "en",
}
MANAGER = next(
    role for role, holds in ROLE_PERMISSIONS.items() if Permission.MANAGE_PARTNERS in holds
)


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.published().recall


@pytest.fixture
def desk(client: Client, recall: Recall) -> Client:
    return sign_in(client, staff(MANAGER))


def product(recall: Recall) -> str:
    version = live_version(recall)
    assert version is not None
    return document_of(version).products[0].key


def test_a_partner_is_entered_and_told_once(desk: Client) -> None:
    assert desk.get("/desk/partners/")["Location"] == PAGE
    assert "No partner is entered." in main_of(desk.get(PAGE))
    wrong = desk.post(f"{PAGE}new/", SAID | {"email": "nowhere"})
    assert wrong.status_code == 422
    assert main_of(wrong).count("Write it as name@firm.example.") == 1
    assert "is entered" in main_of(desk.post(f"{PAGE}new/", SAID, follow=True))
    market = Partner.objects.get()
    assert MARKET in main_of(desk.get(f"{PAGE}tell/"))
    none = desk.post(f"{PAGE}tell/", {"answer_by": in_days(7)})
    assert "Choose whom to tell." in main_of(none)
    past = desk.post(f"{PAGE}tell/", {"answer_by": in_days(-2), "partners": [market.pk]})
    assert "lies in the past" in main_of(past)
    chosen = {"answer_by": in_days(7).isoformat(), "partners": [market.pk]}
    assert "1 partner is told" in main_of(desk.post(f"{PAGE}tell/", chosen, follow=True))
    desk.post(f"{PAGE}tell/", chosen)
    assert StopSale.objects.count() == 1
    assert "Told, not answered yet" in main_of(desk.get(PAGE))


def test_whoever_is_late_stands_first(desk: Client, recall: Recall, cast: Cast) -> None:
    with time_machine.travel(clock.now() - timedelta(days=3)):
        told(recall, shop(cast.author, "Zebra Market"), cast.author, days=1)
    shop(cast.author)
    page = main_of(desk.get(PAGE))
    assert "1 partner has not answered in time: call it." in page
    assert page.index("Zebra Market") < page.index(MARKET)


def test_what_it_tells_by_phone_is_entered_once(desk: Client, recall: Recall, cast: Cast) -> None:
    market = shop(cast.author)
    told(recall, market, cast.author)
    of, key = f"{PAGE}{market.pk}/", product(recall)
    unsaid = desk.post(f"{of}answer/", {"nonce": "answer-once", "said_by": " "})
    assert unsaid.status_code == 422
    answer = {"nonce": "answer-once", "said_by": "Mo Madeup", f"on_hand-{key}": "1200"}
    for _ in range(2):
        page = main_of(desk.post(f"{of}answer/", answer, follow=True))
    assert "Stopped selling" in page
    assert "Mo Madeup" in page
    assert StockReport.objects.count() == 1
    empty = desk.post(f"{of}counts/", {"nonce": "counts-once", "day": in_days(0)})
    assert "Write at least one count" in main_of(empty)
    day = {"nonce": "counts-once", "day": in_days(0)}
    more = desk.post(f"{of}counts/", day | {f"on_hand-{key}": "5", f"quarantined-{key}": "9"})
    assert (more.status_code, "More are kept apart" in main_of(more)) == (422, True)
    counts = day | {f"quarantined-{key}": "900"}
    assert "The counts are kept." in main_of(desk.post(f"{of}counts/", counts, follow=True))
    assert "1,200" in main_of(desk.get(PAGE))
    assert "900" in main_of(desk.get(PAGE))
    desk.post(f"{of}counts/", {"nonce": "counts-anew", "day": in_days(0), f"on_hand-{key}": "950"})
    assert main_of(desk.get(of)).count("a newer count holds") == 1


@pytest.mark.django_db(transaction=True)
def test_destroyed_units_come_with_a_certificate_and_are_taken_back(
    desk: Client, recall: Recall, cast: Cast
) -> None:
    market = shop(cast.author)
    of = f"{PAGE}{market.pk}/"
    file = SimpleUploadedFile("made-up.pdf", b"%PDF-1.4 made up")
    sent = {"kind": "destroyed", "units": "31", "happened_on": in_days(0), "nonce": "moved-once"}
    page = main_of(desk.post(f"{of}moved/", sent | {"certificate": file}, follow=True))
    assert "counts, as correction" in page
    certificate = StockFile.objects.get()
    address = f"{PAGE}certificates/{certificate.pk}/"
    assert desk.get(address).status_code == 404
    StockFile.objects.update(state=FileState.CLEAN)
    taken = desk.get(address)
    assert taken.content == b"%PDF-1.4 made up"
    assert "attachment" in taken["Content-Disposition"]
    back = re.search(rf"{of}back/\d+/", page)
    assert back
    assert "No reason is given." in main_of(desk.post(back[0], {"note": " "}))
    assert "taken back by" in main_of(desk.post(back[0], {"note": "Twice."}, follow=True))
    assert desk.get(f"{PAGE}999/").status_code == 404


def test_a_partner_is_changed_mailed_and_ended(desk: Client, recall: Recall, cast: Cast) -> None:
    market = shop(cast.author)
    of = f"{PAGE}{market.pk}/"
    assert "is changed" in main_of(desk.post(f"{of}change/", SAID | {"country": "CA"}, follow=True))
    assert "on its way" in main_of(desk.post(f"{of}link/", follow=True))
    assert "Nothing is mailed" in main_of(desk.post(f"{of}link/", follow=True))
    assert "No reason is given." in main_of(desk.post(f"{of}end/", {"note": ""}))
    assert "no partner any more" in main_of(desk.post(f"{of}end/", {"note": "Shut."}, follow=True))


def test_whoever_only_sees_reads_no_address_and_finds_no_form(
    client: Client, recall: Recall, cast: Cast
) -> None:
    market = shop(cast.author)
    told(recall, market, cast.author)
    says(recall, market, Kind.ON_HAND, 12, "count")
    viewer = next(
        role
        for role, holds in ROLE_PERMISSIONS.items()
        if Permission.SEE_STOCK in holds and Permission.MANAGE_PARTNERS not in holds
    )
    assert viewer is not Role.REGULATOR
    sign_in(client, staff(viewer))
    page = main_of(client.get(f"{PAGE}{market.pk}/"))
    assert "12" in page
    assert "<form" not in page
    assert "@" not in page
