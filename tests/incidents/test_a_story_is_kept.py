"""What is told of an incident is added to what was told, and the same again changes nothing."""

from datetime import date
from decimal import Decimal

import pytest

from recalldesk.incidents.models import Damage, Incident, Injury
from recalldesk.incidents.states import Care, Happened, HasUnit, IncidentSource
from recalldesk.incidents.story import (
    Damaged,
    Hurt,
    Story,
    damaged_of,
    hurt_of,
    keep_story,
)
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from tests.cast import Desk

pytestmark = pytest.mark.django_db

BURNT = Hurt(Care.FIRST_AID, "34", "A burnt hand, made up.")
TABLE = Damaged(Decimal("250.00"), "USD", "A table, made up.")
WHOLE = Story(
    happened=Happened.FIRE,
    happened_on=date(2025, 5, 3),
    is_day_exact=False,
    product_key="k20",
    country="US",
    has_unit=HasUnit.ELSEWHERE,
    serial="TW24013337",
    account="It burnt while it stood on the table.",
    hurt=(BURNT, BURNT),
    damaged=(TABLE,),
)


@pytest.fixture(params=[True, False], ids=["of a recall", "of none"])
def incident(request: pytest.FixtureRequest, kettles: Desk) -> Incident:
    recall: Recall | None = kettles.apply().recall if request.param else None
    return Incident.objects.create(recall=recall, source=IncidentSource.FORM, language="en")


def test_all_that_is_told_is_there_again(incident: Incident) -> None:
    assert keep_story(incident, WHOLE)
    incident = Incident.objects.get()
    assert (incident.happened, incident.happened_on, incident.is_day_exact) == (
        "fire",
        date(2025, 5, 3),
        False,
    )
    assert (incident.product_key, incident.country, incident.has_unit) == ("k20", "US", "elsewhere")
    assert opened(incident, "sealed_serial") == "TW24013337"
    assert opened(incident, "sealed_account") == "It burnt while it stood on the table."
    assert hurt_of(incident) == [BURNT, BURNT]
    assert damaged_of(incident) == [TABLE]


def test_the_same_again_changes_nothing(incident: Incident) -> None:
    assert keep_story(incident, WHOLE)
    assert not keep_story(incident, WHOLE)
    assert not keep_story(incident, Story())
    assert (Injury.objects.count(), Damage.objects.count()) == (2, 1)


def test_what_is_new_is_added_and_nothing_is_lost(incident: Incident) -> None:
    keep_story(incident, WHOLE)
    assert keep_story(incident, Story(account="The wall is black, too.", hurt=(BURNT,) * 3))
    assert opened(incident, "sealed_account").split("\n\n") == [
        "It burnt while it stood on the table.",
        "The wall is black, too.",
    ]
    assert hurt_of(incident) == [BURNT] * 3
    assert incident.happened == Happened.FIRE


def test_no_word_of_it_stands_in_clear(incident: Incident) -> None:
    keep_story(incident, WHOLE)
    injury, damage = Injury.objects.first(), Damage.objects.get()
    assert injury
    kept = b"".join(
        bytes(value)
        for value in (
            injury.sealed_age,
            injury.sealed_harm,
            damage.sealed_what,
            Incident.objects.get().sealed_account,
            Incident.objects.get().sealed_serial,
        )
    )
    for word in (b"hand", b"table", b"TW2401"):
        assert word not in kept


def test_a_story_that_says_nothing_knows_it() -> None:
    assert Story().is_empty
    assert not Story(account="It smoked.").is_empty
