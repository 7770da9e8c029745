"""Photos, what was read in them, serials and codes are for whoever may see personal data."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.contacts import record_contact
from recalldesk.claims.desk.personal import shown_photo_of
from recalldesk.claims.models import Claim
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.console.access import needs_of
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.models import EvidenceSet, Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from tests.architecture.addresses import every_address
from tests.at_the_desk import sign_in, staff
from tests.cast import AFFECTED
from tests.claims.conftest import photos_folder
from tests.claims.desk.people import cleaned, now
from tests.claims.owner import claim_of
from tests.console.test_claim_page import MOST_QUERIES, address, html, read_claim

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published_recall")]
__all__ = ["photos_folder"]  # a store for photos, for every test
BLIND = [role for role in Role if Permission.SEE_PERSONAL not in ROLE_PERMISSIONS[role]]
SEES_CLAIMS = [role for role in BLIND if Permission.SEE_CLAIMS in ROLE_PERMISSIONS[role]]
OF_PHOTOS = ("console:claim_photo", "console:claim_photo_taken", "console:claim_like")


@pytest.fixture
def claim() -> Claim:
    """One with a label that was read, and a scan that came by letter."""
    filing = read_claim(AFFECTED).filing
    contact = record_contact(
        recall=filing.recall,
        filing=filing,
        by=staff(Role.REVIEWER, name="Remo Writer", email="remo@staff.example"),
        channel=Channel.LETTER,
        about=ContactAbout.CLAIM,
        nonce="n",
    )
    assert contact.evidence is not None
    cleaned(receive_photo(evidence_set=contact.evidence, kind=PhotoKind.OTHER, chunks=[b"scan"]))
    return claim_of(filing)


def addresses_of(claim: Claim) -> Iterator[str]:
    where = {"reference": claim.filing.reference, "position": claim.position}
    yield reverse("console:claim_like", kwargs=where)
    sets = EvidenceSet.objects.filter(contact__filing=claim.filing)
    photos = Photo.objects.filter(evidence_set__in=[*sets, claim.evidence])
    assert photos.count() == 3
    for photo in photos:
        for name in ("console:claim_photo", "console:claim_photo_taken"):
            yield reverse(name, kwargs=where | {"photo": photo.pk})


def test_every_address_of_a_photo_asks_for_that_permission() -> None:
    found = {each.name: needs_of(each.view) for each in every_address() if each.is_the_desks}
    other = {
        "console:incident_photo": Permission.SEE_HEALTH,
        # Of a poster in a shop: to send one, and to see it.
        "console:partner_posting_photo": Permission.MANAGE_PARTNERS,
        "console:partner_posting_picture": Permission.SEE_STOCK,
    }
    photos = {name for name in found if "photo" in name or name in {*OF_PHOTOS, *other}}
    assert photos == {*OF_PHOTOS, *other}
    assert {found[name] for name in photos - {*other}} == {Permission.SEE_PERSONAL}
    assert {name: found[name] for name in other} == other


@pytest.mark.parametrize("role", BLIND)
def test_no_photo_opens_for_a_role_without_it(client: Client, claim: Claim, role: Role) -> None:
    person = staff(role, name="Vera Viewer")
    sign_in(client, person)
    for where in addresses_of(claim):
        assert client.get(where).status_code == 403, where
        assert client.post(where).status_code == 403, where
    photo = Photo.objects.filter(evidence_set=claim.evidence).first()
    assert photo is not None
    with pytest.raises(NotPermitted):
        shown_photo_of(claim_id=claim.pk, photo_id=photo.pk, by=person)


@pytest.mark.parametrize("role", SEES_CLAIMS)
def test_its_page_holds_no_photo_no_text_of_one_and_no_whole_serial(
    client: Client, claim: Claim, role: Role
) -> None:
    page = html(sign_in(client, staff(role, name="Vera Viewer")).get(address(claim)))
    for hidden in ("<image", "<polygon", "photos/", "like/", AFFECTED, claim.marking_code):
        assert hidden not in page
    assert re.search(r">•••\w{3}</span> is claimed\. Your role", page)
    assert "Your role sees no photos." in page


def test_who_may_see_them_does_and_each_is_not_logged(client: Client, claim: Claim) -> None:
    sign_in(client, staff(Role.REVIEWER))
    page = html(client.get(address(claim)))
    assert page.count("<image") == 2 + 1
    rows = StateChange.objects.count()
    (where, *_) = re.findall(r'<image href="([^"]+)"', page)
    assert client.get(where).content == b"a picture"
    assert StateChange.objects.count() == rows


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR])
def test_that_the_page_was_opened_is_logged_once_an_hour_for_each(
    client: Client, claim: Claim, role: Role
) -> None:
    person = staff(role)
    sign_in(client, person)
    opened = StateChange.objects.filter(
        subject=Subject.CLAIM, subject_id=claim.pk, reason=Reason.LOOKED_AT, actor_id=person.pk
    )
    client.get("/desk/")
    with CaptureQueriesContext(connection) as asked:
        client.get(address(claim))
    assert len(asked) <= MOST_QUERIES + 1  # the row that says so
    client.get(address(claim))
    assert opened.count() == 1
    with time_machine.travel(clock.now() + timedelta(minutes=61), tick=False):
        client.get(address(claim))
    assert opened.count() == 2
    assert "Somebody looked" not in html(client.get(address(claim)))


def test_the_page_without_personal_data_leaves_no_row(client: Client, claim: Claim) -> None:
    rows = StateChange.objects.count()
    sign_in(client, staff(Role.VIEWER)).get(address(claim))
    assert StateChange.objects.count() == rows
    assert now(claim).looked_at_by is None
