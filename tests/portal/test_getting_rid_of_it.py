"""The page of disposal: what an owner is told, the places near by, and who was turned away."""

import logging
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from recalldesk.demo.sites import bring_sites
from recalldesk.disposal.actions import note_asked
from recalldesk.disposal.models import CollectionSite, SiteRefusal
from recalldesk.disposal.states import Takes
from recalldesk.foundation import clock
from recalldesk.recalls.document.remedy import DisposalCase, UnitCondition
from recalldesk.recalls.reads import known_recall
from tests.limited import FREE, Setting
from tests.portal.published import EXAMPLES, firm

pytestmark = pytest.mark.django_db
PAGE = "/en/recalls/anker-a1263/disposal"
AWAY = f"{PAGE}/turned-away"
SOUNDCORE = "soundcore-a3102-a3302"


HERE = {"Origin": "http://testserver"}


@pytest.fixture
def client() -> Client:
    """A browser on a page of ours."""
    return Client(headers=HERE)


@pytest.fixture
def sites(published: Path) -> None:
    bring_sites(examples=EXAMPLES, by=firm(published).author)


def places(client: Client, place: str = "02139", page: str = PAGE, **more: str) -> str:
    return text_of(client.post(page, {"place": place, **more}))


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def token_in(html: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def number(outside_id: str) -> int:
    return CollectionSite.objects.get(outside_id=outside_id).pk


@pytest.mark.usefixtures("published")
def test_the_page_says_how_and_works_with_no_place_known(client: Client) -> None:
    response = client.get(PAGE)
    assert "geolocation=(self)" in response["Permissions-Policy"]
    assert response.cookies == {}
    text = text_of(response)
    for said in (
        "A household hazardous waste (HHW) collection center of your city or county may take it.",
        "Do not put it in a shop&#x27;s box for used batteries.",
        "Never soak it in salt water.",
        "Do not mail it, to us or to anyone.",
        "Call your fire department&#x27;s non-emergency number.",
        "Never move one that is hot, smokes or hisses.",
    ):
        assert said in text
    assert client.get("/en/recalls/anker-a1263/check")["Permissions-Policy"].count("(self)") == 0
    none = places(client)
    assert "We know of no place within 60 miles" in none
    assert "Call your city or county" in none
    assert "Do you take recalled lithium-ion batteries from households?" in none


@pytest.mark.usefixtures("sites")
def test_the_nearest_places_stand_first_and_each_says_what_is_known(client: Client) -> None:
    response = client.post(PAGE, {"place": " 02139-1234 "})
    assert response["Cache-Control"] == "no-store"
    assert "geolocation=(self)" in response["Permissions-Policy"]
    html, text = response.content.decode(), text_of(response)
    assert "Places near Cambridge, MA" in text
    assert "Call first, wherever you go." in text
    assert text.index("800 Sample Street") < text.index("670 Placeholder Way")
    assert "On August 17, 2026 they said that they take recalled lithium-ion batteries." in text
    assert "Somebody was turned away here on" in text
    assert "2 people were turned away here on" in text
    assert "They take things from residents only." in text
    assert text.index("670 Placeholder Way") < text.index("turned people away more than once")
    assert text.index("turned people away more than once") < text.index("200 Specimen Avenue")
    assert 'href="tel:+1-617-555-0178"' in html
    assert "New York" not in text
    assert 'href="geo:42.365100,-71.074270?q=' in html
    apple = client.post(PAGE, {"place": "02139"}, headers=HERE | {"User-Agent": "Mozilla (iPhone)"})
    assert 'href="maps:?ll=42.365100%2C-71.074270' in apple.content.decode()


@pytest.mark.usefixtures("sites")
@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"place": ""}, "Type your postal code, or your town."),
        ({"place": "00001"}, "We do not know this postal code."),
        ({"place": "Nowhere Atall"}, "We do not know this town."),
        ({"place": "Springfield"}, "There are several towns of that name."),
        ({"latitude": "91", "longitude": "0"}, "Type your postal code, or your town."),
        ({"latitude": "nan", "longitude": "0"}, "Type your postal code, or your town."),
    ],
)
def test_what_cannot_be_found_is_said_beside_the_field(
    client: Client, sent: dict[str, str], said: str
) -> None:
    response = client.post(PAGE, sent)
    assert response.status_code == 422
    assert said in text_of(response)


@pytest.mark.usefixtures("sites")
def test_where_nothing_is_near_a_code_known_roughly_that_is_said(client: Client) -> None:
    none = places(client, "99999")
    assert "We know of no place within 60 miles" in none
    assert "only roughly. Is it typed right?" in none


@pytest.mark.usefixtures("sites")
def test_a_town_or_a_position_serves_as_well(client: Client) -> None:
    assert "800 Sample Street" in places(client, "cambridge, ma")
    response = client.post(PAGE, {"latitude": "42.364987", "longitude": "-71.104321"})
    html = response.content.decode()
    assert "800 Sample Street" in html
    assert 'name="latitude" value="42.36"' in html
    assert "42.364987" not in html


@pytest.mark.usefixtures("sites")
def test_a_damaged_unit_is_left_alone_and_nobody_is_sent_anywhere(client: Client) -> None:
    text = places(client, condition="damaged")
    assert "Do not take it anywhere yet: call first, and say that it is damaged." in text
    assert text.index("It is damaged: leave it alone") < text.index("Places near Cambridge")
    assert "Household hazardous waste" in text
    assert "A household hazardous waste (HHW) collection center" not in text
    assert "Say that it is damaged, and ask whether they take such a one." in text
    for touched in ("Lay it on stone", "Until it is gone"):
        assert touched not in text, "how a sound one is kept has its owner touch it"


@pytest.mark.usefixtures("sites")
def test_where_nothing_is_near_it_says_at_once_and_once_how_to_keep_it(client: Client) -> None:
    none = places(client, "59001")
    CollectionSite.objects.exclude(outside_id="MU-003").update(closed_at=clock.now())
    often = places(client, "02139")
    assert "These turned people away more than once" in often
    for page in (none, often):
        assert page.count("Where no place takes it") == page.count("Lay it on stone") == 1
        assert page.index("Lay it on stone") < page.index("How to get rid of it")


@pytest.mark.usefixtures("sites")
def test_whoever_was_turned_away_tells_the_next_at_once_and_once(client: Client) -> None:
    html = client.post(PAGE, {"place": "94103"}).content.decode()
    site = number("MU-038")
    told = {"place": "94103", "site": str(site), "reason": "appointment", "token": token_in(html)}
    response = client.post(AWAY, told)
    assert "Thank you. Whoever looks for a place now sees it" in text_of(response)
    assert "You told us that you were turned away here." in text_of(response)
    again = client.post(AWAY, told)
    assert again.status_code == 200
    other = Client(headers=HERE)
    seen = places(other, "94103")
    assert "Somebody was turned away here on" in seen
    assert "An appointment was needed." in seen
    # The same page sent by somebody else, and another page in the same browser, count once.
    other.post(AWAY, told)
    fresh = token_in(client.post(PAGE, {"place": "94103"}).content.decode())
    client.post(AWAY, told | {"token": fresh})
    assert SiteRefusal.objects.filter(site_id=site).count() == 1
    with time_machine.travel(clock.now() + timedelta(days=200), tick=False):
        assert "Somebody was turned away" not in places(Client(headers=HERE), "94103")


@pytest.mark.usefixtures("sites")
def test_nobody_reports_a_place_that_no_page_showed(client: Client) -> None:
    token = token_in(client.post(PAGE, {"place": "94103"}).content.decode())
    before = SiteRefusal.objects.count()
    for sent in (
        {"site": str(number("MU-001")), "token": token},
        {"site": str(number("MU-038")), "token": "made:up"},
        {"site": "x", "token": token},
        {"token": token},
    ):
        response = client.post(AWAY, {"place": "94103", "reason": "residents", **sent})
        assert "This page was too old" in text_of(response)
    assert SiteRefusal.objects.count() == before


@pytest.mark.usefixtures("sites")
def test_what_the_desk_heard_since_ends_what_was_said(client: Client, published: Path) -> None:
    note_asked(site_id=number("MU-003"), takes=Takes.YES, by=firm(published).author)
    assert "turned people away more than once" not in places(client)
    note_asked(site_id=number("MU-003"), takes=Takes.NO, by=firm(published).author)
    assert "200 Specimen Avenue" not in places(client)


@pytest.mark.usefixtures("sites")
def test_what_is_typed_stands_in_no_log(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        places(client, "02139")
        client.post(PAGE, {"latitude": "42.36", "longitude": "-71.10"})
    logged = [each for each in caplog.records if not each.name.startswith("django.db")]
    assert not [each for each in logged if "02139" in each.getMessage() or "42.3" in str(each.args)]


@pytest.mark.usefixtures("sites")
def test_over_the_limit_a_proof_is_asked_and_nothing_typed_is_lost(
    client: Client, limits: Setting
) -> None:
    for _ in range(FREE):
        places(client)
    response = client.post(PAGE, {"place": "02139", "condition": "damaged"})
    assert response.status_code == 429
    assert 'name="place" value="02139"' in response.content.decode()


IN_CANADA = {"en": "In Canada ask your province, made up."}
DAMAGED_IN_CANADA = {"en": "In Canada call 311 of a damaged one, made up."}


@pytest.fixture
def of_two_countries(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A recall of two countries, one of which has guidance of its own, and shows no sites."""
    live = known_recall(SOUNDCORE)
    assert live is not None
    cases = (
        DisposalCase(countries=("CA",), guidance=(IN_CANADA,)),
        DisposalCase(
            countries=("CA",), condition=UnitCondition.DAMAGED, guidance=(DAMAGED_IN_CANADA,)
        ),
    )
    disposal = live.document.disposal.model_copy(update={"cases": cases, "collection_sites": False})
    changed = replace(live, document=live.document.model_copy(update={"disposal": disposal}))
    monkeypatch.setattr("recalldesk.portal.subject.known_recall", lambda _slug: changed)


@pytest.mark.usefixtures("of_two_countries")
def test_each_country_reads_its_own_guidance_also_where_no_form_asks_for_it(client: Client) -> None:
    text = text_of(client.get(f"/en/recalls/{SOUNDCORE}/disposal"))
    assert 'name="country"' not in text
    of_all, _, of_canada = text.partition("Canada")
    assert "A household hazardous waste (HHW) collection center" in of_all
    assert IN_CANADA["en"] in of_canada


@pytest.mark.usefixtures("of_two_countries")
def test_a_damaged_unit_is_never_sent_where_a_sound_one_is(client: Client) -> None:
    page = f"/en/recalls/{SOUNDCORE}/disposal"
    there = text_of(client.post(page, {"country": "CA", "condition": "damaged", "place": "x"}))
    assert DAMAGED_IN_CANADA["en"] in there
    here = text_of(client.post(page, {"country": "US", "condition": "damaged", "place": "x"}))
    assert "Do not charge it, use it, open it or touch it." in here
    assert "A household hazardous waste (HHW) collection center" not in here


@pytest.mark.usefixtures("published")
def test_it_is_linked_where_disposal_is_spoken_of(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/en/recalls/anker-a1263/").content.decode()
