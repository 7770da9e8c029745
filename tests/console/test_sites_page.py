"""Collection sites at the desk: listed, asked, changed, closed, brought in; owners turned away."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason, Subject
from recalldesk.disposal.actions import report_refusal
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.states import Refused, SiteKind, Takes
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import Cast
from tests.disposal.lists import CAMBRIDGE, HEADS, take, written

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index_folder")]
PAGE, FILES, NEW = "/desk/sites/", "/desk/sites/files/", "/desk/sites/new/"


@pytest.fixture
def site(cast: Cast, tmp_path: Path) -> CollectionSite:
    take(written(tmp_path, HEADS, CAMBRIDGE, "broken"), cast.approver, source="State")
    return CollectionSite.objects.get()


@pytest.fixture
def desk(client: Client) -> Client:
    return sign_in(client, staff(Role.SENIOR_REVIEWER))


def at(site: CollectionSite, what: str = "") -> str:
    return f"{PAGE}{site.pk}/{what}"


def test_sites_are_listed_and_narrowed(desk: Client, site: CollectionSite) -> None:
    assert "Madeup Yard (made up)" in main_of(desk.get(PAGE))
    for query in ("q=cambr+021", "takes=ask", "q=A-1", "page=99"):
        assert "Madeup Yard" in main_of(desk.get(f"{PAGE}?{query}")), query
    for query in ("q=boston", "takes=yes", "standing=closed", "standing=refused", "country=CA"):
        assert "No site fits the filters." in main_of(desk.get(f"{PAGE}?{query}")), query
    report_refusal(site_id=site.pk, reason=Refused.RESIDENTS, recall_id=None, form="made up")
    assert "1 time an owner was turned away" in main_of(desk.get(PAGE))
    assert "Madeup Yard" in main_of(desk.get(f"{PAGE}?standing=refused"))


def test_what_they_said_on_the_phone_is_noted_as_of_today(
    desk: Client, site: CollectionSite
) -> None:
    report_refusal(site_id=site.pk, reason=Refused.RESIDENTS, recall_id=None, form="made up")
    assert "They take things from residents only" in main_of(desk.get(at(site)))
    response = desk.post(at(site, "act/"), {"do": "yes"}, follow=True)
    assert "What they said is noted, as of today." in main_of(response)
    site.refresh_from_db()
    assert (site.takes, site.checked_by) == (Takes.YES, "Rosa Reviewer")
    assert site.refusals.get().set_aside_at is not None
    logged = StateChange.objects.filter(subject=Subject.SITE).order_by("pk")
    assert [each.reason for each in logged] == [Reason.TURNED_AWAY, Reason.ASKED_THERE]


def test_what_an_owner_said_is_looked_at_and_shown_no_more(
    desk: Client, site: CollectionSite
) -> None:
    report_refusal(site_id=site.pk, reason=Refused.NOT_OPEN, recall_id=None, form="made up")
    said = site.refusals.get()
    desk.post(at(site, "act/"), {"refusal": said.pk, "do": "looked"})
    said.refresh_from_db()
    assert (said.looked_at is not None, said.set_aside_at) == (True, None)
    desk.post(at(site, "act/"), {"refusal": said.pk, "do": "set_aside"})
    said.refresh_from_db()
    assert said.set_aside_at is not None


def test_a_site_is_written_anew_closed_and_opened_again(desk: Client, site: CollectionSite) -> None:
    sent = {"name": "Yard", "kind": "other", "phone": "311", "residents_only": "no", "address": "1"}
    assert desk.post(at(site, "change/"), sent).status_code == 302
    site.refresh_from_db()
    assert (site.name, site.kind, site.phone, site.residents_only) == (
        "Yard",
        SiteKind.OTHER,
        "311",
        False,
    )
    assert "phone" in site.by_desk
    assert site.latitude == 42.36  # what is left empty stays
    moved = sent | {"latitude": "42.37", "longitude": "-71.11"}
    assert desk.post(at(site, "change/"), moved).status_code == 302
    site.refresh_from_db()
    assert (site.latitude, site.longitude, site.is_place_exact) == (42.37, -71.11, True)
    for wrong in ({"name": " "}, {"latitude": "-71.1", "longitude": "242"}, {"latitude": "1"}):
        assert desk.post(at(site, "change/"), sent | wrong).status_code == 422
    desk.post(at(site, "act/"), {"do": "close"})
    assert "Open it again" in main_of(desk.get(at(site)))
    assert "Yard" in main_of(desk.get(f"{PAGE}?standing=closed"))
    desk.post(at(site, "act/"), {"do": "open"})
    site.refresh_from_db()
    assert site.closed_at is None
    assert desk.post(at(site, "act/"), {"do": "dance"}).status_code == 404
    assert desk.get(f"{PAGE}9999/").status_code == 404


def test_a_site_that_no_list_names_is_entered(desk: Client, site: CollectionSite) -> None:
    sent = {
        "name": "Madeup Depot",
        "kind": "hazardous_waste",
        "address": "2 Madeup Street",
        "postal_code": "02139",
        "country": "us",
        "takes": "yes",
    }
    assert desk.post(NEW, sent).status_code == 302
    entered = CollectionSite.objects.get(name="Madeup Depot")
    assert (entered.kind, entered.country, entered.takes) == (
        SiteKind.HAZARDOUS_WASTE,
        "US",
        Takes.YES,
    )
    assert (entered.checked_by, entered.brought_by, entered.is_place_exact) == (
        "Rosa Reviewer",
        None,
        False,
    )
    again = desk.post(NEW, sent)
    assert "A site of this name and address is there." in main_of(again)
    nowhere = desk.post(NEW, sent | {"postal_code": "00001"})
    assert "has no position, and its postal code is not known" in main_of(nowhere)


def test_a_list_is_looked_at_then_taken_in_and_its_rejects_are_sent_back(
    desk: Client, site: CollectionSite
) -> None:
    def sent(do: str) -> str:
        lines = "\n".join((HEADS, CAMBRIDGE.replace("A-1", "A-2"), "broken")).encode()
        file = SimpleUploadedFile("sites.csv", lines, "text/csv")
        return main_of(desk.post(FILES, {"file": file, "source": "State", "do": do}))

    look = sent("look")
    assert "What would become of it: nothing is kept yet" in look
    assert "3 lines = 1 heading + 1 accepted + 1 rejected + 0 duplicate + 0 blank" in look
    assert CollectionSite.objects.count() == 1
    assert "1 new site, 0 changed, 0 closed." in sent("take")
    assert CollectionSite.objects.count() == 2
    number = CollectionSite.objects.get(outside_id="A-2").brought_by_id
    response = desk.get(f"{FILES}{number}/rejects/")
    rows = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert b"does not have as many columns as the heading" in rows
    assert "Choose the file first." in main_of(desk.post(FILES, {"do": "take"}))


def test_who_may_only_see_changes_nothing(client: Client, site: CollectionSite) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    text = main_of(viewer.get(at(site)))
    assert "Madeup Yard" in text
    assert "Write it anew" not in text
    assert viewer.post(at(site, "act/"), {"do": "close"}).status_code == 403
