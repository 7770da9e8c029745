"""A question whether a purchaser filed a claim, on the pages of questions: masked, and settled."""

import re

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.purchasers.models import Purchaser, SamePersonQuestion
from recalldesk.purchasers.states import QuestionSource
from recalldesk.recalls.models import Recall
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import AFFECTED, SLUG
from tests.claims.conftest import _desk_of_the_file, _english, desk, photos_folder
from tests.claims.owner import CARD, Owner
from tests.console.purchasers_rows import made_rows

__all__ = ["_desk_of_the_file", "_english", "desk", "photos_folder"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
PAGE = "/desk/purchasers/questions/"


def test_a_claim_stands_beside_a_purchaser(client: Client) -> None:
    sign_in(client, staff(Role.RECALL_MANAGER, email="max@staff.example"))
    recall = Recall.objects.get(slug=SLUG)
    made_rows(recall, staff(Role.ADMINISTRATOR))
    owner = Owner(name="Ana Elsewhere", email="ana@home.example", phone="+12025550101")
    filing = owner.files(AFFECTED, remedy=CARD)
    asked = SamePersonQuestion.objects.create(
        recall=recall,
        first=Purchaser.objects.order_by("pk")[0],
        filing=filing,
        source=QuestionSource.RULE,
        reasons=["given_name", "same_phone"],
        weight=0.9,
    )
    assert f"A. E. · a•••@home.example · •••01, claim {filing.reference}" in main_of(
        client.get(PAGE)
    )
    page = main_of(client.get(f"{PAGE}{asked.pk}/"))
    assert f'/desk/search/?reference={filing.reference}">A. E., claim {filing.reference}' in page
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "E-mail a•••@home.example a•••@home.example = the same" in text
    assert "1 unit claimed" in text
    assert "Elsewhere" not in text
    full = main_of(client.post(f"{PAGE}{asked.pk}/full/", {"reason": "To compare"}))
    assert "Ana Elsewhere" in full
    settled = client.post(f"{PAGE}{asked.pk}/settle/", {"do": "one", "seen": "open"})
    assert settled.status_code == 303
    story = main_of(client.get(f"/desk/purchasers/{asked.first_id}/"))
    assert f"claim {filing.reference}" in story
