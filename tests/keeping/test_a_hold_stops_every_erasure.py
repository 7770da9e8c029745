"""What a legal hold names is erased by nobody: neither by its time, nor by who asks."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine

from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Subject
from recalldesk.claims.desk.contacts import record_contact
from recalldesk.claims.drafting import give_units
from recalldesk.claims.erasing import erase_drafts, erase_filing, remind_drafts
from recalldesk.claims.erasing_contacts import erase_contacts
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.states import Channel, ContactAbout, FilingState
from recalldesk.evidence.actions import remove_photo
from recalldesk.evidence.models import Photo
from recalldesk.foundation import clock
from recalldesk.incidents.erasing import erase_people_of_old_incidents
from recalldesk.incidents.models import Incident
from recalldesk.keeping import daily
from recalldesk.keeping.errors import HoldRefused, NotNoted
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import Erased, LegalHold
from recalldesk.keeping.states import Thing
from recalldesk.mailing.content import content_of
from recalldesk.mailing.models import Mailing
from recalldesk.remedies import journal
from tests.cast import AFFECTED, SERIALS
from tests.claims.desk.people import rita
from tests.claims.owner import OLGA, PAVEL, again, fresh_pass
from tests.incidents.reports_made import reported, teller_known
from tests.keeping.kept import REASON, all_held, held, lifted, recall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
LATER = timedelta(days=6 * 365)


def later() -> time_machine.travel:
    return time_machine.travel(clock.now() + LATER, tick=False)


def ended() -> Filing:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    return again(filing)


HOLDS: dict[str, Callable[[Filing], LegalHold]] = {
    "every recall": lambda _: all_held(of_every_recall=True),
    "the recall": lambda _: all_held(),
    "a country of it": lambda _: all_held(country="us"),
    "a kind of it": lambda _: all_held(kind=Kind.PHOTOS),
    "the claim": lambda filing: held(Thing.FILING, filing.pk),
}
OTHERS: dict[str, Callable[[Filing], LegalHold]] = {
    "another country": lambda _: all_held(country="CA"),
    "another kind": lambda _: all_held(kind=Kind.ORDER_FILES),
}


@pytest.mark.parametrize("which", HOLDS)
def test_a_claim_that_is_held_stays_and_goes_once_the_hold_ends(which: str) -> None:
    filing = ended()
    hold = HOLDS[which](filing)
    with later():
        assert daily.erase_due() == 0
        assert not erase_filing(opened=fresh_pass(filing))
    assert bytes(again(filing).sealed_name)
    lifted(hold)
    with later():
        assert daily.erase_due() > 0
    assert again(filing).state == FilingState.ERASED


@pytest.mark.parametrize("which", OTHERS)
def test_a_hold_on_something_else_keeps_nothing(which: str) -> None:
    filing = ended()
    OTHERS[which](filing)
    assert erase_filing(opened=fresh_pass(filing))


def test_a_hold_on_another_claim_keeps_nothing() -> None:
    filing = ended()
    held(Thing.FILING, PAVEL.files(SERIALS[1]).pk)
    assert erase_filing(opened=fresh_pass(filing))


def test_a_hold_on_an_incident_keeps_the_claim_that_was_told_with_it() -> None:
    filing = ended()
    incident = reported(teller=teller_known())
    Incident.objects.filter(pk=incident.pk).update(filing=filing, contact=None)
    held(Thing.INCIDENT, incident.pk)
    with later():
        assert erase_people_of_old_incidents() == 0
        assert daily.erase_due() == 0
    assert bytes(Incident.objects.get().sealed_account)
    assert again(filing).state == FilingState.FILED


def test_a_hold_on_a_claim_keeps_its_incident() -> None:
    filing = ended()
    incident = reported(teller=teller_known())
    Incident.objects.filter(pk=incident.pk).update(filing=filing)
    hold = held(Thing.FILING, filing.pk)
    with later():
        assert erase_people_of_old_incidents() == 0
    lifted(hold)
    with later():
        assert erase_people_of_old_incidents() == 1


def test_drafts_and_notes_of_calls_stay() -> None:
    draft = OLGA.drafts()
    contact = record_contact(
        recall=recall(),
        by=rita(),
        channel=Channel.PHONE,
        about=ContactAbout.CHECK,
        note="Made up.",
        nonce="n",
    )
    hold = all_held(country="US")
    with later():
        assert (erase_drafts(), erase_contacts()) == (0, 0)
    lifted(hold)
    with later():
        assert (erase_drafts(), erase_contacts()) == (1, 1)
    contact.refresh_from_db()
    assert not bytes(contact.sealed_note)
    assert not Filing.objects.filter(pk=draft.pk).exists()


def test_the_reminder_of_a_draft_names_no_day_on_which_a_held_one_is_erased() -> None:
    OLGA.drafts()
    all_held(kind=Kind.DRAFTS)
    with time_machine.travel(clock.now() + timedelta(days=8), tick=False):
        assert remind_drafts() == 1
    text = " ".join(content_of(Mailing.objects.latest("pk")).text.split())
    assert "needed for a legal matter" in text
    assert "then it is erased" not in text


def test_a_photo_is_not_taken_back() -> None:
    draft = OLGA.drafts(photos=True)
    hold = held(Thing.FILING, draft.pk)
    photo = Photo.objects.order_by("pk")[0]
    assert not remove_photo(photo=photo)
    assert Photo.objects.exclude(state="removed").count() == 2
    lifted(hold)
    assert remove_photo(photo=photo)


@pytest.mark.parametrize("kind", [Kind.OWNER, Kind.PAYEE, Kind.MESSAGES])
def test_a_hold_on_a_part_of_a_claim_keeps_its_photos_too(kind: Kind) -> None:
    draft = OLGA.drafts(photos=True)
    all_held(kind=kind)
    assert not remove_photo(photo=Photo.objects.order_by("pk")[0])
    give_units(filing_id=draft.pk, serials=[SERIALS[1]])
    assert Photo.objects.exclude(state="removed").count() == 2


def test_photos_of_a_unit_that_is_taken_out_of_a_draft_stay_until_the_hold_ends() -> None:
    draft = OLGA.drafts(photos=True)
    hold = held(Thing.FILING, draft.pk)
    give_units(filing_id=draft.pk, serials=[AFFECTED, SERIALS[1]])
    give_units(filing_id=draft.pk, serials=[SERIALS[1]])
    with later():
        assert daily.erase_due() == 0
        assert Photo.objects.exclude(state="removed").count() == 2
        lifted(hold)
        assert daily.erase_due() > 0
    assert not Photo.objects.exclude(state="removed").exists()


def test_a_hold_stands_in_the_log_with_its_reason_and_is_lifted_once() -> None:
    hold = all_held()
    row = StateChange.objects.get(subject=Subject.LEGAL_HOLD)
    assert (row.subject_id, row.to_state, text_of(row.note)) == (hold.pk, "placed", REASON)
    lifted(hold)
    with pytest.raises(HoldRefused, match="was lifted on"):
        lifted(hold)
    assert StateChange.objects.filter(subject=Subject.LEGAL_HOLD).count() == 2
    assert not Erased.objects.exists()


def test_a_hold_that_a_restore_would_not_know_is_not_placed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "made up: the disk is full")

    monkeypatch.setattr(journal, "note", full)
    with pytest.raises(NotNoted, match="outside the database"):
        all_held()
    assert not LegalHold.objects.exists()
