"""Beginning a claim: nothing is kept too early, nobody is stopped, and nobody is told too much."""

import re
from datetime import timedelta

import pytest
from pytest_django import Settings

from recalldesk.claims.models import Claim, Filing
from recalldesk.claims.states import UnitReading
from recalldesk.units import live
from tests.limited import FREE, Setting
from tests.portal.claims.conftest import Claimant, hidden_of, words_of
from tests.portal.published import serials_in

FAR = "00000000000000ZZ"
MISREAD = str.maketrans("1258B6GSZL", "LZSB8G652I")


def test_looking_keeps_nothing_and_asks_about_danger_first(claimant: Claimant) -> None:
    page = claimant.owner.sees(claimant.begin_path)
    words = words_of(page)
    assert words.index("Before anything else") < words.index("Take a photo of the label")
    assert not page.cookies
    assert page["Cache-Control"] == "public, max-age=60"
    assert not Filing.objects.exists()


def test_a_serial_that_is_recalled_goes_straight_on(claimant: Claimant) -> None:
    page = claimant.begins(serial=claimant.owner.recalled())
    assert page.status_code == 303
    assert page["Cache-Control"] == "no-store"
    assert claimant.at.endswith("/photos")
    cookie = page.cookies[f"claim-{claimant.key}"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_serial_that_is_not_in_it_is_said_and_stops_nobody(claimant: Claimant) -> None:
    page = claimant.begins(serial=FAR)
    words = words_of(page)
    assert page.status_code == 200
    assert "The serial you gave is not in this recall" in words
    assert "Checked against version 1 of this recall" in words
    assert "1-800-555-0142" in words
    assert "I cannot read it" in words
    assert not re.search(r"\bsafe\b", words, re.IGNORECASE)
    assert not Filing.objects.exists()
    claimant.begins(**hidden_of(page, "/claim"), serial="", go_on="1")
    assert claimant.at.endswith("/photos")
    assert Claim.objects.get().found == "not_affected"


def test_a_corrected_serial_goes_on(claimant: Claimant) -> None:
    page = claimant.begins(serial=FAR)
    claimant.begins(**hidden_of(page, "/claim"), serial=claimant.owner.recalled())
    assert Claim.objects.get().found == "affected"


def test_what_is_within_reach_is_looked_at_again_and_then_goes_to_a_person(
    claimant: Claimant,
) -> None:
    wrong = claimant.owner.recalled().translate(MISREAD)
    page = claimant.begins(serial=wrong)
    assert "Please look again" in words_of(page)
    page = claimant.begins(**hidden_of(page, "/claim"), serial=wrong)
    assert "A person decides this with you" in words_of(page)
    claimant.begins(**hidden_of(page, "/claim"), serial="", go_on="1")
    assert Claim.objects.count() == 1


def test_from_an_answer_that_says_to_look_again_a_person_is_one_button_away(
    claimant: Claimant,
) -> None:
    wrong = claimant.owner.recalled().translate(MISREAD)
    page = claimant.owner.checks(wrong, recall=claimant.recall, brand="anker")
    assert f'formaction="{claimant.begin_path}"' in page.content.decode()
    claimant.begins(**hidden_of(page, "/check"), serial="", go_on="1")
    assert claimant.at.endswith("/photos")
    assert wrong in words_of(claimant.sees("photos"))


@pytest.mark.parametrize("reading", [UnitReading.UNREADABLE, UnitReading.GONE])
def test_no_serial_is_a_path_of_its_own(claimant: Claimant, reading: UnitReading) -> None:
    claimant.begins(serial="", reading=reading.value)
    assert Claim.objects.get().reading == reading
    assert claimant.at.endswith("/photos" if reading is UnitReading.UNREADABLE else "/you")


def test_of_a_unit_that_is_gone_only_the_receipt_is_asked_and_that_may_be_left_out(
    claimant: Claimant,
) -> None:
    claimant.begins(serial="", reading="gone")
    words = words_of(claimant.sees("photos"))
    assert "The receipt" in words
    assert "The label with the serial number" not in words
    claimant.gives("photos", {"next": "1"})
    assert claimant.at.endswith("/you")


def test_the_serial_of_a_unit_that_is_gone_is_kept(claimant: Claimant) -> None:
    serial = claimant.owner.recalled()
    claimant.begins_with(serial)
    claimant.gives("unit", {"serial": serial, "reading": "gone"})
    claim = Claim.objects.get()
    assert (claim.reading, claim.found) == (UnitReading.GONE, "affected")
    assert claimant.at.endswith("/you")
    assert f'value="{serial}"' in claimant.sees("unit").content.decode()


def test_several_are_named_one_a_line_and_nothing_is_told_of_any(claimant: Claimant) -> None:
    page = claimant.begins(serial=claimant.owner.recalled(), reading="several")
    assert claimant.owner.recalled() in words_of(page), "what was typed is kept"
    assert not Filing.objects.exists()
    serials = [*serials_in(claimant.owner.folder, "a1263")[:2], FAR]
    page = claimant.begins(serials="\n".join(serials))
    assert claimant.at.endswith("/photos")
    assert [claim.found for claim in Claim.objects.order_by("position")] == [
        "affected",
        "affected",
        "not_affected",
    ]
    assert "not in this recall" not in words_of(claimant.sees("photos"))


def test_fifty_are_taken_and_more_are_asked_to_call(claimant: Claimant) -> None:
    many = [f"{place:016d}" for place in range(51)]
    page = claimant.begins(serials="\n".join(many))
    assert page.status_code == 422
    assert "These are more than 50: please call or write to us" in words_of(page)
    assert many[50] in words_of(page)
    claimant.begins(serials="\n".join(many[:50]))
    assert Claim.objects.count() == 50
    assert claimant.at.endswith("/you"), "no photos are asked of so many"


@pytest.mark.parametrize("fields", [{"serial": " "}, {"serials": "\n \n"}, {}])
def test_nothing_at_all_is_asked_for_again(claimant: Claimant, fields: dict[str, str]) -> None:
    page = claimant.begins(**fields)
    assert page.status_code == 422
    assert "One thing is not right yet" in words_of(page)
    assert 'aria-invalid="true"' in page.content.decode()


def test_a_serial_of_another_recall_leads_to_that_one(claimant: Claimant) -> None:
    other = serials_in(claimant.owner.folder, "soundcore")[0]
    page = claimant.begins(serial=other)
    assert "Your claim belongs there" in words_of(page)
    assert not Filing.objects.exists()
    fields = hidden_of(page, "soundcore-a3102-a3302/claim")
    claimant.recall = "soundcore-a3102-a3302"
    claimant.begins(**fields)
    assert claimant.filing.recall.slug == "soundcore-a3102-a3302"


def test_where_several_products_read_alike_it_is_asked_which_one(claimant: Claimant) -> None:
    claimant.recall = "anker-a1642-a1647-a1652"
    claimant.begins(serial="", reading="unreadable")
    assert claimant.at.endswith("/unit?which")
    page = claimant.sees("unit", "?which")
    assert "I am not sure" in words_of(page)
    claimant.gives("unit", {"product": "a1647"}, "?which")
    assert Claim.objects.get().product == "a1647"
    assert claimant.at.endswith("/photos")


def test_not_being_sure_which_one_it_is_goes_on(claimant: Claimant) -> None:
    claimant.recall = "anker-a1642-a1647-a1652"
    claimant.begins(serial="", reading="unreadable")
    claimant.gives("unit", {"product": ""}, "?which")
    assert claimant.at.endswith("/photos")


def test_a_closed_recall_still_takes_claims(claimant: Claimant) -> None:
    claimant.recall = "anker-25-466"
    claimant.begins(serial="", reading="unreadable", model="A1257")
    assert Claim.objects.get().product == "a1257"


def test_a_moment_without_an_index_stops_nobody(claimant: Claimant, settings: Settings) -> None:
    settings.INDEX_STALE_AFTER = timedelta(seconds=-1)
    live.forget()
    claimant.begins(serial=FAR)
    assert claimant.at.endswith("/photos")
    live.forget()


@pytest.mark.usefixtures("limits")
def test_drafts_are_charged_as_checks_are_and_what_was_typed_is_kept(
    claimant: Claimant, limits: Setting
) -> None:
    for _ in range(FREE):
        assert claimant.begins(serial="", reading="unreadable").status_code == 303
    page = claimant.begins(serial="", reading="unreadable")
    assert page.status_code == 429
    assert hidden_of(page, "")["reading"] == "unreadable"
    assert Filing.objects.count() == FREE


def test_another_site_begins_nothing(claimant: Claimant) -> None:
    page = claimant.client.post(
        claimant.begin_path, {"reading": "gone"}, headers={"Origin": "https://elsewhere.example"}
    )
    assert page.status_code == 403
    assert not Filing.objects.exists()


def test_the_second_brand_has_a_beginning_of_its_own(claimant: Claimant) -> None:
    page = claimant.client.post(
        "/en/recalls/soundcore-a3102-a3302/powerconf/claim",
        {"reading": "gone"},
        headers={"Origin": "http://testserver"},
    )
    assert page.status_code == 303
    assert Filing.objects.get().brand == "powerconf"


def test_the_recalls_page_and_the_page_of_unreadable_serials_lead_here(claimant: Claimant) -> None:
    for name in ("", "unreadable"):
        page = claimant.owner.sees(f"/en/recalls/{claimant.recall}/{name}")
        assert f'"{claimant.begin_path}"' in page.content.decode()


def test_the_privacy_notice_is_public(claimant: Claimant) -> None:
    page = claimant.owner.sees(f"/en/recalls/{claimant.recall}/privacy")
    assert "is responsible for what you give here" in words_of(page)
    assert page["Cache-Control"] == "public, max-age=60"
