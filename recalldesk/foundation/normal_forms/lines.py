"""What a street line says."""

from dataclasses import dataclass


@dataclass(frozen=True)
class StreetLine:
    """`house`: number and street; `flat`: what stands for a part of the house, or empty."""

    house: str
    flat: str
