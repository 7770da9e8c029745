"""A hold on one kind keeps what another eraser would take along; nothing goes by its term while its
owner waits for an answer; files of a former system fall under terms and holds as all others."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.claims.erasing import erase_filing
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.messages import write_message
from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.incidents.deciding import decide_not_reportable
from recalldesk.incidents.erasing import erase_people_of_old_incidents
from recalldesk.incidents.models import Incident
from recalldesk.keeping import daily
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.states import Thing, Why
from recalldesk.keeping.things import known
from recalldesk.remedies.batches.states import BatchKind
from recalldesk.remedies.models import Batch, BatchLine, Order
from recalldesk.sealing.fields_of_rows import sealed
from recalldesk.takeover.forgetting import forget_names_of_photos, forget_rejected_rows
from recalldesk.takeover.models import TakenClaim, TakenPhoto, TakeoverFile, TakeoverReject
from recalldesk.takeover.states import FileOf
from tests.claims.owner import OLGA, again, fresh_pass
from tests.incidents.reports_made import reported, teller_known
from tests.keeping.kept import all_held, lifted, mona, recall, term
from tests.remedies.ordered import ordered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]


def in_days(days: int) -> time_machine.travel:
    return time_machine.travel(clock.now() + timedelta(days=days), tick=False)


def ended() -> Filing:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    return again(filing)


def test_a_hold_on_what_incidents_tell_keeps_the_claim_that_one_was_told_with() -> None:
    filing = ended()
    incident = reported(teller=teller_known())
    Incident.objects.filter(pk=incident.pk).update(filing=filing, contact=None)
    hold = all_held(kind=Kind.INCIDENTS)
    assert not erase_filing(opened=fresh_pass(filing))
    assert bytes(again(filing).sealed_email)
    lifted(hold)
    assert erase_filing(opened=fresh_pass(filing))


def test_who_wrote_and_got_no_answer_is_not_erased_by_a_term_nor_early() -> None:
    filing = ended()
    term(Kind.MESSAGES, 180)
    with in_days(200):
        message = write_message(filing_id=filing.pk, text="Where is it, made up?", nonce="m")
        assert daily.erase_due() == 0
        message.refresh_from_db()
        assert bytes(message.sealed_text)
        named = known(Thing.FILING)
        assert "nobody answered" in named.preview(filing.pk).waits
        assert not named.erase(filing.pk, Why.EARLY)
        assert erase_filing(opened=fresh_pass(filing))


def a_file() -> TakeoverFile:
    return TakeoverFile.objects.create(
        recall=recall(),
        kind=FileOf.CLAIMS,
        system="Made-up Suite",
        file_sha256="0" * 64,
        mapping_digest="1" * 64,
        **{"lines": 2, "heading": 1, "accepted": 0, "rejected": 1},
        **{"duplicate": 0, "blank": 0, "continued": 0},
        by=mona(),
    )


def test_rejected_lines_of_a_former_system_stay_while_held_and_as_long_as_their_term() -> None:
    row = sealed(TakeoverReject, "sealed_row", "made up", recall_id=recall().pk)
    TakeoverReject.objects.create(file=a_file(), number=2, why="is made up", sealed_row=row)
    term(Kind.REJECTED_LINES, 200)
    hold = all_held(kind=Kind.REJECTED_LINES)
    with in_days(100):
        assert forget_rejected_rows() == 0
    with in_days(201):
        assert forget_rejected_rows() == 0
    lifted(hold)
    with in_days(100):
        assert forget_rejected_rows() == 0
    with in_days(201):
        assert forget_rejected_rows() == 1


def test_the_name_of_a_photo_of_a_former_system_goes_with_its_claim() -> None:
    filing = ended()
    taken = TakenClaim.objects.create(
        file=a_file(),
        recall_id=recall().pk,
        line=2,
        claim=filing.claims.get(),
        row_digest=b"\1" * 32,
    )
    name = sealed(TakenPhoto, "sealed_name", "olga-made-up.jpg", recall_id=recall().pk)
    photo = TakenPhoto.objects.create(claim=taken, sealed_name=name)
    assert forget_names_of_photos() == 0
    assert erase_filing(opened=fresh_pass(filing))
    assert again(filing).state == FilingState.ERASED
    assert forget_names_of_photos() == 1
    photo.refresh_from_db()
    assert bytes(photo.sealed_name) == b""


def test_a_hold_on_files_for_banks_keeps_the_claim_that_a_line_of_one_pays() -> None:
    filing = ended()
    order = ordered()
    batch = Batch.objects.create(recall=recall(), kind=BatchKind.PICK_LIST)
    BatchLine.objects.create(batch=batch, order=order, mark="RD-MADE-UP1")
    Claim.objects.filter(filing=filing).update(remedy=order.remedy)
    hold = all_held(kind=Kind.REMEDY_FILES)
    assert not erase_filing(opened=fresh_pass(filing))
    assert bytes(Order.objects.get(pk=order.pk).sealed_recipient)
    lifted(hold)
    assert erase_filing(opened=fresh_pass(filing))
    assert not bytes(Order.objects.get(pk=order.pk).sealed_recipient)


def test_an_incident_about_which_nothing_is_decided_waits_for_it_up_to_what_the_law_allows() -> (
    None
):
    waits = reported(nonce="form-1")
    decided = reported(nonce="form-2")
    decide_not_reportable(number=decided.pk, reason="Made up: no harm.", by=mona())
    term(Kind.INCIDENTS, 365)
    with in_days(366):
        assert erase_people_of_old_incidents() == 1
        assert not bytes(Incident.objects.get(pk=decided.pk).sealed_account)
        assert bytes(Incident.objects.get(pk=waits.pk).sealed_account)
    with in_days(5 * 365):
        assert erase_people_of_old_incidents() == 1
