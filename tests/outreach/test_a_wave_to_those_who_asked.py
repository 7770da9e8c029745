"""Those who asked to be told if a recall grows get a notice when it did, once for each version."""

import pytest

from recalldesk.outreach.actions import ask_to_be_told
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.said import said
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import FAR, SLUG, Desk, recall_text
from tests.outreach.told import Told


@pytest.mark.django_db
def test_those_who_asked_are_told_when_the_recall_grows(kettles: Desk) -> None:
    kettles.published()
    told = Told(kettles.cast)
    for contact in ("wish@example.org", "+12025550177"):
        ask_to_be_told(recall_slugs=[SLUG], contact=contact, serial=FAR, language="en")
    told.bought(email="wish@example.org", phone="+12025550111")
    kinds = {"kind": WaveKind.GROWN}
    assert told.started(Way.SMS, **kinds).notices.count() == 1, "for those who asked it did not"
    kettles.published(recall_text(about=True))
    wave = told.started(Way.EMAIL, Way.SMS, **kinds)
    by_wish = {each.wish is not None: each for each in wave.notices.all()}
    assert {each: row.way for each, row in by_wish.items()} == {True: Way.SMS, False: Way.EMAIL}
    assert by_wish[True].units == 0
    told.bought(email="another@example.org")
    assert told.started(Way.EMAIL, Way.SMS, **kinds).notices.count() == 1, "once for a version"


@pytest.mark.django_db
def test_who_was_told_of_a_purchase_and_asked_hears_that_it_grew(kettles: Desk) -> None:
    kettles.published()
    told = Told(kettles.cast)
    told.bought(email="both@example.org")
    assert told.started(Way.EMAIL).notices.count() == 1
    ask_to_be_told(recall_slugs=[SLUG], contact="both@example.org", serial=FAR, language="en")
    kettles.published(recall_text(about=True))
    wave = told.started(Way.EMAIL, kind=WaveKind.GROWN)
    (notice,) = wave.notices.all()
    assert notice.wish is not None
    assert opened(notice, "sealed_to") == "both@example.org"
    assert said(notice).text
