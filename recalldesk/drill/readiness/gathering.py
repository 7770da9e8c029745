"""Gathers all points of a report, in the order in which a manager goes through them."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from django.conf import settings

from recalldesk.config.database import is_prepared
from recalldesk.drill.launch_day import LaunchDay
from recalldesk.drill.outcome import Outcome
from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.contacts import contacts
from recalldesk.drill.readiness.kept_safe import backups, heads, installation
from recalldesk.drill.readiness.mail import mail
from recalldesk.drill.readiness.people import factors, staff
from recalldesk.drill.readiness.points import Point, bad, point
from recalldesk.drill.readiness.providers import providers
from recalldesk.drill.readiness.reach import reach
from recalldesk.drill.readiness.rehearsed import capacity, first_remedy, letters, promises
from recalldesk.drill.readiness.report import Readiness
from recalldesk.drill.readiness.texts import texts
from recalldesk.drill.wanted import Wanted
from recalldesk.foundation import clock
from recalldesk.operating.doctor.examining import examine
from recalldesk.recalls.document import Document
from recalldesk.recalls.models import Recall

OF_THE_DRILL: tuple[Callable[[About], Point], ...] = (promises, capacity, first_remedy, letters)
OF_THE_ROWS: tuple[Callable[[About], Point], ...] = (
    *(providers, texts, mail, reach, staff, factors, backups, heads, installation),
)


def readiness(
    *,
    document: Document,
    recall: Recall | None,
    version: str,
    launch: LaunchDay,
    wanted: Wanted,
    outcome: Outcome,
    launch_on: date | None = None,
) -> Readiness:
    """The report, as all stands now."""
    about = About(
        document=document,
        recall=recall,
        launch=launch,
        wanted=wanted,
        outcome=outcome,
        now=clock.now(),
        findings=tuple(examine()),
    )
    return Readiness(
        recall=document.recall,
        firm=document.firm.name,
        product=", ".join(product.names[0] for product in document.products if product.names),
        version=version,
        at=about.now,
        points=tuple(_points(about, settings.HOME)),
        wanted=wanted,
        launch=launch,
        outcome=outcome,
        launch_on=launch_on,
    )


def _points(about: About, home: Path) -> Iterator[Point]:
    for ask in OF_THE_DRILL:
        yield ask(about)
    yield contacts(about, home)
    if not is_prepared():
        yield point(
            "The installation itself",
            [bad("Its database has no tables yet, so nothing of it can be seen.")],
            "Run `recalldesk database prepare`, and drill again.",
        )
        return
    for ask in OF_THE_ROWS:
        yield ask(about)
