"""What is done in public at the desk: shown, entered once, taken back; sellers are masked."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.foundation import clock
from recalldesk.publicity.auctions import Found
from recalldesk.publicity.models import (
    AuctionCheck,
    HitsFile,
    HomePageAnswer,
    SocialPost,
    SocialReading,
)
from recalldesk.recalls.models import Recall
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Cast, Desk
from tests.publicity.entered import looked, posted, read
from tests.publicity.logs_made import combined, log_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAGE = "/desk/publicity/kettle-k20/"


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.published().recall


@pytest.fixture
def desk(client: Client, recall: Recall) -> Client:
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


def home_page(**more: str) -> dict[str, str]:
    link = {"page": "https://www.example.com/", "text": "Product safety recall"}
    return {"nonce": "n1", "is_linked": "yes", "place": "top_third", "since": "2026-03-02"} | (
        link | more
    )


def test_the_bar_leads_to_the_recall_of_the_desk(desk: Client) -> None:
    assert desk.get("/desk/publicity/")["Location"] == PAGE
    shown = main_of(desk.get(PAGE))
    for words in ("Nobody has answered", "Nobody has looked", "No post is entered", "none in"):
        assert words in shown
    assert desk.get("/desk/publicity/another/").status_code == 404


def test_an_answer_about_the_home_page_is_kept_once(desk: Client) -> None:
    for _ in range(2):
        response = desk.post(f"{PAGE}home-page/", home_page(), follow=True)
    assert "The answer is kept." in main_of(response)
    assert "yes, by “Product safety recall”, in the top third" in main_of(response)
    assert HomePageAnswer.objects.count() == 1
    no = home_page(nonce="n2", is_linked="no", why_not="It is rebuilt.")
    assert "It is rebuilt." in main_of(desk.post(f"{PAGE}home-page/", no, follow=True))
    newest = HomePageAnswer.objects.order_by("-pk")[0]
    assert (newest.is_linked, newest.page, newest.since) == (False, "", None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"page": "www.example.com"}, "That is no address on the web."),
        ({"text": ""}, "Write what the link says."),
        ({"since": ""}, "Since which day?"),
        ({"since": "2999-01-01"}, "That day is still to come"),
        ({"is_linked": "no"}, "Write why there is no link."),
    ],
)
def test_an_answer_that_says_too_little_is_refused_and_nothing_typed_is_lost(
    desk: Client, wrong: dict[str, str], words: str
) -> None:
    response = desk.post(f"{PAGE}home-page/", home_page(**wrong))
    assert response.status_code == 422
    assert words in main_of(response)
    if "text" not in wrong:
        assert "Product safety recall" in main_of(response)
    assert not HomePageAnswer.objects.exists()


def test_a_post_its_figures_and_what_takes_them_back(desk: Client) -> None:
    address = "https://social.example.com/1"
    sent = {"network": "x", "kind": "first", "address": address, "nonce": "n"}
    sent["posted_at"] = "2026-03-02T09:00"
    desk.post(f"{PAGE}post/", sent)
    again = desk.post(f"{PAGE}post/", sent | {"nonce": "other"})
    assert "This post is entered already." in main_of(again)
    (post,) = SocialPost.objects.all()
    figures = {"post": str(post.pk), "read_on": "2026-03-05", "nonce": "f"}
    none = desk.post(f"{PAGE}reading/", figures)
    assert "Write at least one figure." in main_of(none)
    desk.post(f"{PAGE}reading/", figures | {"reactions": "12", "views": "4000"})
    (reading,) = SocialReading.objects.all()
    assert "4000" in main_of(desk.get(PAGE))
    unsaid = desk.post(f"{PAGE}back/reading/{reading.pk}/", {"note": " "})
    assert "Write why it is taken back." in main_of(unsaid)
    desk.post(f"{PAGE}back/reading/{reading.pk}/", {"note": "Of another post."})
    assert "4000" not in main_of(desk.get(PAGE))
    desk.post(f"{PAGE}back/post/{post.pk}/", {"note": "Another product."})
    assert "No post is entered." in main_of(desk.get(PAGE))
    reasons = StateChange.objects.filter(subject=Subject.SOCIAL_POST).order_by("pk")
    assert [each.reason for each in reasons] == [
        *(Reason.ENTERED, Reason.ENTERED),
        *(Reason.TAKEN_BACK, Reason.TAKEN_BACK),
    ]
    assert desk.get(f"{PAGE}back/post/{post.pk}/").status_code == 404


def look(**more: str) -> dict[str, str]:
    day = clock.now().date().isoformat()
    asked = {"site": "Madeup Auctions", "checked_on": day, "search_words": "kettle", "nonce": "n"}
    return asked | {"found": "no"} | more


def test_a_look_and_one_that_follows_it_up(desk: Client) -> None:
    links = "https://auctions.example.com/1\nhttps://auctions.example.com/2"
    desk.post(f"{PAGE}look/", look(found="yes", links=links, action="site", note="By form."))
    (first,) = AuctionCheck.objects.all()
    assert (first.listings, first.action, first.outcome) == (2, "site", "listed")
    assert b"auctions.example.com" not in bytes(first.sealed_links)
    shown = main_of(desk.get(PAGE))
    assert "https://auctions.example.com/2" in shown
    assert "By form." in shown
    gone = look(found="gone", nonce="m")
    assert "Gone since which look?" in main_of(desk.post(f"{PAGE}look/", gone))
    desk.post(f"{PAGE}look/", gone | {"follows": str(first.pk)})
    assert AuctionCheck.objects.latest("pk").outcome == "removed"
    assert f"follows up {first.pk}" in main_of(desk.get(PAGE))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"links": "https://auctions.example.com/1"}, "Then there were listings"),
        ({"found": "yes"}, "How many listings, from 1 on?"),
        ({"found": "yes", "links": "no-address"}, "That is no address on the web."),
        ({"checked_on": "2999-01-01"}, "That day is still to come"),
        ({"action": "site"}, "This is kept of listings that were found"),
        ({"note": "Told by form."}, "This is kept of listings that were found"),
    ],
)
def test_a_look_that_does_not_fit_is_refused(
    desk: Client, wrong: dict[str, str], words: str
) -> None:
    response = desk.post(f"{PAGE}look/", look(**wrong))
    assert (response.status_code, words in main_of(response)) == (422, True)
    assert not AuctionCheck.objects.exists()


def test_a_site_is_due_a_week_after_it_was_looked_at(desk: Client, recall: Recall) -> None:
    by, today = staff(Role.RECALL_MANAGER), clock.now().date()
    looked(recall, by, on=today - timedelta(days=7))
    looked(recall, by, "Made-up Market", on=today - timedelta(days=6))
    shown = main_of(desk.get(PAGE))
    assert "Look again, as every week, at Madeup Auctions." in shown


def test_who_may_not_see_sellers_sees_that_there_are_some(
    client: Client, recall: Recall, cast: Cast
) -> None:
    found = Found(listings=1, links=("https://auctions.example.com/1",), note="Told Sam.")
    looked(recall, cast.author, on=date(2026, 3, 1), found=found)
    sign_in(client, cast.viewer)
    shown = main_of(client.get(PAGE))
    assert "1 kept" in shown
    assert "auctions.example.com" not in shown
    assert "Told Sam." not in shown
    assert "Enter a look" not in shown
    assert client.post(f"{PAGE}look/", look()).status_code == 403


def test_an_authority_without_a_seat_sees_no_recall(client: Client, recall: Recall) -> None:
    sign_in(client, staff(Role.REGULATOR))
    assert client.get(PAGE).status_code == 404
    assert "There is no recall yet." in main_of(client.get("/desk/publicity/"))


def test_a_log_is_looked_at_and_taken_in(desk: Client, tmp_path: Path) -> None:
    content = log_of(tmp_path, [combined(at=clock.now()), "", "broken"]).read_bytes()
    for do, words in (
        ("look", "What would become of it; nothing is kept yet"),
        ("take", "Taken in as log"),
        ("take", "nothing changed"),
    ):
        file = SimpleUploadedFile("access.log", content)
        sent = desk.post(f"{PAGE}log/", {"form": "auto", "do": do, "file": file})
        assert sent.status_code == 200
        assert words in main_of(sent)
        law = re.sub(r"<[^>]+>", "", main_of(sent))
        assert "3 lines = 1 accepted + 1 rejected + 0 duplicate + 1 blank + 0 of others" in law
    (log,) = HitsFile.objects.all()
    desk.post(f"{PAGE}back/log/{log.pk}/", {"note": "Of another site."})
    assert "taken back" in main_of(desk.get(PAGE))
    none = desk.post(f"{PAGE}log/", {"form": "auto", "do": "take"})
    assert (none.status_code, "Choose the file first." in main_of(none)) == (422, True)


def test_what_was_entered_of_another_recall_is_not_there(
    desk: Client, recall: Recall, cast: Cast
) -> None:
    other = Recall.objects.create(slug="another")
    post = posted(other, cast.author)
    reading = read(post, cast.author, date(2026, 3, 5), 1)
    for what, number in (("post", post.pk), ("reading", reading.pk), ("wrong", 1)):
        address = f"{PAGE}back/{what}/{number}/"
        assert desk.post(address, {"note": "x"}).status_code == 404
    assert desk.get(f"{PAGE}back/look/{2**70}/").status_code == 404
