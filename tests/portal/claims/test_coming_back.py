"""Mailed links, and the way back for whoever has none: nobody learns whether a claim exists."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.http import HttpResponse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from time_machine import travel

from recalldesk.claims import jobs
from recalldesk.claims.access import LINK_LASTS
from recalldesk.claims.drafting import give_contact
from recalldesk.claims.models import AccessLink, Filing, Pass
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from tests.limited import FREE
from tests.portal.claims.filed import EMAIL, draft, filed, mailed_link
from tests.portal.conftest import Owner

COME_BACK = "/en/claims/come-back"


def comes_back(owner: Owner, reference: str, contact: str) -> HttpResponse:
    return owner.sends(COME_BACK, reference=reference, contact=contact)


def do_the_jobs() -> None:
    """What a worker does with what was deferred so far."""
    for job in ProcrastinateJob.objects.filter(task_name="claims.mail_new_link", status="todo"):
        jobs.mail_new_link(**job.args)


def links_mailed() -> int:
    return AccessLink.objects.count()


@pytest.fixture
def filing(owner: Owner, published: Path) -> Filing:
    return filed(published, phone="202-555-0143")


def test_looking_at_a_link_opens_nothing(owner: Owner, filing: Filing) -> None:
    before = Pass.objects.count()
    page = owner.sees(mailed_link())
    assert page.status_code == 200
    assert filing.reference not in page.content.decode()
    assert not page.cookies
    assert Pass.objects.count() == before
    assert page["Cache-Control"] == "no-store"


def test_its_button_opens_the_claim_and_the_token_leaves_the_address(
    owner: Owner, filing: Filing
) -> None:
    answer = owner.sends(mailed_link())
    assert answer.status_code == 303
    assert answer["Location"] == f"/en/claims/{filing.key}/"
    cookie = answer.cookies[f"claim-{filing.key}"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert filing.reference in owner.sees(answer["Location"]).content.decode()


def test_the_page_of_a_link_leads_to_no_other_page_with_its_token(
    owner: Owner, filing: Filing
) -> None:
    path = mailed_link()
    page = owner.sees(path)
    assert path.rpartition("/")[2] not in page.content.decode()
    assert page["Referrer-Policy"] == "strict-origin"
    assert page["X-Robots-Tag"] == "noindex"


def test_an_old_link_has_a_new_one_sent_by_one_tap(owner: Owner, filing: Filing) -> None:
    path, before = mailed_link(), links_mailed()
    with travel(clock.now() + LINK_LASTS + timedelta(hours=1), tick=False):
        page = owner.sees(path).content.decode()
        assert "This link does not open anything any more</h1>" in page
        assert page.partition("<main")[2].count("<button") == 1
        answer = owner.sends(path)
        assert answer.status_code == 200
        assert "A new link is on its way</h1>" in answer.content.decode()
        assert not answer.cookies
        assert links_mailed() == before + 1
        assert owner.sends(mailed_link()).status_code == 303


def test_a_link_that_was_closed_since_the_address_was_corrected_is_not_called_old(
    owner: Owner,
) -> None:
    filing = draft()
    given = {"name": "Made-up", "phone": "", "country": "US"}
    give_contact(filing_id=filing.pk, email="mistyped@example.org", **given)
    path = mailed_link()
    give_contact(filing_id=filing.pk, email=EMAIL, **given)
    page = owner.sees(path).content.decode()
    assert "This link does not open anything any more</h1>" in page
    assert "30 days" not in page.partition("<main")[2].partition("</main>")[0]


def test_a_link_that_ends_while_its_page_is_open_is_renewed_too(
    owner: Owner, filing: Filing
) -> None:
    path = mailed_link()
    with travel(clock.now() + LINK_LASTS + timedelta(seconds=1), tick=False):
        assert "A new link is on its way" in owner.sends(path).content.decode()


@pytest.mark.parametrize("token", ["made-up", "x" * 5000])
def test_a_link_that_is_none_leads_to_the_way_back(owner: Owner, token: str) -> None:
    for answer in (owner.sees(f"/en/claims/link/{token}"), owner.sends(f"/en/claims/link/{token}")):
        assert answer.status_code == 404
        assert "We do not know this link</h1>" in answer.content.decode()
        assert COME_BACK in answer.content.decode()


def test_a_link_of_an_erased_claim_is_none(owner: Owner, filing: Filing) -> None:
    path = mailed_link()
    filing.links.all().delete()
    assert owner.sees(path).status_code == 404


@pytest.mark.parametrize(
    "contact", [EMAIL, EMAIL.upper(), f" {EMAIL} ", "(202) 555-0143", "+1 202 555 0143"]
)
def test_reference_and_contact_have_a_link_sent(owner: Owner, filing: Filing, contact: str) -> None:
    with travel(clock.now() + timedelta(minutes=5), tick=False):
        before = links_mailed()
        typed = filing.reference.lower().replace("-", " ")
        assert comes_back(owner, typed, contact).status_code == 200
        do_the_jobs()
        assert links_mailed() == before + 1
        assert owner.sends(mailed_link())["Location"].endswith(f"/{filing.key}/")


def test_a_draft_is_come_back_to_as_well(owner: Owner) -> None:
    filing = draft()
    give_contact(filing_id=filing.pk, name="Made-up", email=EMAIL, phone="", country="US")
    with travel(clock.now() + timedelta(minutes=5), tick=False):
        before = links_mailed()
        comes_back(owner, filing.reference, EMAIL)
        do_the_jobs()
        assert links_mailed() == before + 1


def test_where_no_text_messages_are_sent_no_link_is_said_to_go_to_a_phone(
    owner: Owner, filing: Filing, settings: Settings
) -> None:
    settings.SMS = "none"
    right = comes_back(owner, filing.reference, "202-555-0143").content.decode()
    wrong = comes_back(owner, "R-2345-ACDE", "202-555-0143").content.decode()
    assert right == wrong
    assert "We send no text messages</h1>" in right
    assert "we have sent a link to" not in right
    assert "tel:+18005550142" in right
    by_mail = comes_back(owner, filing.reference, EMAIL).content.decode()
    assert "we have sent a link to" in by_mail


def without_contact(page: HttpResponse, contact: str) -> str:
    return page.content.decode().replace(contact, "")


@pytest.mark.parametrize(
    ("reference", "contact"),
    [("", "nobody@example.org"), ("R-2345-ACDE", EMAIL), ("R-2345-ACDE", "202-555-0199")],
)
def test_it_says_the_same_where_nothing_belongs_together(
    owner: Owner, filing: Filing, reference: str, contact: str
) -> None:
    right = comes_back(owner, filing.reference, EMAIL)
    before = Mailing.objects.count()
    wrong = comes_back(owner, reference or filing.reference, contact)
    assert wrong.status_code == right.status_code == 200
    assert without_contact(wrong, contact) == without_contact(right, EMAIL)
    assert dict(wrong.headers) == {**right.headers, "Content-Length": wrong["Content-Length"]}
    jobs_deferred = ProcrastinateJob.objects.filter(task_name="claims.mail_new_link")
    assert jobs_deferred.count() == 2
    do_the_jobs()
    assert Mailing.objects.count() == before


def test_what_was_typed_stands_in_no_job(owner: Owner, filing: Filing) -> None:
    comes_back(owner, filing.reference, EMAIL)
    job = ProcrastinateJob.objects.get(task_name="claims.mail_new_link")
    assert job.args == {"filing_id": filing.pk}


def test_an_erased_claim_is_not_come_back_to(owner: Owner, filing: Filing) -> None:
    Filing.objects.filter(pk=filing.pk).update(
        state=FilingState.ERASED,
        erased_at=clock.now(),
        sealed_name=b"",
        sealed_email=b"",
        sealed_phone=b"",
        sealed_address=b"",
        sealed_payee=b"",
        email_digest=b"",
        phone_digest=b"",
    )
    comes_back(owner, filing.reference, EMAIL)
    assert ProcrastinateJob.objects.get(task_name="claims.mail_new_link").args == {"filing_id": 0}


@pytest.mark.parametrize(
    ("reference", "contact", "said"),
    [
        ("", EMAIL, "Please fill this in."),
        ("R-1", EMAIL, "This is not a reference."),
        ("R-2345-ACDE", "", "Please fill this in."),
    ],
)
def test_what_cannot_be_one_is_asked_for_again(
    owner: Owner, reference: str, contact: str, said: str
) -> None:
    page = comes_back(owner, reference, contact)
    assert page.status_code == 422
    assert said in page.content.decode()


@pytest.mark.usefixtures("limits")
def test_nobody_tries_references_by_the_thousand(owner: Owner) -> None:
    for _ in range(FREE):
        assert comes_back(owner, "R-2345-ACDE", EMAIL).status_code == 200
    page = comes_back(owner, "R-2345-ACDE", EMAIL)
    assert page.status_code == 429
    kept = re.findall(r'name="(reference|contact)" value="([^"]*)"', page.content.decode())
    assert dict(kept) == {"reference": "R-2345-ACDE", "contact": EMAIL}
