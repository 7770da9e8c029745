"""The desk's pages of incidents: masked for everybody, in full for a reason, decided on what is
seen."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Permission, Role, roles_that_may
from recalldesk.audit.models import StateChange
from recalldesk.audit.notes import text_of
from recalldesk.audit.states import Reason, Subject
from recalldesk.claims.models import Filing
from recalldesk.claims.states import Channel
from recalldesk.evidence.actions import new_evidence_set, receive_photo
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation import clock
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.by_desk import obtain_from_contact
from recalldesk.incidents.mending import learn
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import Care, IncidentState
from recalldesk.incidents.story import Damaged, Hurt, Story, keep_story
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import AFFECTED, SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder
from tests.claims.owner import OLGA, the_recall
from tests.evidence.pictures import photo as picture
from tests.incidents.told import again, incident, log_of, obtained
from tests.worked import run_jobs

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAGE = "/desk/incidents/"
TOLD = Story(
    serial=AFFECTED,
    account="It burnt beside the wardrobe, made up.",
    hurt=(Hurt(Care.DOCTOR, "thirty-four", "A burnt hand, made up."),),
    damaged=(Damaged(what="A wardrobe, made up."),),
)
SECRETS = ("burnt", "thirty-four", "hand", "wardrobe", AFFECTED, "olga@home.example")


@pytest.fixture
def manager(client: Client) -> Client:
    """A recall manager, signed in."""
    return sign_in(client, staff(Role.RECALL_MANAGER))


def told() -> Incident:
    row = obtained(2, TOLD)
    row.sealed_contact = b""
    return row


def sent(client: Client, row: Incident, below: str, **values: object) -> tuple[int, str]:
    answer = client.post(f"{PAGE}{row.pk}/{below}/", values, follow=True)
    return answer.status_code, main_of(answer)


def stamp_in(client: Client, row: Incident) -> str:
    page = client.get(f"{PAGE}{row.pk}/").content.decode()
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("role", roles_that_may(Permission.SEE_INCIDENTS))
def test_the_page_shows_that_somebody_was_hurt_and_masks_the_rest(
    client: Client, role: Role
) -> None:
    row = told()
    page = main_of(sign_in(client, staff(role)).get(f"{PAGE}{row.pk}/"))
    assert "Doctor or emergency room" in page
    assert "21 h 59 min left" in page
    for secret in SECRETS:
        assert secret not in page
    listed = main_of(client.get(PAGE))
    assert "1, doctor or emergency room" in listed
    for secret in SECRETS:
        assert secret not in listed


def test_in_full_it_is_shown_for_a_reason_which_the_log_keeps(manager: Client) -> None:
    row = told()
    assert "Why you look" in main_of(manager.get(f"{PAGE}{row.pk}/full/"))
    status, page = sent(manager, row, "full", reason="  ")
    assert (status, "Say why you look" in page) == (422, True)
    assert "burnt" not in page
    assert log_of(row) == []
    status, page = sent(manager, row, "full", reason="To call the owner")
    assert status == 200
    for secret in SECRETS[:-1]:
        assert secret in page
    (shown,) = StateChange.objects.filter(subject=Subject.INCIDENT, subject_id=row.pk)
    assert (shown.reason, text_of(shown.note)) == (Reason.HEALTH_SHOWN, "To call the owner")


def test_who_may_not_see_health_data_gets_neither_the_words_nor_the_notes(client: Client) -> None:
    row = told()
    manager = sign_in(Client(), staff(Role.RECALL_MANAGER))
    sent(manager, row, "decide", do="not_reportable", reason="Only warm, made up.")
    assert "Only warm" in main_of(manager.get(f"{PAGE}{row.pk}/"))
    reviewer = sign_in(client, staff(Role.REVIEWER))
    assert reviewer.get(f"{PAGE}{row.pk}/full/").status_code == 403
    assert "Only warm" not in main_of(reviewer.get(f"{PAGE}{row.pk}/"))


def test_each_photo_that_is_looked_at_stands_in_the_log(manager: Client) -> None:
    row, other = told(), incident()
    evidence = new_evidence_set(recall=row.recall)
    Incident.objects.filter(pk=row.pk).update(evidence=evidence)
    photo = receive_photo(evidence_set=evidence, kind=PhotoKind.OTHER, chunks=[picture()])
    run_jobs()
    assert Photo.objects.get(pk=photo.pk).state == "clean"
    shown = manager.get(f"{PAGE}{row.pk}/photos/{photo.pk}/")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert [reason for *_, reason in log_of(row)] == [Reason.HEALTH_SHOWN]
    assert manager.get(f"{PAGE}{other.pk}/photos/{photo.pk}/").status_code == 404


def test_it_is_decided_as_reported_by_the_form(manager: Client) -> None:
    row = told()
    moment = f"{clock.now() - timedelta(minutes=5):%Y-%m-%dT%H:%M}"
    given = {"do": "filed", "reported_at": moment, "seen": stamp_in(manager, row)}
    status, page = sent(manager, row, "decide", reference=" ", note="By form.", **given)
    assert (status, "reference is missing" in page, "By form." in page) == (422, True, True)
    assert again(row).state == IncidentState.OBTAINED
    status, page = sent(manager, row, "decide", reference="MADE-UP 26-1", note="", **given)
    assert (status, "MADE-UP 26-1" in page) == (200, True)
    assert again(row).state == IncidentState.FILED


def test_what_was_written_down_wrongly_of_a_report_is_put_right_by_the_form(
    manager: Client,
) -> None:
    row = told()
    moment = f"{clock.now() - timedelta(minutes=5):%Y-%m-%dT%H:%M}"
    given = {"do": "filed", "reported_at": moment, "seen": stamp_in(manager, row)}
    sent(manager, row, "decide", reference="MADE-UP 62-1", note="", **given)
    given = {"do": "mended", "reported_at": moment, "seen": stamp_in(manager, row)}
    status, page = sent(manager, row, "decide", reference="MADE-UP 26-1", note="", **given)
    assert (status, "Say what was wrong." in page) == (422, True)
    assert again(row).authority_reference == "MADE-UP 62-1"
    status, page = sent(manager, row, "decide", reference="MADE-UP 26-1", note="A slip.", **given)
    assert status == 200
    assert "What was written down of the report was put right" in page
    assert "Before: MADE-UP 62-1" in page
    assert again(row).authority_reference == "MADE-UP 26-1"


def test_a_decision_on_what_was_not_seen_is_refused_and_nothing_typed_is_lost(
    manager: Client,
) -> None:
    row = told()
    seen = stamp_in(manager, row)
    keep_story(row, Story(hurt=(Hurt(Care.DEATH),)))
    given = {"do": "not_reportable", "reason": "Only smoke.", "seen": seen}
    status, page = sent(manager, row, "decide", **given)
    assert (status, "Something changed meanwhile" in page) == (409, True)
    assert ">Only smoke.</textarea>" in page
    assert again(row).state == IncidentState.OBTAINED


def test_two_reports_are_joined_shown_beside_each_other_and_parted(manager: Client) -> None:
    first, second = told(), told()
    status, page = sent(manager, second, "same", do="join", other=str(first.pk))
    assert (status, f"counted as incident {first.pk}" in page) == (200, True)
    assert f"{second.pk}</a>, joined" in main_of(manager.get(f"{PAGE}{first.pk}/"))
    status, page = sent(manager, second, "same", do="part", reason="Another house.")
    assert (status, "counts by itself again" in page) == (200, True)
    status, page = sent(manager, second, "same", do="join", other="no number")
    assert (status, "This is no number of an incident." in page) == (422, True)


def test_of_which_recall_a_report_is_is_said_on_its_page(manager: Client) -> None:
    row = obtained(2, TOLD, of="")
    assert "no figure counts it" in main_of(manager.get(f"{PAGE}{row.pk}/"))
    status, page = sent(manager, row, "same", do="recall", slug=SLUG)
    assert (status, f"counts for it in {SLUG}, and both are kept." in page) == (200, True)
    assert "no figure counts it" not in main_of(manager.get(f"{PAGE}{row.pk}/"))


def test_what_is_wrong_is_struck_and_stays_to_be_seen(manager: Client) -> None:
    row = told()
    injury, damage = row.injuries.get(), row.damages.get()
    assert sent(manager, row, "strike", do="injury", part=injury.pk, reason=" ")[0] == 422
    for _ in range(2):
        sent(manager, row, "strike", do="injury", part=injury.pk, reason="A pet, no person.")
    _, page = sent(manager, row, "strike", do="damage", part=damage.pk, reason="It was ours.")
    assert page.count("<s>") == 2
    assert [reason for *_, reason in log_of(row)] == [Reason.STRUCK, Reason.STRUCK]
    assert sent(manager, incident(), "strike", do="injury", part=injury.pk, reason="x")[0] == 422


def test_what_was_learned_by_phone_is_added(client: Client) -> None:
    reviewer, row = sign_in(client, staff(Role.REVIEWER)), told()
    given = {"care": "first_aid", "age": "9", "account": "The wall is black, made up."}
    status, page = sent(reviewer, row, "learn", **given)
    assert (status, "The wall is black" in page) == (422, True)  # from where it is known is missing
    status, page = sent(reviewer, row, "learn", note="They called.", **given)
    assert (status, "2, gravest: doctor or emergency room" in page) == (200, True)
    assert log_of(row)[-1][2] == Reason.LEARNED
    status, page = sent(reviewer, row, "learn", note="They called.", account=given["account"])
    assert (status, "That says nothing new." in page) == (422, True)
    status, page = sent(reviewer, row, "learn", note="They called.", age="9", amount="3")
    assert (status, "Say what care they had" in page, "in which currency" in page) == (
        422,
        True,
        True,
    )


def test_what_was_learned_otherwise_before_stands_in_the_log(manager: Client) -> None:
    row = obtained(2, TOLD)
    senior = staff(Role.SENIOR_REVIEWER)
    learn(number=row.pk, story=Story(country="CA"), by=staff(Role.REVIEWER), note="A call")
    learn(number=row.pk, story=Story(country="US", serial="TW9"), by=senior, note="No")
    page = main_of(manager.get(f"{PAGE}{row.pk}/"))
    assert "No. Before: country: CA, another serial, which stands with the account" in page
    assert AFFECTED not in page


def test_a_number_leads_to_its_incident(manager: Client) -> None:
    row = told()
    assert manager.get(f"{PAGE}?number={row.pk}")["Location"] == f"{PAGE}{row.pk}/"
    for number in (str(row.pk + 1), "9" * 30, "x"):
        answer = manager.get(f"{PAGE}?number={number}")
        assert "There is no incident" in main_of(answer)
    assert manager.get(f"{PAGE}{row.pk + 1}/").status_code == 404
    assert manager.get(f"{PAGE}{row.pk + 1}/full/").status_code == 404
    assert manager.get(f"{PAGE}{row.pk + 1}/learn/").status_code == 404


def test_the_start_page_says_how_many_wait(manager: Client) -> None:
    told()
    obtained(30)
    page = main_of(manager.get("/desk/"))
    assert "2 incidents to decide" in page
    assert "1 over its 24 hours" in page


def test_the_page_of_a_claim_leads_to_its_incident_whose_log_says_who_read_it(
    manager: Client,
) -> None:
    row = obtain_incident(live=the_recall(), language="en")
    tell_more(
        incident_id=row.pk,
        live=the_recall(),
        brand="tidewater",
        name=OLGA.name,
        contact=OLGA.email,
        account="It burnt, made up.",
    )
    filing = again(row).filing
    assert filing is not None
    claim = f"/desk/claims/{filing.reference}/1/"
    assert f'href="{PAGE}{row.pk}/"' in main_of(manager.get(claim))
    assert filing.reference in main_of(manager.get(f"{PAGE}{row.pk}/"))
    shown = main_of(manager.post(f"{claim}owner/", {"reason": "To call"}))
    assert "It burnt, made up." in shown
    assert log_of(row)[-1][2] == Reason.HEALTH_SHOWN
    # So does that of one whose owner told what happened from its page, and said nothing of danger.
    Filing.objects.filter(pk=filing.pk).update(is_dangerous=False)
    assert f'href="{PAGE}{row.pk}/"' in main_of(manager.get(claim))


def test_the_page_of_a_call_leads_to_its_incident_too(manager: Client) -> None:
    senior = staff(Role.SENIOR_REVIEWER)
    row = obtain_from_contact(
        live=the_recall(), language="en", by=senior, channel=Channel.PHONE, nonce="n" * 24
    )
    keep_story(row, Story(account="It burnt, made up."))
    call = f"/desk/contacts/{row.contact_id}/"
    assert f'href="{PAGE}{row.pk}/"' in main_of(manager.get(call))
    assert f'href="{call}"' in main_of(manager.get(f"{PAGE}{row.pk}/"))
    assert "It burnt, made up." in main_of(manager.post(f"{call}note/"))
    assert log_of(row)[-1][2] == Reason.HEALTH_SHOWN


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"country": "USA"}, "at most 2 characters"),
        ({"country": "ZZ"}, "two letters"),
        ({"amount": "3", "currency": "U$D"}, "three letters"),
        ({"amount": "-3", "currency": "USD"}, "greater than or equal to 0"),
        ({"happened_on": "2999-01-01"}, "has not come yet"),
        ({"care": "cured"}, "not one of the available choices"),
    ],
)
def test_what_cannot_have_been_learned_is_refused_beside_its_field(
    manager: Client, typed: dict[str, str], words: str
) -> None:
    row = told()
    status, page = sent(manager, row, "learn", note="They called.", **typed)
    assert (status, words in page) == (422, True)
    assert log_of(row) == []
