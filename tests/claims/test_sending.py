"""A claim is sent: once, whole, with what the owner was shown and agreed to."""

import json
from datetime import timedelta

import pytest
import time_machine

from recalldesk.audit.states import Subject
from recalldesk.claims.access import issue_pass, pass_for
from recalldesk.claims.completeness import Step
from recalldesk.claims.drafting import choose_remedy, give_units
from recalldesk.claims.errors import NotComplete
from recalldesk.claims.exporting import everything_of
from recalldesk.claims.models import AgreedText, Agreement, Claim, Filing
from recalldesk.claims.reads import seen_filing
from recalldesk.claims.statements import statements_of
from recalldesk.claims.states import ClaimState, FilingState, StatementKind, UnitReading
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.states import PhotoKind, PhotoState
from recalldesk.foundation import clock
from recalldesk.foundation.working_days import add_working_days
from recalldesk.mailing.states import Purpose
from tests.cast import SERIALS
from tests.claims.owner import (
    CARD,
    KETTLE,
    MONEY,
    OLGA,
    again,
    claim_of,
    letters_of,
    log_of,
    sends,
    settles,
    state_of,
    the_recall,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def test_sent_twice_it_is_one_filing_with_one_letter() -> None:
    draft = OLGA.drafts()
    first = submit_filing(filing_id=draft.pk)
    log = log_of(Subject.CLAIM, claim_of(draft).pk)
    second = submit_filing(filing_id=draft.pk)
    assert first.reference == second.reference == again(draft).reference
    assert log_of(Subject.CLAIM, claim_of(draft).pk) == log
    purposes = [letter[0] for letter in letters_of(draft)]
    assert purposes == [Purpose.DRAFT_LINK, Purpose.CLAIM_FILED]


def test_the_log_tells_each_step_in_its_order() -> None:
    filing = OLGA.files(photos=True)
    assert log_of(Subject.FILING, filing.pk) == [("", "draft", ""), ("draft", "filed", "")]
    assert log_of(Subject.CLAIM, claim_of(filing).pk) == [
        ("draft", "submitted", ""),
        ("submitted", "checking", ""),
    ]


def test_what_is_missing_is_named_and_nothing_is_sent() -> None:
    filing = OLGA.opens()
    with pytest.raises(NotComplete) as refused:
        submit_filing(filing_id=filing.pk)
    assert refused.value.missing == (Step.PHOTOS, Step.YOU, Step.REMEDY)
    assert again(filing).state == FilingState.DRAFT
    assert state_of(filing) == ClaimState.DRAFT
    assert not Agreement.objects.exists()


def test_with_photos_that_wait_it_is_checked_and_with_none_a_person_looks() -> None:
    assert state_of(OLGA.files(photos=True)) == ClaimState.CHECKING
    assert state_of(OLGA.files(SERIALS[1])) == ClaimState.IN_REVIEW


def test_photos_that_are_settled_by_then_wait_for_nothing() -> None:
    draft = OLGA.drafts(photos=True)
    for photo in claim_of(draft).evidence.photos.all():
        settles(photo)
    submit_filing(filing_id=draft.pk)
    assert state_of(draft) == ClaimState.IN_REVIEW


def test_a_photo_that_is_of_no_use_is_asked_again_while_it_is_a_draft() -> None:
    draft = OLGA.drafts(photos=True)
    label = claim_of(draft).evidence.photos.get(kind=PhotoKind.LABEL)
    settles(label, PhotoState.UNUSABLE)
    with pytest.raises(NotComplete) as refused:
        submit_filing(filing_id=draft.pk)
    assert refused.value.missing == (Step.PHOTOS,)
    sends(claim_of(draft), PhotoKind.LABEL, b"a better one")
    submit_filing(filing_id=draft.pk)
    assert state_of(draft) == ClaimState.CHECKING


def test_a_unit_that_is_gone_is_claimed_without_photos() -> None:
    filing = OLGA.opens("", reading=UnitReading.GONE)
    claim = claim_of(filing)
    OLGA.fills(filing)
    Claim.objects.filter(pk=claim.pk).update(cannot_photograph=False)
    submit_filing(filing_id=filing.pk)
    assert state_of(filing) == ClaimState.IN_REVIEW
    assert not claim_of(filing).holds_unit


def test_of_many_units_photos_are_not_asked_at_once() -> None:
    filing = OLGA.opens(SERIALS[0])
    give_units(filing_id=filing.pk, serials=[*SERIALS, "TW24999999"])
    OLGA.fills(filing)
    filing.claims.update(cannot_photograph=False)
    submit_filing(filing_id=filing.pk)
    assert {claim.state for claim in filing.claims.all()} == {ClaimState.IN_REVIEW}


def test_each_claim_has_a_day_and_the_letter_names_the_last() -> None:
    with time_machine.travel("2026-07-03T22:00:00Z", tick=False):  # a Friday
        filing = OLGA.files()
    assert claim_of(filing).promised_on == add_working_days(again(filing).filed_at.date(), 3)  # type: ignore[union-attr]
    (letter,) = [each for each in letters_of(filing) if each[0] == Purpose.CLAIM_FILED]
    assert "July 8, 2026" in letter[3]


def test_the_version_under_which_it_was_made_stays() -> None:
    draft = OLGA.drafts()
    assert submit_filing(filing_id=draft.pk).version_id == the_recall().version_id


def test_what_the_chosen_remedy_does_not_need_is_not_kept() -> None:
    draft = OLGA.drafts(remedy=MONEY)
    assert seen_filing(draft).payee
    choose_remedy(filing_id=draft.pk, remedy_key=CARD)
    submit_filing(filing_id=draft.pk)
    seen = seen_filing(again(draft))
    assert (seen.payee, seen.address) == ({}, {})


@pytest.mark.parametrize(("remedy", "kept"), [(MONEY, "payee"), (KETTLE, "address")])
def test_what_it_needs_is_kept(remedy: str, kept: str) -> None:
    assert getattr(seen_filing(again(OLGA.files(remedy=remedy))), kept)


def test_each_text_is_kept_once_as_it_was_shown() -> None:
    first, second = OLGA.files(SERIALS[0]), OLGA.files(SERIALS[1])
    kinds = {
        StatementKind.TRUTH,
        StatementKind.ADULT,
        StatementKind.DISPOSAL,
        StatementKind.PRIVACY,
    }
    shown = {(s.kind, s.version, s.text) for s in statements_of(the_recall().document, "en")}
    for filing in (first, second):
        texts = [agreement.text for agreement in filing.agreements.select_related("text")]
        assert {(text.kind, text.digest, text.text) for text in texts} == shown
    assert {text.kind for text in AgreedText.objects.all()} == kinds
    assert AgreedText.objects.count() == len(kinds)


def test_a_text_that_changed_by_a_letter_is_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    OLGA.files(SERIALS[0])
    monkeypatch.setattr("recalldesk.claims.statements.privacy_notice", lambda _: ("Another.",))
    second = OLGA.files(SERIALS[1])
    versions = AgreedText.objects.filter(kind=StatementKind.PRIVACY)
    assert versions.count() == 2
    assert second.agreements.get(text__kind=StatementKind.PRIVACY).text.text == "Another."


def test_the_privacy_notice_is_kept_in_full() -> None:
    filing = OLGA.files()
    text = filing.agreements.get(text__kind=StatementKind.PRIVACY).text.text
    firm = the_recall().document.firm
    assert firm.address in text
    assert len(text.split("\n\n")) >= 4


def test_what_was_sent_in_another_language_was_agreed_to_in_it_and_letters_are_in_it() -> None:
    draft = OLGA.drafts()
    filing = submit_filing(filing_id=draft.pk, language="es")
    assert filing.language == "es"
    texts = {agreement.text.text for agreement in filing.agreements.select_related("text")}
    assert texts == {s.text for s in statements_of(the_recall().document, "es")}
    assert letters_of(filing)[-1][2] == f"Tenemos su reclamación {filing.reference}"


def test_a_language_that_nobody_speaks_here_changes_nothing() -> None:
    assert submit_filing(filing_id=OLGA.drafts().pk, language="tlh").language == "en"


def test_a_pass_of_the_draft_ends_an_hour_after_it_was_sent() -> None:
    draft = OLGA.drafts()
    token = issue_pass(filing=draft)
    submit_filing(filing_id=draft.pk)
    assert pass_for(key=draft.key, token=token) is not None
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False):
        assert pass_for(key=draft.key, token=token) is None


def test_a_draft_that_is_gone_cannot_be_sent() -> None:
    with pytest.raises(NotComplete):
        submit_filing(filing_id=10**9)


def test_of_a_serial_the_data_does_not_say_what_was_found() -> None:
    """Fifty serials are named at the price of one check: no answer to any may come back."""
    filing = again(OLGA.files())
    assert claim_of(filing).found == "affected"
    assert "affected" not in json.dumps(everything_of(filing))


def test_all_that_is_kept_of_it_is_there_to_be_had() -> None:
    filing = again(OLGA.files())
    kept = json.loads(json.dumps(everything_of(filing)))
    assert kept["name"] == OLGA.name
    assert kept["units"][0]["serial"] == SERIALS[0]
    assert [stage["state"] for stage in kept["units"][0]["stages"]] == ["submitted", "in_review"]
    assert {text["kind"] for text in kept["agreed_to"]} == {"truth", "adult", "disposal", "privacy"}
    assert [letter["purpose"] for letter in kept["letters"]] == ["claim_filed", "draft_link"]
    assert Filing.objects.get().reference == kept["reference"]
