"""Who does what is to be done about each point, and by when. Pure.

Guarantee: every point of a report has somebody, and a day that leaves room for others to answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from recalldesk.drill.readiness.points import Light, Point


@dataclass(frozen=True)
class Duty:
    """`who`: by what they are in the firm; `days`: before the launch it is to be done at latest; 0:
    nothing is launched before it."""

    who: str
    days: int


FRIDAY = 5
MANAGER, SERVER = "Recall manager", "Whoever runs the server"
DUTIES: Mapping[str, Duty] = {
    "The promises, as the drill kept them": Duty(MANAGER, 0),
    "Capacity on the launch day": Duty(SERVER, 5),
    "Time to the first remedy": Duty(MANAGER, 5),
    "Letters and reports of harm, in the drill": Duty(MANAGER, 3),
    "Contacts confirmed": Duty(MANAGER, 3),
    "Providers answering": Duty("Whoever pays remedies", 7),
    "Texts approved": Duty("Recall manager, and a second person", 3),
    "Mail set up": Duty("Whoever runs mail and DNS", 7),
    "Reach": Duty("Whoever knows the shops", 10),
    "Staff for the queue": Duty(MANAGER, 7),
    "Second factors": Duty("Each of the staff", 2),
    "Backups recent": Duty(SERVER, 2),
    "Heads of the log leaving": Duty(SERVER, 2),
    "The installation itself": Duty(SERVER, 2),
}


def who_does(point: Point) -> str:
    """Who does it; nobody where nothing is to be done."""
    return "" if point.light is Light.READY else DUTIES[point.name].who


def done_by(point: Point, *, launch_on: date | None, today: date) -> str:
    """By when, in words: a day where that of the launch is known."""
    if point.light is Light.READY:
        return ""
    days = DUTIES[point.name].days
    if launch_on is None:
        return f"{days} days before" if days else "before any launch"
    day = launch_on - timedelta(days=days)
    if days:
        day -= timedelta(days=max(day.isoweekday() - FRIDAY, 0))  # nobody is asked at a weekend
    return f"{day:%a %Y-%m-%d}" if day > today else "at once"
