"""Whoever asks to hear when a recall grows is kept once, and sealed."""

import pytest
from django.db import connection

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Actor, Subject
from recalldesk.outreach.actions import ask_to_be_told, normal_contact
from recalldesk.outreach.errors import ContactProblem
from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import RecallVersion
from recalldesk.sealing import vault
from tests.cast import FAR, SLUG

CONTACT = "owner@home.example"


def ask(contact: str = CONTACT, serial: str = FAR, slug: str = SLUG) -> None:
    ask_to_be_told(recall_slugs=[slug], contact=contact, serial=serial, language="en")


def dump_of(table: str) -> bytes:
    """All bytes of a table, as a stolen dump would hold them."""
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        text = b"".join(bytes(block) for block in copy)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        rows = cursor.fetchall()
    return text + b"".join(
        bytes(v) for row in rows for v in row if isinstance(v, memoryview | bytes)
    )


def test_no_contact_and_no_serial_can_be_read_in_a_dump(published_recall: RecallVersion) -> None:
    ask()
    dump = dump_of("outreach_growthwatch")
    assert len(dump) > 200
    for plain in (CONTACT, "owner", "home.example", FAR):
        assert plain.encode() not in dump
        assert plain.encode().hex().encode() not in dump


def test_the_desk_can_open_both(published_recall: RecallVersion) -> None:
    ask()
    watch = GrowthWatch.objects.get()
    scope = vault.recall_scope(published_recall.recall_id)
    purposes = {
        "outreach.GrowthWatch.sealed_contact": (watch.sealed_contact, CONTACT),
        "outreach.GrowthWatch.sealed_serial": (watch.sealed_serial, FAR),
    }
    for purpose, (sealed, plain) in purposes.items():
        assert vault.open_text(bytes(sealed), scope=scope, purpose=purpose) == plain


def test_asking_again_in_other_letters_keeps_one_wish(published_recall: RecallVersion) -> None:
    ask()
    ask(CONTACT.upper(), f" {FAR[:4]}-{FAR[4:].lower()} ")
    assert GrowthWatch.objects.count() == 1
    assert StateChange.objects.filter(subject=Subject.GROWTH_WATCH, actor=Actor.OWNER).count() == 1


def test_another_unit_is_another_wish(published_recall: RecallVersion) -> None:
    ask()
    ask(serial="TW33661903")
    assert GrowthWatch.objects.count() == 2


def test_a_recall_that_is_not_published_cannot_be_watched(published_recall: RecallVersion) -> None:
    for slug in ("no-such", "", "\x00", "\ud800"):
        with pytest.raises(ContactProblem, match="no such recall"):
            ask(slug=slug)
    with pytest.raises(ContactProblem, match="no such recall"):
        ask_to_be_told(recall_slugs=[], contact=CONTACT, serial=FAR, language="en")


def test_where_one_of_the_recalls_is_not_known_nothing_is_kept(
    published_recall: RecallVersion,
) -> None:
    with pytest.raises(ContactProblem):
        ask_to_be_told(recall_slugs=[SLUG, "none"], contact=CONTACT, serial=FAR, language="en")
    assert not GrowthWatch.objects.exists()


@pytest.mark.parametrize(
    "contact",
    [
        *("", " ", "12", "me", "me@", "a b@c.example", "\x00@c.example"),
        *("555-0100", "800 555 014", "+123456", "+1234567890123456", "1234567890123456"),
    ],
)
def test_what_reaches_nobody_is_refused(contact: str) -> None:
    with pytest.raises(ContactProblem):
        normal_contact(contact)


def test_a_phone_number_is_its_digits() -> None:
    assert normal_contact("+1 (800) 555-0142") == "+18005550142"
    assert normal_contact("(800) 555-0142") == "8005550142"
    assert normal_contact("+47 12 34 56 7") == "+471234567"
