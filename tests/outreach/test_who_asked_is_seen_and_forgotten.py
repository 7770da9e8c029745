"""Staff see who asked to be told, for a reason that is logged, and forget who asks for it."""

from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.outreach.actions import ask_to_be_told, forget_again, forget_contact
from recalldesk.outreach.errors import ContactProblem
from recalldesk.outreach.models import GrowthWatch
from recalldesk.outreach.reads import wishes_of
from recalldesk.recalls.models import RecallVersion
from recalldesk.remedies import journal
from tests.cast import FAR, SLUG, Cast

CONTACT, OTHER = "owner@home.example", "+12025550100"
pytestmark = pytest.mark.usefixtures("published_recall")


@pytest.fixture(autouse=True)
def asked(published_recall: RecallVersion) -> None:
    """Two people; one of them asked about two units."""
    for contact, serial in ((CONTACT, FAR), (CONTACT, "TW33661903"), (OTHER, FAR)):
        ask_to_be_told(recall_slugs=[SLUG], contact=contact, serial=serial, language="es")


def test_a_manager_sees_who_asked_and_the_look_is_logged(
    cast: Cast, published_recall: RecallVersion
) -> None:
    recall = published_recall.recall
    seen = list(wishes_of(recall=recall, by=cast.author, reason="The recall grew."))
    assert [(wish.contact, wish.serial, wish.language) for wish in seen] == [
        (CONTACT, FAR, "es"),
        (CONTACT, "TW33661903", "es"),
        (OTHER, FAR, "es"),
    ]
    row = StateChange.objects.get(to_state="wishes_read")
    assert (row.actor_id, row.recall_id) == (cast.author.pk, recall.pk)
    assert row.note is not None


def test_a_viewer_sees_and_forgets_nobody(cast: Cast, published_recall: RecallVersion) -> None:
    with pytest.raises(NotPermitted):
        wishes_of(recall=published_recall.recall, by=cast.viewer, reason="x")
    with pytest.raises(NotPermitted):
        forget_contact(contact=CONTACT, by=cast.viewer)
    assert GrowthWatch.objects.count() == 3
    assert not StateChange.objects.filter(to_state="wishes_read").exists()


def test_who_asks_to_be_forgotten_is_and_nobody_else(cast: Cast) -> None:
    assert forget_contact(contact=f" {CONTACT.upper()} ", by=cast.author).gone == 2
    assert GrowthWatch.objects.count() == 1
    rows = StateChange.objects.filter(subject=Subject.GROWTH_WATCH, to_state="forgotten")
    assert rows.count() == 2
    assert forget_contact(contact=CONTACT, by=cast.author).gone == 0


def test_what_is_no_contact_is_said_so(cast: Cast) -> None:
    with pytest.raises(ContactProblem, match="neither an e-mail address nor a phone number"):
        forget_contact(contact="somebody", by=cast.author)


def test_a_restore_brings_back_nobody_who_was_forgotten_and_loses_nobody_who_asked_again(
    cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.JOURNAL_FOLDER = tmp_path / "journal"
    forget_contact(contact="gone@home.example", by=cast.author)
    (line,) = journal.lines("wish_forgotten")
    assert "gone" not in str(line)
    before = GrowthWatch.objects.count()
    ask_to_be_told(recall_slugs=[SLUG], contact="gone@home.example", serial=FAR, language="en")
    assert forget_again() == 0
    # As a backup from before would bring it back.
    GrowthWatch.objects.filter(pk=GrowthWatch.objects.latest("pk").pk).update(
        asked_at=clock.now() - timedelta(days=1)
    )
    assert forget_again() == 1
    assert GrowthWatch.objects.count() == before
