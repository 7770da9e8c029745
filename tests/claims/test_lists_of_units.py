"""A list of units: each line is a check like any other, and each unit a claim like any other."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from time_machine import travel

from recalldesk.audit.states import Subject
from recalldesk.claims.access import mail_new_link, new_link, open_link
from recalldesk.claims.desk.many import gather
from recalldesk.claims.desk.second_rule import Ground, grounds_for_two
from recalldesk.claims.drafting import choose_remedy, give_contact, give_details
from recalldesk.claims.erasing import erase_drafts, erase_filing
from recalldesk.claims.exporting import everything_of
from recalldesk.claims.following import withdraw_filing
from recalldesk.claims.models import Claim, Filing, ToldLines, UnitList
from recalldesk.claims.states import ClaimState, DecisionKind, FilingState, UnitReading
from recalldesk.claims.submitting import submit_filing
from recalldesk.claims.unit_lists.answering import Answered, answer_list, forget_told
from recalldesk.claims.unit_lists.claiming import claim_lines
from recalldesk.claims.unit_lists.correcting import correct_lines
from recalldesk.claims.unit_lists.keeping import opened_lines
from recalldesk.claims.unit_lists.lines import Line, LineState
from recalldesk.claims.unit_lists.reading import read_list
from recalldesk.claims.unit_lists.sending import Sender, send_list
from recalldesk.foundation import clock
from recalldesk.units.checking import check_serial
from recalldesk.units.errors import AnswerUnavailable
from recalldesk.units.verdict.answer import Answer
from tests.cast import AFFECTED, FAR, LOOK_ALIKE, SERIALS, SLIP, SLUG, Desk, recall_text
from tests.claims.desk.pages import page_of
from tests.claims.desk.people import rita
from tests.claims.owner import (
    OLGA,
    STREET,
    again,
    fresh_pass,
    letters_of,
    log_of,
    text_with_all_remedies,
    the_recall,
)
from tests.worked import run_jobs

S = LineState
HOTEL = Sender(name="Kim Made-Up", organisation="Example Hotel", email="desk@hotel.example")


def sends(folder: Path, *lines: str, sender: Sender = HOTEL) -> Filing:
    path = folder / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    live = the_recall()
    read = read_list(path, live.document)
    return send_list(live=live, brand="tidewater", language="en", sender=sender, read=read)


def opens(filing: Filing) -> Filing:
    open_link(token=new_link(filing=filing))
    return filing


def ask(serial: str, token: str) -> Answer:
    return check_serial(serial, second_look=token)


def answers(filing: Filing, network: str = "203.0.113.7") -> Answered:
    return answer_list(filing_id=filing.pk, network=network, ask=ask)


def lines_of(filing: Filing) -> list[Line]:
    return opened_lines(UnitList.objects.get(filing=filing))[0]


def states(filing: Filing) -> list[LineState]:
    return [line.state for line in lines_of(filing)]


def answered(folder: Path, *lines: str) -> Filing:
    filing = opens(sends(folder, *lines))
    answers(filing)
    return filing


def claims(filing: Filing, remedy: str = "new-kettle") -> Filing:
    claim_lines(filing_id=filing.pk)
    filing.claims.update(cannot_photograph=True)
    choose_remedy(filing_id=filing.pk, remedy_key=remedy)
    give_details(filing_id=filing.pk, address=STREET)
    filing = submit_filing(filing_id=filing.pk)
    run_jobs(tasks=["claims.go_on_with_list"])
    return again(filing)


def units(filing: Filing) -> Sequence[tuple[int, str, bool]]:
    return list(filing.claims.order_by("position").values_list("position", "found", "holds_unit"))


def test_the_units_of_a_list_are_one_sum_for_the_limit_of_two(
    kettles: Desk, tmp_path: Path
) -> None:
    limit = '[review]\nsecond_person_over = { amount = "100.00", currency = "USD" }'
    kettles.published(text_with_all_remedies().replace("[review]", limit))
    one, many = (
        claims(answered(tmp_path, *serials), remedy="card").claims.first()
        for serials in (SERIALS[:1], SERIALS[1:])
    )
    assert one
    assert many
    assert page_of(one, by=rita()).allowed.grounds_for_two == (Ground.NO_PROOF,)
    assert page_of(many, by=rita()).allowed.grounds_for_two == (Ground.VALUE, Ground.NO_PROOF)
    case = gather([many]).case(many, DecisionKind.APPROVE)
    assert grounds_for_two(case) == (Ground.VALUE, Ground.NO_PROOF)


def test_each_line_is_answered_as_one_check(desk: Desk, tmp_path: Path) -> None:
    filing = answered(tmp_path, AFFECTED, LOOK_ALIKE, SLIP, FAR, "K20", AFFECTED.lower())
    assert states(filing) == [
        *(S.IN_RECALL, S.LOOK_AGAIN, S.LOOK_AGAIN, S.NOT_IN_RECALL, S.LOOK_AGAIN, S.DUPLICATE)
    ]
    assert sum(ToldLines.objects.values_list("lines", flat=True)) == 5


def test_nothing_is_answered_before_the_mailed_link_is_opened(desk: Desk, tmp_path: Path) -> None:
    filing = sends(tmp_path, AFFECTED, FAR)
    assert answers(filing).is_unconfirmed
    assert states(filing) == [S.WAITING, S.WAITING]
    assert not ToldLines.objects.exists()
    assert not filing.passes.exists()


def test_an_address_that_is_changed_is_to_be_confirmed_anew(desk: Desk, tmp_path: Path) -> None:
    filing = opens(sends(tmp_path, AFFECTED))
    opened = fresh_pass(filing)
    give_contact(
        filing_id=filing.pk, name="Kim Made-Up", email="else@else.example", phone="", opened=opened
    )
    assert answers(again(filing)).is_unconfirmed
    answers(opens(again(filing)))
    assert states(filing) == [S.IN_RECALL]


def test_a_heading_over_another_column_hides_no_recalled_unit(desk: Desk, tmp_path: Path) -> None:
    filing = answered(tmp_path, "Serial,Asset", f"{FAR},{AFFECTED}", f"{FAR},desk")
    assert states(filing) == [S.IN_RECALL, S.NOT_IN_RECALL]
    assert lines_of(filing)[0].text == AFFECTED
    assert sum(ToldLines.objects.values_list("lines", flat=True)) == 3


def test_no_text_typed_after_a_slip_settles_it(desk: Desk, tmp_path: Path) -> None:
    filing = answered(tmp_path, SLIP, LOOK_ALIKE)
    correct_lines(filing_id=filing.pk, texts={1: FAR, 2: LOOK_ALIKE})
    answers(filing)
    assert S.NOT_IN_RECALL not in states(filing)
    assert states(filing)[1] is S.PERSON


def test_no_text_of_another_line_settles_it(desk: Desk, tmp_path: Path) -> None:
    filing = answered(tmp_path, "??!", SLIP, FAR)
    correct_lines(filing_id=filing.pk, texts={1: FAR, 2: FAR})
    answers(filing)
    assert states(filing) == [S.NOT_IN_RECALL, S.PERSON, S.NOT_IN_RECALL]


def test_a_slip_in_any_cell_of_a_row_binds_what_is_typed_next(desk: Desk, tmp_path: Path) -> None:
    filing = answered(tmp_path, "Serial,Asset", f"K20,{SLIP}")
    assert states(filing) == [S.LOOK_AGAIN]
    correct_lines(filing_id=filing.pk, texts={2: FAR})
    answers(filing)
    assert states(filing) == [S.PERSON]


def test_a_copy_waits_itself_once_its_line_names_another_unit(desk: Desk, tmp_path: Path) -> None:
    filing = answered(tmp_path, LOOK_ALIKE, LOOK_ALIKE, LOOK_ALIKE.lower())
    assert states(filing) == [S.LOOK_AGAIN, S.DUPLICATE, S.DUPLICATE]
    correct_lines(filing_id=filing.pk, texts={1: SERIALS[1]})
    answers(filing)
    assert states(filing) == [S.IN_RECALL, S.LOOK_AGAIN, S.DUPLICATE]
    assert lines_of(filing)[2].of == 2
    correct_lines(filing_id=filing.pk, texts={2: FAR})
    answers(filing)
    assert states(filing) == [S.IN_RECALL, S.PERSON, S.LOOK_AGAIN]


def test_what_was_in_no_recall_is_looked_up_anew_once_a_version_went_live(
    desk: Desk, tmp_path: Path
) -> None:
    filing = claims(answered(tmp_path, AFFECTED, FAR))
    with travel(clock.now() + timedelta(hours=1), tick=True):
        answers(filing)
        told = ToldLines.objects.count()
        assert states(filing) == [S.IN_RECALL, S.NOT_IN_RECALL]
        answers(filing)
        assert ToldLines.objects.count() == told, "nothing is newer"
        desk.published(recall_text(units=6), (*SERIALS, FAR))
        assert sends(tmp_path, AFFECTED, FAR).pk == filing.pk
        answers(filing)
        assert states(filing) == [S.IN_RECALL, S.IN_RECALL]
        claim_lines(filing_id=filing.pk)
    assert units(filing) == [(1, "affected", True), (2, "affected", True)]


def test_what_is_corrected_is_claimed_in_the_same_filing_and_nothing_twice(
    desk: Desk, tmp_path: Path
) -> None:
    filing = claims(answered(tmp_path, SERIALS[0], SLIP, LOOK_ALIKE, FAR))
    assert units(filing) == [(1, "affected", True)]
    for _ in range(2):
        correct_lines(filing_id=filing.pk, texts={2: SERIALS[1], 3: SERIALS[0]})
        answers(filing)
        claim_lines(filing_id=filing.pk)
    assert units(filing) == [(1, "affected", True), (2, "affected", True)]
    assert states(filing) == [S.IN_RECALL, S.IN_RECALL, S.DUPLICATE, S.NOT_IN_RECALL]
    assert lines_of(filing)[2].of == 1


def test_what_cannot_be_read_meets_a_person(desk: Desk, tmp_path: Path) -> None:
    filing = answered(tmp_path, AFFECTED, "??!")
    correct_lines(filing_id=filing.pk, texts={}, unreadable={2})
    filing = claims(filing)
    unread = filing.claims.get(position=2)
    assert (unread.reading, unread.holds_unit) == (UnitReading.UNREADABLE, False)
    assert unread.state == ClaimState.IN_REVIEW


def test_a_unit_of_another_filing_is_held_once(desk: Desk, tmp_path: Path) -> None:
    OLGA.files(AFFECTED)
    filing = claims(answered(tmp_path, *SERIALS))
    assert [holds for _, _, holds in units(filing)] == [False, True, True, True, True]
    assert set(filing.claims.values_list("state", flat=True)) == {ClaimState.IN_REVIEW}
    assert Claim.objects.filter(holds_unit=True).count() == len(SERIALS)


def test_a_list_that_was_broken_off_goes_on(desk: Desk, tmp_path: Path) -> None:
    filing, left = opens(sends(tmp_path, *SERIALS)), [2]

    def breaks(serial: str, token: str) -> Answer:
        if not left[0]:
            raise AnswerUnavailable("away", "later")
        left[0] -= 1
        return ask(serial, token)

    found = answer_list(filing_id=filing.pk, network="", ask=breaks)
    assert (found.waiting, found.is_unavailable) == (3, True)
    assert answers(filing).waiting == 0
    assert states(filing) == [S.IN_RECALL] * 5


def test_what_limits_is_told_of_and_forgotten_after_a_day(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recalldesk.claims.unit_lists.answering.MOST_TOLD_TO_ONE", 2)
    filing = opens(sends(tmp_path, *SERIALS))
    found = answers(filing)
    assert found.waiting == 3
    assert found.again_at is not None
    assert answers(filing).waiting == 3
    with travel(found.again_at + timedelta(seconds=1), tick=False):
        assert answers(filing).waiting == 1
        assert forget_told() == 1


def test_parts_of_one_wide_network_share_what_is_told(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recalldesk.claims.unit_lists.answering.MOST_TOLD_TO_NETWORK", 2)
    other = Sender(name="Lee Made-Up", email="crew@airline.example")
    answers(opens(sends(tmp_path, *SERIALS[:2])), "2001:db8:1:1::")
    filing = opens(sends(tmp_path, *SERIALS[2:], sender=other))
    assert answers(filing, "2001:db8:1:2::").waiting == 3
    assert answers(filing, "2001:db8:2::").waiting == 1


def test_the_same_list_is_one_filing_unless_it_was_withdrawn(desk: Desk, tmp_path: Path) -> None:
    filing = sends(tmp_path, *SERIALS)
    assert sends(tmp_path, *SERIALS).pk == filing.pk
    assert sends(tmp_path, *SERIALS[:2]).pk != filing.pk
    opens(filing)
    answers(filing)
    withdraw_filing(filing_id=claims(filing).pk)
    assert sends(tmp_path, *SERIALS).pk != filing.pk


def test_one_letter_tells_of_the_list_and_the_log_names_it(desk: Desk, tmp_path: Path) -> None:
    filing = sends(tmp_path, *SERIALS)
    with travel(clock.now() + timedelta(hours=1), tick=False):
        assert mail_new_link(filing=filing)
    purposes = [(purpose, to) for purpose, to, *_ in letters_of(filing)]
    assert purposes == [("draft_link", HOTEL.email)] * 2
    row = UnitList.objects.get(filing=filing)
    assert log_of(Subject.UNIT_LIST, row.pk) == [("", "listed", "")]


def test_an_owner_gets_the_list_with_everything_else(desk: Desk, tmp_path: Path) -> None:
    filing = claims(answered(tmp_path, AFFECTED, FAR))
    assert everything_of(filing)["list"] == [
        {"line": 1, "text": AFFECTED, "answer": "in_recall"},
        {"line": 2, "text": FAR, "answer": "not_in_recall"},
    ]
    assert everything_of(OLGA.files(SERIALS[1]))["list"] == []


def test_what_is_erased_leaves_nothing_of_the_list(desk: Desk, tmp_path: Path) -> None:
    draft = sends(tmp_path, *SERIALS[:1])
    filing = claims(answered(tmp_path, *SERIALS))
    withdraw_filing(filing_id=filing.pk)
    erase_filing(opened=fresh_pass(filing))
    row = UnitList.objects.get(filing=filing)
    kept = (row.sealed_lines, row.sent_digest, row.confirmed_digest)
    assert [bytes(each) for each in kept] == [b""] * 3
    with travel(clock.now() + timedelta(days=31), tick=False):
        erase_drafts()
    assert not UnitList.objects.filter(filing_id=draft.pk).exists()


def test_a_filed_list_is_claimed_as_one(desk: Desk, tmp_path: Path) -> None:
    filing = claims(answered(tmp_path, *SERIALS, FAR))
    assert filing.state == FilingState.FILED
    assert filing.recall.slug == SLUG
    assert filing.claims.count() == len(SERIALS)
    assert [purpose for purpose, *_ in letters_of(filing)][-1] == "claim_filed"
    assert len(letters_of(filing)) == 2
