"""A list of units is one thing at the desk: one row, one question, one answer, one letter each."""

from datetime import timedelta
from pathlib import Path

import pytest
from time_machine import travel

from recalldesk.claims.access import new_link
from recalldesk.claims.desk.bulk import approve_many, ask_many, foresee
from recalldesk.claims.desk.telling import tell_decision
from recalldesk.claims.desk.templates import Template
from recalldesk.claims.desk_queue.filters import Filters, filters_in, query_of
from recalldesk.claims.desk_queue.lists import QueueList
from recalldesk.claims.desk_queue.reading import queue_page
from recalldesk.claims.following import owner_wrote
from recalldesk.claims.letters import mail_stage
from recalldesk.claims.messages import needs_no_answer
from recalldesk.claims.models import Claim, Filing, Message
from recalldesk.claims.states import ClaimState, DecisionKind
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from recalldesk.remedies.models import Remedy
from tests.cast import SERIALS, Desk
from tests.claims.desk.people import cleaned, of_people, rita, seen
from tests.claims.owner import OLGA, again, claim_of
from tests.claims.test_lists_of_units import answered, claims
from tests.worked import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(desk: Desk, tmp_path: Path) -> Filing:
    return claims(answered(tmp_path, *SERIALS))


def decisions_told() -> None:
    for decision in of_people().order_by("pk"):
        decision.takes_effect_at = decision.at
        decision.save(update_fields=["takes_effect_at"])
        tell_decision(decision_id=decision.pk)


def stamps(filing: Filing) -> dict[int, int]:
    return {claim.pk: seen(claim) for claim in filing.claims.order_by("position")}


def letters(filing: Filing, purpose: Purpose) -> int:
    return Mailing.objects.filter(filing_id=filing.pk, purpose=purpose).count()


def test_one_row_of_the_queue_stands_for_all_of_it(filing: Filing) -> None:
    other = OLGA.files("TW33661902")
    found = queue_page(Filters(), by=rita())
    assert {row.reference: row.alike for row in found.rows} == {
        filing.reference: len(SERIALS),
        other.reference: 0,
    }
    listed = Filters(QueueList.REVIEW, filing=filing.reference)
    assert filters_in(dict(pair.split("=") for pair in query_of(listed).split("&")))[0] == listed
    rows = queue_page(listed, by=rita()).rows
    assert [row.position for row in rows] == [1, 2, 3, 4, 5]


def test_all_are_asked_alike_and_their_owner_is_written_to_once(filing: Filing) -> None:
    outcomes = ask_many(seen=stamps(filing), by=rita(), template=Template.ALL_MARKED)
    assert {outcome.why_not for outcome in outcomes} == {""}
    decisions_told()
    assert letters(filing, Purpose.STAGE) == 1
    assert Message.objects.filter(filing=filing).count() == 1


def test_photos_of_all_of_them_together_prove_all_and_one_person_decides(filing: Filing) -> None:
    ask_many(seen=stamps(filing), by=rita(), template=Template.ALL_MARKED)
    decisions_told()
    message = owner_wrote(filing_id=filing.pk, text="All marked.", nonce="n", has_photos=True)
    assert message.evidence is not None
    photo = receive_photo(
        evidence_set=message.evidence, kind=PhotoKind.OTHER, chunks=[b"a made-up pallet"]
    )
    cleaned(photo)
    needs_no_answer(again(filing))
    ids = [*stamps(filing)]
    rows = foresee(claim_ids=ids, kind=DecisionKind.APPROVE, by=rita())
    assert {row.why_not for row in rows} == {""}
    outcomes = approve_many(seen={row.claim_id: row.seen for row in rows}, by=rita())
    assert {outcome.why_not for outcome in outcomes} == {""}
    decisions_told()
    assert set(filing.claims.values_list("state", flat=True)) == {ClaimState.APPROVED}
    assert letters(filing, Purpose.STAGE) == 2, "one that asked, one that says yes to all"
    assert Remedy.objects.count() == Claim.objects.filter(remedy__isnull=False).count() == 5
    again_decided = approve_many(seen={row.claim_id: row.seen for row in rows}, by=rita())
    assert len(again_decided) == 5
    assert Remedy.objects.count() == 5
    run_jobs(tasks=["claims.go_on_with_list"])
    assert Remedy.objects.count() == 5


def test_news_of_many_remedies_is_one_letter_within_the_hour(filing: Filing) -> None:
    before = letters(filing, Purpose.STAGE)
    rows = list(filing.claims.select_related("filing__recall", "filing__version"))
    for claim in rows:
        claim.state = ClaimState.REMEDY_SENT
        mail_stage(claim=claim, token=new_link(filing=filing))
    assert letters(filing, Purpose.STAGE) == before + 1
    with travel(clock.now() + timedelta(minutes=61), tick=False):
        mail_stage(claim=rows[0], token=new_link(filing=filing))
    assert letters(filing, Purpose.STAGE) == before + 2
    single = claim_of(OLGA.files("TW33661902"))
    single.state = ClaimState.REMEDY_SENT
    for _ in range(2):
        mail_stage(claim=single, token=new_link(filing=single.filing))
    assert letters(single.filing, Purpose.STAGE) == 2
