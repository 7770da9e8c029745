"""The picture of hits, as the page of what is done in public shows it."""

import structlog
from django.utils.safestring import mark_safe

from recalldesk.console.reach_shown import Drawn
from recalldesk.publicity.hits import Hits
from recalldesk.reports.charts.drawing import NotDrawn, drawer
from recalldesk.reports.desk_figures.period import Period
from recalldesk.reports.hits.picture import picture_of_hits

TITLE = "Hits on the recall’s pages"
log = structlog.get_logger()


def drawn_hits(found: Hits, period: Period) -> Drawn | None:
    """The picture; None where there is nothing to see, or it could not be drawn."""
    picture = picture_of_hits(found, period)
    if picture is None:
        return None
    try:
        svg = drawer().draw(picture.spec, name="hits-picture", title=TITLE, says=picture.says)
    except NotDrawn as problem:
        log.error("chart_not_drawn", chart="hits", problem=str(problem))
        return None
    # reports/charts/cleaning.py lets shapes and texts through.
    return Drawn(mark_safe(svg), picture.keys)  # noqa: S308
