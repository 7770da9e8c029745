"""The nearest sites: as measuring every way finds them, over the date line and at the poles."""

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recalldesk.disposal.distances import Position, boxes_around, distance_km
from recalldesk.disposal.models import CollectionSite
from recalldesk.disposal.nearest import nearest_sites
from recalldesk.disposal.states import SiteKind, Takes
from recalldesk.foundation import clock
from tests.disposal.lists import site

HARD = [(0, 180), (0, -180), (66, 179.99), (90, 0), (-90, 40), (89.99, -170), (0, 0), (42.3, -71.1)]
positions = st.one_of(
    st.sampled_from(HARD), st.tuples(st.floats(-90, 90), st.floats(-180, 180))
).map(lambda pair: Position(*pair))
nudges = st.floats(-1.5, 1.5)


def moved(here: Position, north: float, east: float) -> Position:
    """A place near by, on the earth."""
    latitude = max(-90.0, min(90.0, here.latitude + north))
    return Position(latitude, (here.longitude + east * 40 + 540) % 360 - 180)


@given(centre=positions, north=nudges, east=nudges, km=st.floats(0.01, 21_000))
def test_a_circle_lies_in_its_boxes(centre: Position, north: float, east: float, km: float) -> None:
    other = moved(centre, north, east)
    if distance_km(centre, other) > km:
        return
    assert any(
        each.south <= other.latitude <= each.north and each.west <= other.longitude <= each.east
        for each in boxes_around(centre, km)
    )


@pytest.mark.django_db
def test_what_is_found_is_what_measuring_every_way_finds() -> None:
    drawn = random.Random(9)
    places = [Position(*pair) for pair in HARD for _ in range(40)]
    rows = [
        site(there.latitude, there.longitude, number)
        for number, here in enumerate(places)
        for there in [moved(here, drawn.gauss(0, 0.6), drawn.gauss(0, 0.02))]
    ]
    rows += [site(each.latitude, each.longitude, 9_000 + at) for at, each in enumerate(rows[:9])]
    CollectionSite.objects.bulk_create(rows)
    for place in places[::20] + [moved(each, 0.2, 0.01) for each in places[::40]]:
        for most, within in ((1, 100.0), (10, 100.0), (400, 20_100.0), (10, 0.5)):
            ways = sorted(
                (distance_km(place, Position(each.latitude, each.longitude)), each.pk)
                for each in rows
            )
            near = [(km, number) for km, number in ways if km <= within][:most]
            found = nearest_sites(place, country="US", most=most, within_km=within)
            assert [each.site_id for each in found] == [number for _, number in near]
            assert [each.km for each in found] == pytest.approx([km for km, _ in near], abs=1e-6)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changed", "is_found"),
    [
        ({}, True),
        ({"takes": Takes.YES}, True),
        ({"takes": Takes.NO}, False),
        ({"country": "CA"}, False),
        ({"closed_at": clock.now()}, False),
        ({"kind": SiteKind.SHOP}, False),
        ({"kind": SiteKind.SHOP, "takes": Takes.YES}, True),
    ],
)
def test_only_open_sites_of_the_country_that_may_take_it_are_found(
    changed: dict[str, Any], *, is_found: bool
) -> None:
    site(42.36, -71.1, **changed).save()
    found = nearest_sites(Position(42.36, -71.1), country="US", most=5, within_km=10)
    assert bool(found) is is_found
