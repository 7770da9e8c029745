"""The result file of a list, for whoever holds its pass and nobody else.

Guarantee: it says of each line what its page says; no cell is a formula; it is kept by nobody on
its way.
"""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from recalldesk.claims.unit_lists.keeping import list_of, opened_lines
from recalldesk.claims.unit_lists.lines import Line, LineState
from recalldesk.foundation.sheets import Cell, Heading, csv_parts, xlsx_parts
from recalldesk.portal.claiming.standing import Standing, standing_on_page
from recalldesk.portal.claiming.visitor import Visitor, claim_page, go_to
from recalldesk.portal.listing.listed import look_up
from recalldesk.portal.listing.words import STATES, line_words

FORMS = {
    "csv": (csv_parts, "text/csv; charset=utf-8"),
    "xlsx": (xlsx_parts, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@claim_page()
def result(request: HttpRequest, visitor: Visitor, form: str) -> HttpResponse:
    """The file."""
    row = list_of(visitor.filing)
    if row is None or form not in FORMS:
        return go_to(visitor, "claim")
    parts_of, content_type = FORMS[form]
    look_up(request, visitor)
    row.refresh_from_db()
    lines, _ = opened_lines(row)
    units = {}
    if not visitor.seen.is_draft:
        standing = standing_on_page(visitor.seen)
        units = {each.unit.position: each for each in standing.units}
    headings = (
        Heading(gettext("Line")),
        Heading(gettext("Serial number"), is_exact=True),
        Heading(gettext("Answer")),
        Heading(gettext("What to do")),
        Heading(gettext("Claim")),
        Heading(gettext("News by")),
    )
    rows = _rows(visitor, lines, units)
    response = HttpResponse(b"".join(parts_of(headings, rows)), content_type=content_type)
    name = f"{visitor.filing.reference}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _checked(line: Line) -> str:
    """By what, and when, a serial was found in no recall: a file is read long after."""
    if line.state is not LineState.NOT_IN_RECALL or line.recall:
        return ""
    return gettext("Checked against version %(version)s of this recall, %(moment)s.") % {
        "version": line.version,
        "moment": f"{datetime.fromtimestamp(line.checked).astimezone():%Y-%m-%d %H:%M %Z}",
    }


def _rows(
    visitor: Visitor, lines: list[Line], units: dict[int, Standing]
) -> Iterator[tuple[Cell, ...]]:
    products = visitor.subject.products
    for line in lines:
        stands = units.get(line.position)
        yield (
            line.number,
            line.text,
            str(STATES[line.state]),
            line_words(line, products) or _checked(line),
            f"{visitor.filing.reference} · {stands.words.headline}" if stands else "",
            stands.by.isoformat() if stands and stands.by else "",
        )
