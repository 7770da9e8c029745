"""The page of a claim: what it shows to whom, in how many queries, and its photos."""

import re
from html import unescape

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Permission, Role, roles_that_may
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.contacts import record_contact
from recalldesk.claims.desk.stamps import stamp_of
from recalldesk.claims.following import owner_wrote
from recalldesk.claims.messages import write_to_owner
from recalldesk.claims.models import Claim
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from tests.at_the_desk import sign_in, staff
from tests.cast import AFFECTED, SERIALS
from tests.claims.conftest import photos_folder
from tests.claims.desk.people import now, waiting_claim
from tests.claims.owner import OLGA, PAVEL, claim_of, log_of, sends, why_of
from tests.claims.readings import UNSEEN, is_read, label_of, marking_of
from tests.standing import cast, index_folder, kettles, published_recall, standing

__all__ = ["cast", "index_folder", "kettles", "published_recall", "standing"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
__all__ = ["photos_folder"]  # a store for photos, for every test
MOST_QUERIES = 12
SAID = "My number is 555 0100."


def address(claim: Claim, below: str = "") -> str:
    return f"/desk/claims/{claim.filing.reference}/{claim.position}/{below}"


def html(response: HttpResponse) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


@pytest.fixture
def vera() -> Client:
    return sign_in(Client(), staff(Role.VIEWER, name="Vera Viewer"))


def read_claim(serial: str = "TW24013338") -> Claim:
    """A claim whose label reads as this."""
    filing = OLGA.drafts(photos=True)
    claim = claim_of(filing)
    photos = {photo.kind: photo for photo in Photo.objects.filter(evidence_set=claim.evidence)}
    with transaction.atomic():
        is_read(photos[PhotoKind.LABEL], label_of(serial), b"a picture")
        is_read(photos[PhotoKind.MARKING], marking_of(code=UNSEEN), b"another")
    return claim_of(submit_filing(filing_id=filing.pk))


def test_it_shows_the_serial_beside_what_was_read_and_the_boxes_over_the_photos(
    rosa: Client,
) -> None:
    claim = read_claim()
    page = html(rosa.get(address(claim)))
    assert "Place 10: 7 claimed, 8 read" in page
    assert page.count('<polygon class="serial"') == 1
    assert "code not seen" in page
    assert 'aria-label="Photo 1, label; read in it: TW24013338"' in page
    assert f'<input type="hidden" name="seen" value="{stamp_of(now(claim))}">' in page
    for title in ("Why a person looks", "Owner and remedy", "Messages", "What has happened"):
        assert title in page


def test_each_reason_is_a_sentence_with_its_grounds(rosa: Client) -> None:
    page = html(rosa.get(address(read_claim())))
    assert "A label reads as another serial" in page
    assert "Place 10: 7 claimed, 8 read at 99%." in page


def test_a_reading_that_is_not_sure_says_where_it_differs(rosa: Client) -> None:
    filing = OLGA.drafts(photos=True)
    photos = {
        photo.kind: photo for photo in Photo.objects.filter(evidence_set=claim_of(filing).evidence)
    }
    with transaction.atomic():
        unsure = label_of("TW24013338", doubtful=(9,))
        is_read(photos[PhotoKind.LABEL], unsure, b"a picture")
        is_read(photos[PhotoKind.MARKING], marking_of(), b"another")
    page = html(rosa.get(address(claim_of(submit_filing(filing_id=filing.pk)))))
    assert "No photo surely shows the serial claimed" in page
    assert "Place 10: 7 claimed, 8 read" in page.split("Why a person looks")[1]


def test_the_page_takes_at_most_twelve_queries_the_frame_included(rosa: Client) -> None:
    filing = OLGA.files_several(*SERIALS, photos=True)
    for turn in range(5):
        owner_wrote(filing_id=filing.pk, text=f"Hello {turn}?", nonce=f"n{turn}")
    for claim in (waiting_claim(PAVEL), claim_of(filing)):
        rosa.get(address(claim))
        with CaptureQueriesContext(connection) as asked:
            assert rosa.get(address(claim)).status_code == 200
        assert len(asked) <= MOST_QUERIES, [each["sql"][:80] for each in asked]


def test_so_it_does_where_somebody_else_has_it_open(rosa: Client) -> None:
    claim = waiting_claim()
    sam = sign_in(Client(), staff(Role.SENIOR_REVIEWER, name="Sam Senior"))
    sam.get(address(claim))
    with CaptureQueriesContext(connection) as asked:
        page = html(rosa.get(address(claim)))
    assert len(asked) <= MOST_QUERIES
    assert "<b data-looker>Sam Senior</b> has this claim open." in page


@pytest.mark.parametrize("role", roles_that_may(Permission.SEE_CLAIMS))
def test_no_role_sees_an_owner_unmasked_on_the_page(client: Client, role: Role) -> None:
    claim = waiting_claim()
    owner_wrote(filing_id=claim.filing_id, text=SAID, nonce="n")
    sign_in(client, staff(role, name="Nobody In-Particular"))
    page = html(client.get(address(claim)))
    for personal in ("Quispe", "olga.quispe", "Madeup Lane", "62704"):
        assert personal not in page
    assert "O. Q." in page
    assert (SAID in page) == (role is not Role.VIEWER)


def test_a_viewer_has_nothing_to_press_and_no_way_to_the_owner(vera: Client) -> None:
    claim = waiting_claim()
    page = html(vera.get(address(claim)))
    assert "Your role looks at claims and does not decide them." in page
    assert 'name="seen"' not in page
    assert "owner/" not in page
    assert "/file/" not in page
    assert now(claim).looked_at_by is None


def test_the_owner_is_shown_in_full_for_a_reason_that_is_logged(rosa: Client) -> None:
    claim = waiting_claim()
    where = address(claim, "owner/")
    assert "Quispe" not in html(rosa.get(where))
    refused = rosa.post(where, {"reason": "  "})
    assert refused.status_code == 422
    assert "Quispe" not in html(refused)
    shown = html(rosa.post(where, {"reason": "To call the owner"}))
    assert OLGA.name in shown
    assert "77 Madeup Lane" in shown.title()
    assert log_of(Subject.CLAIM, claim.pk)[-1][2] == "personal_shown"


def test_a_photo_is_shown_to_staff_kept_by_no_cache_and_runs_nothing(rosa: Client) -> None:
    claim = read_claim()
    (where, *_) = re.findall(r'<image href="([^"]+)"', html(rosa.get(address(claim))))
    picture = rosa.get(where)
    assert (picture.content, picture["Content-Type"]) == (b"a picture", "image/jpeg")
    assert picture["Cache-Control"] == "no-store"
    assert "sandbox" in picture["Content-Security-Policy"]
    assert Client().get(where).status_code == 303


def test_a_photo_that_is_taken_as_a_file_is_in_the_log(rosa: Client, vera: Client) -> None:
    claim = read_claim()
    (where, *_) = re.findall(r'href="([^"]+/file/)"', html(rosa.get(address(claim))))
    assert "What it is for" in html(rosa.get(where))
    rows = StateChange.objects.count()
    assert rosa.post(where, {"reason": " "}).status_code == 422
    assert StateChange.objects.count() == rows
    taken = rosa.post(where, {"reason": "For the fire brigade."})
    assert taken["Content-Disposition"].startswith("attachment")
    row = StateChange.objects.filter(subject=Subject.CLAIM, subject_id=claim.pk).latest("pk")
    photo = where.split("/")[-3]
    assert row.reason == "photo_taken"
    assert why_of(row) == f"For the fire brigade. (photo {photo})"
    assert vera.post(where).status_code == 403


def test_a_photo_of_another_claim_is_none_of_this_one(rosa: Client) -> None:
    claim, other = read_claim(), waiting_claim(PAVEL)
    photo = sends(claim_of(claim.filing), PhotoKind.OTHER)
    assert rosa.get(address(other, f"photos/{photo.pk}/")).status_code == 404
    assert rosa.post(address(other, f"photos/{photo.pk}/file/")).status_code == 404


def test_a_claim_that_was_not_sent_and_one_that_is_not_there_have_no_page(rosa: Client) -> None:
    draft = claim_of(OLGA.drafts())
    assert rosa.get(address(draft)).status_code == 404
    assert rosa.get("/desk/claims/R-2345-ACDE/1/").status_code == 404
    for below in ("like/", "to/next/", "photos/1/", "owner/"):
        assert rosa.get(f"/desk/claims/R-2345-ACDE/1/{below}").status_code == 404


def test_what_an_owner_writes_is_text_and_nothing_else(rosa: Client) -> None:
    claim = waiting_claim()
    owner_wrote(filing_id=claim.filing_id, text="<script>alert(1)</script>", nonce="n")
    page = rosa.get(address(claim)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_messages_stand_with_who_wrote_them(rosa: Client) -> None:
    claim = waiting_claim()
    owner_wrote(filing_id=claim.filing_id, text="When?", nonce="n")
    write_to_owner(
        filing_id=claim.filing_id,
        by=staff(Role.RECALL_MANAGER, name="Max Manager"),
        text="Soon.",
        nonce="a",
    )
    page = html(rosa.get(address(claim)))
    assert page.index("Max Manager") < page.index("Soon.") < page.index("When?")


def test_what_was_noted_of_a_contact_is_opened_on_its_own_page_where_the_look_is_logged(
    rosa: Client,
) -> None:
    claim = waiting_claim()
    contact = record_contact(
        recall=claim.filing.recall,
        filing=claim.filing,
        by=staff(Role.RECALL_MANAGER, name="Max Manager"),
        channel=Channel.PHONE,
        about=ContactAbout.CLAIM,
        note=SAID,
        nonce="n",
    )
    page = html(rosa.get(address(claim)))
    assert SAID not in page
    assert f'<a href="/desk/contacts/{contact.pk}/">There is a note</a>' in page


def test_the_other_claims_of_the_owner_are_links(rosa: Client) -> None:
    first, again = waiting_claim(), waiting_claim(serial=SERIALS[1])
    page = html(rosa.get(address(first)))
    assert f'href="{address(again)}"' in page
    assert "same e-mail address" in page
    assert AFFECTED not in address(first)
