"""Owners and the desk find a claim by the name that it had; photos come by the way of all."""

from pathlib import Path

from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from recalldesk.claims.access import come_back, issue_pass
from recalldesk.claims.desk_queue.searching import search_claims
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.former_references import filings_of_reference
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoState
from recalldesk.portal.claiming.visitor import cookie_name
from recalldesk.takeover.forgetting import forget_names_of_photos
from recalldesk.takeover.models import TakenPhoto
from recalldesk.takeover.photos_taken import PhotosTaken, take_photos
from tests.cast import Desk
from tests.claims.owner import fresh_pass
from tests.takeover.former import claim_of, counts, paid, taken, write


def test_search_and_the_owners_page_know_the_former_reference(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    filing = claim_of(1).filing
    found = search_claims("ers 0001", by=desk.cast.author)
    assert [row.reference for row in found.rows] == [filing.reference]
    come_back(reference="ERS-0001", contact="owner1@home.example")
    come_back(reference="ERS-0001", contact="somebody@else.example")
    come_back(reference=filing.reference, contact="owner1@home.example")
    jobs = ProcrastinateJob.objects.filter(task_name="claims.mail_new_link").order_by("pk")
    sent = [job.args["filing_id"] for job in jobs]
    assert sent == [filing.pk, 0, filing.pk]


def test_the_owners_page_says_how_the_claim_was_called_before(
    desk: Desk, folder: Path, client: Client
) -> None:
    write(folder, "claims", paid(1))
    taken(desk, folder)
    filing = claim_of(1).filing
    client.cookies[cookie_name(filing.key)] = issue_pass(filing=filing)
    page = client.get(f"/en/claims/{filing.key}/").content.decode()
    assert 'Its reference before <span class="nowrap" dir="ltr">ERS-0001</span>' in page


def test_an_erased_claim_is_found_no_more_and_does_not_come_in_again(
    desk: Desk, folder: Path
) -> None:
    write(folder, "claims", paid(1, photos="label.jpg"))
    taken(desk, folder)
    erase_filing(opened=fresh_pass(claim_of(1).filing))
    assert not filings_of_reference("ERS-0001")
    assert forget_names_of_photos() == 1
    write(folder, "claims", paid(1), paid(2))
    assert counts(taken(desk, folder)[0]) == (1, 0, 1)


def test_photos_are_taken_once_and_trusted_in_nothing(desk: Desk, folder: Path) -> None:
    write(folder, "claims", paid(1, photos="label.jpg; gone.jpg;../takeover.toml"), paid(2))
    taken(desk, folder)
    photos = folder / "photos"
    photos.mkdir()
    (photos / "label.jpg").write_bytes(b"no real photo")
    asked = {"recall": desk.recall(), "folder": photos, "by": desk.cast.administrator}
    assert take_photos(**asked) == PhotosTaken(named=3, taken=1, not_found=2)
    assert take_photos(**asked) == PhotosTaken(named=3, known=1, not_found=2)
    photo = Photo.objects.get()
    assert photo.state == PhotoState.RECEIVED
    assert photo.evidence_set_id == claim_of(1).evidence_id
    assert bytes(TakenPhoto.objects.get(photo=photo).sealed_name) == b""
    assert TakenPhoto.objects.filter(problem="not_found").count() == 2
