"""Those who asked to be told if a recall grows get a notice when it did, once for each version."""

from typing import Any

import pytest
from django.test import Client

from recalldesk.accounts.permissions import Role
from recalldesk.keeping.kinds import Kind
from recalldesk.keeping.models import WaitingErasure
from recalldesk.keeping.states import Thing
from recalldesk.outreach.actions import ask_to_be_told, forget_again, forget_contact
from recalldesk.outreach.audience.counted_rows import rows_by_notice
from recalldesk.outreach.audience.counting import preview
from recalldesk.outreach.growing import mark_wishes_told
from recalldesk.outreach.reads import wishes_of
from recalldesk.outreach.states import WaveKind, Way
from recalldesk.outreach.waves.said import said
from recalldesk.purchasers.models import Purchaser
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import main_of, sign_in, staff
from tests.cast import FAR, SLUG, Desk, recall_text
from tests.keeping.kept import all_held, lifted
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
def test_who_was_told_that_it_grew_hears_it_when_it_grows_again(kettles: Desk) -> None:
    kettles.published()
    told = Told(kettles.cast)
    ask_to_be_told(recall_slugs=[SLUG], contact="wish@example.org", serial=FAR, language="en")
    kettles.published(recall_text(about=True))
    assert told.sent(Way.EMAIL, kind=WaveKind.GROWN).notices.count() == 1
    assert mark_wishes_told() == 1
    by = kettles.cast.author
    once = told.draft(Way.EMAIL, kind=WaveKind.GROWN)
    assert preview(once, by=by).notices == 0, "once for a version"
    kettles.published(recall_text(about=False))
    again = Told(kettles.cast).draft(Way.EMAIL, kind=WaveKind.GROWN)
    assert preview(again, by=by).notices == 1


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


@pytest.mark.django_db
def test_they_stand_masked_among_the_rows_behind_the_count(kettles: Desk, client: Client) -> None:
    kettles.published()
    told = Told(kettles.cast)
    for number in range(3):
        contact = f"wish{number}@example.org"
        ask_to_be_told(recall_slugs=[SLUG], contact=contact, serial=FAR, language="en")
    told.bought(email="ana@example.org")
    kettles.published(recall_text(about=True))
    wave = told.draft(Way.EMAIL, kind=WaveKind.GROWN)
    asked = {"wave": wave, "way": Way.EMAIL, "language": "en", "by": told.cast.author}
    first = rows_by_notice(**asked, size=2)
    assert (len(first.purchasers), len(first.others)) == (1, 1)
    second = rows_by_notice(**asked, size=2, after=first.after)
    assert (len(second.purchasers), len(second.others), second.after) == (0, 2, 0)
    manager = sign_in(client, staff(Role.RECALL_MANAGER, email="max@staff.example"))
    address = f"/desk/waves/{SLUG}/{wave.number}/counted/?way=email&language=en"
    shown = main_of(manager.get(address))
    assert shown.count("asked to be told if the recall grows") == 3
    assert not [each for each in ("wish0@", "wish1@", "ana@") if each in shown]
    assert main_of(manager.get(f"{address}&after={first.after}")).count("asked to be told") == 2


@pytest.mark.django_db
def test_who_asked_to_be_forgotten_is_not_told_though_a_hold_keeps_the_wish(kettles: Desk) -> None:
    kettles.published()
    told = Told(kettles.cast)
    ask: dict[str, Any] = {"recall_slugs": [SLUG], "serial": FAR, "language": "en"}
    for contact in ("gone@example.org", "stays@example.org"):
        ask_to_be_told(contact=contact, **ask)
    hold = all_held(kind=Kind.WISHES)
    assert forget_contact(contact="gone@example.org", by=kettles.cast.author).kept == 1
    kettles.published(recall_text(about=True))
    wave = told.started(Way.EMAIL, kind=WaveKind.GROWN)
    assert [opened(each, "sealed_to") for each in wave.notices.all()] == ["stays@example.org"]
    seen = wishes_of(recall=told.recall, by=kettles.cast.author, reason="Made up.")
    assert [each.contact for each in seen] == ["stays@example.org"]
    lifted(hold)
    ask_to_be_told(contact="gone@example.org", **ask)
    assert forget_again() == 0, "who asked again is told again"
    kettles.published(recall_text(about=True).replace("Kettle K20", "Kettle K-20"))
    both = told.started(Way.EMAIL, kind=WaveKind.GROWN).notices.all()
    assert {opened(each, "sealed_to") for each in both} == {"stays@example.org", "gone@example.org"}


@pytest.mark.django_db
def test_a_purchaser_whom_only_a_hold_keeps_from_being_erased_again_is_not_written_to(
    kettles: Desk,
) -> None:
    kettles.published()
    told = Told(kettles.cast)
    told.bought(email="ana@example.org")
    told.bought(email="ben@example.org")
    ana = Purchaser.objects.order_by("pk")[0]
    WaitingErasure.objects.create(thing=Thing.PURCHASER, thing_id=ana.pk, recall=told.recall)
    (notice,) = told.started(Way.EMAIL).notices.all()
    assert opened(notice, "sealed_to") == "ben@example.org"
