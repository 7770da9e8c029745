"""The desk's page of answers: what was said, and whom nobody could write to, masked."""

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer, take_back_answer
from recalldesk.outreach.answering.next_owner import NextOwner
from recalldesk.outreach.states import AnswerKind
from tests.at_the_desk import main_of, sign_in, staff
from tests.outreach.conftest import _desk_of_the_file, desk, photos_folder, told
from tests.outreach.told import Told

__all__ = ["_desk_of_the_file", "desk", "photos_folder", "told"]
PAGE = "/desk/waves/answers/"


@pytest.fixture
def manager(told: Told, client: Client) -> Client:
    return sign_in(client, staff(Role.RECALL_MANAGER, email="max@staff.example"))


def test_it_shows_what_was_answered_and_who_is_left_to_tell(told: Told, manager: Client) -> None:
    buyer = told.bought(email="ana@example.org")
    notice = told.notice(told.sent(), buyer)
    assert "Nobody has answered yet." in main_of(manager.get(PAGE))
    unreached = NextOwner("Nia Example", "+12025550119")
    given = answer(notice=notice, kind=AnswerKind.SOLD, next_owner=unreached)
    for query in ("", "?only=to_tell", "?kind=sold&way=email"):
        shown = main_of(manager.get(PAGE + query))
        assert "sold it or gave it away" in shown
        assert "nobody wrote to them: call or write" in shown
        assert not [each for each in ("Nia", "5550119", "ana@", "Ana") if each in shown]
    theirs = given.led_to.get()
    number = f"/desk/waves/{told.slug}/1/notices/{theirs.pk}/"
    assert number in main_of(manager.get(PAGE))
    assert manager.get(number).status_code == 200
    take_back_answer(answer=given)
    assert "No answer fits" in main_of(manager.get(f"{PAGE}?only=to_tell"))
    assert "They were told" not in main_of(manager.get(number))
    assert "took it back" in main_of(manager.get(f"{PAGE}?only=taken_back"))
    assert manager.get(number).status_code == 200


def test_did_it_already_is_called_what_it_is(told: Told, manager: Client) -> None:
    buyer = told.bought(email="ana@example.org")
    answer(notice=told.notice(told.sent(), buyer), kind=AnswerKind.DONE_ALREADY)
    assert "(says so)" in main_of(manager.get(f"{PAGE}?only=says_so"))
    assert "No answer fits" in main_of(manager.get(f"{PAGE}?only=proven"))
    assert "was left out" in main_of(manager.get(f"{PAGE}?only=anything"))


def test_a_new_owner_is_marked_as_told_by_hand(told: Told, manager: Client) -> None:
    buyer = told.bought(email="ana@example.org")
    notice = told.notice(told.sent(), buyer)
    unreached = NextOwner("Nia Example", "+12025550119")
    theirs = answer(notice=notice, kind=AnswerKind.SOLD, next_owner=unreached).led_to.get()
    number = f"/desk/waves/{told.slug}/1/notices/{theirs.pk}/"
    assert "They were told" in main_of(manager.get(number))
    sent = {"how": "called", "on": clock.now().date().isoformat(), "note": "Will look at it."}
    assert manager.get(f"{number}told/").status_code == 200
    for wrong in ({"how": "shouted"}, {"on": "tomorrow"}, {"on": "2001-01-01"}):
        assert manager.post(f"{number}told/", sent | wrong).status_code == 422
    assert manager.post(f"{number}told/", sent).status_code == 303
    shown = main_of(manager.get(number))
    assert "by phone" in shown
    assert "Will look at it." in shown
    assert "They were told" not in shown
    assert "No answer fits" in main_of(manager.get(f"{PAGE}?only=to_tell"))
    elsewhere = f"/desk/waves/{told.slug}/1/notices/{theirs.pk + 1}/told/"
    assert manager.post(elsewhere, sent).status_code == 404
