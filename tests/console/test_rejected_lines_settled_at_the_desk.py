"""Rejected lines are settled in the browser: by another than who brought the file in, as shown."""

from html import unescape
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Subject
from recalldesk.units.facts import unsettled_rejects
from recalldesk.units.models import SerialImport, SerialReject
from tests.at_the_desk import main_of, sign_in
from tests.cast import SERIALS, SLUG, Cast, Desk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder", "quick_passwords")]
FILES = f"/desk/recalls/{SLUG}/edit/units/serials/"
WHY = {"how": "not_a_unit", "reason": "Made up: a sum at the end.", "do": "chosen"}
REJECTED = ("TW24<b>", "a sum", "TW2433661902")


@pytest.fixture
def theirs(kettles: Desk, client: Client, cast: Cast) -> Client:
    """Somebody who did not bring the file in, of which three lines were rejected."""
    kettles.take(kettles.apply(), [*SERIALS, *REJECTED])
    return sign_in(client, cast.approver)


def address() -> str:
    return f"{FILES}{SerialImport.objects.earliest('pk').pk}/open/"


def later(desk: Desk) -> Path:
    """One more file, of which one line is rejected."""
    return desk.file(["another sum"], "later.csv")


def open_now(desk: Desk) -> list[int]:
    return list(unsettled_rejects(desk.recall()).values_list("pk", flat=True))


def sent(client: Client, **fields: object) -> HttpResponse:
    answer: HttpResponse = client.post(address(), WHY | fields)
    return answer


def test_the_files_page_and_the_version_lead_to_the_lines(theirs: Client) -> None:
    for page in (FILES, f"/desk/recalls/{SLUG}/versions/1/"):
        assert f'href="{address()}"' in main_of(theirs.get(page)), page


def test_the_lines_stand_there_as_they_came_with_why(theirs: Client) -> None:
    body = main_of(theirs.get(address()))
    assert "TW24&lt;b&gt;" in body
    assert "3 of its lines are not settled" in unescape(body)
    assert body.count('name="line"') == 3
    assert SERIALS[0] not in body


def test_those_that_were_ticked_are_settled_and_stand_in_the_log(
    theirs: Client, kettles: Desk, cast: Cast
) -> None:
    first, *left = open_now(kettles)
    assert sent(theirs, line=[first]).status_code == 303
    assert open_now(kettles) == left
    row = SerialReject.objects.get(pk=first)
    assert (row.settled_by, row.settled_as) == (cast.approver, "not_a_unit")
    change = StateChange.objects.get(subject=Subject.SERIAL_REJECT)
    assert (change.actor_id, change.subject_id) == (cast.approver.pk, first)


def test_all_that_were_shown_are_settled_and_none_that_came_since(
    theirs: Client, kettles: Desk, cast: Cast
) -> None:
    seen = open_now(kettles)
    kettles.take(kettles.recall().versions.get(), later(kettles))
    done = sent(theirs, do="every", shown=seen)
    assert done["Location"] == FILES
    assert len(open_now(kettles)) == 1
    assert "3 lines are settled." in theirs.get(FILES).content.decode()
    assert theirs.get(f"/desk/recalls/{SLUG}/versions/1/").status_code == 200


def test_pressed_twice_it_is_done_once(theirs: Client, kettles: Desk) -> None:
    first = open_now(kettles)[0]
    sent(theirs, line=[first])
    assert sent(theirs, line=[first]).status_code == 303
    assert StateChange.objects.filter(subject=Subject.SERIAL_REJECT).count() == 1
    assert "somebody did it before" in theirs.get(address()).content.decode()


def test_whoever_brought_the_file_in_is_offered_nothing_and_settles_nothing(
    theirs: Client, kettles: Desk, cast: Cast
) -> None:
    author = sign_in(Client(), cast.author)
    body = main_of(author.get(address()))
    assert "somebody else settles its lines" in body
    assert "<button" not in body
    refused = sent(author, line=open_now(kettles))
    assert refused.status_code == 422
    assert "cannot settle its lines" in unescape(main_of(refused))
    assert len(open_now(kettles)) == 3


@pytest.mark.parametrize("fields", [{"how": ""}, {"how": "made_up"}, {"reason": " "}, {"line": []}])
def test_without_lines_a_way_and_a_reason_nothing_is_settled_and_nothing_typed_is_lost(
    theirs: Client, kettles: Desk, fields: dict[str, object]
) -> None:
    first = open_now(kettles)[0]
    refused = sent(theirs, **({"line": [first]} | fields))
    assert refused.status_code == 422
    body = unescape(main_of(refused))
    assert len(open_now(kettles)) == 3
    if fields.get("line", [first]):
        assert f'value="{first}" aria-label="Line 7" checked' in body
    if "reason" not in fields:
        assert WHY["reason"] in body


@pytest.mark.parametrize("line", ["x", "-1", "9" * 30, "²", ""])
def test_what_is_no_line_settles_none(theirs: Client, kettles: Desk, line: str) -> None:
    assert sent(theirs, line=[line]).status_code == 422
    assert len(open_now(kettles)) == 3


def test_a_line_of_another_file_is_not_settled_by_this_page(theirs: Client, kettles: Desk) -> None:
    kettles.take(kettles.recall().versions.get(), later(kettles))
    other = SerialReject.objects.latest("pk")
    sent(theirs, line=[other.pk])
    assert other.pk in open_now(kettles)


def test_once_none_is_left_there_is_no_such_page(theirs: Client, kettles: Desk) -> None:
    sent(theirs, line=open_now(kettles))
    assert theirs.get(address()).status_code == 404
    assert "not settled" not in main_of(theirs.get(FILES))


def test_who_only_looks_sees_that_lines_wait_and_no_line(theirs: Client, cast: Cast) -> None:
    viewer = sign_in(Client(), cast.viewer)
    assert viewer.get(address()).status_code == 403
    body = main_of(viewer.get(FILES))
    assert "3 lines" in body
    assert address() not in body
