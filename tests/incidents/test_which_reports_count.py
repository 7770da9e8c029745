"""Which rows are counted: those of the recall and the days, but not what is the same or struck."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recalldesk.accounts.errors import NotPermitted
from recalldesk.foundation import clock
from recalldesk.incidents.models import Incident, Injury
from recalldesk.incidents.states import Care, Happened, IncidentSource
from recalldesk.incidents.story import Damaged, Hurt, Story, keep_story
from recalldesk.incidents.tally.figures import Figure, Kind, When
from recalldesk.incidents.tally.reads import ALL, DayOf, Days, of_no_recall, tally_of
from recalldesk.recalls.models import Recall
from tests.cast import Cast, Desk

pytestmark = pytest.mark.django_db
WORTH = Figure(Kind.DAMAGE, "USD")
HURT = Story(
    happened=Happened.FIRE,
    hurt=(Hurt(Care.NONE), Hurt(Care.NONE)),
    damaged=(Damaged(Decimal("10.10"), "USD"), Damaged(Decimal("0.90"), "USD")),
)


@pytest.fixture
def recall(kettles: Desk) -> Recall:
    return kettles.apply().recall


def told(recall: Recall | None, story: Story = HURT, **fields: object) -> Incident:
    row = Incident(recall=recall, source=IncidentSource.FILE, language="en")
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    keep_story(row, story)
    return row


def test_several_things_of_one_report_are_counted_once_each(recall: Recall, cast: Cast) -> None:
    told(recall)
    tally = tally_of(recall, by=cast.viewer)
    assert tally.number(Figure(Kind.REPORTS)) == 1
    assert tally.number(Figure(Kind.INJURIES)) == 2
    assert tally.number(WORTH) == 11


def test_reports_of_one_event_count_once_and_what_is_struck_not_at_all(
    recall: Recall, cast: Cast
) -> None:
    first = told(recall)
    told(recall, same_as=first)
    Injury.objects.filter(pk=first.injuries.earliest("pk").pk).update(struck_at=clock.now())
    first.damages.filter(amount="10.10").update(struck_at=clock.now())
    tally = tally_of(recall, by=cast.viewer)
    assert [each.number for each in tally.told] == [first.pk]
    assert tally.number(Figure(Kind.INJURIES)) == 1
    assert tally.number(WORTH) == Decimal("0.90")


def test_each_recall_has_its_own_and_those_of_none_are_said(recall: Recall, cast: Cast) -> None:
    told(Recall.objects.create(slug="other"))
    told(None)
    assert tally_of(recall, by=cast.viewer).told == ()
    assert of_no_recall(by=cast.viewer) == 1


def test_a_danger_of_which_more_was_learned_is_an_incident(recall: Recall, cast: Cast) -> None:
    feared = told(recall, Story(account="It looked odd."), nothing_happened=True)
    assert tally_of(recall, by=cast.viewer).number(Figure(Kind.INCIDENTS)) == 0
    keep_story(feared, Story(happened=Happened.SMOKE))
    assert tally_of(recall, by=cast.viewer).number(Figure(Kind.INCIDENTS)) == 1


def test_before_and_after_are_told_apart_by_the_day_of_the_announcement(
    kettles: Desk, cast: Cast
) -> None:
    version = kettles.apply()
    announced = date.fromisoformat(version.document["announced"])
    for day in (announced.replace(year=announced.year - 1), announced, None):
        told(version.recall, Story(happened=Happened.FIRE, happened_on=day))
    tally = tally_of(version.recall, by=cast.viewer)
    fires = Figure(Kind.FIRES_AND_EXPLOSIONS)
    assert [tally.number(fires, when) for when in When] == [1, 1, 1]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (ALL, "abc"),
        (Days(date(2025, 3, 1), date(2025, 3, 31)), "ab"),
        (Days(date(2025, 3, 1), date(2025, 3, 30)), "a"),
        (Days(first=date(2025, 3, 31)), "bc"),
        (Days(date(2025, 3, 1), date(2025, 3, 31), DayOf.TOLD), "bc"),
        (Days(last=date(2025, 1, 10), by=DayOf.TOLD), "a"),
    ],
)
def test_a_period_counts_by_the_day_it_was_written_or_told(
    recall: Recall, cast: Cast, days: Days, expected: str
) -> None:
    for name, at, told_on in (
        ("a", datetime(2025, 3, 1, tzinfo=UTC), date(2025, 1, 10)),
        ("b", datetime(2025, 3, 31, 23, 59, tzinfo=UTC), None),
        ("c", datetime(2025, 4, 1, tzinfo=UTC), date(2025, 3, 5)),
    ):
        told(recall, outside_number=name, obtained_at=at, told_on=told_on)
    found = [each.number for each in tally_of(recall, by=cast.viewer, days=days).told]
    names = Incident.objects.filter(pk__in=found).order_by("pk")
    assert "".join(names.values_list("outside_number", flat=True)) == expected


def test_it_takes_the_permission(recall: Recall, cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        tally_of(recall, by=cast.outsider)


STORIES = st.builds(
    Story,
    happened=st.sampled_from([None, *Happened]),
    hurt=st.lists(st.sampled_from(Care).map(Hurt), max_size=3).map(tuple),
    damaged=st.lists(
        st.sampled_from(
            [Damaged(Decimal("10.25"), "USD"), Damaged(Decimal(7), "EUR"), Damaged(what="x")]
        ),
        max_size=2,
    ).map(tuple),
)
OUTCOMES = st.sampled_from(["counts", "counts", "same", "struck"])
BY_HAND = """
    SELECT count(*),
        count(*) FILTER (WHERE happened IN ('fire', 'explosion')),
        coalesce(sum((SELECT count(*) FROM incidents_injury AS hurt
            WHERE hurt.incident_id = told.id AND struck_at IS NULL AND care <> 'death')), 0),
        coalesce(sum((SELECT count(*) FROM incidents_injury AS hurt
            WHERE hurt.incident_id = told.id AND struck_at IS NULL AND care = 'death')), 0),
        count(*) FILTER (WHERE EXISTS (SELECT FROM incidents_damage AS harm
            WHERE harm.incident_id = told.id AND struck_at IS NULL)),
        coalesce(sum((SELECT sum(amount) FROM incidents_damage AS harm
            WHERE harm.incident_id = told.id AND struck_at IS NULL AND currency = 'USD')), 0)
    FROM incidents_incident AS told WHERE recall_id = %s AND same_as_id IS NULL
"""
FIGURES = (
    Figure(Kind.REPORTS),
    Figure(Kind.FIRES_AND_EXPLOSIONS),
    Figure(Kind.INJURIES),
    Figure(Kind.DEATHS),
    Figure(Kind.PROPERTY_REPORTS),
    WORTH,
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(STORIES, OUTCOMES), max_size=6))
def test_the_tally_of_any_rows_is_what_the_database_counts(
    recall: Recall, cast: Cast, rows: list[tuple[Story, str]]
) -> None:
    for story, outcome in rows:
        first = Incident.objects.filter(recall=recall, same_as=None).first()
        row = told(recall, story, same_as=first if outcome == "same" else None)
        if outcome == "struck":
            row.injuries.update(struck_at=clock.now())
            row.damages.update(struck_at=clock.now())
    tally = tally_of(recall, by=cast.viewer)
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, [recall.pk])
        (counted,) = cursor.fetchall()
    assert [tally.number(figure) for figure in FIGURES] == list(counted)
