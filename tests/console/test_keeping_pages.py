"""Keeping at the desk: holds, terms, erasures by two people, stubs; each behind its permission."""

from html import unescape

import pytest
from django.test import Client

from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Role
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import EarlyErasure, KeepingTerm, LegalHold
from recalldesk.keeping.states import HoldState, Thing, Why
from recalldesk.keeping.stubs import note_erased
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG, Desk
from tests.claims.owner import OLGA, again, fresh_pass, text_with_all_remedies
from tests.incidents.told import incident

pytestmark = pytest.mark.django_db
KEEPING = "/desk/keeping/"
WHY = "A made-up court asks for it."


@pytest.fixture
def filing(kettles: Desk) -> Filing:
    kettles.published(text_with_all_remedies())
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    return again(filing)


@pytest.fixture
def manager(client: Client, filing: Filing) -> Staff:
    person = staff(Role.RECALL_MANAGER, name="Mona Manager")
    sign_in(client, person)
    return person


def html(client: Client, address: str = KEEPING) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return unescape(main_of(response))


def place(client: Client, **fields: str) -> str:
    response = client.post(f"{KEEPING}holds/new/", {"reason": WHY, **fields})
    assert response.status_code in (302, 422)
    return unescape(main_of(response)) if response.status_code == 422 else ""


def test_a_hold_is_placed_seen_and_lifted(client: Client, manager: Staff, filing: Filing) -> None:
    assert "No hold is in force" in html(client)
    assert not place(client, thing="filing", name=filing.reference)
    hold = LegalHold.objects.get()
    assert f"Claim {filing.reference}" in html(client)
    page = html(client, f"{KEEPING}holds/{hold.pk}/")
    assert WHY in page
    assert "None asked to be erased" in page
    assert f'/claims/{filing.reference}/1/">Open the claim</a>' in page
    assert client.post(f"{KEEPING}holds/{hold.pk}/lift/", {"reason": ""}).status_code == 422
    client.post(f"{KEEPING}holds/{hold.pk}/lift/", {"reason": "Over, made up."})
    hold.refresh_from_db()
    assert hold.state == HoldState.LIFTED
    assert "Over, made up." in html(client, f"{KEEPING}holds/{hold.pk}/")
    assert f"Claim {filing.reference}" in html(client, f"{KEEPING}?lifted=1")


def test_a_hold_on_everything_is_asked_for_by_name(client: Client, manager: Staff) -> None:
    assert "No recall is chosen, and no one thing." in place(client)
    assert not LegalHold.objects.exists()
    assert not place(client, recall="*")
    assert LegalHold.objects.get().recall is None


def claim_page(client: Client, filing: Filing) -> str:
    return " ".join(html(client, f"/desk/claims/{filing.reference}/1/").split())


def test_the_page_of_a_claim_says_that_it_is_held_as_far_as_one_may_know(
    client: Client, manager: Staff, filing: Filing
) -> None:
    assert "Held" not in claim_page(client, filing)
    place(client, thing="filing", name=filing.reference)
    place(client, recall=SLUG, country="CA")
    place(client, recall=SLUG, kind="photos")
    other, of_recall = LegalHold.objects.order_by("pk")[1:]
    erase_filing(opened=fresh_pass(filing))
    page = claim_page(client, filing)
    assert f"on Claim {filing.reference}: everything, since" in page
    assert f'/holds/{of_recall.pk}/">Hold {of_recall.pk}</a> on Photos of claims' in page
    assert f"/holds/{other.pk}/" not in page
    assert "by Mona Manager" in page
    assert "Its owner asked for that on" in page
    assert "The owner asked to be erased; a legal hold keeps it" in page
    assert WHY not in page
    sign_in(client, staff(Role.REVIEWER, name="Rita Reviewer"))
    page = claim_page(client, filing)
    assert "by a legal hold, since" in page
    assert "by Mona Manager" not in page
    assert "/holds/" not in page


def test_the_page_of_an_incident_says_so_too(client: Client, manager: Staff) -> None:
    told, address = incident(), "/desk/incidents/{}/"
    assert "Held" not in html(client, address.format(told.pk))
    place(client, thing="incident", name=str(told.pk))
    place(client, recall=SLUG, kind="photos")
    hold, of_photos = LegalHold.objects.order_by("pk")
    page = html(client, address.format(told.pk))
    assert f'/holds/{hold.pk}/">Hold {hold.pk}</a> on Incident' in page
    assert f"/holds/{of_photos.pk}/" not in page
    assert WHY not in page
    sign_in(client, staff(Role.REVIEWER, name="Rita Reviewer"))
    page = html(client, address.format(told.pk))
    assert "by a legal hold, since" in page
    assert "/holds/" not in page


def test_the_page_of_a_claim_of_which_a_part_went_leads_to_why(
    client: Client, manager: Staff, filing: Filing
) -> None:
    assert "Erased" not in claim_page(client, filing)
    note_erased(Kind.PHOTOS, thing=Thing.FILING, number=filing.pk, recall_id=None, why=Why.TERM)
    page = claim_page(client, filing)
    assert "Photos of claims," in page
    assert f"{KEEPING}erased/filing/{filing.pk}/" in page
    stub = html(client, f"{KEEPING}erased/filing/{filing.pk}/")
    assert "erased in part" in stub
    assert "Kept as long as it may be" in stub


def test_a_hold_on_every_recall_is_listed_with_each(client: Client, manager: Staff) -> None:
    place(client, recall="*")
    assert "No hold is in force" not in html(client, f"{KEEPING}?recall={SLUG}")
    place(client, recall="*", kind="photos")
    assert "Photos of claims of every recall" in html(client, f"{KEEPING}?kind=photos")
    assert "Photos of claims of every recall" not in html(client, f"{KEEPING}?kind=payee")


def test_wrong_holds_say_what_to_do(client: Client, manager: Staff, filing: Filing) -> None:
    assert "no such claim" in place(client, thing="filing", name="NOPE")
    assert "Place two holds" in place(client, thing="filing", name=filing.reference, recall=SLUG)
    assert "Choose claim" in place(client, name=filing.reference)
    assert "no country" in place(client, recall=SLUG, country="1!")
    assert not LegalHold.objects.exists()


def test_a_term_is_set_within_what_is_legal(client: Client, manager: Staff) -> None:
    sent = {"kind": "owner", "days": "400", "recall": SLUG, "country": "us", "reason": "Made up."}
    assert client.post(f"{KEEPING}terms/", sent).status_code == 302
    assert KeepingTerm.objects.get().days == 400
    page = html(client, f"{KEEPING}?recall={SLUG}&kind=owner")
    assert f"{SLUG}, US" in page
    assert "400 days" in page
    assert "from " in page.partition("400 days")[2][:80], "it is shorter, and counts later"
    assert "3 years (1,095 days)" in page
    assert "180 days to 5 years<" in page
    far = client.post(f"{KEEPING}terms/", sent | {"kind": "incidents", "days": "4000"})
    assert far.status_code == 422
    assert "five years at the most" in unescape(main_of(far))
    assert client.get(f"{KEEPING}?recall=nope").status_code == 404


def test_two_people_erase_and_the_stub_says_so(
    client: Client, manager: Staff, filing: Filing
) -> None:
    sent = {"thing": "filing", "name": filing.reference, "reason": "A mix-up, made up."}
    assert client.post(f"{KEEPING}early/new/", sent).status_code == 302
    early = EarlyErasure.objects.get()
    page = html(client, f"{KEEPING}early/{early.pk}/")
    assert "Another person decides" in page or "another person decides" in page
    decide = f"{KEEPING}early/{early.pk}/decide/"
    assert client.post(decide, {"do": "agree", "reason": "Yes."}).status_code == 422
    sign_in(client, staff(Role.ADMINISTRATOR, name="Ada Administrator"))
    page = html(client, f"{KEEPING}early/{early.pk}/")
    assert "name, e-mail address" in page
    assert client.post(decide, {"do": "agree", "reason": "So it is."}).status_code == 302
    assert again(filing).state == FilingState.ERASED
    answer = client.get(f"/desk/claims/{filing.reference}/1/", follow=True)
    stub = unescape(main_of(answer))
    assert "Two people agreed" in stub
    assert "A mix-up, made up." in stub
    assert "Erased lately" in html(client)
    sign_in(client, staff(Role.REVIEWER, name="Rita Reviewer"))
    stub = html(client, f"{KEEPING}erased/filing/{filing.pk}/")
    assert "before its day" in stub
    assert "A mix-up" not in stub


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SENIOR_REVIEWER, Role.REGULATOR])
def test_whoever_may_not_sees_nothing(client: Client, filing: Filing, role: Role) -> None:
    sign_in(client, staff(role))
    for address in ("", "holds/new/", "early/new/", "holds/1/", "early/1/"):
        assert client.get(KEEPING + address).status_code == 403


def test_an_auditor_reads_and_changes_nothing(client: Client, filing: Filing) -> None:
    sign_in(client, staff(Role.AUDITOR))
    assert "Place a hold" not in html(client)
    assert client.get(f"{KEEPING}holds/new/").status_code == 403
    assert client.post(f"{KEEPING}terms/", {}).status_code == 403
