"""At the link of a notice danger comes first, one button claims, and each answer is one press."""

import pytest
from django.http import HttpResponse
from django.test import Client

from recalldesk.claims.drafting import set_contact
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.foundation import clock
from recalldesk.outreach.answering.actions import answer
from recalldesk.outreach.answering.done_already import is_proven
from recalldesk.outreach.audience.asked import Audience
from recalldesk.outreach.links import token_of
from recalldesk.outreach.models import Answer, DirectNotice, NoticeFiling, Suppressed
from recalldesk.outreach.states import AnswerKind, WaveState
from recalldesk.purchasers.models import Purchase
from recalldesk.purchasers.states import Strength
from recalldesk.recalls.actions import close_recall
from tests.outreach.told import Told
from tests.portal.claims.conftest import ORIGIN, words_of
from tests.portal.told.reader import OUTSIDE, Reader

PERSONAL = ("Ana", "ana@", "5550111", "12 Example", "Springfield", "62704", "MADE-UP")

FORM = "application/x-www-form-urlencoded"


def test_it_says_what_was_bought_and_to_stop_before_anything_else(reader: Reader) -> None:
    words = reader.sees()
    order = ["Stop using it now", "bought at Amazon on June 1, 2024", "Get your remedy"]
    places = [words.index(each) for each in order]
    assert places == sorted(places)
    assert not [each for each in PERSONAL if each in words]


def test_looking_changes_and_counts_nothing(reader: Reader, notice: DirectNotice) -> None:
    for method in (reader.client.get, reader.client.head):
        response = method(reader.path)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "strict-origin"
        assert response["X-Robots-Tag"] == "noindex"
        assert not response.cookies
    notice.refresh_from_db()
    assert notice.opened_at is None
    assert not Filing.objects.exists()
    assert not Answer.objects.exists()


def test_the_main_button_begins_a_claim_with_what_is_known(
    reader: Reader, notice: DirectNotice
) -> None:
    response = reader.presses("claim")
    filing = Filing.objects.get()
    assert response.redirect_chain == [(f"/en/claims/{filing.key}/unit", 303)]
    assert (filing.brand, filing.country) == ("tidewater", "US")
    assert filing.claims.get().product == "k20"
    assert NoticeFiling.objects.get().notice == notice
    notice.refresh_from_db()
    first = notice.opened_at
    assert first is not None
    reader.presses("claim")
    notice.refresh_from_db()
    assert (Filing.objects.count(), notice.opened_at) == (1, first), "it goes on with the draft"
    Reader(Client(), reader.token).presses("claim")
    assert Filing.objects.count() == 2, "another browser sees nothing of the first"


@pytest.mark.parametrize(
    ("button", "said"),
    [
        ("done_already", "that you did already what the recall asks"),
        ("sold", "that you sold it or gave it away"),
        ("threw_away", "that you threw it away"),
        ("not_mine", "that you did not buy it"),
        ("nothing_more", "that you want to hear nothing more"),
    ],
)
def test_each_answer_is_one_press_is_shown_later_and_is_taken_back(
    button: str, said: str, reader: Reader, notice: DirectNotice
) -> None:
    assert said in reader.says(button)
    later = Reader(Client(), reader.token)
    assert said in later.sees()
    assert "Stop using it now" in later.sees(), "it stays dangerous"
    given = Answer.objects.get()
    assert (given.notice, given.kind) == (notice, button)
    assert said not in later.says("take_back", answer=str(given.pk))
    assert not Answer.objects.filter(undone_at=None).exists()
    assert not Suppressed.objects.filter(lifted_at=None).exists()


def test_nobody_takes_back_what_somebody_else_said(reader: Reader, told: Told) -> None:
    other = told.bought("Ben Example", email="ben@example.org")
    theirs = answer(notice=told.notice(told.sent(), other), kind=AnswerKind.SOLD)
    reader.presses("take_back", answer=str(theirs.pk))
    reader.presses("take_back", answer="x" * 3000)
    theirs.refresh_from_db()
    assert theirs.undone_at is None


def test_of_several_it_asks_how_many(told: Told) -> None:
    buyer = told.bought("Ben Example", email="ben@example.org", units=3)
    reader = Reader(Client(), token_of(told.notice(told.sent(), buyer)))
    page = reader.client.get(reader.path).content.decode()
    assert 'name="units" inputmode="numeric" value="3"' in page
    assert "threw 2 of them away" in reader.says("threw_away", units="2")
    for wrong in ("0", "4", "-1", "two", "9" * 500, "１"):
        response = reader.presses("sold", units=wrong)
        assert response.status_code == 422
        assert "as a number" in words_of(response)
    both = reader.says("sold", units="1")
    assert "threw 2 of them away" in both
    assert "sold or gave away one of them" in both


def test_who_has_it_now_is_asked_and_told(reader: Reader) -> None:
    assert "Who is it?" in reader.says("sold")
    given = Answer.objects.get()
    empty = reader.presses("next_owner", next_name="Nia Example", next_contact="")
    assert empty.status_code == 422
    words = reader.says("next_owner", next_name="Nia Example", next_contact="nia@example.org")
    assert "You named somebody who has it now" in words
    assert "Nia" not in words, "a forwarded link shows nobody"
    theirs = Reader(Client(), token_of(given.led_to.get()))
    page = theirs.sees()
    assert "What you have now" in page
    assert not [each for each in (*PERSONAL, "Amazon", "2024") if each in page]
    assert "I do not have it" in page


@pytest.mark.parametrize(
    ("email", "contact", "is_tied"),
    [
        ("ana@example.org", "", True),
        ("ben@example.org", "ben@example.org", True),
        ("ben@example.org", "", False),
        ("ben@example.org", "eve@example.org", False),
    ],
)
def test_a_claim_made_without_the_link_is_tied_where_reference_and_contact_fit(
    email: str, contact: str, is_tied: bool, reader: Reader, told: Told, notice: DirectNotice
) -> None:
    filed_before(told, email)
    reader.says("done_already")
    words = reader.says("reference", reference="r-2345-acde", contact=contact)
    assert "If it is a claim of this recall" in words, "whether it fits is told to nobody"
    assert is_proven(notice) == is_tied
    reader.says("take_back", answer=str(Answer.objects.get().pk))
    assert not is_proven(notice)


def test_what_was_claimed_by_the_link_is_led_back_to(reader: Reader, told: Told) -> None:
    reader.presses("claim")
    Filing.objects.update(state=FilingState.FILED, filed_at=clock.now())
    words = Reader(Client(), reader.token).sees()
    assert "You have claimed already" in words
    assert "I did it already" not in words
    stranger = Reader(Client(), reader.token)
    assert "is on its way" in stranger.says("see_claim")
    mine = reader.presses("see_claim")
    assert mine.redirect_chain[-1][0] == f"/en/claims/{Filing.objects.get().key}/"


def test_a_token_that_is_none_leads_to_the_recalls(db: None, reader: Reader) -> None:
    for token in ("made-up", "x" * 3000, reader.token[:-1]):
        for path in (f"/en/told/{token}", f"/en/told/{token}/nothing-more"):
            for response in (Client().get(path), Client().post(path, headers=ORIGIN)):
                assert response.status_code == 404
                assert "We do not know this link" in words_of(response)
                assert response["Cache-Control"] == "no-store"


def test_a_mail_programs_one_click_needs_nothing_and_does_nothing_else(
    reader: Reader, notice: DirectNotice
) -> None:
    path = f"{reader.path}/nothing-more"
    assert reader.client.get(path).status_code == 302
    assert not Answer.objects.exists(), "looking does nothing"
    checking = Client(enforce_csrf_checks=True)
    click = {"List-Unsubscribe": "One-Click"}
    for body in ("List-Unsubscribe=One-Click", click, click | {"do": "sold", "answer": "1"}):
        form = {"content_type": FORM} if isinstance(body, str) else {}
        response = checking.post(path, body, headers=OUTSIDE, **form)
        assert response.status_code == 200
        assert not response.cookies
    assert [each.kind for each in Answer.objects.all()] == ["nothing_more"]
    notice.refresh_from_db()
    assert notice.opened_at is None, "a program pressed nothing"
    assert "We write to you no more" in words_of(response)


@pytest.mark.parametrize(
    ("body", "form"),
    [
        ("", FORM),
        ("List-Unsubscribe=Yes", FORM),
        ("do=sold&answer=1", FORM),
        ("List-Unsubscribe=One-Click", "text/plain"),
        ('{"List-Unsubscribe": "One-Click"}', "application/json"),
        ("List-Unsubscribe=One-Click", "multipart/form-data"),
    ],
)
def test_another_post_to_the_one_click_is_led_to_the_page_where_it_is_pressed(
    reader: Reader, body: str, form: str
) -> None:
    path = f"{reader.path}/nothing-more"
    response = Client(enforce_csrf_checks=True).post(
        path, body.encode(), content_type=form, headers=OUTSIDE
    )
    assert (response.status_code, response["Location"]) == (303, reader.path)
    assert not Answer.objects.exists()


def test_a_button_on_somebody_elses_page_does_nothing(reader: Reader) -> None:
    response = reader.client.post(reader.path, {"do": "sold"}, headers=OUTSIDE)
    assert response.status_code == 403
    assert not Answer.objects.exists()


def test_a_button_that_is_none_shows_the_page(reader: Reader) -> None:
    for button in ("", "erase", "x" * 3000):
        assert "Stop using it now" in reader.says(button)
    assert not Answer.objects.exists()


def test_it_says_what_is_right_where_the_recall_moved_on(
    reader: Reader, told: Told, notice: DirectNotice
) -> None:
    notice.wave.state = WaveState.STOPPED
    notice.wave.save()
    close_recall(recall=told.recall, by=told.cast.approver, note="Made up.")
    words = reader.sees()
    assert "Stop using it now" in words
    assert "Closed: the remedy is still offered" in words
    Purchase.objects.update(unmatched_at=clock.now())
    words = reader.sees()
    assert "Do not use it until you know" in words
    assert words.index("Check my unit") < words.index("Get your remedy")


def test_who_perhaps_bought_one_is_asked_to_check(told: Told) -> None:
    buyer = told.buyer(email="ben@example.org")
    told.purchase(buyer, strength=Strength.WEAK)
    wave = told.sent(audience=Audience(strength=Strength.WEAK))
    words = Reader(Client(), token_of(told.notice(wave, buyer))).sees()
    assert "You may have bought one that is recalled" in words
    assert words.index("Check my unit") < words.index("Get your remedy")


def test_it_is_there_in_spanish_and_leads_to_itself_in_english(reader: Reader) -> None:
    page: HttpResponse = reader.client.get(reader.path.replace("/en/", "/es/"))
    assert page.status_code == 200
    assert f'href="{reader.path}"' in page.content.decode()


def filed_before(told: Told, email: str) -> None:
    """A claim that somebody made by the recall's page."""
    filing = Filing(
        key="madeupclaim",
        reference="R-2345-ACDE",
        recall=told.recall,
        version=told.version,
        brand="tidewater",
        country="US",
        language="en",
        state=FilingState.FILED,
        filed_at=clock.now(),
    )
    set_contact(filing, name="Made-up Owner", email=email, phone="")
    filing.save()
