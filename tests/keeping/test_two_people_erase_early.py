"""Before its day something is erased by two people only, and nothing that somebody waits for."""

from dataclasses import replace

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Subject
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.kept import kept_since
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.keeping import early, outside
from recalldesk.keeping.early import agree, ask_early, refuse
from recalldesk.keeping.errors import ErasureRefused
from recalldesk.keeping.models import EarlyErasure, WaitingErasure
from recalldesk.keeping.overview import one_early
from recalldesk.keeping.restoring import erase_early_again
from recalldesk.keeping.states import EarlyState, Thing, Why
from recalldesk.keeping.stubs import erasures_of
from recalldesk.keeping.things import known, thing_at
from recalldesk.keeping.waiting import carry_out
from recalldesk.mailing.models import Mailing
from tests.claims.desk.people import rita
from tests.claims.owner import OLGA, again
from tests.incidents.reports_made import reported
from tests.keeping.kept import held, lifted, mario, mona
from tests.unguarded import unguarded

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


def test_what_was_not_erased_after_all_is_not_erased_by_a_restore(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    early_asked = asked(ended())
    named = replace(known(Thing.FILING), erase=lambda *_: False)
    monkeypatch.setattr(early, "known", lambda _: named)
    with pytest.raises(ErasureRefused):
        agree(number=early_asked.pk, reason="So it is.", by=mario())
    assert not list(outside.lines(outside.EARLY))


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


def test_what_a_hold_keeps_is_not_asked_for_and_says_so() -> None:
    filing = ended()
    early = asked(filing)
    held(Thing.FILING, filing.pk)
    seen = one_early(early.pk, by=mario())
    assert seen
    assert seen.preview
    assert "legal hold" in seen.preview.waits
    incident = reported()
    held(Thing.INCIDENT, incident.pk)
    found = thing_at(Thing.INCIDENT, incident.pk)
    assert found
    with pytest.raises(ErasureRefused, match="legal hold"):
        ask_early(thing=Thing.INCIDENT, found=found, reason="Made up.", by=mona())


def test_an_owner_is_told_of_no_wish_of_theirs_where_two_people_agreed_and_a_hold_came() -> None:
    filing = ended()
    columns = {each: getattr(filing, each) for each in ("sealed_name", "sealed_email")}
    agree(number=asked(filing).pk, reason="So it is.", by=mario())
    with unguarded("claims_filing"):
        Filing.objects.filter(pk=filing.pk).update(
            state=FilingState.FILED, erased_at=None, **columns
        )
    hold = held(Thing.FILING, filing.pk)
    assert erase_early_again() == 0
    assert WaitingErasure.objects.filter(done_at=None).count() == 1
    assert kept_since(again(filing)) is None
    letters = Mailing.objects.count()
    lifted(hold)
    assert carry_out() == 1
    assert Mailing.objects.count() == letters
    assert erasures_of(Thing.FILING, filing.pk)[-1].why == Why.RESTORED
    assert not WaitingErasure.objects.filter(done_at=None).exists()
    assert erase_early_again() == 0


def test_what_somebody_waits_for_again_after_a_restore_goes_when_they_wait_no_more() -> None:
    filing = ended()
    agree(number=asked(filing).pk, reason="So it is.", by=mario())
    with unguarded("claims_filing", "claims_claim"):
        Filing.objects.filter(pk=filing.pk).update(
            state=FilingState.FILED, erased_at=None, owner_wrote_at=clock.now()
        )
    assert erase_early_again() == 0
    assert carry_out() == 0
    Filing.objects.filter(pk=filing.pk).update(owner_wrote_at=None)
    assert carry_out() == 1
    assert again(filing).state == FilingState.ERASED
