"""A check in a frame on a shop's page: the same answer in the same words, about nobody."""

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import override_settings

from tests.limited import FREE
from tests.portal.conftest import Owner
from tests.portal.test_the_four_answers import far_from_all, misread, token_in

FRAME = "/en/embed/anker-a1263/check"
BANNER = "/en/embed/anker-a1263/banner"
MODEL = {"model": "A1263"}
MULTI = "/en/embed/soundcore-a3102-a3302/check"


def in_frame(owner: Owner, serial: str, path: str = FRAME, **fields: str) -> HttpResponse:
    return owner.sends(path, serial=serial, **(MODEL | fields))


def on_page(owner: Owner, serial: str, **fields: str) -> HttpResponse:
    return owner.checks(serial, recall="anker-a1263", brand="anker", **(MODEL | fields))


def hidden_in(form: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))


def words_of(page: HttpResponse) -> list[str]:
    """What stands in the page, without the moment of the check and what only one of them has."""
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    main = re.sub(r"(?s)<(form id|section class=\"panel photo-look).*?</(form|section)>", "", main)
    main = re.sub(r"<time[^>]*>[^<]*</time>", "", main)
    texts = (unescape(text).strip() for text in re.findall(r">([^<]+)", main))
    return [text for text in texts if text]


def test_the_verdict_is_told_in_the_words_of_the_page(owner: Owner) -> None:
    """All of them: what stands on the page stands in the frame, but for the photo and the contact,
    which are asked for on the whole site."""
    elsewhere = {"Take a photo of the label", "Or let a photo answer", "Take a photo"}
    for serial in (owner.recalled(), misread(owner.recalled()), far_from_all()):
        page, frame = words_of(on_page(owner, serial)), words_of(in_frame(owner, serial))
        missing = [text for text in page if text not in frame and text not in elsewhere]
        assert missing in ([], ["E-mail or phone", "We use it for this only, and keep it sealed."])


def test_no_click_in_a_frame_tells_the_desk_of_danger(owner: Owner) -> None:
    asked = owner.client.get(FRAME).content.decode()
    for body in (
        asked,
        *(in_frame(owner, each).content.decode() for each in (owner.recalled(), far_from_all())),
    ):
        actions = re.findall(r'<form[^>]* action="([^"]*)"', body)
        assert not [each for each in actions if "danger" in each]
        assert "danger-now" not in body
        assert 'href="/en/recalls/anker-a1263/danger"' in body


def test_each_verdict_has_the_echo_what_to_do_and_the_phone(owner: Owner) -> None:
    wrong = misread(owner.recalled())
    for serial, heading in (
        (owner.recalled(), "Stop using it now"),
        (wrong, "Please look again"),
        (far_from_all(), "The serial you gave is not in this recall"),
    ):
        body = in_frame(owner, serial).content.decode()
        assert f"{heading}</h1>" in body
        assert "tel:+18005550142" in body
        assert 'href="/en/recalls/anker-a1263/danger"' in body
        assert " safe" not in re.sub(r"<[^>]+>", " ", body).lower()
    for serial in (wrong, far_from_all()):
        assert 'class="echo"' in in_frame(owner, serial).content.decode()


def test_the_second_look_is_bound_as_on_the_page(owner: Owner) -> None:
    wrong = misread(owner.recalled())
    first = in_frame(owner, wrong).content.decode()
    again = in_frame(owner, wrong, second_look=token_in(first)).content.decode()
    assert "A person decides this with you</h1>" in again
    other = in_frame(owner, far_from_all(), second_look=token_in(first)).content.decode()
    assert "A person decides this with you</h1>" in other


def test_a_recalled_unit_of_another_recall_is_told_so_too(owner: Owner) -> None:
    body = in_frame(owner, owner.recalled("a1642-a1647-a1652")).content.decode()
    assert "Stop using it now</h1>" in body


def test_nothing_typed_is_said(owner: Owner) -> None:
    answer = in_frame(owner, " - ")
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()


@pytest.mark.usefixtures("limits")
def test_the_limits_are_the_same_and_what_was_typed_is_kept(owner: Owner) -> None:
    for _ in range(FREE):
        assert on_page(owner, far_from_all()).status_code == 200
    held = in_frame(owner, far_from_all())
    body = held.content.decode()
    assert held.status_code == 429
    assert "One moment, please</h1>" in body
    assert f'name="serial" value="{far_from_all()}"' in body
    assert 'id="proof" method="post" target="_self"' in body


def test_a_form_of_another_page_is_refused_in_the_frame(owner: Owner) -> None:
    for origin in ("https://shop.example", "null"):
        answer = owner.client.post(FRAME, {"serial": "x"}, headers={"Origin": origin})
        assert answer.status_code == 403
        assert "We did not take this</h1>" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [FRAME, BANNER, "/es/embed/anker-a1263/check", MULTI])
def test_the_pages_may_be_framed_by_pages_that_came_by_tls(owner: Owner, path: str) -> None:
    with override_settings(IS_PRODUCTION=True):
        page = owner.sees(path)
    assert page.status_code == 200
    assert "frame-ancestors https:" in page["Content-Security-Policy"].split("; ")
    assert "X-Frame-Options" not in page
    assert not page.cookies
    assert page["Cache-Control"] == "public, max-age=60"


def test_so_may_every_answer_and_none_is_kept(owner: Owner) -> None:
    for serial in (owner.recalled(), misread(owner.recalled()), far_from_all(), ""):
        answer = in_frame(owner, serial)
        assert "X-Frame-Options" not in answer
        assert answer["Cache-Control"] == "no-store"
        assert not answer.cookies


def test_what_goes_on_opens_a_tab_and_carries_nothing_in_its_address(owner: Owner) -> None:
    """Only the forms of the check itself, and its link to another one, stay in the frame."""
    serials = (owner.recalled(), misread(owner.recalled()), far_from_all())
    for serial in serials:
        body = in_frame(owner, serial).content.decode()
        assert '<base target="_blank">' in body
        for tag in re.findall(r"<(?:form|a)\b[^>]*>", body):
            assert serial not in tag
            if 'target="_self"' in tag:
                assert "/en/embed/anker-a1263/check" in tag
            else:
                assert "/embed/" not in tag


def test_a_claim_begins_on_the_whole_site_with_what_was_typed(owner: Owner) -> None:
    body = in_frame(owner, owner.recalled()).content.decode()
    form = body.partition('action="/en/recalls/anker-a1263/claim"')[2].partition("</form>")[0]
    fields = hidden_in(form)
    assert fields["serial"] == owner.recalled()
    begun = owner.sends("/en/recalls/anker-a1263/claim", **fields)
    assert begun.status_code == 303


def test_a_photo_is_asked_for_on_the_whole_site(owner: Owner) -> None:
    wrong = misread(owner.recalled())
    body = in_frame(owner, wrong).content.decode()
    assert 'type="file"' not in body
    form = body.partition('id="photo-elsewhere"')[2].partition("</form>")[0]
    fields = hidden_in(form)
    page = owner.sends("/en/check/photo", **fields)
    assert page.status_code == 200
    text = page.content.decode()
    assert "Let a photo answer</h1>" in text
    assert f'value="{wrong}"' in text
    assert token_in(body) in text
    assert page["X-Frame-Options"] == "DENY"


def test_a_wish_to_be_told_is_left_on_the_whole_site(owner: Owner) -> None:
    body = in_frame(owner, far_from_all()).content.decode()
    assert 'id="contact"' not in body
    form = body.partition('action="/en/tell-me"')[2].partition("</form>")[0]
    fields = hidden_in(form)
    page = owner.sends("/en/tell-me", **fields)
    assert page.status_code == 200
    assert 'id="contact"' in page.content.decode()
    assert "not right yet" not in page.content.decode()


def test_products_of_all_brands_can_be_chosen(owner: Owner) -> None:
    body = owner.sees(MULTI).content.decode()
    assert body.count("<option") == 4
    assert body.count("tel:") >= 1


def test_a_banner_says_what_why_and_where(owner: Owner) -> None:
    body = owner.sees(BANNER).content.decode()
    for words in ("Product safety recall", "A1263", "catch fire", "tel:+18005550142"):
        assert words in body
    for path in ("/en/recalls/anker-a1263/check", "/en/recalls/anker-a1263/"):
        assert f'href="{path}" target="_blank" rel="noopener"' in body
    assert "<script" not in body


def test_in_spanish(owner: Owner) -> None:
    body = owner.sees("/es/embed/anker-a1263/banner").content.decode()
    assert '<html lang="es">' in body
    assert "Leer el aviso" in body


@pytest.mark.parametrize("path", ["banner", "check"])
def test_a_recall_that_is_not_there_is_said_in_the_frame(owner: Owner, path: str) -> None:
    answer = owner.sees(f"/en/embed/toaster/{path}")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()
    assert '<base target="_blank">' in answer.content.decode()
    assert "X-Frame-Options" not in answer
    assert owner.sees("/en/toaster/")["X-Frame-Options"] == "DENY"
