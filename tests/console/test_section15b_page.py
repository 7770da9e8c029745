"""The page of the draft under Section 15(b), and its PDF."""

from html import unescape

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.audit.models import StateChange
from recalldesk.audit.states import Reason
from recalldesk.incidents.models import Incident
from recalldesk.incidents.states import Care, Happened, IncidentSource
from recalldesk.incidents.story import Hurt, Story, keep_story
from recalldesk.recalls.models import RecallVersion
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import SLUG

pytestmark = pytest.mark.django_db
PAGE = "/desk/incidents/section-15b/"
STORY = Story(happened=Happened.FIRE, account="A made-up secret.", hurt=(Hurt(Care.DOCTOR),))


@pytest.fixture(autouse=True)
def incident(published_recall: RecallVersion) -> Incident:
    row = Incident.objects.create(
        recall=published_recall.recall, source=IncidentSource.FORM, language="en"
    )
    keep_story(row, STORY)
    return row


def test_the_page_fills_each_item_and_lists_what_is_missing(client: Client) -> None:
    viewer = sign_in(client, staff(Role.VIEWER))
    page = unescape(main_of(viewer.get(PAGE)))
    assert "(14) Names, where asked for" in page
    assert (
        f'/desk/incidents/figures/fires-and-explosions/?recall={SLUG}">Fires and explosions: 1<'
        in page
    )
    assert "<strong>Missing:</strong> What is changed in design" in page
    assert "secret" not in page
    assert 'name="accounts"' not in page


def test_the_pdf_is_taken_with_what_people_told_by_whoever_may_see_it(client: Client) -> None:
    senior = sign_in(client, staff(Role.SENIOR_REVIEWER))
    plain = senior.post(f"{PAGE}pdf/", {"recall": SLUG})
    assert plain.content.startswith(b"%PDF")
    assert not StateChange.objects.filter(reason=Reason.HEALTH_SHOWN).exists()
    refused = senior.post(f"{PAGE}pdf/", {"recall": SLUG, "accounts": "1"})
    assert refused.status_code == 422
    assert "Say what the draft is for." in refused.content.decode()
    whole = senior.post(f"{PAGE}pdf/", {"recall": SLUG, "accounts": "1", "reason": "Counsel."})
    assert whole["Content-Type"] == "application/pdf"
    assert StateChange.objects.filter(reason=Reason.HEALTH_SHOWN).count() == 1
    viewer = sign_in(Client(), staff(Role.VIEWER))
    answer = viewer.post(f"{PAGE}pdf/", {"recall": SLUG, "accounts": "1", "reason": "x"})
    assert answer.status_code == 403
    assert not answer.content.startswith(b"%PDF")
