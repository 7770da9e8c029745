"""By which days a recall promises: one calendar for whoever promises and whoever is late.

Guarantee: the time zone is the file's own; where it names none, that of its first country.
"""

from zoneinfo import ZoneInfo

from recalldesk.foundation.working_days import WorkingCalendar
from recalldesk.recalls.document import Document
from recalldesk.recalls.document.remedy import Weekday
from recalldesk.recalls.time_zones import zone_of_country

WEEK = tuple(Weekday)


def calendar_of(document: Document) -> WorkingCalendar:
    """The recall's working days, and its time zone."""
    promises = document.promises
    return WorkingCalendar(
        zone=ZoneInfo(promises.time_zone)
        if promises.time_zone
        else zone_of_country(document.countries[0]),
        weekend=frozenset(WEEK.index(day) for day in promises.weekend),
        holidays=frozenset(promises.holidays),
    )
