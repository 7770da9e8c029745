"""The recalls at the desk: where each stands, what differs, how each version reads."""

import io
import re

import pytest
from django.test import Client
from pypdf import PdfReader

from recalldesk.pictures.actions import take_pictures
from recalldesk.recalls.models import RecallVersion
from tests.at_the_desk import main_of, sign_in
from tests.cast import SERIALS, SLUG, Cast, Desk, recall_text
from tests.console.recall_desk import AtDesk, at_desk
from tests.made_pictures import file_of, picture
from tests.notice.examples import FOLDER, TWO_BRANDS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAPERS = (
    *(f"poster-on-{paper}" for paper in ("letter", "tabloid", "a4", "a3")),
    "press-release-on-letter",
    "trade-letter-on-letter",
)


@pytest.fixture
def grown(kettles: Desk) -> RecallVersion:
    """A draft that covers one unit more than the live version, and words a hazard otherwise."""
    kettles.published()
    text = recall_text(units=6).replace("The handle can break", "The handle can come off")
    draft = kettles.apply(text)
    kettles.take(draft, [*SERIALS, "TW24088881"])
    return draft


def read(client: Client, path: str) -> str:
    return " ".join(main_of(client.get(path)).split())


def test_the_list_says_where_each_stands_and_what_comes_next(
    grown: RecallVersion, cast: Cast
) -> None:
    body = read(sign_in(Client(), cast.viewer), "/desk/recalls/")
    for said in ("kettle-k20", "Open", "version 1</a>", "version 2</a>, draft", "to be sent"):
        assert said in body
    at_desk(cast.author, 2).press("send")
    assert "waits for your approval" in read(sign_in(Client(), cast.approver), "/desk/recalls/")


def test_without_a_recall_it_says_how_one_begins(cast: Cast) -> None:
    assert "There is no recall yet" in read(sign_in(Client(), cast.viewer), "/desk/recalls/")


def test_a_recall_shows_its_versions_and_who_did_what(grown: RecallVersion, cast: Cast) -> None:
    body = read(sign_in(Client(), cast.viewer), f"/desk/recalls/{SLUG}/")
    assert body.index("Version 2</a>") < body.index("Version 1</a>")
    assert "Author" in body
    assert "Approver" in body
    assert "No check has named it yet." in body
    assert "Close this recall" not in body


def test_it_is_closed_with_a_reason_and_once(grown: RecallVersion, cast: Cast) -> None:
    client = sign_in(Client(), cast.approver)
    path = f"/desk/recalls/{SLUG}/"
    assert "Close this recall" in read(client, path)
    assert client.post(f"{path}close/", {"reason": "The authority agreed."}).status_code == 303
    assert "closed since" in read(client, path)
    again = client.post(f"{path}close/", {"reason": "The authority agreed."})
    assert again.status_code == 422
    assert "was closed on" in main_of(again)


def test_the_difference_stands_there_in_words_in_fields_and_in_units(
    grown: RecallVersion, cast: Cast
) -> None:
    body = at_desk(cast.viewer, 2).page()
    assert "What it says otherwise than version 1" in body
    assert "can <del>break</del><ins>come off</ins>" in body
    assert '<span class="num">5</span> before, <span class="num">6</span> after' in body
    assert "The notice in English" in body
    assert "The notice in Spanish" in body
    assert "jurisdictions[US].units" in body


def test_a_finding_leads_whoever_writes_to_where_it_is_mended(kettles: Desk, cast: Cast) -> None:
    kettles.apply(recall_text().replace('legal_name = "Tidewater Kitchen, Inc."', ""))
    link = f'<a href="/desk/recalls/{SLUG}/edit/firm/">Firm and brands</a>'
    assert f"Write it in {link}." in at_desk(cast.author).page()
    assert link not in at_desk(cast.viewer).page()


def test_another_picture_stands_beside_the_one_before(
    kettles: Desk, grown: RecallVersion, cast: Cast
) -> None:
    another = file_of("k20-front.jpg", picture(size=(900, 700)))
    take_pictures(recall=kettles.recall(), files=[another], by=cast.author)
    viewer = at_desk(cast.viewer, 2)
    shown = re.findall(rf'src="(/desk/recalls/{SLUG}/pictures/\w+\.jpg)"', viewer.page())
    assert len(set(shown)) == 2
    assert {viewer.client.get(each).status_code for each in shown} == {200}


def test_a_published_version_is_compared_with_the_one_before_it(
    grown: RecallVersion, kettles: Desk, cast: Cast
) -> None:
    kettles.publish(kettles.approve(grown))
    assert "What it says otherwise than version 1" in at_desk(cast.viewer, 2).page()
    first = at_desk(cast.viewer).page()
    assert "A later version took its place. It stays readable, marked as old." in first
    assert "What it says otherwise" not in first


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", PAPERS)
def test_every_paper_of_a_draft_says_that_it_is_one(
    grown: RecallVersion, cast: Cast, language: str, paper: str
) -> None:
    desk = at_desk(cast.viewer, 2)
    path = f"{desk.path}papers/{language}/{paper}.pdf"
    assert path in desk.page()
    answer = desk.client.get(path)
    assert answer["Content-Type"] == "application/pdf"
    stamp = {"en": "Draft, not published", "es": "Borrador, no publicado"}[language]
    assert stamp in PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()


def test_a_paper_of_the_live_version_is_the_one_that_the_public_gets(
    grown: RecallVersion, cast: Cast, client: Client
) -> None:
    ours = at_desk(cast.viewer).client.get(
        f"/desk/recalls/{SLUG}/versions/1/papers/en/poster-on-a4.pdf"
    )
    assert ours.content == client.get(f"/en/recalls/{SLUG}/poster-a4.pdf").content


def test_each_brands_own_papers_are_there_too(kettles: Desk, cast: Cast) -> None:
    text = (FOLDER / TWO_BRANDS / "recall.toml").read_text("utf-8")
    first, second, last = text.rpartition('phone_shown = "1-800-555-0142"')
    kettles.apply(first + second.replace("0142", "0143") + last, pictures=False)
    desk = AtDesk(sign_in(Client(), cast.viewer), slug=TWO_BRANDS)
    body = desk.page()
    for paper in PAPERS:
        assert f'href="{desk.path}papers/en/powerconf/{paper}.pdf"' in body, paper
    path = f"{desk.path}papers/en/powerconf/trade-letter-on-letter.pdf"
    shown = PdfReader(io.BytesIO(desk.client.get(path).content)).pages[0].extract_text()
    assert "555-0143" in shown
    assert "555-0142" not in shown
    assert "Draft, not published" in shown
    assert desk.client.get(path.replace("powerconf", "nobody")).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_text_of_a_draft_is_shown_in_every_language(
    grown: RecallVersion, cast: Cast, language: str
) -> None:
    desk = at_desk(cast.viewer, 2)
    assert f"{desk.path}texts/{language}/" in desk.page()
    body = read(desk.client, f"{desk.path}texts/{language}/")
    hazard = {"en": "can come off", "es": "El asa"}[language]
    assert "Preview – not published." in body
    assert body.count(hazard) >= 3
    for said in ("Mastodon", "SMS", "&lt;entry&gt;", "recalls/kettle-k20/versions/2&lt;/id&gt;"):
        assert said in body
    assert "&quot;@context&quot;" in body
    assert "&quot;RecallID&quot;" in body


@pytest.mark.parametrize(
    "below",
    [
        "texts/fr/",
        "papers/fr/poster-on-a4.pdf",
        "papers/en/poster-on-a5.pdf",
        "papers/en/flyer-on-a4.pdf",
    ],
)
def test_what_there_is_not_is_not_found(grown: RecallVersion, cast: Cast, below: str) -> None:
    desk = at_desk(cast.viewer, 2)
    assert desk.client.get(desk.path + below).status_code == 404


@pytest.mark.parametrize("path", ["nothing/", f"{SLUG}/versions/9/", f"{SLUG}/versions/99999999/"])
def test_an_unknown_recall_or_version_is_not_found(
    grown: RecallVersion, cast: Cast, path: str
) -> None:
    assert sign_in(Client(), cast.viewer).get(f"/desk/recalls/{path}").status_code == 404


def test_a_link_to_hand_on_is_shown_with_its_end(grown: RecallVersion, cast: Cast) -> None:
    made = at_desk(cast.approver, 2).press("link")
    body = main_of(made)
    assert made.status_code == 200
    assert "without an account" in body
    assert "/en/previews/" in body
    assert "/es/previews/" in body
