"""A draft is seen by a link of the desk for a day, marked all over, and by nobody else."""

import io
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import signing
from django.test import Client
from pypdf import PdfReader
from pytest_django import Settings

from recalldesk.accounts.errors import NotPermitted
from recalldesk.audit.models import StateChange
from recalldesk.foundation import clock
from recalldesk.notices.previews import SALT, link_to, preview_of
from recalldesk.pictures.actions import take_pictures
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import RecallVersion
from recalldesk.units.stamps import stamp_of
from tests.cast import SERIALS, Cast, Desk, recall_text
from tests.made_pictures import file_of, picture


@pytest.fixture
def draft(kettles: Desk) -> RecallVersion:
    """A first version of a recall of which nothing was published."""
    return kettles.apply()


def path_to(version: RecallVersion, cast: Cast, language: str = "en") -> str:
    made = dict(link_to(version=version, by=cast.approver).addresses)
    return "/" + made[language].partition("://")[2].partition("/")[2]


def read(client: Client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert not page.cookies
    return page.content.decode()


def test_whoever_has_the_link_reads_it_without_an_account(
    draft: RecallVersion, cast: Cast, client: Client
) -> None:
    body = read(client, path_to(draft, cast))
    assert "Preview – not published." in body
    assert "<title>Preview – not published." in body
    assert '<meta name="robots" content="noindex">' in body
    assert "The handle can break" in body
    for paper in ("press-release-on-letter", "trade-letter-on-letter", "poster-on-a3"):
        assert f"/{paper}.pdf" in body
    assert "hreflang" not in body.partition("</head>")[0]
    assert "application/ld+json" not in body


def test_it_speaks_each_language_of_the_recall(
    draft: RecallVersion, cast: Cast, client: Client
) -> None:
    body = read(client, path_to(draft, cast, "es"))
    assert "Vista previa: no publicada." in body
    assert '<html lang="es"' in body


def test_nothing_on_it_checks_claims_or_tells_of_danger(
    draft: RecallVersion, cast: Cast, client: Client
) -> None:
    body = read(client, path_to(draft, cast))
    assert "<form" not in body
    assert "/recalls/kettle-k20/" not in body
    assert 'form="danger-now" disabled' in body


def test_a_draft_stays_unknown_at_every_public_address(
    draft: RecallVersion, cast: Cast, client: Client
) -> None:
    path_to(draft, cast)
    for path in (
        "recalls/kettle-k20/",
        "recalls/kettle-k20/versions/1/",
        "recalls/kettle-k20/check",
    ):
        assert client.get(f"/en/{path}").status_code == 404
    assert "kettle" not in client.get("/en/recalls.atom").content.decode()
    assert client.get("/recalls.cpsc.json").json() == []


def test_after_a_day_it_opens_nothing(draft: RecallVersion, cast: Cast, client: Client) -> None:
    path = path_to(draft, cast)
    with time_machine.travel(clock.now() + timedelta(hours=23, minutes=59), tick=False):
        read(client, path)
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1), tick=False):
        over = client.get(path)
    assert over.status_code == 404
    assert over["Cache-Control"] == "no-store"
    assert "This link opens nothing any more" in over.content.decode()


@pytest.mark.parametrize("salt", ["another", SALT + "x"])
def test_a_link_that_was_not_made_for_this_opens_nothing(
    draft: RecallVersion, client: Client, salt: str
) -> None:
    until = int((clock.now() + timedelta(hours=1)).timestamp())
    for token in (signing.dumps([draft.pk, until], salt=salt), "x", "x" * 300, "a:b:c"):
        for below in ("", "poster-on-a4.pdf", "tidewater.css"):
            assert client.get(f"/en/previews/{token}/{below}").status_code == 404


@pytest.mark.parametrize("name", ["poster-on-letter", "press-release-on-a4", "trade-letter-on-a4"])
def test_its_papers_say_that_they_are_drafts(
    draft: RecallVersion, cast: Cast, client: Client, name: str
) -> None:
    path = path_to(draft, cast)
    answer = client.get(f"{path}{name}.pdf")
    assert answer["Cache-Control"] == "no-store"
    assert "draft-kettle-k20-v1" in answer["Content-Disposition"]
    pdf = PdfReader(io.BytesIO(answer.content))
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith("Draft, not published: ")
    for page in pdf.pages:
        assert page.extract_text().count("Draft, not published") == 2


def test_its_colour_is_that_of_the_draft(draft: RecallVersion, cast: Cast, client: Client) -> None:
    path = path_to(draft, cast)
    brand = preview_of(draft).document.brands[0]
    assert f"{path}{brand.key}.css" in read(client, path)
    assert brand.accent in client.get(f"{path}{brand.key}.css").content.decode()
    assert client.get(f"{path}nobody.css").status_code == 404


def test_once_it_is_published_the_link_leads_there(
    kettles: Desk, cast: Cast, client: Client
) -> None:
    version = kettles.approved()
    path = path_to(version, cast)
    kettles.publish(version)
    led = client.get(path)
    assert (led.status_code, led["Location"]) == (302, "/en/recalls/kettle-k20/versions/1/")
    with pytest.raises(RecallProblem, match="was published"):
        link_to(version=RecallVersion.objects.get(pk=version.pk), by=cast.approver)


def test_the_live_version_stays_what_owners_read(kettles: Desk, cast: Cast, client: Client) -> None:
    kettles.published()
    text = recall_text(units=6).replace("The handle can break", "The handle can come off")
    kettles.take(draft := kettles.apply(text), [*SERIALS, "TW24088881"])
    assert "The handle can come off" in read(client, path_to(draft, cast))
    live = client.get("/en/recalls/kettle-k20/").content.decode()
    assert "The handle can break" in live
    assert "come off" not in live
    assert client.get("/en/recalls/kettle-k20/versions/2/").status_code == 404


def test_who_made_a_link_is_in_the_log_and_not_everybody_makes_one(
    draft: RecallVersion, cast: Cast
) -> None:
    link_to(version=draft, by=cast.approver)
    row = StateChange.objects.filter(to_state="preview_linked").get()
    assert (row.subject_id, row.actor_id) == (draft.pk, cast.approver.pk)
    with pytest.raises(NotPermitted):
        link_to(version=draft, by=cast.viewer)


def test_its_pictures_are_seen_by_the_link_alone(
    draft: RecallVersion, cast: Cast, client: Client
) -> None:
    path = path_to(draft, cast)
    token = path.split("/")[3]
    shown = re.findall(r'src="(/[^"]+\.jpg)"', read(client, path))
    assert shown
    assert all(address.startswith(f"/en/previews/{token}/") for address in shown)
    picture = client.get(shown[0])
    assert (picture["Content-Type"], picture["Cache-Control"]) == ("image/jpeg", "no-store")
    digest = shown[0].rpartition("/")[2]
    assert client.get(f"/pictures/{digest}").status_code == 404
    assert client.get(f"/en/previews/{token}/{'0' * 64}.jpg").status_code == 404


def test_another_picture_is_seen_at_once_and_is_not_what_an_approver_saw(
    kettles: Desk, draft: RecallVersion, cast: Cast, client: Client
) -> None:
    path, before = path_to(draft, cast), stamp_of(draft)
    first = read(client, path)
    another = file_of("k20-front.jpg", picture(size=(900, 700)))
    take_pictures(recall=kettles.recall(), files=[another], by=cast.author)
    assert re.findall(r"\w{64}\.jpg", read(client, path)) != re.findall(r"\w{64}\.jpg", first)
    assert stamp_of(draft) != before


def sites(version: RecallVersion, cast: Cast) -> set[str]:
    made = link_to(version=version, by=cast.approver)
    return {urlsplit(address).netloc for _, address in made.addresses}


@pytest.fixture
def in_production(settings: Settings) -> None:
    """Links lead to host names, where no address of the site is set."""
    settings.IS_PRODUCTION = True
    settings.ALLOWED_HOSTS = ["desk.firm.example"]
    nowhere = {"public_address": "", "desk_address": ""}
    settings.ENVIRONMENT = settings.ENVIRONMENT.model_copy(update=nowhere)


OURS, A_STRANGERS = "recall.tidewater.example", "somebody-elses.example"


@pytest.mark.usefixtures("in_production")
def test_a_link_to_a_first_draft_leads_to_a_host_that_answers(kettles: Desk, cast: Cast) -> None:
    draft = kettles.apply(recall_text().replace(OURS, A_STRANGERS))
    assert sites(draft, cast) == {"desk.firm.example"}


def test_a_link_leads_to_the_brands_host_as_it_is_live_and_not_as_the_draft_has_it(
    kettles: Desk, cast: Cast, request: pytest.FixtureRequest
) -> None:
    kettles.published()
    draft = kettles.apply(recall_text(units=6).replace(OURS, A_STRANGERS))
    request.getfixturevalue("in_production")
    assert sites(draft, cast) == {OURS}
