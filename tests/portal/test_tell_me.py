"""Who wants to hear when a recall grows."""

from recalldesk.outreach.models import GrowthWatch
from tests.portal.conftest import Owner

WISH = {"recall": "anker-a1263", "brand": "anker", "serial": "A1B2C3D4E5F6G7H8"}


def test_a_wish_sent_twice_is_kept_once_and_thanked_for(owner: Owner) -> None:
    for _ in range(2):
        answer = owner.sends("/en/tell-me", contact="owner@example.org", **WISH)
        assert answer.status_code == 303
        assert answer["Location"] == "/en/recalls/anker-a1263/told"
        assert answer["Cache-Control"] == "no-store"
    assert GrowthWatch.objects.count() == 1
    assert "Thank you" in owner.sees("/en/recalls/anker-a1263/told").content.decode()


def test_what_was_typed_stays_when_it_cannot_be_reached(owner: Owner) -> None:
    answer = owner.sends("/en/tell-me", contact="owner at example", **WISH)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="owner at example"' in body
    assert 'value="A1B2C3D4E5F6G7H8"' in body
    assert 'href="#contact"' in body
    assert 'aria-invalid="true"' in body
    assert not GrowthWatch.objects.exists()


def test_a_wish_for_no_recall_is_not_found(owner: Owner) -> None:
    assert owner.sends("/en/tell-me", contact="owner@example.org").status_code == 404
