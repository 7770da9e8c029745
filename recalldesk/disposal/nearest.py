"""The sites nearest to a place, exactly, by an index of the database's own.

Guarantees: what is found is what measuring the way to every site would find, in the same order, the
same each time; the work grows with what is near, not with how many sites there are. Around the
place a circle grows until it holds enough: its boxes of degrees are what the index looks up, and
the exact distance decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from recalldesk.disposal.distances import EARTH_KM, Position, boxes_around
from recalldesk.disposal.states import SiteKind, Takes

FIRST_KM = 2.0
GROWS = 2.0
IN_BOX = "point(longitude, latitude) <@ box(point(%s, %s), point(%s, %s))"
NEAREST = """
SELECT id, km FROM (
    SELECT id, {diameter} * asin(least(1, sqrt(
        power(sin(radians(latitude - %s) / 2), 2)
        + cos(radians(%s)) * cos(radians(latitude)) * power(sin(radians(longitude - %s) / 2), 2)
    ))) AS km
    FROM disposal_collectionsite
    WHERE closed_at IS NULL AND country = %s AND takes <> %s AND (kind <> %s OR takes = %s)
      AND ({boxes})
) AS near WHERE km <= %s ORDER BY km, id LIMIT %s
"""


@dataclass(frozen=True)
class Near:
    """A site, by its number, and how far it is."""

    site_id: int
    km: float


def nearest_sites(centre: Position, *, country: str, most: int, within_km: float) -> Sequence[Near]:
    """The nearest open sites of a country that are offered, the nearest first."""
    km = min(FIRST_KM, within_km)
    while True:
        found = _within(centre, km, country, most)
        if len(found) >= most or km >= within_km:
            return found
        km = min(km * GROWS, within_km)


def _within(centre: Position, km: float, country: str, most: int) -> list[Near]:
    boxes = boxes_around(centre, km)
    corners = [n for each in boxes for n in (each.west, each.south, each.east, each.north)]
    query = NEAREST.format(diameter=2 * EARTH_KM, boxes=" OR ".join([IN_BOX] * len(boxes)))
    here = [centre.latitude, centre.latitude, centre.longitude]
    offered = [country, Takes.NO.value, SiteKind.SHOP.value, Takes.YES.value]
    with connection.cursor() as cursor:
        cursor.execute(query, [*here, *offered, *corners, km, most])
        return [Near(number, far) for number, far in cursor.fetchall()]
