"""Before its day something is erased by two people only, and nothing that somebody waits for."""

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Subject
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.keeping.early import agree, ask_early, refuse
from recalldesk.keeping.errors import ErasureRefused
from recalldesk.keeping.models import EarlyErasure
from recalldesk.keeping.overview import one_early
from recalldesk.keeping.states import EarlyState, Thing, Why
from recalldesk.keeping.stubs import erasures_of
from recalldesk.keeping.things import thing_at
from tests.claims.desk.people import rita
from tests.claims.owner import OLGA, again
from tests.incidents.reports_made import reported
from tests.keeping.kept import held, mario, mona

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def ended() -> Filing:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    return again(filing)


def asked(filing: Filing) -> EarlyErasure:
    found = thing_at(Thing.FILING, filing.pk)
    assert found
    return ask_early(thing=Thing.FILING, found=found, reason="A made-up mix-up.", by=mona())


def test_one_asks_another_agrees_and_the_stub_says_why() -> None:
    filing = ended()
    early = asked(filing)
    seen = one_early(early.pk, by=mario())
    assert seen
    assert seen.preview
    assert seen.reason == "A made-up mix-up."
    assert any("name" in each for each in seen.preview.goes)
    assert any("reference" in each for each in seen.preview.stays)
    assert again(filing).state == FilingState.FILED
    agree(number=early.pk, reason="So it is.", by=mario())
    assert again(filing).state == FilingState.ERASED
    (stub,) = erasures_of(Thing.FILING, filing.pk)
    assert stub.why == Why.EARLY
    rows = StateChange.objects.filter(subject=Subject.EARLY_ERASURE).order_by("pk")
    assert [(row.to_state, row.actor_id, text_of(row.note)) for row in rows] == [
        ("waiting", mona().pk, "A made-up mix-up."),
        ("done", mario().pk, "So it is."),
    ]


def test_whoever_asked_decides_nothing() -> None:
    filing = ended()
    early = asked(filing)
    for decide in (agree, refuse):
        with pytest.raises(ErasureRefused, match="You asked"):
            decide(number=early.pk, reason="Made up.", by=mona())
    with pytest.raises(NotPermitted):
        agree(number=early.pk, reason="Made up.", by=rita())
    assert again(filing).state == FilingState.FILED


def test_what_is_refused_stays_and_is_decided_once() -> None:
    filing = ended()
    early = asked(filing)
    refuse(number=early.pk, reason="It is needed.", by=mario())
    with pytest.raises(ErasureRefused, match="decided already"):
        agree(number=early.pk, reason="Made up.", by=mario())
    assert again(filing).state == FilingState.FILED
    assert asked(filing).state == EarlyState.WAITING


def test_nothing_that_somebody_waits_for_is_erased() -> None:
    with pytest.raises(ErasureRefused, match="still waits"):
        asked(OLGA.files())
    incident = thing_at(Thing.INCIDENT, reported().pk)
    assert incident
    with pytest.raises(ErasureRefused, match="Nobody has decided"):
        ask_early(thing=Thing.INCIDENT, found=incident, reason="Made up.", by=mona())


def test_a_hold_that_came_between_stops_it_and_it_may_be_agreed_to_later() -> None:
    filing = ended()
    early = asked(filing)
    held(Thing.FILING, filing.pk)
    with pytest.raises(ErasureRefused, match="cannot be erased now"):
        agree(number=early.pk, reason="Made up.", by=mario())
    early.refresh_from_db()
    assert early.state == EarlyState.WAITING
    assert again(filing).state == FilingState.FILED


def test_the_same_is_asked_for_once() -> None:
    filing = ended()
    asked(filing)
    with pytest.raises(ErasureRefused, match="already"):
        asked(filing)
