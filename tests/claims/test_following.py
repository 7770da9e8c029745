"""What an owner does with a claim that was sent: writes, withdraws, appeals, mends, disposes."""

from datetime import timedelta

import pytest
import time_machine

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.drafting import give_contact
from recalldesk.claims.errors import FieldProblem, FieldsRefused, NotPossibleNow
from recalldesk.claims.following import (
    appeal,
    confirm_disposal,
    mend_details,
    withdraw_filing,
)
from recalldesk.claims.jobs import mail_failed
from recalldesk.claims.messages import (
    LONGEST_MESSAGE,
    MOST_MESSAGES_A_DAY,
    write_message,
    write_to_owner,
)
from recalldesk.claims.models import Filing, Message
from recalldesk.claims.reads import messages_of, photo_of, seen_filing, stages_of
from recalldesk.claims.states import ClaimState
from recalldesk.evidence.actions import receive_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.mailing.models import Mailing
from recalldesk.mailing.states import Purpose
from tests.cast import SERIALS, Desk
from tests.claims.owner import (
    ACCOUNT,
    MONEY,
    OLGA,
    PAVEL,
    STREET,
    again,
    claim_of,
    fresh_pass,
    letters_of,
    log_of,
    moved,
    state_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
WITHDRAWN = ClaimState.WITHDRAWN


def texts(filing: Filing) -> list[str]:
    return [message.text for message in messages_of(again(filing))]


def test_a_form_sent_twice_is_one_message() -> None:
    filing = OLGA.files()
    first = write_message(filing_id=filing.pk, text="When?", nonce="n1")
    second = write_message(filing_id=filing.pk, text=" When? ", nonce="n1")
    assert first == second
    assert texts(filing) == ["When?"]
    assert log_of(Subject.MESSAGE, first.pk) == [("", "from_owner", "")]


def test_another_text_in_the_same_form_is_another_message() -> None:
    filing = OLGA.files()
    for text in ("When?", "Where?", "Where?"):
        write_message(filing_id=filing.pk, text=text, nonce="n1")
    assert texts(filing) == ["When?", "Where?"]


def test_a_form_without_its_number_loses_no_message() -> None:
    filing = OLGA.files()
    for text in ("One.", "Two."):
        write_message(filing_id=filing.pk, text=text, nonce="")
    write_message(filing_id=filing.pk, text="Three.", nonce="x" * 500)
    assert texts(filing) == ["One.", "Two.", "Three."]


def test_the_same_text_in_another_form_is_said_again() -> None:
    filing = OLGA.files()
    for nonce in ("n1", "n2"):
        write_message(filing_id=filing.pk, text="Hello?", nonce=nonce)
    assert texts(filing) == ["Hello?", "Hello?"]


def test_an_empty_message_and_one_too_long_are_none() -> None:
    filing = OLGA.files()
    for text, problem in (
        (" \n", FieldProblem.MISSING),
        ("x" * (LONGEST_MESSAGE + 1), FieldProblem.TOO_LONG),
    ):
        with pytest.raises(FieldsRefused) as refused:
            write_message(filing_id=filing.pk, text=text, nonce="n1")
        assert refused.value.fields == {"message": problem}
    assert not Message.objects.exists()


def test_photos_need_no_text_and_the_form_sent_twice_is_still_one_message() -> None:
    filing = OLGA.files()
    for _ in range(2):
        write_message(filing_id=filing.pk, text=" ", nonce="n1", has_photos=True)
    assert texts(filing) == [""]


def test_a_photo_of_a_message_is_its_owners_and_nobody_elses() -> None:
    mine, other = OLGA.files(SERIALS[0], photos=True), PAVEL.files(SERIALS[1], photos=True)
    message = write_message(filing_id=mine.pk, text="Look.", nonce="n1")
    assert message.evidence is not None
    photo = receive_photo(evidence_set=message.evidence, kind=PhotoKind.OTHER, chunks=[b"x"])
    assert photo_of(mine, photo.pk) == photo
    assert photo_of(other, photo.pk) is None
    foreign = claim_of(other).evidence.photos.earliest("pk")
    assert photo_of(mine, foreign.pk) is None
    assert photo_of(mine, 2**70) is None
    assert Photo.objects.count() == 5


def test_withdrawing_is_done_once_and_told_once() -> None:
    filing = OLGA.files()
    withdraw_filing(filing_id=filing.pk)
    withdraw_filing(filing_id=filing.pk)
    assert state_of(filing) == WITHDRAWN
    assert log_of(Subject.CLAIM, claim_of(filing).pk)[-1] == ("in_review", "withdrawn", "")
    assert [e[0] for e in letters_of(filing)].count(Purpose.STAGE) == 1


def test_what_is_ordered_cannot_be_withdrawn_and_the_rest_can() -> None:
    filing = OLGA.files_several(*SERIALS[:2])
    moved(claim_of(filing, 1), ClaimState.APPROVED, ClaimState.REMEDY_ORDERED)
    withdraw_filing(filing_id=filing.pk)
    assert (state_of(filing, 1), state_of(filing, 2)) == (ClaimState.REMEDY_ORDERED, WITHDRAWN)
    only = OLGA.files(SERIALS[2])
    moved(claim_of(only), ClaimState.APPROVED, ClaimState.REMEDY_ORDERED)
    with pytest.raises(NotPossibleNow):
        withdraw_filing(filing_id=only.pk)


@pytest.mark.parametrize(
    "step", [withdraw_filing, lambda filing_id: appeal(filing_id=filing_id, text="x", nonce="n")]
)
def test_a_draft_and_a_filing_that_is_not_there_are_not_followed(step: object) -> None:
    assert callable(step)
    for filing_id in (OLGA.drafts().pk, 10**9):
        with pytest.raises(NotPossibleNow):
            step(filing_id=filing_id)


def test_an_appeal_reaches_a_person_with_its_reason_and_is_confirmed() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), ClaimState.DECLINED)
    for _ in range(2):
        appeal(filing_id=filing.pk, text="The photo shows it.", nonce="n1")
    assert state_of(filing) == ClaimState.IN_REVIEW
    assert texts(filing) == ["The photo shows it."]
    assert claim_of(filing).promised_on is not None
    assert (
        log_of(Subject.CLAIM, claim_of(filing).pk).count(("declined", "in_review", "appealed")) == 1
    )
    assert "appeal" in letters_of(filing)[-1][3]


def test_an_appeal_without_a_reason_moves_nothing() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), ClaimState.DECLINED)
    with pytest.raises(FieldsRefused):
        appeal(filing_id=filing.pk, text=" ", nonce="n1")
    assert state_of(filing) == ClaimState.DECLINED


def test_there_is_no_appeal_of_what_goes_on() -> None:
    with pytest.raises(NotPossibleNow):
        appeal(filing_id=OLGA.files().pk, text="Hurry.", nonce="n1")


def test_the_address_is_mended_until_it_ships_and_the_owner_is_told() -> None:
    filing = OLGA.files()
    new = STREET | {"street_address": "78 Madeup Lane"}
    mend_details(opened=fresh_pass(filing), address=new)
    assert seen_filing(again(filing)).address["street_address"] == "78 Madeup Lane"
    assert log_of(Subject.FILING, filing.pk)[-1] == ("filed", "filed", Reason.DETAILS_MENDED)
    assert "78 Madeup" not in letters_of(filing)[-1][3]
    moved(claim_of(filing), ClaimState.APPROVED, ClaimState.REMEDY_ORDERED)
    with pytest.raises(NotPossibleNow):
        mend_details(opened=fresh_pass(filing), address=STREET)


def test_without_a_fresh_code_it_is_not_mended() -> None:
    filing = OLGA.files()
    opened = fresh_pass(filing)
    with (
        time_machine.travel(clock.now() + timedelta(minutes=16), tick=False),
        pytest.raises(NotPossibleNow),
    ):
        mend_details(opened=opened, address=STREET | {"city": "Elsewhere"})
    assert seen_filing(again(filing)).address["city"] == "SPRINGFIELD"


def test_a_check_needs_to_know_where_it_goes() -> None:
    filing = OLGA.files(remedy=MONEY)
    with pytest.raises(FieldsRefused) as refused:
        mend_details(opened=fresh_pass(filing), payee_kind="check", payee={})
    assert refused.value.fields == {"street_address": FieldProblem.MISSING}
    assert seen_filing(again(filing)).payee["kind"] == "us_account"
    mend_details(opened=fresh_pass(filing), payee_kind="check", payee={}, address=STREET)
    seen = seen_filing(again(filing))
    assert (seen.payee, bool(seen.address)) == ({"kind": "check"}, True)


def test_a_wrong_account_leaves_the_one_before() -> None:
    filing = OLGA.files(remedy=MONEY)
    with pytest.raises(FieldsRefused):
        mend_details(
            opened=fresh_pass(filing),
            payee_kind="us_account",
            payee=ACCOUNT | {"routing_number": "123456789"},
        )
    assert seen_filing(again(filing)).payee["routing_number"] == ACCOUNT["routing_number"]


def test_a_filing_takes_so_many_messages_a_day_and_more_tomorrow() -> None:
    filing = OLGA.files()
    for number in range(MOST_MESSAGES_A_DAY):
        write_message(filing_id=filing.pk, text=f"Number {number}.", nonce=f"n{number}")
    with pytest.raises(FieldsRefused) as refused:
        write_message(filing_id=filing.pk, text="One more.", nonce="more")
    assert refused.value.fields == {"message": FieldProblem.TOO_MANY}
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1), tick=False):
        write_message(filing_id=filing.pk, text="One more.", nonce="more")


def test_the_desk_writes_once_and_the_owner_learns_of_it_without_the_words(desk: Desk) -> None:
    filing = OLGA.files()
    before = len(letters_of(filing))
    for _ in range(2):
        write_to_owner(
            filing_id=filing.pk, by=desk.cast.approver, text="Made up: thanks.", nonce="d1"
        )
    (seen,) = messages_of(again(filing))
    assert (seen.is_mine, seen.text) == (False, "Made up: thanks.")
    letters = letters_of(filing)[before:]
    assert [letter[0] for letter in letters] == [Purpose.MESSAGE]
    assert "thanks" not in letters[0][3]
    assert log_of(Subject.MESSAGE, Message.objects.get().pk) == [("", "from_desk", "")]


def test_whoever_may_not_answer_owners_writes_to_none(desk: Desk) -> None:
    filing = OLGA.files()
    for by in (desk.cast.viewer, desk.cast.outsider):
        with pytest.raises(NotPermitted):
            write_to_owner(filing_id=filing.pk, by=by, text="Hello", nonce="d1")
    assert messages_of(filing) == ()


def test_disposal_is_noted_once_and_is_no_stage() -> None:
    filing = OLGA.files()
    moved(claim_of(filing), ClaimState.APPROVED)
    with time_machine.travel("2027-01-05T10:00:00Z", tick=False):
        confirm_disposal(filing_id=filing.pk, position=1)
    with time_machine.travel("2027-02-05T10:00:00Z", tick=False):
        confirm_disposal(filing_id=filing.pk, position=1)
    claim = claim_of(filing)
    assert str(claim.disposed_on) == "2027-01-05"
    assert log_of(Subject.CLAIM, claim.pk)[-1] == ("approved", "approved", Reason.DISPOSED)
    assert [stage.state for stage in stages_of(claim.pk)] == ["submitted", "in_review", "approved"]


def test_a_unit_that_may_be_needed_to_decide_is_not_got_rid_of_yet() -> None:
    filing = OLGA.files()
    with pytest.raises(NotPossibleNow):
        confirm_disposal(filing_id=filing.pk, position=1)
    assert claim_of(filing).disposed_on is None


def test_a_letter_that_came_back_is_noted_once() -> None:
    filing = OLGA.files()
    mailing = Mailing.objects.filter(filing_id=filing.pk).latest("pk")
    mail_failed(mailing.pk)
    since = again(filing).unreached_since
    assert since is not None
    mail_failed(mailing.pk)
    assert again(filing).unreached_since == since
    assert log_of(Subject.FILING, filing.pk)[-1] == ("filed", "filed", Reason.NOT_REACHED)
    mail_failed(10**9)


def test_another_address_may_be_reached_and_the_old_ones_bounces_are_nothing_to_it() -> None:
    filing = OLGA.opens()
    give_contact(filing_id=filing.pk, name=OLGA.name, email="old@home.example", phone="")
    mailing = Mailing.objects.get(filing_id=filing.pk)
    mail_failed(mailing.pk)
    assert again(filing).unreached_since is not None
    give_contact(filing_id=filing.pk, name=OLGA.name, email="old@home.example", phone="")
    assert again(filing).unreached_since is not None
    give_contact(filing_id=filing.pk, name=OLGA.name, email=OLGA.email, phone="")
    assert again(filing).unreached_since is None
    mail_failed(mailing.pk)
    assert again(filing).unreached_since is None
