"""The address of a letter, as its country writes it.

Guarantee: what the fonts cannot show, and what is no address to post to, is no address here: such
a letter is not printed, and is counted as withheld.
"""

import json

from recalldesk.claims.addresses import address_lines
from recalldesk.foundation.showable import MAY_BREAK, showable
from recalldesk.outreach.models import DirectNotice
from recalldesk.recalls.wording import country_name, locale_of
from recalldesk.sealing.fields_of_rows import opened

MOST_LINES = 8


def printed_address(notice: DirectNotice, *, home: str) -> tuple[str, ...]:
    """The lines, the country last where the letter leaves `home`, which is also that of an address
    without one; empty where it cannot be printed. Raises SealingError."""
    said = _said(opened(notice, "sealed_to"))
    if not said.get("street_address") or not (said.get("city") or said.get("postal_code")):
        return ()
    country = notice.country or said.get("country_code", "") or home
    name, _ = said.pop("name", ""), said.pop("also", "")
    try:
        lines = address_lines({**said, "country_code": country}, name)
    except (KeyError, ValueError):
        return ()
    if country != home:
        lines = (*lines, country_name(country, locale_of("en", country)).upper())
    return lines if len(lines) <= MOST_LINES and _is_showable(lines) else ()


def also_named(notice: DirectNotice) -> str:
    """Whom the letter is for besides those whose names stand in its address; empty for nobody.
    Raises SealingError."""
    return _said(opened(notice, "sealed_to")).get("also", "")


def _said(text: str) -> dict[str, str]:
    try:
        address = json.loads(text)
    except ValueError:
        return {}
    fields = address if isinstance(address, dict) else {}
    return {key: str(value) for key, value in fields.items() if value}


def _is_showable(lines: tuple[str, ...]) -> bool:
    return all(showable(each).replace(MAY_BREAK, "") == each for each in lines)
