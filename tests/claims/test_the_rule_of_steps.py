"""Whatever is known of a filing: what is missing can be given; nothing is asked without need."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.claims.completeness import (
    MOST_WITH_PHOTOS,
    FilingFacts,
    Step,
    UnitFacts,
    missing_steps,
    photos_asked,
    photos_missing,
    steps_of,
)
from recalldesk.claims.remedies_offered import Need, needs_of, remedy_named
from recalldesk.claims.states import UnitReading
from recalldesk.evidence.states import PhotoKind
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Evidence, ReceiptRule
from recalldesk.recalls.recall_file import read_recall_file
from tests.claims.owner import CARD, KETTLE, MONEY, text_with_all_remedies

UNITS = st.builds(
    UnitFacts,
    reading=st.sampled_from(list(UnitReading)),
    has_serial=st.booleans(),
    photos=st.frozensets(st.sampled_from(list(PhotoKind))),
    cannot_photograph=st.booleans(),
)
FACTS = st.builds(
    FilingFacts,
    units=st.lists(UNITS, max_size=MOST_WITH_PHOTOS + 2).map(tuple),
    country=st.sampled_from(["", "US", "CA"]),
    has_name=st.booleans(),
    has_email=st.booleans(),
    has_phone=st.booleans(),
    remedy_key=st.sampled_from(["", KETTLE, CARD, MONEY, "unknown"]),
    has_address=st.booleans(),
    has_payee=st.booleans(),
    payee_needs_address=st.booleans(),
)
EVIDENCE = st.builds(
    Evidence,
    label_photo=st.booleans(),
    marking_photo=st.booleans(),
    receipt=st.sampled_from(list(ReceiptRule)),
)


@cache
def kettles() -> Document:
    return read_recall_file(text_with_all_remedies())


def document(evidence: Evidence) -> Document:
    return kettles().model_copy(update={"evidence": evidence})


@given(FACTS, EVIDENCE)
def test_what_is_missing_is_among_the_steps_in_their_order(
    facts: FilingFacts, evidence: Evidence
) -> None:
    steps, missing = steps_of(document(evidence), facts), missing_steps(document(evidence), facts)
    assert [step for step in steps if step in missing] == list(missing)
    assert Step.SEND not in missing
    assert steps[-1] is Step.SEND
    assert len(set(steps)) == len(steps)


@given(FACTS, EVIDENCE)
def test_nothing_is_asked_that_the_remedy_does_not_need(
    facts: FilingFacts, evidence: Evidence
) -> None:
    needs = needs_of(remedy_named(kettles(), facts.country, facts.remedy_key))
    assert (Step.DETAILS in steps_of(document(evidence), facts)) == bool(needs)
    if Step.DETAILS in missing_steps(document(evidence), facts):
        lacks = {Need.ADDRESS: not facts.has_address, Need.PAYEE: not facts.has_payee}
        by_check = Need.PAYEE in needs and facts.payee_needs_address and not facts.has_address
        assert by_check or any(lacks[need] for need in needs)


@given(FACTS, EVIDENCE)
def test_whoever_has_given_everything_can_send(facts: FilingFacts, evidence: Evidence) -> None:
    remedy_key = facts.remedy_key if facts.remedy_key in (KETTLE, CARD, MONEY) else CARD
    has_email = facts.has_email or remedy_key == CARD
    whole = FilingFacts(
        units=tuple(
            UnitFacts(unit.reading, has_serial=True, cannot_photograph=True)
            for unit in facts.units or (UnitFacts(UnitReading.GONE, has_serial=False),)
        ),
        country="US",
        has_name=True,
        has_email=has_email,
        has_phone=not has_email,
        remedy_key=remedy_key,
        has_address=True,
        has_payee=True,
        payee_needs_address=facts.payee_needs_address,
    )
    assert missing_steps(document(evidence), whole) == ()


@given(FACTS, EVIDENCE)
def test_a_photo_is_missing_only_if_it_is_asked_and_only_of_few_units(
    facts: FilingFacts, evidence: Evidence
) -> None:
    missing = photos_missing(evidence, facts)
    for place, kind in missing:
        unit = facts.units[place]
        assert kind in photos_asked(evidence, unit, is_first=place == 0)
        assert kind not in unit.photos
        assert not unit.cannot_photograph
    if len(facts.units) > MOST_WITH_PHOTOS:
        assert missing == ()


@given(FACTS, EVIDENCE)
def test_a_gift_card_is_never_without_an_address_for_its_code(
    facts: FilingFacts, evidence: Evidence
) -> None:
    chosen = remedy_named(kettles(), facts.country, facts.remedy_key)
    if chosen is not None and chosen.key == CARD and not facts.has_email:
        assert Step.YOU in missing_steps(document(evidence), facts)


@given(FACTS)
def test_the_label_of_a_serial_that_cannot_be_read_is_asked_and_never_missing(
    facts: FilingFacts,
) -> None:
    evidence = Evidence(label_photo=True)
    missing = photos_missing(evidence, facts)
    for place, unit in enumerate(facts.units):
        if unit.reading is UnitReading.UNREADABLE:
            assert PhotoKind.LABEL in photos_asked(evidence, unit, is_first=place == 0)
            assert (place, PhotoKind.LABEL) not in missing


@pytest.mark.parametrize(
    ("receipt", "asked", "missing"),
    [
        (ReceiptRule.NOT_ASKED, False, False),
        (ReceiptRule.WELCOME, True, False),
        (ReceiptRule.REQUIRED, True, True),
    ],
)
def test_a_receipt_is_required_only_where_the_recall_says_so(
    receipt: ReceiptRule, asked: bool, missing: bool
) -> None:
    evidence = Evidence(receipt=receipt)
    unit = UnitFacts(UnitReading.GONE, has_serial=False)
    facts = FilingFacts(units=(unit, unit))
    assert (PhotoKind.RECEIPT in photos_asked(evidence, unit, is_first=True)) == asked
    assert PhotoKind.RECEIPT not in photos_asked(evidence, unit, is_first=False)
    assert photos_missing(evidence, facts) == (((0, PhotoKind.RECEIPT),) if missing else ())
