"""Whatever the owner of the database changes of a decision, a message, a contact or an export is
found, though it stands outside the log; and so is a claim that stands otherwise than the log says.
"""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import DatabaseError, transaction

from recalldesk.accounts.permissions import Role
from recalldesk.audit.contents import contents, followed
from recalldesk.audit.findings import Kind
from recalldesk.audit.models import Note
from recalldesk.audit.sealing_blocks import seal_what_waits
from recalldesk.audit.verifying import verify
from recalldesk.claims.desk.contacts import record_contact
from recalldesk.claims.desk.second import confirm_decision
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.desk.undoing import undo_decision
from recalldesk.claims.desk_queue.exporting import export_list
from recalldesk.claims.desk_queue.filters import Filters
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.following import owner_wrote
from recalldesk.claims.messages import write_to_owner
from recalldesk.claims.models import Claim, Contact, Decision, ListExport, Message
from recalldesk.claims.states import Channel, ContactAbout, SheetForm
from recalldesk.foundation import clock
from tests.audit.written import behind_the_back
from tests.cast import SERIALS
from tests.claims.desk.people import (
    approved,
    declined,
    of_people,
    rita,
    seen,
    senta,
    staff,
    waiting_claim,
)
from tests.claims.owner import OLGA, PAVEL, claim_of, fresh_pass

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
TABLES = (
    "claims_claim",
    "claims_decision",
    "claims_message",
    "claims_contact",
    "claims_listexport",
)
"""What somebody changes, by table: every column that never changes, and the text beside it."""
CHANGES = {
    Decision: (
        "kind = 'approve'",
        "by_id = by_id + 1",
        "at = at - interval '1 day'",
        "recall_id = recall_id + 1",
        "was = 'checking'",
        "waited_since = waited_since - interval '1 day'",
        "reasons = '{photo_unclear}'",
        "grounds = grounds || '{\"seen\": 0}'",
    ),
    Message: (
        "direction = 'from_owner'",
        "author_id = NULL",
        "nonce = 'another'",
        "at = at - interval '1 day'",
        "evidence_id = NULL",
        "text_digest = NULL",
        "sealed_text = sealed_text || '\\x00'",
        "sealed_text = ''",
    ),
    Contact: (
        "recall_id = recall_id + 1",
        "channel = 'letter'",
        "about = 'danger'",
        "by_id = by_id + 1",
        "happened_at = happened_at - interval '1 day'",
        "at = at - interval '1 day'",
        "nonce = 'another'",
        "note_digest = NULL",
        "sealed_note = sealed_note || '\\x00'",
        "sealed_note = ''",
    ),
    ListExport: (
        "by_id = by_id + 1",
        "query = 'state=approved'",
        "form = 'xlsx'",
        "columns = '{reference,state}'",
        "is_personal = NOT is_personal",
        "expected = expected + 1",
        "at = at - interval '1 day'",
    ),
}


@pytest.fixture
def claim() -> Claim:
    """A claim that was declined, written about, called about, and listed; all of it sealed."""
    claim = waiting_claim()
    declined(claim, words="The photo shows a lamp.", note="A lamp, clearly.")
    filing = claim.filing
    write_to_owner(filing_id=filing.pk, by=rita(), text="We looked twice.", nonce="n")
    record_contact(
        recall=filing.recall,
        by=rita(),
        channel=Channel.PHONE,
        about=ContactAbout.CLAIM,
        nonce="c",
        note="She called.",
        filing=filing,
    )
    exported = export_list(
        filters=Filters(),
        by=staff("sena", Role.SENIOR_REVIEWER),
        form=SheetForm.CSV,
        columns=["reference"],
        reason="The week's list.",
    )
    list(exported.parts)
    seal_what_waits()
    return claim


def alter(statement: str, *values: object) -> None:
    with behind_the_back(*TABLES) as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount > 0, "the test changed something"


def found() -> list[Kind]:
    return [each.kind for each in verify().findings.kept]


def test_where_nobody_touched_anything_all_is_whole(claim: Claim) -> None:
    verified = verify()
    assert verified.is_whole
    assert (verified.contents, verified.erased_texts) == (5, 0)


@pytest.mark.parametrize("model", list(CHANGES))
def test_every_change_to_what_was_written_is_found(claim: Claim, model: type[Decision]) -> None:
    row = model.objects.order_by("pk").last()
    assert row is not None
    for change in CHANGES[model]:
        with transaction.atomic():
            alter(f"UPDATE {model._meta.db_table} SET {change} WHERE id = %s", row.pk)
            verified = verify()
            transaction.set_rollback(True)
        kinds = [each.kind for each in verified.findings.kept]
        assert kinds == [Kind.CONTENT_TOUCHED], change
        assert f"{row.pk:,}" in verified.findings.kept[0].words
    assert verify().is_whole


def test_every_column_that_never_changes_is_held() -> None:
    """One that is added has to be thought of: either it changes, or it is held."""
    changing = {
        "decision": {"state", "settled_by_id", "settled_at", "takes_effect_at"},
        "message": {"sealed_text"},
        "contact": {"sealed_note", "filing_id", "evidence_id"},
        "export": {"written", "state", "ended_at"},
        "question": {"state", "sealed_text", "wanted_by", "reminded_at"},
        # The digest of its content, which names the days, and of its PDF are held.
        "filed_report": {"content", "pdf", "first_day", "last_day", "nonce"},
    }
    by_table = {model._meta.db_table: model for model in apps.get_models()}
    for content in contents():
        fields = {field.column for field in by_table[content.table]._meta.local_concrete_fields}
        assert fields - changing[content.subject] == {*content.columns}
        assert not content.text or content.columns[-1].endswith("_digest")
    assert {each.table for each in followed()} <= by_table.keys()


@pytest.mark.parametrize("model", list(CHANGES))
def test_what_was_removed_is_missed(claim: Claim, model: type[Decision]) -> None:
    row = model.objects.order_by("pk").last()
    assert row is not None
    alter(f"DELETE FROM {model._meta.db_table} WHERE id = %s", row.pk)
    assert found() == [Kind.CONTENT_REMOVED]


def test_a_decision_that_the_log_never_heard_of_is_found(claim: Claim) -> None:
    columns = (
        "claim_id, recall_id, kind, by_id, at, takes_effect_at, was, waited_since, version_id,"
        " reasons, grounds"
    )
    alter(
        f"INSERT INTO claims_decision (id, state, {columns}) SELECT 99999, 'undone', {columns}"
        " FROM claims_decision WHERE id = %s",
        of_people().get().pk,
    )
    assert Kind.CONTENT_ADDED in found()


def test_a_claim_that_stands_otherwise_than_the_log_says_is_found(claim: Claim) -> None:
    alter("UPDATE claims_claim SET state = 'approved' WHERE id = %s", claim.pk)
    assert found() == [Kind.STATE_DIFFERS]


def test_a_decision_that_is_undone_past_the_log_is_found(claim: Claim) -> None:
    alter("UPDATE claims_decision SET state = 'undone' WHERE id = %s", of_people().get().pk)
    assert found() == [Kind.STATE_DIFFERS]


def test_a_claim_that_goes_its_whole_way_is_whole() -> None:
    undo_decision(decision_id=approved(waiting_claim()).pk, by=rita())
    second = claim_of(PAVEL.files(SERIALS[1]))
    proposed = approved(second, note="Called.")
    confirm_decision(decision_id=proposed.pk, by=senta(), seen=seen(second))
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        tell_decision(decision_id=proposed.pk)
    OLGA.drafts()
    seal_what_waits()
    assert verify().is_whole


def test_what_was_erased_with_a_word_in_the_log_is_whole(claim: Claim) -> None:
    owner_wrote(filing_id=claim.filing_id, text="Why?", nonce="w")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        tell_decision(decision_id=of_people().get().pk)
    erase_filing(opened=fresh_pass(claim.filing))
    seal_what_waits()
    verified = verify()
    assert verified.is_whole, verified.findings.kept
    assert verified.erased_texts == 4
    assert not Message.objects.exclude(sealed_text=b"").exists()


def test_a_note_emptied_as_if_it_were_erased_is_found(claim: Claim) -> None:
    Note.objects.update(sealed_text=b"", erased_at=clock.now())
    assert {*found()} == {Kind.NOTE_TOUCHED}


@pytest.mark.parametrize("change", [{"sealed_text": b"another"}, {"direction": "from_owner"}])
def test_the_database_refuses_to_change_a_message(claim: Claim, change: dict[str, object]) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.update(**change)


def test_the_database_refuses_to_change_what_a_contact_said(claim: Claim) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        Contact.objects.update(sealed_note=b"another")
