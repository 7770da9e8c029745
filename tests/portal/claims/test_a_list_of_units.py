"""Somebody with many units sends one list: checked, claimed and answered as one filing."""

import io
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from recalldesk.checks.guard import forget
from recalldesk.claims import jobs
from recalldesk.claims.models import Claim, Filing, ToldLines, UnitList
from recalldesk.claims.states import ClaimState, FilingState
from recalldesk.claims.unit_lists import answering
from recalldesk.mailing.models import Mailing
from tests.portal.claims.filed import ADDRESS, filed, mailed_link
from tests.portal.conftest import Owner
from tests.portal.published import serials_in
from tests.portal.test_the_four_answers import far_from_all

LIST = "/en/recalls/anker-a1263/list"
SENDER = {
    "organisation": "Example School",
    "name": "Kim Made-Up",
    "email": "facilities@school.example",
}
ORIGIN = {"Origin": "http://testserver"}
FAR = "ZZZZ"


@pytest.fixture
def serials(published: Path) -> list[str]:
    return serials_in(published, "a1263")[:12]


def sends(owner: Owner, lines: str, **more: object) -> HttpResponse:
    return owner.client.post(LIST, {**SENDER, "serials": lines, **more}, headers=ORIGIN)


def opens(owner: Owner) -> str:
    """Presses the button of the mailed link; returns where the list stands."""
    forget()
    answer = owner.client.post(mailed_link(), headers=ORIGIN)
    assert answer.status_code == 303, answer.content.decode()
    key = answer["Location"].rstrip("/").rsplit("/", 1)[1]
    assert owner.client.get(answer["Location"])["Location"] == f"/en/claims/{key}/list"
    return f"/en/claims/{key}/"


def claims_all(owner: Owner, place: str, remedy: str = "power-bank") -> HttpResponse:
    """From the answers to a claim that is sent."""

    def posts(page: str, fields: dict[str, str]) -> HttpResponse:
        return owner.client.post(place + page, fields, headers=ORIGIN)

    assert posts("list", {"go_on": "1"})["Location"] == place + "remedy"
    assert posts("remedy", {"remedy": remedy}).status_code == 303
    assert posts("details", ADDRESS)["Location"] == place + "send"
    boxes = re.findall(r'name="(agree-\w+)"', owner.client.get(place + "send").content.decode())
    sent = posts("send", dict.fromkeys(boxes, "1"))
    assert sent["Location"] == place + "?sent", sent.content.decode()
    return sent


def test_a_school_files_one_list(owner: Owner, serials: list[str]) -> None:
    lines = "\n".join((*serials[:8], serials[0].lower(), "", FAR))
    sent = sends(owner, lines)
    page = sent.content.decode()
    assert sent.status_code == 200, page
    assert "facilities@school.example" in page
    assert all(serial not in page for serial in serials), (
        "nothing is told before the link is opened"
    )
    assert not sent.cookies
    place = opens(owner)
    answers = owner.sees(place + "list").content.decode()
    assert "8 are in this recall" in answers
    assert "Please look again at 1" in answers
    assert "The same as line 1." in answers
    claims_all(owner, place)
    filing = Filing.objects.get(is_list=True)
    assert filing.state == FilingState.FILED
    assert filing.claims.filter(holds_unit=True).count() == 8
    jobs.go_on_with_list(filing.pk)
    assert set(filing.claims.values_list("state", flat=True)) == {ClaimState.IN_REVIEW}
    status = owner.sees(place).content.decode()
    assert "8 units" in status
    assert "1 line of your list waits for you" in status


def test_a_unit_that_somebody_else_claimed_meets_a_person_and_nobody_is_told(
    owner: Owner, published: Path, serials: list[str]
) -> None:
    filed(published)
    sends(owner, "\n".join(serials[:8]))
    place = opens(owner)
    assert "8 are in this recall" in owner.sees(place + "list").content.decode()
    claims_all(owner, place)
    filing = Filing.objects.get(is_list=True)
    jobs.go_on_with_list(filing.pk)
    contested = filing.claims.get(holds_unit=False)
    assert contested.position == 1
    assert "contested" in contested.tags
    assert set(filing.claims.values_list("state", flat=True)) == {ClaimState.IN_REVIEW}
    assert "8 units" in owner.sees(place).content.decode()


def test_what_was_misread_is_put_right_in_the_same_filing(owner: Owner, serials: list[str]) -> None:
    sends(owner, "\n".join((*serials[:6], FAR, "??")))
    place = opens(owner)
    owner.sees(place + "list")
    claims_all(owner, place)
    answer = owner.client.post(
        place + "list", {"line-7": serials[6], "unread-8": "1"}, headers=ORIGIN
    )
    assert answer["Location"] == place + "list?taken=2"
    filing = Filing.objects.get(is_list=True)
    assert filing.claims.count() == 8
    assert filing.claims.get(position=7).holds_unit
    assert filing.claims.get(position=8).reading == "unreadable"
    again = owner.client.post(place + "list", {"line-7": serials[0]}, headers=ORIGIN)
    assert again.status_code == 303
    assert filing.claims.count() == 8, "a line that was answered asks for nothing more"


def test_the_same_list_sent_twice_is_one_filing(owner: Owner, serials: list[str]) -> None:
    lines = "\n".join(serials[:3])
    first, second = sends(owner, lines), sends(owner, lines)
    assert first.content == second.content
    assert UnitList.objects.count() == Filing.objects.filter(is_list=True).count() == 1
    assert Mailing.objects.count() == 1


def test_nothing_is_answered_to_a_browser_that_did_not_open_the_link(
    owner: Owner, serials: list[str]
) -> None:
    sends(owner, serials[0])
    place = opens(owner)
    stranger = Client()
    for page in ("list", "list/result.csv", ""):
        assert stranger.get(place + page).status_code == 403


def test_only_so_many_lines_are_answered_in_a_day(
    owner: Owner, serials: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_TOLD_TO_ONE", 3)
    sends(owner, "\n".join(serials[:5]))
    page = owner.sees(opens(owner) + "list").content.decode()
    assert "3 are in this recall" in page
    assert "2 lines are not answered yet." in page
    assert "So many are answered in a day." in page
    sends(owner, serials[5])
    assert sum(ToldLines.objects.values_list("lines", flat=True)) == 3


def test_lists_of_one_network_share_what_is_answered(
    owner: Owner, serials: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "MOST_TOLD_TO_NETWORK", 3)
    sends(owner, "\n".join(serials[:2]))
    owner.sees(opens(owner) + "list")
    sends(owner, "\n".join(serials[2:4]), email="other@hotel.example")
    page = owner.sees(opens(owner) + "list").content.decode()
    assert "1 line is not answered yet." in page


def test_the_result_file_says_what_the_page_says(owner: Owner, serials: list[str]) -> None:
    sends(owner, f"{serials[0]}\n=1+1\n{FAR}")
    place = opens(owner)
    owner.sees(place + "list")
    answer = owner.sees(place + "list/result.csv")
    text = answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    assert f'"\'{serials[0]}","In this recall: stop using it"' in text
    assert '"=1' not in text
    assert "safe" not in text.lower()
    book = owner.sees(place + "list/result.xlsx").content
    assert "xl/worksheets/sheet1.xml" in ZipFile(io.BytesIO(book)).namelist()


def test_a_file_is_read_by_its_heading(owner: Owner, serials: list[str]) -> None:
    text = "Room;Serial No.;Note\r\n12;" + serials[0] + ";desk\r\n13;" + serials[1] + ";\r\n"
    file = SimpleUploadedFile("inventory.csv", text.encode())
    page = sends(owner, "", file=file).content.decode()
    assert "We have your list" in page
    assert "2 are in this recall" in owner.sees(opens(owner) + "list").content.decode()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Paste the serial numbers, or choose a file"),
        ("\n" * 5, "Paste the serial numbers, or choose a file"),
        ("Serial,SN\nA,B", "Two columns are headed as serial numbers"),
        ("\n".join(f"X{n}" for n in range(2_001)), "These are more than 2000 lines"),
    ],
)
def test_a_list_that_cannot_be_taken_is_refused_with_what_to_do(
    owner: Owner, text: str, said: str
) -> None:
    answer = sends(owner, text)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not UnitList.objects.exists()


def test_a_table_that_is_too_long_to_paste_is_sent_as_a_file(owner: Owner) -> None:
    answer = sends(owner, "Serial\tNote\n" + "ZZ12345678901234\tmade-up note\n" * 2_500)
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "That is too much to paste: choose the file" in page
    assert all(f'value="{typed}"' in page for typed in SENDER.values()), "the contact is kept"
    assert 'name="file"' in page


def test_a_file_without_a_heading_over_several_columns_is_refused(owner: Owner) -> None:
    file = SimpleUploadedFile("inventory.csv", b"12;AAAA\n13;BBBB\n")
    answer = sends(owner, "", file=file)
    assert answer.status_code == 422
    assert "which column holds the serial numbers" in answer.content.decode()


def test_without_an_address_nothing_is_taken_and_nothing_typed_is_lost(
    owner: Owner, serials: list[str]
) -> None:
    answer = sends(owner, serials[0], email="")
    assert answer.status_code == 422
    assert serials[0] in answer.content.decode()
    assert not Filing.objects.filter(is_list=True).exists()
    assert not Claim.objects.exists()


def test_a_file_loses_nothing_where_a_field_is_asked_for_again(
    owner: Owner, serials: list[str]
) -> None:
    text = f"Asset;Serial;Label\r\n1;{FAR};{serials[0]}\r\n2;;{serials[1]}\r\n"
    file = SimpleUploadedFile("inventory.csv", text.encode())
    page = sends(owner, "", file=file, email="").content.decode()
    kept = page.partition("<textarea")[2].partition(">\n")[2].partition("</textarea>")[0]
    sends(owner, kept)
    answers = owner.sees(opens(owner) + "list").content.decode()
    assert "1 is in this recall" in answers
    assert f'Line 2: <bdi class="mono" dir="ltr">{serials[0]}' in answers
    assert "Please look again at 1" in answers
    assert serials[1] in answers


def test_the_file_says_by_what_a_serial_was_in_no_recall(owner: Owner, serials: list[str]) -> None:
    sends(owner, f"{serials[0]}\n{far_from_all()}")
    text = owner.sees(opens(owner) + "list/result.csv").content.decode()
    assert "The serial you gave is not in this recall" in text
    assert "Checked against version 1 of this recall, " in text


def test_the_pages_lead_to_it(owner: Owner) -> None:
    assert LIST in owner.sees("/en/recalls/anker-a1263/check").content.decode()
    assert LIST in owner.sees("/en/recalls/anker-a1263/claim?several").content.decode()
    page = owner.sees(LIST)
    assert page.status_code == 200
    assert page.content.decode().index("Before anything else") < page.content.decode().index("<h1")
