"""The desk's pages of letters, calls and shops that tell: what they do, and who may do it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.outreach.calling import hours
from recalldesk.outreach.calling.claiming import mark_of, tie_claim
from recalldesk.outreach.letters.reference import reference_of
from recalldesk.outreach.models import Call, ShopTelling
from recalldesk.outreach.states import CallOutcome, NoticeState, Way
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG
from tests.outreach.conftest import _desk_of_the_file, desk, photos_folder, told
from tests.outreach.told import PLACE, Told

__all__ = ["_desk_of_the_file", "desk", "photos_folder", "told"]
pytestmark = pytest.mark.django_db
LETTERS = f"/desk/waves/{SLUG}/1/letters/"


@pytest.fixture
def manager(told: Told, client: Client) -> Client:
    return sign_in(client, staff(Role.RECALL_MANAGER, email="max@staff.example"))


@pytest.fixture(autouse=True)
def all_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whenever the tests run, somebody may be called."""
    monkeypatch.setattr(hours, "is_open", lambda *_: True)
    monkeypatch.setattr(hours, "may_call", lambda *_: True)
    monkeypatch.setattr("recalldesk.outreach.calling.taking.may_call", lambda *_: True)


def test_a_print_file_is_made_taken_and_posted(told: Told, manager: Client) -> None:
    told.bought("Ana Example", address=PLACE)
    wave = told.started(Way.LETTER)
    assert manager.post(f"{LETTERS}make/", {"paper": "letter"}).status_code == 303
    shown = main_of(manager.get(LETTERS))
    assert "Ana Example" not in shown
    assert manager.post(f"{LETTERS}1/take/", {"form": "csv"}).status_code == 422
    taken = manager.post(f"{LETTERS}1/take/", {"form": "csv", "reason": "To the printer"})
    assert b"Ana Example" in b"".join(taken.streaming_content)  # type: ignore[arg-type]
    assert manager.post(f"{LETTERS}1/posted/", {"on": "2001-01-01"}).status_code == 422
    today = clock.now().date().isoformat()
    assert manager.post(f"{LETTERS}1/posted/", {"on": today}).status_code == 303
    assert manager.post(f"{LETTERS}1/back/").status_code == 422
    assert wave.notices.get().state == NoticeState.SENT
    typed = {"references": f"{reference_of(wave.notices.get().pk)}\nnone\n"}
    back = main_of(manager.post("/desk/letters-returned/", typed))
    assert "<b>2</b> lines = <b>1</b> came back" in back
    assert wave.notices.get().state == NoticeState.BOUNCED
    assert manager.get(LETTERS.replace("/1/", "/9/")).status_code == 404


def test_a_call_shows_the_number_once_it_was_asked_for(told: Told, manager: Client) -> None:
    told.bought("Ana Example", phone="+12025550111")
    wave = told.started(Way.PHONE)
    there = manager.post("/desk/calls/next/").headers["Location"]
    assert there == f"/desk/calls/{wave.notices.get().pk}/"
    shown = main_of(manager.get(there))
    for secret in ("555-0111", "5550111", "Ana Example"):
        assert secret not in shown
    in_full = main_of(manager.post(f"{there}number/"))
    assert "+1 202-555-0111" in in_full
    assert "Ana Example" in in_full
    assert StateChange.objects.filter(subject=Subject.NOTICE, reason=Reason.PERSONAL_SHOWN).exists()
    assert manager.post(f"{there}answer/", {"kind": "threw_away", "units": "9"}).status_code == 422
    assert manager.post(f"{there}answer/", {"kind": "threw_away"}).status_code == 303
    assert manager.post(f"{there}outcome/", {"outcome": "later"}).status_code == 422
    wrong = main_of(manager.post(f"{there}outcome/", {"outcome": "sang", "note": "La la"}))
    assert "La la" in wrong
    assert manager.post(f"{there}outcome/", {"outcome": "told"}).status_code == 303
    assert Call.objects.get().outcome == CallOutcome.TOLD
    assert "is settled" in main_of(manager.get(there))
    assert manager.post(f"{there}outcome/", {"outcome": "told"}).status_code == 422


def test_a_claim_is_begun_with_what_is_known_and_tied_to_the_call(
    told: Told, manager: Client
) -> None:
    ana = told.bought("Ana Example", phone="+12025550111")
    notice = told.started(Way.PHONE).notices.get()
    known = {"recall": SLUG, "language": "en", "country": "US", "product": "k20", "do": "show"}
    known |= {"name": "Ana Example", "phone": "+12025550111", "called": mark_of(notice)}
    begun = main_of(manager.post("/desk/phone/", known))
    for value in ("Ana Example", "+12025550111", known["called"]):
        assert f'value="{value}"' in begun
    filing = told.claim(ana)
    assert not tie_claim("made-up", filing)
    assert tie_claim(known["called"], filing)
    assert not tie_claim(known["called"], filing), "tied once"
    assert notice.filings.get().filing == filing


def test_who_has_it_now_is_told_too(told: Told, manager: Client) -> None:
    told.bought("Ana Example", phone="+12025550111")
    wave = told.started(Way.PHONE)
    there = manager.post("/desk/calls/next/").headers["Location"]
    sold = {"kind": "sold", "units": "1", "next_name": "Ben Example"}
    assert manager.post(f"{there}answer/", sold).status_code == 422
    assert not wave.notices.get().answers.exists(), "all of it, or nothing"
    given = manager.post(f"{there}answer/", sold | {"next_contact": "+1 202 555 0112"})
    assert given.status_code == 303
    assert wave.notices.filter(passed_on_by__isnull=False).count() == 1


def test_the_calls_of_one_wave_stand_by_themselves(told: Told, manager: Client) -> None:
    told.bought("Ana Example", phone="+12025550111")
    told.started(Way.PHONE)
    told.bought("Ben Example", phone="+12025550112")
    told.started(Way.PHONE)
    assert main_of(manager.get(f"/desk/waves/{SLUG}/2/calls/")).count("The next one") == 1
    assert main_of(manager.get("/desk/calls/")).count("The next one") == 2


def test_a_call_centres_list_goes_out_and_comes_back(told: Told, manager: Client) -> None:
    told.bought("Ana Example", phone="+12025550111")
    wave = told.started(Way.PHONE)
    take = f"/desk/calls/{SLUG}/1/take/"
    assert manager.post(take, {"days": "7"}).status_code == 422
    taken = manager.post(take, {"days": "7", "reason": "To call", "form": "csv"})
    assert b"202-555-0111" in b"".join(taken.streaming_content)  # type: ignore[arg-type]
    rows = f"reference,outcome,called at\n{reference_of(wave.notices.get().pk)},told,2001-01-01\n"
    sent = SimpleUploadedFile("calls.csv", f"{rows}N-1,told,2001-01-01\n".encode())
    read = manager.post("/desk/calls/read/", {"file": sent, "do": "look"})
    assert "nothing is kept yet" in main_of(read)
    assert not Call.objects.exists()
    signed = read.content.decode().partition('name="rejects" value="')[2].partition('"')[0]
    rejects = manager.post("/desk/rejected-lines/", {"rejects": signed})
    assert b"names no call of ours" in rejects.content
    assert manager.post("/desk/rejected-lines/", {"rejects": "x"}).status_code == 410


def test_a_shop_is_asked_and_its_answer_read(told: Told, manager: Client) -> None:
    told.purchase(None)
    new, shop = f"/desk/shops/{SLUG}/new/", f"/desk/shops/{SLUG}/1/"
    form = {"channel": "amazon", "shop": "Example Shop", "language": "en"}
    shown = main_of(manager.post(new, form | {"do": "count"}))
    assert "Example Shop" in shown
    wrong = form | {"do": "make", "subject": "News", "body": "Hello"}
    assert manager.post(new, wrong).status_code == 422
    page = f"http://testserver/en/recalls/{SLUG}/"
    text = shown.partition("claim what you get for it: ")[2].partition("\n")[0] or page
    said = {"subject": "Safety recall: kettle", "body": f"See {text.strip()}"}
    assert manager.post(new, form | {"do": "make"} | said).status_code == 303
    telling = ShopTelling.objects.get()
    assert manager.post(f"{shop}take/", {"form": "csv"}).status_code == 422
    taken = manager.post(f"{shop}take/", {"form": "csv", "reason": "To the shop"})
    assert b"MADE-UP-" in b"".join(taken.streaming_content)  # type: ignore[arg-type]
    sent = SimpleUploadedFile("told.csv", b"order number,told\nNEVER,told\n")
    read = main_of(manager.post(f"{shop}read/", {"file": sent, "do": "take"}))
    assert "about which this shop was never asked" in read
    today = clock.now().date().isoformat()
    counts = {"told": "1", "failed": "0", "on": today}
    assert manager.post(f"{shop}counts/", counts | {"told": "9"}).status_code == 422
    assert manager.post(f"{shop}counts/", counts).status_code == 303
    telling.refresh_from_db()
    assert telling.told == 1
    assert "Example Shop" in main_of(manager.get(f"/desk/shops/?recall={SLUG}"))


def test_a_viewer_takes_and_calls_nothing(told: Told, client: Client) -> None:
    told.bought("Ana Example", address=PLACE, phone="+12025550111")
    told.started(Way.LETTER, Way.PHONE)
    viewer = sign_in(client, staff(Role.VIEWER, email="vi@staff.example"))
    assert viewer.get(LETTERS).status_code == 200
    assert "Take it out" not in main_of(viewer.get(LETTERS))
    for path in (f"{LETTERS}make/", f"{LETTERS}1/take/", "/desk/calls/next/", "/desk/calls/read/"):
        assert viewer.post(path).status_code == 403, path
