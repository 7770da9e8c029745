"""Whoever sent a list puts it right: all at once by a word, or in the file of its answers."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from recalldesk.claims.models import Filing
from recalldesk.claims.unit_lists.keeping import list_of, opened_lines
from recalldesk.claims.unit_lists.lines import LineState
from recalldesk.foundation.sheets import Heading, xlsx_parts
from tests.portal.claims.test_a_list_of_units import FAR, ORIGIN, opens, sends
from tests.portal.conftest import Owner
from tests.portal.published import serials_in


@pytest.fixture
def serials(published: Path) -> list[str]:
    return serials_in(published, "a1263")[:12]


@pytest.fixture
def place(owner: Owner, serials: list[str]) -> str:
    """A list of two that are recalled, two to look at again, and one that cannot be read."""
    sends(
        owner, "\n".join((*serials[:2], FAR, serials[2][:-1] + "!", f"{serials[3]} {serials[4]}"))
    )
    place = opens(owner)
    owner.sees(place + "list")
    return place


def states() -> list[LineState]:
    row = list_of(Filing.objects.get(is_list=True))
    assert row is not None
    return [line.state for line in opened_lines(row)[0]]


def edited(owner: Owner, place: str, edit: Callable[[list[list[str]]], None]) -> list[list[str]]:
    """The file of answers, put right."""
    text = owner.sees(place + "list/result.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    edit(rows)
    return rows


def sends_back(owner: Owner, place: str, rows: list[list[str]]) -> HttpResponse:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    file = SimpleUploadedFile("answers.csv", written.getvalue().encode())
    return owner.client.post(place + "list", {"corrected": "1", "file": file}, headers=ORIGIN)


def test_all_that_stand_as_typed_meet_a_person_and_are_claimed(owner: Owner, place: str) -> None:
    before = states()
    asked = before.count(LineState.LOOK_AGAIN)
    assert asked >= 1
    page = owner.sees(place + "list").content.decode()
    assert "I looked at the label" in page
    answer = owner.client.post(place + "list", {"stand": "1"}, headers=ORIGIN)
    assert answer["Location"] == f"{place}list?taken={asked}"
    now = states()
    assert now.count(LineState.LOOK_AGAIN) == 0
    assert now.count(LineState.PERSON) == before.count(LineState.PERSON) + asked
    assert now.count(LineState.NOT_IN_RECALL) == before.count(LineState.NOT_IN_RECALL), (
        "to say it again settles nothing"
    )
    assert now.count(LineState.REJECTED) == before.count(LineState.REJECTED), "nobody can read it"
    page = owner.sees(answer["Location"]).content.decode()
    assert "anew." in page
    assert "Claim for these" in page


def test_the_file_put_right_is_taken_back_in(owner: Owner, place: str, serials: list[str]) -> None:
    def edit(rows: list[list[str]]) -> None:
        rows[3][1], rows[5][1] = serials[5], serials[6]
        rows[1][1] = serials[7]
        rows[1:] = reversed(rows[1:])

    answer = sends_back(owner, place, edited(owner, place, edit))
    assert answer["Location"] == f"{place}list?taken=2"
    row = list_of(Filing.objects.get(is_list=True))
    assert row is not None
    lines = opened_lines(row)[0]
    assert [lines[at].state for at in (0, 2, 4)] == [LineState.IN_RECALL] * 3
    assert lines[0].text == serials[0], "an answer that was given is taken back by none"


def test_a_file_that_nobody_changed_settles_nothing(owner: Owner, place: str) -> None:
    before = states()
    answer = sends_back(owner, place, edited(owner, place, lambda rows: None))
    assert answer["Location"] == f"{place}list?taken=0"
    assert states() == before
    assert "no line was looked up anew" in owner.sees(answer["Location"]).content.decode()


def test_rows_that_say_nothing_are_counted(owner: Owner, place: str, serials: list[str]) -> None:
    def edit(rows: list[list[str]]) -> None:
        rows[3][1] = serials[5]
        rows.append(list(rows[3]))
        rows.append(["x", serials[6], "", "", "", ""])

    answer = sends_back(owner, place, edited(owner, place, edit))
    assert answer["Location"] == f"{place}list?taken=0&unread=3"
    assert "3 rows of the file could not be read" in owner.sees(answer["Location"]).content.decode()


def test_a_workbook_is_taken_back_and_its_numbers_are_no_serials(
    owner: Owner, place: str, serials: list[str]
) -> None:
    rows = edited(owner, place, lambda rows: None)
    rows[3][1] = serials[5]
    heads = [Heading(each, is_exact=True) for each in rows[0]]
    file = SimpleUploadedFile("answers.xlsx", b"".join(xlsx_parts(heads, rows[1:])))
    sent = {"corrected": "1", "file": file}
    answer = owner.client.post(place + "list", sent, headers=ORIGIN)
    assert answer["Location"] == f"{place}list?taken=1"


@pytest.mark.parametrize("text", ["", "Serial\nABC\n", "one,two\n1,2\n", "\x00\x01"])
def test_what_is_no_file_of_answers_is_refused_with_what_to_do(
    owner: Owner, place: str, text: str
) -> None:
    before = states()
    sent = {"corrected": "1", "file": SimpleUploadedFile("other.csv", text.encode())}
    answer = owner.client.post(place + "list", sent, headers=ORIGIN)
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)
    assert states() == before


def test_whoever_has_others_is_told_when_the_recall_grows(owner: Owner, serials: list[str]) -> None:
    from tests.portal.test_the_four_answers import far_from_all

    sends(owner, f"{serials[0]}\n{far_from_all()}")
    page = owner.sees(opens(owner) + "list").content.decode()
    assert "Tell me if this recall grows" in page
    asked = owner.client.post(
        "/en/tell-me",
        {
            "recall": "anker-a1263",
            "watch": "anker-a1263",
            "contact": "facilities@school.example",
            "ask": "1",
        },
        headers=ORIGIN,
    )
    assert 'value="facilities@school.example"' in asked.content.decode()
