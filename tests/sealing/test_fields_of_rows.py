"""Fields of rows are sealed in one line, under the register's name and the row's recall."""

import pytest
from django.core.exceptions import FieldDoesNotExist

from recalldesk.audit.models import Note
from recalldesk.outreach.actions import CONTACT_PURPOSE, ask_to_be_told
from recalldesk.outreach.models import GrowthWatch
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.sealing import vault
from recalldesk.sealing.fields_of_rows import digest, opened, register_name, scope_of, sealed
from recalldesk.sealing.keys import SealingError
from tests.cast import FAR, SLUG

pytestmark = pytest.mark.django_db
CONTACT = "zoë@home.example"


def test_what_is_sealed_for_a_row_opens_from_the_row() -> None:
    contact = sealed(GrowthWatch, "sealed_contact", CONTACT, recall_id=4)
    row = GrowthWatch(recall_id=4, sealed_contact=contact)
    assert CONTACT.encode() not in contact
    assert opened(row, "sealed_contact") == CONTACT


def test_the_purpose_is_the_name_in_the_register() -> None:
    assert register_name(GrowthWatch, "sealed_contact") == CONTACT_PURPOSE
    contact = sealed(GrowthWatch, "sealed_contact", CONTACT, recall_id=4)
    scope = vault.recall_scope(4)
    assert vault.open_text(contact, scope=scope, purpose=CONTACT_PURPOSE) == CONTACT


def test_a_wish_that_was_kept_before_opens_too(published_recall: RecallVersion) -> None:
    ask_to_be_told(recall_slugs=[SLUG], contact="me@home.example", serial=FAR, language="en")
    wish = GrowthWatch.objects.get()
    assert (opened(wish, "sealed_contact"), opened(wish, "sealed_serial")) == (
        "me@home.example",
        FAR,
    )


def test_a_value_moved_to_another_field_or_recall_does_not_open() -> None:
    contact = sealed(GrowthWatch, "sealed_contact", CONTACT, recall_id=4)
    for row, field in (
        (GrowthWatch(recall_id=4, sealed_serial=contact), "sealed_serial"),
        (GrowthWatch(recall_id=5, sealed_contact=contact), "sealed_contact"),
    ):
        with pytest.raises(SealingError):
            opened(row, field)


def test_an_empty_field_opens_as_nothing() -> None:
    for empty in (b"", None, memoryview(b"")):
        assert opened(GrowthWatch(recall_id=4, sealed_contact=empty), "sealed_contact") == ""


def test_an_empty_text_is_sealed_like_any_other() -> None:
    nothing = sealed(GrowthWatch, "sealed_serial", "", recall_id=4)
    assert nothing
    assert opened(GrowthWatch(recall_id=4, sealed_serial=nothing), "sealed_serial") == ""


def test_bytes_from_the_database_open_as_they_come() -> None:
    contact = memoryview(sealed(GrowthWatch, "sealed_contact", CONTACT, recall_id=4))
    assert opened(GrowthWatch(recall_id=4, sealed_contact=contact), "sealed_contact") == CONTACT


def test_a_row_of_no_recall_is_the_desks() -> None:
    assert scope_of(Note()) == vault.DESK
    note = Note(sealed_text=sealed(Note, "sealed_text", "by phone", recall_id=None))
    assert opened(note, "sealed_text") == "by phone"


def test_a_row_may_say_which_recall_seals_it(monkeypatch: pytest.MonkeyPatch) -> None:
    row = GrowthWatch(recall_id=4)
    assert scope_of(row) == vault.recall_scope(4)
    monkeypatch.setattr(GrowthWatch, "sealing_recall_id", property(lambda _: 9), raising=False)
    assert scope_of(row) == vault.recall_scope(9)


def test_a_digest_is_made_for_its_field_or_for_a_purpose_that_is_shared() -> None:
    own = digest(GrowthWatch, "contact_digest", CONTACT)
    assert own == vault.digest_for_lookup(CONTACT, purpose="outreach.GrowthWatch.contact_digest")
    assert own != digest(GrowthWatch, "serial_digest", CONTACT)
    shared = digest(GrowthWatch, "contact_digest", CONTACT, purpose=CONTACT_PURPOSE)
    assert shared == vault.digest_for_lookup(CONTACT, purpose=CONTACT_PURPOSE)


def test_fields_that_are_not_sealed_or_not_there_are_refused() -> None:
    with pytest.raises(TypeError, match="not a sealed field"):
        sealed(GrowthWatch, "language", "en", recall_id=4)
    with pytest.raises(TypeError, match="not a sealed field"):
        opened(Recall(slug="kettle"), "slug")
    with pytest.raises(TypeError, match="not a look-up field"):
        digest(GrowthWatch, "sealed_contact", CONTACT)
    with pytest.raises(FieldDoesNotExist):
        sealed(GrowthWatch, "sealed_name", "x", recall_id=4)
