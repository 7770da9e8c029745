"""Where the notice differs from the tally, a draft says what is counted; nothing else changes."""

from decimal import Decimal

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.foundation import clock
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import Care, Happened, IncidentSource
from recalldesk.incidents.story import Damaged, Hurt, Story, keep_story
from recalldesk.incidents.tally.proposing import NothingToPropose, proposal_for, propose_version
from recalldesk.incidents.tally.reads import tally_of
from recalldesk.recalls.keeping import keep_text, written_file
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of
from tests.cast import Cast, Desk, recall_text

pytestmark = pytest.mark.django_db
BURNS = (
    'burns = { value = 3, source = "Calls and letters to the firm", as_of = 2025-03-01, '
    'counts = "injuries" }'
)


@pytest.fixture
def live(kettles: Desk) -> RecallVersion:
    return kettles.published()


def told(recall: Recall, *cares: Care, worth: str = "") -> None:
    row = Incident.objects.create(recall=recall, source=IncidentSource.FILE, language="en")
    damaged = (Damaged(Decimal(worth), "USD"),) if worth else ()
    keep_story(row, Story(happened=Happened.FIRE, hurt=tuple(map(Hurt, cares)), damaged=damaged))


def stamp_of(recall: Recall, cast: Cast) -> str:
    return proposal_for(recall, tally_of(recall, by=cast.author)).stamp


def test_a_draft_says_the_number_its_day_and_its_source_and_every_other_character_stays(
    live: RecallVersion, cast: Cast
) -> None:
    for _ in range(4):
        told(live.recall, Care.NONE)
    kept = propose_version(recall=live.recall, by=cast.author, stamp=stamp_of(live.recall, cast))
    assert kept.applied
    draft, today = kept.applied.version, clock.now().date()
    assert (draft.number, draft.state) == (live.number + 1, "draft")
    figure = document_of(draft).figures["burns"]
    assert (figure.value, figure.as_of) == (4, today)
    assert figure.source == f"Recalldesk's tally of 4 reports, {today}"
    assert BURNS in live.source
    expected = live.source.replace(
        BURNS,
        f'burns = {{ value = 4, source = "Recalldesk\'s tally of 4 reports, {today}", '
        f'as_of = {today}, counts = "injuries" }}',
    ).replace("[incidents]\nas_of = 2025-03-01", f"[incidents]\nas_of = {today}")
    assert draft.source == expected
    live.refresh_from_db()
    assert live.state == "live"


def test_nothing_is_proposed_where_nothing_differs(live: RecallVersion, cast: Cast) -> None:
    for _ in range(3):
        told(live.recall, Care.HOSPITAL)
    with pytest.raises(NothingToPropose, match="already"):
        propose_version(recall=live.recall, by=cast.author, stamp=stamp_of(live.recall, cast))


def test_what_was_shown_is_what_is_written_or_nothing(live: RecallVersion, cast: Cast) -> None:
    stamp = stamp_of(live.recall, cast)
    told(live.recall, Care.NONE)
    with pytest.raises(NothingToPropose, match="meanwhile"):
        propose_version(recall=live.recall, by=cast.author, stamp=stamp)
    assert not live.recall.versions.filter(state="draft").exists()


def test_a_draft_that_is_there_is_changed_and_keeps_what_else_it_says(
    live: RecallVersion, cast: Cast
) -> None:
    there = written_file(live.recall.slug)
    assert there
    keep_text(
        slug=there.slug,
        text=there.text.replace('"Calls and letters', '"Calls, mails and letters'),
        seen=there.digest,
        by=cast.author,
    )
    told(live.recall, Care.NONE)
    kept = propose_version(recall=live.recall, by=cast.author, stamp=stamp_of(live.recall, cast))
    assert kept.applied
    assert kept.applied.version.number == live.number + 1
    assert document_of(kept.applied.version).figures["burns"].value == 1


def test_a_file_that_has_to_be_mended_too_is_kept_beside(live: RecallVersion, cast: Cast) -> None:
    there = written_file(live.recall.slug)
    assert there
    broken = there.text.replace("{burns} people", "{gone} people")
    keep_text(slug=there.slug, text=broken, seen=there.digest, by=cast.author)
    told(live.recall, Care.NONE)
    kept = propose_version(recall=live.recall, by=cast.author, stamp=stamp_of(live.recall, cast))
    assert kept.applied is None
    assert kept.problems
    beside = written_file(live.recall.slug)
    assert beside
    assert "burns = { value = 1," in beside.text


def test_money_is_exact(kettles: Desk, cast: Cast) -> None:
    worth = 'worth = { value = 1, source = "x", counts = "damage", currency = "USD" }\n'
    draft = kettles.apply(recall_text().replace("[figures]\n", f"[figures]\n{worth}"))
    told(draft.recall, worth="60700.55")
    kept = propose_version(recall=draft.recall, by=cast.author, stamp=stamp_of(draft.recall, cast))
    assert kept.applied
    assert document_of(kept.applied.version).figures["worth"].value == Decimal("60700.55")


def test_it_takes_the_permission_to_write_recalls(live: RecallVersion, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        propose_version(recall=live.recall, by=cast.viewer, stamp="")
