"""Whom to call first: the emergency numbers of the countries of some recalls."""

from dataclasses import dataclass

from recalldesk.recalls.reads import LiveRecall


@dataclass(frozen=True)
class EmergencyNumber:
    """One number, and the countries where it is the right one."""

    number: str
    countries: tuple[str, ...]


def emergency_numbers(recalls: list[LiveRecall]) -> tuple[EmergencyNumber, ...]:
    """Each number once, in the order of the recalls."""
    countries: dict[str, list[str]] = {}
    for live in recalls:
        for jurisdiction in live.document.jurisdictions:
            where = countries.setdefault(jurisdiction.emergency_number, [])
            if jurisdiction.country not in where:
                where.append(jurisdiction.country)
    return tuple(EmergencyNumber(number, tuple(where)) for number, where in countries.items())
