"""The page of a claim in a browser: by keys alone, without a script, and for everybody."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.axe import WCAG, what_axe_minds
from tests.console.claim_served import ClaimDesk, at_the_desk, browser, chromium, opened, served

pytestmark = pytest.mark.browser
__all__ = ["at_the_desk", "browser", "chromium", "opened", "served"]
Opens = Callable[..., Page]


@pytest.mark.parametrize("name", ["misread", "contested", "unmarked"])
def test_what_one_needs_is_in_sight_without_scrolling(
    served: ClaimDesk, at_the_desk: Opens, name: str
) -> None:
    page = at_the_desk(served.path(name))
    if page.locator("[data-newer]").count():
        page.locator("#newer").wait_for()
    for title in ("Serial, character by character", "Owner and remedy", "What has happened"):
        expect(page.get_by_role("heading", name=title)).to_be_in_viewport(ratio=1)
    for photo in page.locator(".frame svg").all():
        expect(photo).to_be_in_viewport(ratio=1)
    expect(page.locator(".decide")).to_be_in_viewport(ratio=1)


def test_a_serial_of_sixteen_characters_leaves_room_for_the_messages_beside_it(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    page = at_the_desk(served.path("misread"))
    page.evaluate(
        """() => {
            for (const row of document.querySelectorAll(".compare tr")) {
                while (row.cells.length < 17) row.append(row.cells[1].cloneNode(true));
            }
            for (const cell of document.querySelectorAll(".compare tr:last-child td")) {
                cell.textContent = "100";
            }
        }"""
    )
    serial, messages = (
        page.locator(f".under > :{place}-child").bounding_box() for place in ("first", "last")
    )
    assert serial is not None
    assert messages is not None
    assert serial["y"] == messages["y"]


def test_the_boxes_lie_over_the_photo(served: ClaimDesk, at_the_desk: Opens) -> None:
    page = at_the_desk(served.path("misread"))
    picture = page.locator('[data-photo="1"] image').bounding_box()
    box = page.locator('[data-photo="1"] polygon.serial').bounding_box()
    assert picture is not None
    assert box is not None
    assert picture["x"] < box["x"] < box["x"] + box["width"] < picture["x"] + picture["width"]
    assert picture["y"] < box["y"] < box["y"] + box["height"] < picture["y"] + picture["height"]


def test_a_photo_is_enlarged_zoomed_and_turned_by_keys(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    page = at_the_desk(served.path("misread"))
    page.keyboard.press("2")
    stage = page.locator("#big[open] svg")
    expect(stage).to_be_visible()
    before = stage.bounding_box()
    page.keyboard.press("+")
    after = stage.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.4 * before["width"]
    page.keyboard.press("t")
    assert "rotate(90)" in str(stage.locator(".picture").get_attribute("transform"))
    page.keyboard.press("b")
    expect(stage.locator(".boxes")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#big")).to_be_hidden()
    assert "rotate(90)" in str(page.locator('[data-photo="2"] .picture').get_attribute("transform"))


def test_a_claim_is_approved_in_two_key_strokes_and_undone_in_one(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    page = at_the_desk(served.path("blurred"))
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    undo = page.locator(".undo")
    expect(undo).to_contain_text(f"{served.claims['blurred']} approved")
    page.keyboard.press("u")
    expect(page.get_by_role("status").first).to_contain_text("undone")
    assert served.path("blurred") in page.url


def test_asking_for_a_photo_takes_two_key_strokes_too(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    page = at_the_desk(served.path("blurred"))
    page.keyboard.press("p")
    assert "another one of the label" in page.locator("#words").input_value()
    page.keyboard.press("Enter")
    expect(page.locator(".undo")).to_contain_text("sent back to its owner")
    page.keyboard.press("u")
    expect(page.get_by_role("button", name="Approve")).to_be_visible()


def test_letters_are_letters_in_a_field_and_escape_leaves_it(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    page = at_the_desk(served.path("blurred"))
    page.keyboard.press("m")
    page.keyboard.type("a d j u?")
    assert page.locator("#words").input_value() == "a d j u?"
    page.keyboard.press("Escape")
    expect(page.locator("#words")).to_be_hidden()
    assert served.path("blurred") in page.url


def test_a_question_mark_lists_the_keys(served: ClaimDesk, at_the_desk: Opens) -> None:
    page = at_the_desk(served.path("blurred"))
    page.keyboard.press("?")
    expect(page.locator("#keys[open]")).to_contain_text("put this one aside")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()


def test_what_came_up_since_the_rule_ruled_is_there_before_one_approves(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    page = at_the_desk(served.path("misread"))
    expect(page.locator("#newer")).to_contain_text("one of another serial")
    assert page.locator("[name=known]").first.input_value()


def test_a_key_asks_for_a_second_reader(served: ClaimDesk, at_the_desk: Opens) -> None:
    page = at_the_desk(served.path("blurred"))
    page.keyboard.press("s")
    expect(page.locator("#second-note")).to_be_focused()


def test_the_serial_is_compared_on_a_phone_without_scrolling_sideways(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    page = at_the_desk(served.path("misread"), viewport={"width": 390, "height": 844})
    assert page.locator(".scroll").evaluate("each => each.scrollWidth <= each.clientWidth")


def test_nothing_but_boxes_lies_over_a_photo(served: ClaimDesk, at_the_desk: Opens) -> None:
    page = at_the_desk(served.path("misread"))
    expect(page.locator(".frame svg text")).to_have_count(0)
    expect(page.locator('[data-photo="1"] figcaption')).to_contain_text("TW24013387 ")


def test_the_way_to_the_next_claim_is_one_line(served: ClaimDesk, at_the_desk: Opens) -> None:
    page = at_the_desk(served.path("misread"))
    button = page.get_by_role("button", name="Take the next").bounding_box()
    link = page.get_by_role("link", name="Previous").bounding_box()
    assert button is not None
    assert link is not None
    assert button["height"] < 36
    assert button["y"] <= link["y"] <= button["y"] + button["height"]


def test_without_a_script_one_asks_and_undoes(served: ClaimDesk, at_the_desk: Opens) -> None:
    page = at_the_desk(served.path("again"), java_script_enabled=False)
    page.get_by_text("Ask for a photo").click()
    page.get_by_label("About").select_option("receipt")
    page.get_by_role("button", name="Put in its text").click()
    assert "photo of the receipt" in page.locator("#words").input_value()
    page.get_by_role("button", name="Ask, and wait for the answer").click()
    expect(page.locator(".undo")).to_contain_text("sent back to its owner")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("button", name="Approve")).to_be_visible()


def test_somebody_who_has_it_open_is_shown_and_is_taken_over(
    served: ClaimDesk, at_the_desk: Opens
) -> None:
    mine = at_the_desk(served.path("contested"))
    expect(mine.locator(".held")).to_be_hidden()
    theirs = at_the_desk(served.path("contested"), "sam")
    expect(theirs.locator(".held")).to_contain_text("Rosa Made-Up has this claim open.")
    theirs.get_by_role("button", name="Take it over").click()
    expect(theirs.locator(".held")).to_be_hidden()
    mine.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(mine.locator(".held")).to_contain_text("Sam Made-Up has this claim open.")


PAGES = ("", "like/", "owner/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("below", PAGES)
def test_axe_finds_nothing(served: ClaimDesk, at_the_desk: Opens, below: str, scheme: str) -> None:
    page = at_the_desk(served.path("misread", below), color_scheme=scheme, bypass_csp=True)
    assert what_axe_minds(page, WCAG) == []


@pytest.mark.parametrize("key", ["d", "p", "1", "?"])
def test_axe_finds_nothing_in_what_a_key_opens(
    served: ClaimDesk, at_the_desk: Opens, key: str
) -> None:
    page = at_the_desk(served.path("blurred"), bypass_csp=True)
    page.keyboard.press(key)
    assert what_axe_minds(page, WCAG) == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
@pytest.mark.parametrize("below", PAGES)
def test_no_page_is_wider_than_its_window(
    served: ClaimDesk, at_the_desk: Opens, below: str, width: int
) -> None:
    page = at_the_desk(served.path("misread", below), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
