"""What happens at one moment ends as if one came first: nothing is lost, nothing is done twice."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connections, transaction
from pytest_django import Settings

from recalldesk.audit.states import Subject
from recalldesk.claims import following, holding, submitting
from recalldesk.claims.access import mail_new_link
from recalldesk.claims.drafting import choose_remedy, give_units
from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.errors import AlreadyFiled
from recalldesk.claims.following import appeal, owner_answered, withdraw_filing
from recalldesk.claims.jobs import evidence_settled
from recalldesk.claims.messages import write_message
from recalldesk.claims.models import Claim, Filing, Message
from recalldesk.claims.states import ClaimState
from recalldesk.claims.submitting import submit_filing
from recalldesk.evidence.models import Photo
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.models import Incident, Injury
from recalldesk.incidents.reporting import take_report
from recalldesk.incidents.states import Care, Happened
from recalldesk.incidents.story import Hurt, Story
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from tests.cast import SERIALS, Desk
from tests.claims.conftest import photos_at
from tests.claims.owner import (
    CARD,
    OLGA,
    PAVEL,
    Owner,
    again,
    claim_of,
    fresh_pass,
    log_of,
    moved,
    settles,
    state_of,
    text_with_all_remedies,
    the_recall,
)
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)
SECONDS = 30.0
A_WHILE = 0.5
TOLD = Story(happened=Happened.FIRE, hurt=(Hurt(Care.DOCTOR),))


@pytest.fixture(autouse=True)
def desk(kettles: Desk, settings: Settings) -> Desk:
    """The published kettle recall, committed."""
    settings.STORAGES = photos_at(settings.PHOTOS_FOLDER)
    kettles.published(text_with_all_remedies())
    return kettles


class Beside(threading.Thread):
    """A call on a database connection of its own."""

    def __init__(self, call: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._call = call
        self.error: Exception | None = None
        self.start()

    def run(self) -> None:
        try:
            self._call()
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()

    def ended(self) -> Exception | None:
        self.join(SECONDS)
        assert not self.is_alive()
        return self.error


def together(*calls: Callable[[], Any]) -> list[Exception | None]:
    """All of them as close to one moment as threads can."""
    gate = threading.Barrier(len(calls))

    def starting(call: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> None:
            gate.wait(SECONDS)
            call()

        return run

    threads = [Beside(starting(call)) for call in calls]
    return [thread.ended() for thread in threads]


class Halted:
    """A call that stops at a point inside its transaction, until it may go on."""

    def __init__(self, patch: pytest.MonkeyPatch, module: Any, name: str) -> None:
        self.reached, self._go_on = threading.Event(), threading.Event()
        self.only: int | None = None
        real = getattr(module, name)

        def halting(*args: Any, **kwargs: Any) -> Any:
            result = real(*args, **kwargs)
            if self.only in (None, threading.get_ident()):
                self.reached.set()
                assert self._go_on.wait(SECONDS)
            return result

        patch.setattr(module, name, halting)

    def run(self, call: Callable[[], Any]) -> Beside:
        def marked() -> None:
            self.only = threading.get_ident()
            call()

        thread = Beside(marked)
        assert self.reached.wait(SECONDS)
        return thread

    def go_on(self) -> None:
        self._go_on.set()


def held() -> list[int]:
    return list(Claim.objects.filter(holds_unit=True).values_list("pk", flat=True))


def test_two_threads_that_send_one_draft_send_one_filing() -> None:
    for serial in SERIALS[:3]:
        draft = OLGA.drafts(serial)
        errors = together(*[partial(submit_filing, filing_id=draft.pk)] * 4)
        assert errors == [None] * 4
        assert log_of(Subject.FILING, draft.pk) == [("", "draft", ""), ("draft", "filed", "")]
        letters = Mailing.objects.filter(filing_id=draft.pk, purpose=Purpose.CLAIM_FILED)
        assert letters.count() == 1
        assert draft.agreements.count() == 4


def test_of_two_drafts_of_one_unit_one_holds_it() -> None:
    for serial in SERIALS:
        drafts = [owner.drafts(serial) for owner in (OLGA, PAVEL)]
        errors = together(*[partial(submit_filing, filing_id=d.pk) for d in drafts])
        assert errors == [None, None]
        assert {state_of(draft) for draft in drafts} == {ClaimState.IN_REVIEW}
        assert sum(claim_of(draft).holds_unit for draft in drafts) == 1


def test_of_two_drafts_of_one_owner_one_is_a_duplicate() -> None:
    drafts = [OLGA.drafts(), OLGA.drafts()]
    assert together(*[partial(submit_filing, filing_id=d.pk) for d in drafts]) == [None, None]
    assert {state_of(d) for d in drafts} == {ClaimState.IN_REVIEW, ClaimState.DUPLICATE}


def test_the_same_units_in_opposite_order_do_not_wait_for_each_other() -> None:
    for _ in range(5):
        Claim.objects.filter(holds_unit=True).update(holds_unit=False)
        drafts = []
        for owner, order in ((OLGA, SERIALS), (PAVEL, SERIALS[::-1])):
            draft = owner.opens(order[0])
            give_units(filing_id=draft.pk, serials=order)
            drafts.append(owner.fills(draft))
        errors = together(*[partial(submit_filing, filing_id=d.pk) for d in drafts])
        assert errors == [None, None]
        assert len(held()) == len(SERIALS)


def test_the_second_waits_for_the_first_and_then_sees_who_holds_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, second = OLGA.drafts(), PAVEL.drafts()
    halted = Halted(monkeypatch, submitting, "hold_unit")
    one = halted.run(lambda: submit_filing(filing_id=first.pk))
    two = Beside(lambda: submit_filing(filing_id=second.pk))
    two.join(A_WHILE)
    assert two.is_alive()
    halted.go_on()
    assert (one.ended(), two.ended()) == (None, None)
    assert (claim_of(first).holds_unit, claim_of(second).holds_unit) == (True, False)
    assert log_of(Subject.CLAIM, claim_of(second).pk)[-1][2] == "contested"


def test_where_the_first_fails_the_second_holds_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = OLGA.drafts(), PAVEL.drafts()
    halted = Halted(monkeypatch, submitting, "hold_unit")

    def failing() -> None:
        with transaction.atomic():
            submit_filing(filing_id=first.pk)
            raise RuntimeError

    one = halted.run(failing)
    two = Beside(lambda: submit_filing(filing_id=second.pk))
    two.join(A_WHILE)
    halted.go_on()
    assert isinstance(one.ended(), RuntimeError)
    assert two.ended() is None
    assert again(first).state == "draft"
    assert claim_of(second).holds_unit


def test_a_holder_that_lets_go_meanwhile_leaves_the_unit_to_who_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holder, second = OLGA.files(), PAVEL.drafts()
    halted = Halted(monkeypatch, following, "mail_stage")
    one = halted.run(lambda: withdraw_filing(filing_id=holder.pk))
    two = Beside(lambda: submit_filing(filing_id=second.pk))
    two.join(A_WHILE)
    halted.go_on()
    assert (one.ended(), two.ended()) == (None, None)
    assert (claim_of(holder).holds_unit, claim_of(second).holds_unit) == (False, True)


def test_a_holder_that_lets_go_just_before_it_is_looked_for_leaves_the_unit_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    holder, second = OLGA.files(), PAVEL.drafts()
    halted = Halted(monkeypatch, holding, "_is_taken")
    one = halted.run(lambda: submit_filing(filing_id=second.pk))
    withdraw_filing(filing_id=holder.pk)
    halted.go_on()
    assert one.ended() is None
    assert (claim_of(holder).holds_unit, claim_of(second).holds_unit) == (False, True)


@pytest.mark.parametrize("settled_first", [True, False])
def test_a_photo_that_settles_while_the_claim_is_sent_leaves_no_claim_waiting(
    monkeypatch: pytest.MonkeyPatch, settled_first: bool
) -> None:
    draft = OLGA.drafts(photos=True)
    evidence_id = claim_of(draft).evidence_id
    photos = list(Photo.objects.filter(evidence_set_id=evidence_id))

    def settle() -> None:
        for photo in photos:
            with transaction.atomic():
                settles(photo)
            evidence_settled(evidence_id)  # as its job does, with no pause between

    if settled_first:
        halted = Halted(monkeypatch, submitting, "locked_filing")
    else:
        halted = Halted(monkeypatch, submitting, "is_settled")
    sending = halted.run(lambda: submit_filing(filing_id=draft.pk))
    settling = Beside(settle)
    settling.join(A_WHILE)
    halted.go_on()
    assert (settling.ended(), sending.ended()) == (None, None)
    assert state_of(draft) == ClaimState.IN_REVIEW


def test_an_answer_and_a_photo_that_settles_leave_no_claim_waiting() -> None:
    for serial in SERIALS[:3]:
        filing = OLGA.files(serial, photos=True)
        claim = claim_of(filing)
        photos = list(claim.evidence.photos.all())
        with transaction.atomic():
            settles(photos[0])
        moved(claim, ClaimState.NEEDS_OWNER)

        def settle(photo: Photo = photos[1]) -> None:
            with transaction.atomic():
                settles(photo)

        assert together(settle, partial(owner_answered, filing_id=filing.pk)) == [None, None]
        run_jobs(tasks=["claims.evidence_settled"])
        assert state_of(filing) == ClaimState.IN_REVIEW


def test_a_step_in_another_tab_is_before_or_after_the_sending() -> None:
    for serial in SERIALS[:4]:
        draft = OLGA.drafts(serial)
        sent, chosen = together(
            partial(submit_filing, filing_id=draft.pk),
            partial(choose_remedy, filing_id=draft.pk, remedy_key=CARD),
        )
        assert sent is None
        assert chosen is None or isinstance(chosen, AlreadyFiled)
        assert (again(draft).remedy_key == CARD) == (chosen is None)


def test_a_message_sent_by_two_threads_is_one() -> None:
    filing = OLGA.files()
    calls = [lambda: write_message(filing_id=filing.pk, text="Hello", nonce="n1")] * 4
    assert together(*calls) == [None] * 4
    assert Message.objects.count() == 1


def test_one_form_sent_by_two_threads_tells_of_one_incident() -> None:
    send = partial(take_report, live=the_recall(), language="en", story=TOLD, nonce="made up")
    assert together(*[send] * 4) == [None] * 4
    assert (Incident.objects.count(), Injury.objects.count()) == (1, 1)


def test_more_told_of_an_incident_by_two_threads_makes_one_claim() -> None:
    incident = obtain_incident(live=the_recall(), language="en")
    tell = partial(
        tell_more,
        incident_id=incident.pk,
        live=the_recall(),
        brand="tidewater",
        name="Olga",
        contact=OLGA.email,
        account="It smoked.",
    )
    assert together(*[tell] * 4) == [None] * 4
    assert Filing.objects.count() == 1


def test_a_link_asked_for_while_it_is_erased_is_written_before_or_not_at_all() -> None:
    for serial in SERIALS[:3]:
        filing = OLGA.files(serial)
        withdraw_filing(filing_id=filing.pk)
        filing.links.all().delete()
        stale, opened = again(filing), fresh_pass(filing)
        assert together(
            partial(mail_new_link, filing=stale), partial(erase_filing, opened=opened)
        ) == [None, None]
        named = Mailing.objects.filter(filing_id=filing.pk).exclude(sealed_to=b"")
        assert [row.purpose for row in named] == [Purpose.STAGE]  # the last letter
        assert not filing.links.exists()


def test_two_declined_claims_that_are_appealed_at_once_hold_the_unit_once() -> None:
    first = OLGA.files()
    moved(claim_of(first), ClaimState.DECLINED)
    second = PAVEL.files()
    moved(claim_of(second), ClaimState.DECLINED)
    calls = [
        partial(appeal, filing_id=filing.pk, text="Mine.", nonce="n") for filing in (first, second)
    ]
    assert together(*calls) == [None, None]
    assert {state_of(first), state_of(second)} == {ClaimState.IN_REVIEW}
    assert len(held()) == 1


def test_ten_owners_at_once_are_all_filed_and_one_holds_the_unit() -> None:
    owners = [Owner(f"Owner {n}", f"owner{n}@home.example") for n in range(10)]
    drafts = [owner.drafts() for owner in owners]
    calls = [partial(submit_filing, filing_id=draft.pk) for draft in drafts]
    assert together(*calls) == [None] * 10
    assert Filing.objects.filter(state="filed").count() == 10
    assert len(held()) == 1
