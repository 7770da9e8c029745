"""What a partner says by phone or letter of customers, of where the notice hangs and of units that
are gone is entered at the desk by the partner's own rules, once; the log says who."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.models import Partner, Staff
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Reason, Subject
from recalldesk.recalls.models import Recall
from recalldesk.remedies.corrections.states import Level
from recalldesk.remedies.models import Correction, ReportedCorrection
from recalldesk.stock.models import Posting, StockFile
from recalldesk.stock.reads.counts import refunds_of, stock_of
from recalldesk.stock.refunding import take_back_refund
from recalldesk.stock.states import Kind
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import AFFECTED, FAR, Cast, Desk
from tests.portal.claims.conftest import photo_file
from tests.stock.at_a_shop import MARKET, in_days, says, shop
from tests.worked import run_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAGE = "/desk/partners/kettle-k20/"
TODAY = in_days(0).isoformat()
REFUND = {"measure": "refunded", "happened_on": TODAY, "reference": "CN-1"}
POSTED = {"place": "Entrance, 1 Example Street", "since": TODAY}


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.published().recall


@pytest.fixture
def market(recall: Recall, cast: Cast) -> Partner:
    return shop(cast.author)


@pytest.fixture
def manager() -> Staff:
    role = next(r for r, holds in ROLE_PERMISSIONS.items() if Permission.MANAGE_PARTNERS in holds)
    return staff(role)


@pytest.fixture
def of(client: Client, market: Partner, manager: Staff) -> str:
    sign_in(client, manager)
    return f"{PAGE}{market.pk}/"


@pytest.fixture
def viewer() -> Client:
    role = next(
        role
        for role, holds in ROLE_PERMISSIONS.items()
        if Permission.SEE_STOCK in holds and Permission.MANAGE_PARTNERS not in holds
    )
    return sign_in(Client(), staff(role))


def test_a_refund_of_a_serial_counts_once_at_the_consumers_level_for_the_partner(
    client: Client, of: str, recall: Recall, market: Partner, manager: Staff
) -> None:
    sent = REFUND | {"nonce": "refund-once", "serial": AFFECTED}
    for _ in range(2):
        page = main_of(client.post(f"{of}refunds/", sent, follow=True))
    assert "Kept: it counts among the corrections" in page
    report = ReportedCorrection.objects.get()
    assert (report.level, report.reported_by) == (Level.CONSUMER, MARKET)
    assert (report.by, report.partner) == (manager, None)
    assert sum(Correction.objects.values_list("units", flat=True)) == 1
    assert stock_of(recall)[market.pk].refunded == 1
    assert list(refunds_of(recall, market)) == [report]
    said = StateChange.objects.get(subject=Subject.CORRECTION)
    assert (said.actor, said.actor_id) == (Actor.STAFF, manager.pk)
    assert AFFECTED not in page
    again = client.post(f"{of}refunds/", sent | {"nonce": "refund-twice"})
    assert again.status_code == 422
    assert ReportedCorrection.objects.count() == 1


def test_what_is_wrong_with_a_refund_stands_beside_its_field(client: Client, of: str) -> None:
    for wrong, why in (
        ({"serial": FAR}, "a serial that this recall does not cover"),
        ({}, "neither a serial nor a number of units"),
        ({"units": "a dozen"}, "no whole number of units"),
        ({"units": "2", "happened_on": in_days(3).isoformat()}, "has no day, or one in the future"),
    ):
        answered = client.post(f"{of}refunds/", REFUND | wrong | {"nonce": "refund-wrong"})
        assert answered.status_code == 422
        assert why in main_of(answered)
    assert not ReportedCorrection.objects.exists()


def test_the_same_form_is_not_the_refund_of_another_partner(
    client: Client, of: str, recall: Recall, cast: Cast, market: Partner
) -> None:
    other = shop(cast.author, "Zebra Market")
    sent = REFUND | {"nonce": "refund-once", "units": "3"}
    client.post(f"{of}refunds/", sent)
    assert client.post(f"{PAGE}{other.pk}/refunds/", sent).status_code == 422
    assert not refunds_of(recall, other).exists()
    assert other.pk not in stock_of(recall, [other])


def test_its_partner_reads_and_takes_back_what_was_entered_for_it(
    client: Client, of: str, recall: Recall, market: Partner
) -> None:
    client.post(f"{of}refunds/", REFUND | {"nonce": "refund-once", "units": "3"})
    report = refunds_of(recall, market).get()
    take_back_refund(number=report.pk, partner=market, by=market, note="Counted twice.")
    assert market.pk not in stock_of(recall) or stock_of(recall)[market.pk].refunded == 0
    assert refunds_of(recall, market).count() == 2
    assert "taken back" in main_of(client.get(of))


@pytest.mark.django_db(transaction=True)
def test_a_notice_that_hangs_is_entered_with_a_photo_that_the_desk_looks_at(
    client: Client, of: str, manager: Staff, viewer: Client
) -> None:
    sent = POSTED | {"nonce": "posted-once"}
    for _ in range(2):
        page = main_of(client.post(f"{of}posted/", sent | {"photo": photo_file()}, follow=True))
    assert "1 photo" in re.sub(r"<[^>]+>", "", page)
    posting = Posting.objects.get()
    assert posting.by == manager
    photo = posting.evidence.photos.get()  # type: ignore[union-attr]  # each has a set
    hangs = f"{of}posted/{posting.pk}/"
    assert client.get(f"{hangs}photos/{photo.pk}/").status_code == 404
    assert "is being looked through" in main_of(client.get(hangs))
    run_jobs(tasks=["evidence.look_after_photo"])
    page = main_of(viewer.get(hangs))
    assert f"{hangs}photos/{photo.pk}/" in page
    assert "<form" not in page
    shown = viewer.get(f"{hangs}photos/{photo.pk}/")
    assert shown["Content-Type"] == "image/jpeg"
    look = StateChange.objects.get(subject=Subject.POSTING, reason=Reason.LOOKED_AT)
    assert look.actor_id == int(viewer.session["_auth_user_id"])
    assert viewer.get(f"{hangs}photos/{photo.pk + 1}/").status_code == 404
    assert viewer.get(f"{of}posted/{posting.pk + 1}/").status_code == 404


def test_a_photo_of_another_partner_is_not_there(
    client: Client, of: str, cast: Cast, recall: Recall
) -> None:
    other = shop(cast.author, "Zebra Market")
    client.post(f"{of}posted/", POSTED | {"nonce": "posted-once"})
    posting = Posting.objects.get()
    assert client.get(f"{PAGE}{other.pk}/posted/{posting.pk}/").status_code == 404
    assert client.get(f"{PAGE}{other.pk}/posted/{posting.pk}/photos/1/").status_code == 404


def test_it_is_taken_down_and_taken_back(client: Client, of: str) -> None:
    wrong = client.post(f"{of}posted/", POSTED | {"nonce": "posted-once", "until": in_days(-1)})
    assert wrong.status_code == 422
    client.post(f"{of}posted/", POSTED | {"nonce": "posted-once", "since": in_days(-3)})
    posting = Posting.objects.get()
    hangs = f"{of}posted/{posting.pk}/"
    assert client.post(f"{hangs}photo/").status_code == 422
    assert client.post(f"{hangs}down/", {"until": in_days(-9)}).status_code == 422
    assert "it was taken down" in main_of(
        client.post(f"{hangs}down/", {"until": TODAY}, follow=True)
    )
    assert "No reason is given." in main_of(client.post(f"{hangs}back/", {"note": " "}))
    page = main_of(client.post(f"{hangs}back/", {"note": "Another shop."}, follow=True))
    assert "it counts no more" in page
    assert "<form" not in page
    assert "(taken back)" in main_of(client.get(of))


@pytest.mark.django_db(transaction=True)
def test_a_certificate_comes_later_to_units_that_are_gone(
    client: Client, of: str, recall: Recall, market: Partner, manager: Staff
) -> None:
    row = says(recall, market, Kind.DESTROYED, 31, "destroyed")
    count = says(recall, market, Kind.ON_HAND, 3, "count")
    assert client.get(f"{of}certify/{count.pk}/").status_code == 404
    add = f"{of}certify/{row.pk}/"
    assert add in main_of(client.get(of))
    assert client.post(add).status_code == 422
    text = SimpleUploadedFile("made-up.pdf", b"made up")
    assert "no PDF, JPEG or PNG" in main_of(client.post(add, {"certificate": text}))
    for _ in range(2):
        file = SimpleUploadedFile("made-up.pdf", b"%PDF-1.4 made up")
        page = main_of(client.post(add, {"certificate": file}, follow=True))
    assert "The certificate is kept" in page
    kept = StockFile.objects.get()
    assert (kept.report, kept.by, kept.partner) == (row, manager, market)
    said = StateChange.objects.get(subject=Subject.STOCK_FILE)
    assert (said.actor, said.actor_id) == (Actor.STAFF, manager.pk)


def test_whoever_only_sees_enters_nothing(viewer: Client, of: str, client: Client) -> None:
    client.post(f"{of}posted/", POSTED | {"nonce": "posted-once"})
    posting = Posting.objects.get()
    for path in ("refunds/", "posted/", "certify/1/", f"posted/{posting.pk}/photo/"):
        assert viewer.post(f"{of}{path}", REFUND).status_code == 403
