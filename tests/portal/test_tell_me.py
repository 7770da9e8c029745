"""Who wants to hear when a recall grows."""

import re

from recalldesk.outreach.models import GrowthWatch
from tests.portal.conftest import Owner
from tests.portal.test_the_four_answers import far_from_all

WISH = {
    "recall": "anker-a1263",
    "watch": "anker-a1263",
    "brand": "anker",
    "serial": "A1B2C3D4E5F6G7H8",
}


def watched() -> set[str]:
    return set(GrowthWatch.objects.values_list("recall__slug", flat=True))


def test_a_wish_sent_twice_is_kept_once_and_shown_back(owner: Owner) -> None:
    for _ in range(2):
        answer = owner.sends("/en/tell-me", contact="Owner@example.org", **WISH)
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "no-store"
        body = answer.content.decode()
        assert "Thank you. We will tell you if this recall grows." in body
        assert "owner@example.org" in body
    assert GrowthWatch.objects.count() == 1


def test_who_was_answered_by_several_recalls_hears_of_each(owner: Owner) -> None:
    body = owner.checks(far_from_all()).content.decode()
    assert "The serial you gave is not in these recalls" in body
    assert "Product recalls" in body
    form = re.search(r'action="/en/tell-me">(.*?)</form>', body, re.S)
    assert form
    slugs = re.findall(r'name="watch" value="([^"]*)"', form.group(1))
    assert len(slugs) > 1
    assert 'name="recall"' not in form.group(1)
    sent = {"watch": slugs, "serial": far_from_all(), "contact": "owner@example.org"}
    answer = owner.client.post("/en/tell-me", sent, headers={"Origin": "http://testserver"})
    assert "if these recalls grow" in answer.content.decode()
    assert watched() == set(slugs)


def test_what_was_typed_stays_when_it_cannot_be_reached(owner: Owner) -> None:
    answer = owner.sends("/en/tell-me", contact="owner at example", **WISH)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="owner at example"' in body
    assert 'value="A1B2C3D4E5F6G7H8"' in body
    assert 'name="watch" value="anker-a1263"' in body
    assert 'href="#contact"' in body
    assert 'aria-invalid="true"' in body
    assert not GrowthWatch.objects.exists()


def test_a_wish_for_no_recall_is_not_found(owner: Owner) -> None:
    for slug in ({}, {"watch": "none"}):
        answer = owner.sends("/en/tell-me", contact="owner@example.org", **slug)
        assert answer.status_code == 404
