"""What the poster says: that it is a recall, of what, why, and what to do; nothing else.

Guarantee: every word but a few labels is the notice's.
"""

from datetime import date

from django.utils.translation import gettext

from recalldesk.notices.addresses import check_address
from recalldesk.notices.notice import Notice
from recalldesk.notices.papers.parts import Part, cell, cells, contact_of, fact, products_of, qr_of
from recalldesk.notices.papers.until import post_until
from recalldesk.notices.published import Published
from recalldesk.recalls.document.firm import Brand
from recalldesk.recalls.wording import day, listed, locale_of

MOST_PLACES = 2
"""So many places of serials are told, so that what to do stays large."""


def poster(published: Published, notice: Notice, today: date, brand: Brand | None) -> Part:
    """The poster's own parts, in the language that is set."""
    locale = locale_of(notice.language, published.document.countries[0])
    until = post_until(
        today, published.published_at.date(), notice.announced or published.published_at.date()
    )
    regulators = tuple(dict.fromkeys(country.regulator for country in notice.countries))
    number = f"{gettext('Recall number')} {notice.recall_number}" if notice.recall_number else ""
    return {
        "products": products_of(published, notice),
        "hazard": fact(gettext("The hazard"), notice.hazard),
        "steps": fact(
            gettext("What to do now"),
            gettext("Do not use yours until you have checked it."),
            gettext("Check the serial number: not every unit is recalled."),
            *_places(notice),
            *notice.steps,
        ),
        "remedy": fact(
            gettext("What you get: one of these")
            if len(notice.remedies) > 1
            else gettext("What you get"),
            *(remedy.title for remedy in notice.remedies),
        ),
        "check": cell(gettext("Check yours:")),
        "qr": qr_of(check_address(published, notice.language, brand)),
        "call": cell(gettext("Or call")),
        "contacts": [contact_of(each, notice) for each in notice.contacts],
        "foot": cells(
            notice.firm_legal_name or notice.firm,
            f"{gettext('Together with')} {listed(regulators, locale)}",
            number,
        ),
        "until": cell(gettext("Post until %(day)s") % {"day": day(until, locale)}),
    }


def _places(notice: Notice) -> tuple[str, ...]:
    """Where the serials stand, in a line each; of many products the check alone says it."""
    places = {each.model: each.serial_where for each in notice.products if each.serial_where}
    distinct = tuple(dict.fromkeys(places.values()))
    if len(distinct) == 1:
        return distinct
    lines = tuple(f"{model}: {place}" for model, place in places.items())
    return lines if len(lines) <= MOST_PLACES else ()
