"""The lists of contacts, of letters to print and of what breaks next."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.desk.breaking import mail_promises
from recalldesk.claims.desk.contacts import attach_scan
from recalldesk.claims.desk.posting import PRINTED, letters_to_print
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SERIALS, SLUG, Desk
from tests.claims.conftest import photos_folder
from tests.claims.desk.people import rita
from tests.claims.desk.test_by_phone_or_post import CALLED, enters, noted
from tests.claims.owner import OLGA, text_with_all_remedies, why_of
from tests.claims.queued import queued
from tests.claims.readings import waits_to_be_read

pytestmark = pytest.mark.django_db
__all__ = ["photos_folder"]  # a store for photos, for every test
CONTACTS, LETTERS, PROMISES = "/desk/contacts/", "/desk/letters/", "/desk/promises/"
NOTE = "Asked about a kettle."


@pytest.fixture(autouse=True)
def desk(kettles: Desk) -> Desk:
    kettles.published(text_with_all_remedies())
    return kettles


@pytest.fixture
def rosa(client: Client) -> Client:
    return sign_in(client, staff(Role.REVIEWER))


def html(client: Client, address: str) -> str:
    response: Any = client.get(address)
    assert response.status_code == 200
    return unescape(main_of(response))


def by_letter(serial: str = SERIALS[0], language: str = "en") -> Filing:
    letter = replace(CALLED, phone="", language=language, serials=(serial,))
    return enters(letter, channel=Channel.LETTER, nonce=f"n {serial}")


def test_contacts_are_narrowed_by_day_way_and_subject(rosa: Client, desk: Desk) -> None:
    noted(desk, nonce="1")
    noted(desk, nonce="2", channel=Channel.LETTER, about=ContactAbout.DISPOSAL)
    noted(desk, nonce="3", happened_at=datetime(2026, 1, 2, 10, tzinfo=UTC))
    rows = {
        "": 3,
        "?channel=letter": 1,
        "?about=disposal": 1,
        "?day=2026-01-02": 1,
        f"?recall={SLUG}": 3,
        "?recall=other": 0,
        "?channel=nothing": 3,
    }
    found = {query: html(rosa, CONTACTS + query).count('<th scope="row">') for query in rows}
    assert found == rows
    assert "no filter that we know" in html(rosa, f"{CONTACTS}?day=never")


def test_one_turns_the_pages_of_contacts(rosa: Client, desk: Desk) -> None:
    for number in range(60):
        noted(desk, nonce=str(number))
    first = html(rosa, CONTACTS)
    (after,) = re.findall(r'rel="next" href="([^"]+)"', first)
    assert html(rosa, after).count('<th scope="row">') == 10


def test_what_was_said_is_shown_to_whoever_may_and_the_log_keeps_the_look(
    rosa: Client, desk: Desk
) -> None:
    number = noted(desk).pk
    address = f"{CONTACTS}{number}/"
    assert NOTE not in html(rosa, address)
    viewer = sign_in(Client(), staff(Role.VIEWER))
    assert "Your role does not open it" in html(viewer, address)
    assert viewer.post(f"{address}note/").status_code == 403
    assert NOTE in rosa.post(f"{address}note/").content.decode()
    looks = StateChange.objects.filter(
        subject=Subject.CONTACT, subject_id=number, reason=Reason.PERSONAL_SHOWN
    )
    assert why_of(looks.get()) == "To read what was said"


def test_a_contact_is_noted_with_a_claim_or_finds_it_later(rosa: Client, desk: Desk) -> None:
    filing = OLGA.files()
    typed = {"recall": SLUG, "channel": "letter", "about": "claim", "note": NOTE}
    wrong = rosa.post(f"{CONTACTS}new/", typed | {"nonce": "a", "reference": "R-9999-AAAA"})
    assert wrong.status_code == 422
    assert NOTE in wrong.content.decode()
    for _ in range(2):
        rosa.post(f"{CONTACTS}new/", typed | {"nonce": "a", "reference": filing.reference})
    assert Contact.objects.get().filing == filing
    assert f'href="/desk/claims/{filing.reference}/1/"' in html(rosa, CONTACTS)
    later = noted(desk)
    refused = rosa.post(f"{CONTACTS}{later.pk}/link/", {"reference": "R-1"})
    assert refused.status_code == 422
    rosa.post(f"{CONTACTS}{later.pk}/link/", {"reference": filing.reference.lower()})
    later.refresh_from_db()
    assert later.filing == filing


def scan(name: str = "letter.jpg", content: bytes = b"made up") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def test_scans_are_attached_once(rosa: Client, desk: Desk) -> None:
    address = f"{CONTACTS}{noted(desk).pk}/scans/"
    for _ in range(2):
        assert rosa.post(address, {"scan": [scan(), scan("2.jpg", b"other")]}).status_code == 303
    assert Photo.objects.count() == 2
    assert "Scan 2" in html(rosa, f"{CONTACTS}{Contact.objects.get().pk}/")


def test_a_scan_is_looked_at_also_without_a_claim_and_the_look_is_logged(
    rosa: Client, desk: Desk, photos_folder: Path
) -> None:
    contact, other = noted(desk), noted(desk, nonce="other")
    assert contact.evidence is not None
    waiting, clean = (
        attach_scan(contact=contact, by=rita(), chunks=[content], kind=PhotoKind.LABEL)
        for content in (b"one", b"two")
    )
    with transaction.atomic():
        waits_to_be_read(clean, b"a picture")
    address = f"{CONTACTS}{contact.pk}/"
    scan = f"{address}scans/{clean.pk}/"
    assert html(rosa, address).count(f'href="{address}scans/') == 1
    assert rosa.get(scan).content == b"a picture"
    log = StateChange.objects.filter(subject=Subject.CONTACT, subject_id=contact.pk)
    assert why_of(log.get(reason=Reason.PERSONAL_SHOWN)) == f"To look at scan {clean.pk}"
    for none in (f"{address}scans/{waiting.pk}/", f"{CONTACTS}{other.pk}/scans/{clean.pk}/"):
        assert rosa.get(none).status_code == 404
    viewer = sign_in(Client(), staff(Role.VIEWER))
    assert scan not in html(viewer, address)
    assert viewer.get(scan).status_code == 403
    assert log.filter(reason=Reason.PERSONAL_SHOWN).count() == 1


def test_scans_without_the_token_of_the_page_are_refused(desk: Desk) -> None:
    client = sign_in(Client(enforce_csrf_checks=True), staff(Role.REVIEWER))
    response = client.post(f"{CONTACTS}{noted(desk).pk}/scans/", {"scan": [scan()]})
    assert response.status_code == 403
    assert not Photo.objects.exists()


def test_a_letter_is_printed_in_its_language_and_posted_once(rosa: Client) -> None:
    filing = by_letter(language="es")
    (name,) = re.findall(r'name="letter" value="([^"]+)"', html(rosa, LETTERS))
    assert CALLED.name not in html(rosa, LETTERS)
    printed = rosa.post(f"{LETTERS}print/", {"letter": [name]})
    page = unescape(printed.content.decode())
    assert 'lang="es"' in page
    assert CALLED.name in page
    assert "Su reclamación" in page or filing.reference in page
    for _ in range(2):
        rosa.post(f"{LETTERS}posted/", {"letter": [name]})
    assert "No letter waits" in html(rosa, LETTERS)
    log = StateChange.objects.filter(subject=Subject.FILING, subject_id=filing.pk)
    assert log.filter(to_state=PRINTED).count() == 1
    assert why_of(log.get(reason=Reason.PERSONAL_SHOWN)) == "To print a letter to them"


def test_no_letter_is_made_of_what_is_none(rosa: Client) -> None:
    assert rosa.post(f"{LETTERS}print/", {"letter": ["x", "1", "-"]}).status_code == 303
    assert rosa.post(f"{LETTERS}posted/", {"letter": ["9-9"]}).status_code == 303


def test_promises_are_counted_by_day_and_lead_into_the_queue(rosa: Client) -> None:
    today = clock.now().date()
    queued(today - timedelta(days=3), today - timedelta(days=1), today, today + timedelta(days=20))
    page = html(rosa, PROMISES)
    assert re.search(r'list=promise[^"]*due=late[^>]*><span[^>]*>▲</span> 2<', page)
    (url,) = re.findall(r'href="([^"]*due=today[^"]*)">1<', page)
    assert "3 shown of 3" in html(rosa, url)


def test_holidays_of_the_recall_stand_in_its_calendar(kettles: Desk, rosa: Client) -> None:
    tomorrow = clock.now().date() + timedelta(days=1)
    text = text_with_all_remedies()
    assert "\nholidays = " in text
    text = re.sub(r"\nholidays = [^\n]*", f"\nholidays = [{tomorrow}]", text)
    kettles.published(text, serials=None)
    page = html(rosa, PROMISES)
    assert "holiday" in page
    assert f"{tomorrow:%b %Y}" in page


def test_the_morning_mail_leads_to_the_calendar() -> None:
    queued(date(2026, 1, 1))
    assert mail_promises() == 1
    assert PROMISES in content_of(Mailing.objects.get()).text


@pytest.mark.parametrize("address", [CONTACTS, LETTERS, PROMISES, f"{CONTACTS}new/"])
def test_a_page_of_many_rows_takes_at_most_twelve_queries(
    rosa: Client, desk: Desk, address: str
) -> None:
    for serial in SERIALS:
        by_letter(serial)
    queued(*[clock.now().date()] * 5)
    with CaptureQueriesContext(connection) as asked:
        html(rosa, address)
    assert len(asked) <= 12, [each["sql"][:80] for each in asked]


def test_the_page_of_a_contact_takes_at_most_twelve_queries(rosa: Client) -> None:
    contact = by_letter().contacts.get()
    with CaptureQueriesContext(connection) as asked:
        html(rosa, f"{CONTACTS}{contact.pk}/")
    assert len(asked) <= 12, [each["sql"][:80] for each in asked]


def test_a_letter_that_nobody_chose_is_not_printed(rosa: Client) -> None:
    by_letter()
    assert len(letters_to_print(by=rita())) == 1
    rosa.post(f"{LETTERS}print/")
    assert not StateChange.objects.filter(reason=Reason.PERSONAL_SHOWN).exists()
