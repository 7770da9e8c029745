"""Distances on the earth, and the boxes of degrees in which a circle lies.

Guarantee: every point of a circle lies in one of its boxes, over the date line and at a pole, too.
"""

from dataclasses import dataclass
from math import asin, cos, degrees, radians, sin, sqrt

EARTH_KM = 6371.0088
"""The mean radius of the earth."""
KM_OF_A_MILE = 1.609344
IN_MILES = frozenset({"US", "GB", "LR", "MM"})
"""Countries in which roads are measured in miles."""
SLACK = 1e-5
"""In degrees, about a metre: what rounding may lose."""


@dataclass(frozen=True)
class Position:
    """A place on the earth, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Box:
    """All from `south` to `north` and from `west` to `east`, in degrees."""

    south: float
    north: float
    west: float
    east: float


def distance_km(one: Position, other: Position) -> float:
    """The great-circle distance."""
    up = sin(radians(other.latitude - one.latitude) / 2)
    along = sin(radians(other.longitude - one.longitude) / 2)
    inside = up * up + cos(radians(one.latitude)) * cos(radians(other.latitude)) * along * along
    return 2 * EARTH_KM * asin(min(1.0, sqrt(inside)))


def boxes_around(centre: Position, km: float) -> tuple[Box, ...]:
    """One or two boxes that hold every point within so many kilometres."""
    angle = km / EARTH_KM
    south = centre.latitude - degrees(angle) - SLACK
    north = centre.latitude + degrees(angle) + SLACK
    if south <= -90 or north >= 90:
        return (Box(max(south, -90), min(north, 90), -180, 180),)
    width = sin(angle) / cos(radians(centre.latitude))
    if width >= 1:
        return (Box(south, north, -180, 180),)
    west = centre.longitude - degrees(asin(width)) - SLACK
    east = centre.longitude + degrees(asin(width)) + SLACK
    if west < -180:
        return Box(south, north, west + 360, 180), Box(south, north, -180, east)
    if east > 180:
        return Box(south, north, west, 180), Box(south, north, -180, east - 360)
    return (Box(south, north, west, east),)
