"""A unit that two recalls list is one; a recall that changes or closes mid-way loses no claim."""

import pytest

from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.drafting import choose_remedy, give_contact, open_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.statements import statements_of
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.claims.submitting import submit_filing
from recalldesk.recalls.actions import close_recall
from recalldesk.units import live
from tests.cast import FAR, SERIALS, SLUG, Desk, recall_text
from tests.claims.owner import (
    CARD,
    KETTLE,
    OLGA,
    PAVEL,
    again,
    claim_of,
    letters_of,
    log_of,
    state_of,
    text_with_all_remedies,
    the_recall,
)

pytestmark = pytest.mark.django_db
OTHER = "kettle-k21"
WITH_ZERO = SERIALS[0]
WITH_O = WITH_ZERO.replace("0", "O", 1)
READS_NO_ZERO = ('folding = { O = "0", I = "1" }', 'folding = { I = "1" }')
HAS_AN_O = ("KLMNPQ", "KLMNOPQ")
WITH_EXTRA = (*SERIALS, FAR)


def other_text() -> str:
    """The same kettle in another recall's file, which takes an O for an O."""
    text = recall_text(OTHER)
    for old, new in (READS_NO_ZERO, HAS_AN_O):
        assert old in text
        text = text.replace(old, new)
    return text


def under(slug: str, serial: str) -> Filing:
    """Pavel's claim under one of the recalls."""
    filing, _ = open_filing(live=the_recall(slug), brand="tidewater", language="en", serial=serial)
    return submit_filing(filing_id=PAVEL.fills(filing).pk)


@pytest.mark.parametrize("typed", [WITH_ZERO, WITH_O, f"{WITH_O[:4]} {WITH_O[4:]}".lower()])
@pytest.mark.parametrize("first", [SLUG, OTHER])
def test_claimed_under_both_one_claim_holds_it(kettles: Desk, typed: str, first: str) -> None:
    kettles.published(text_with_all_remedies())
    kettles.published(other_text())
    second = OTHER if first == SLUG else SLUG
    olga, _ = open_filing(
        live=the_recall(first), brand="tidewater", language="en", serial=WITH_ZERO
    )
    submit_filing(filing_id=OLGA.fills(olga).pk)
    pavel = under(second, typed)
    assert claim_of(pavel).found == "affected"
    assert bytes(claim_of(olga).unit_digest) == bytes(claim_of(pavel).unit_digest)
    assert (claim_of(olga).holds_unit, claim_of(pavel).holds_unit) == (True, False)
    assert log_of(Subject.CLAIM, claim_of(pavel).pk)[-1][2] == Reason.CONTESTED


def test_a_new_version_mid_way_asks_nothing_anew_and_the_owner_keeps_what_was_shown(
    kettles: Desk,
) -> None:
    first = kettles.published(text_with_all_remedies())
    draft = OLGA.drafts()
    shown = {s.version for s in statements_of(the_recall().document, "en")}
    # The new version offers no gift card, no refund and another promise.
    kettles.published(recall_text().replace("review_days = 3", "review_days = 9"), None)
    choose_remedy(filing_id=draft.pk, remedy_key=CARD)
    filing = submit_filing(filing_id=draft.pk)
    assert (filing.version, filing.remedy_key) == (first, CARD)
    assert {agreement.text.digest for agreement in filing.agreements.all()} == shown
    told = claim_of(filing).promised_on
    assert told is not None
    assert (told - filing.filed_at.date()).days <= 5  # type: ignore[operator]
    assert under(SLUG, SERIALS[1]).version != first


def test_a_unit_that_a_new_version_lists_mid_way_is_recalled_by_the_time_it_is_sent(
    kettles: Desk,
) -> None:
    kettles.published(text_with_all_remedies())
    draft = OLGA.drafts(FAR)
    assert claim_of(draft).found == "not_affected"
    kettles.published(recall_text(units=6), WITH_EXTRA)
    submit_filing(filing_id=draft.pk)
    assert (claim_of(draft).found, claim_of(draft).holds_unit) == ("affected", True)


def test_a_recall_that_closes_mid_way_still_takes_the_claim(kettles: Desk) -> None:
    version = kettles.published(text_with_all_remedies())
    draft = OLGA.opens()
    close_recall(recall=version.recall, by=kettles.cast.approver, note="Closed, made up.")
    live.forget()
    give_contact(filing_id=draft.pk, name=OLGA.name, email=OLGA.email, phone="")
    filing = submit_filing(filing_id=OLGA.fills(draft).pk)
    assert filing.state == FilingState.FILED
    assert claim_of(filing).holds_unit
    assert letters_of(filing)[-1][0] == "claim_filed"
    assert seen_filing(again(filing)).filing.remedy_key == KETTLE


def test_without_an_index_nothing_is_lost_and_a_person_looks(
    kettles: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kettles.published(text_with_all_remedies())
    with monkeypatch.context() as away:
        away.setattr("recalldesk.units.checking.live_index", lambda _at: None)
        draft, sent = OLGA.drafts(), PAVEL.files()
        assert claim_of(draft).found == ""
        assert seen_filing(again(draft)).units[0].serial == SERIALS[0]
        assert (state_of(sent), claim_of(sent).holds_unit) == (ClaimState.IN_REVIEW, False)
    submit_filing(filing_id=draft.pk)
    assert (claim_of(draft).found, claim_of(draft).holds_unit) == ("affected", True)
    assert bytes(claim_of(sent).unit_digest) == bytes(claim_of(draft).unit_digest)
