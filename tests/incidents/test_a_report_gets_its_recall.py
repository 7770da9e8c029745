"""A report of which nobody knew the recall is counted in it once somebody says which it is."""

from decimal import Decimal

import pytest

from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Role
from recalldesk.incidents.actions import obtain_incident, tell_more
from recalldesk.incidents.desk_page import incident_seen
from recalldesk.incidents.errors import NotJoinable
from recalldesk.incidents.models import Incident
from recalldesk.incidents.placing import say_recall
from recalldesk.incidents.reads import is_untold, standing_for
from recalldesk.incidents.reporting import take_report
from recalldesk.incidents.states import Care, Happened, IncidentState
from recalldesk.incidents.story import Damaged, Hurt, Story, damaged_of, hurt_of
from recalldesk.incidents.tally.figures import Figure, Kind
from recalldesk.incidents.tally.reads import of_no_recall, tally_of
from recalldesk.recalls.models import Recall
from recalldesk.sealing.fields_of_rows import opened
from tests.at_the_desk import staff
from tests.cast import AFFECTED, SLUG, Desk
from tests.claims.owner import OLGA, the_recall
from tests.incidents.told import again, incident, obtained

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
STORY = Story(
    happened=Happened.FIRE,
    serial=AFFECTED,
    account="It burnt on the table, made up.",
    hurt=(Hurt(Care.DOCTOR, "34", "A hand, made up."),),
    damaged=(Damaged(Decimal(90), "USD", "A table, made up."),),
)
TOLD = {"brand": "tidewater", "name": OLGA.name, "contact": OLGA.email, "account": "It burnt."}


def counted(desk: Desk, kind: Kind) -> int:
    tally = tally_of(Recall.objects.get(slug=SLUG), by=desk.cast.viewer)
    return int(tally.number(Figure(kind)))


def test_danger_that_is_told_before_its_recall_is_named_counts_in_it(desk: Desk) -> None:
    first = obtain_incident(live=None, language="en")
    told = tell_more(incident_id=first.pk, live=the_recall(), **TOLD)
    assert (told.recall_id, told.source) == (the_recall().recall_id, first.source)
    assert told.filing is not None
    assert again(first).same_as_id == told.pk
    assert counted(desk, Kind.INCIDENTS) == 1
    assert of_no_recall(by=desk.cast.viewer) == 0
    clock = incident_seen(told.pk, by=desk.cast.viewer).clock
    assert clock is not None
    assert clock.since == first.obtained_at


def test_whoever_goes_on_telling_tells_of_the_one_that_counts() -> None:
    first = obtain_incident(live=None, language="en")
    for _ in range(2):
        told = tell_more(incident_id=first.pk, live=the_recall(), **TOLD)
    assert Incident.objects.count() == 2
    assert not is_untold(first.pk)
    more = take_report(live=None, language="en", story=STORY, nonce="form-1", incident_id=first.pk)
    assert more.pk == told.pk
    assert [each.care for each in hurt_of(more)] == [Care.DOCTOR]


def test_a_form_that_names_the_recall_of_danger_told_before_counts_in_it_once(desk: Desk) -> None:
    first = obtain_incident(live=None, language="en")
    for _ in range(2):
        told = take_report(
            live=the_recall(), language="en", story=STORY, nonce="form-1", incident_id=first.pk
        )
    assert standing_for(first.pk) == told.pk
    assert Incident.objects.count() == 2
    assert counted(desk, Kind.INJURIES) == 1
    assert again(first).nonce == "form-1"


def test_the_desk_says_of_which_recall_it_is_and_all_that_was_told_stands_there_once(
    desk: Desk,
) -> None:
    first = obtained(5, STORY, of="")
    manager = staff(Role.RECALL_MANAGER)
    told = say_recall(number=first.pk, slug=SLUG, by=manager)
    assert hurt_of(told) == list(STORY.hurt)
    assert damaged_of(told) == list(STORY.damaged)
    assert opened(told, "sealed_account") == STORY.account
    assert opened(told, "sealed_serial") == STORY.serial
    assert counted(desk, Kind.FIRES_AND_EXPLOSIONS) == 1
    first = again(first)
    assert not any(bytes(getattr(first, f"sealed_{name}")) for name in ("account", "serial"))
    assert [(each.age, each.harm) for each in hurt_of(first)] == [("", "")]
    log = incident_seen(first.pk, by=manager).timeline
    assert (log[0].by, log[0].note) == (
        manager.name,
        f"It is of {SLUG}: incident {told.pk} counts for it",
    )


def test_what_was_decided_stays_so(desk: Desk) -> None:
    first = incident(STORY, of="")
    Incident.objects.filter(pk=first.pk).update(
        state=IncidentState.NOT_REPORTABLE,
        decided_at=first.obtained_at,
        decided_by=desk.cast.author,
    )
    told = again(say_recall(number=first.pk, slug=SLUG, by=staff(Role.RECALL_MANAGER)))
    assert (told.state, told.decided_by) == (IncidentState.NOT_REPORTABLE, desk.cast.author)
    assert told.learned_at is None


def test_what_was_joined_to_it_goes_along() -> None:
    first, other = incident(STORY, of=""), incident(STORY, of="")
    Incident.objects.filter(pk=other.pk).update(same_as=first)
    told = say_recall(number=first.pk, slug=SLUG, by=staff(Role.RECALL_MANAGER))
    assert again(other).same_as_id == told.pk


def test_it_is_said_once_of_a_recall_that_is_there_by_whoever_decides() -> None:
    manager, first = staff(Role.RECALL_MANAGER), incident(STORY, of="")
    with pytest.raises(NotJoinable, match="no such recall"):
        say_recall(number=first.pk, slug="none-such", by=manager)
    with pytest.raises(NotPermitted):
        say_recall(number=first.pk, slug=SLUG, by=staff(Role.REVIEWER))
    told = say_recall(number=first.pk, slug=SLUG, by=manager)
    for number in (first.pk, told.pk):
        with pytest.raises(NotJoinable, match="counted in a recall already"):
            say_recall(number=number, slug=SLUG, by=manager)
