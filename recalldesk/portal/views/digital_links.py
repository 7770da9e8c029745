"""GS1 Digital Links: what a bar code of the product leads to, with or without a serial.

Guarantees: such an address only fills the form in and answers nothing; its page is kept by nobody,
and names the address to no other page. A number that we do not know never says what is recalled.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from recalldesk.foundation.trade_number import gtin_14
from recalldesk.portal.asking import Asked
from recalldesk.portal.frame import frame_of, general_frame
from recalldesk.portal.hosts import products_here
from recalldesk.portal.photo_choosing import photo_values
from recalldesk.portal.search import Found
from recalldesk.portal.subject import brands_of
from recalldesk.portal.views.answering import page, refused
from recalldesk.portal.views.checks import check_values
from recalldesk.recalls.reads import known_recalls


def digital_link(request: HttpRequest, gtin: str, serial: str = "") -> HttpResponse:
    """The check form, filled in."""
    if request.method not in ("GET", "HEAD"):
        return _unkept(refused(request, "GET", "HEAD"))
    number = gtin_14(gtin)
    found = _named(number) if number else ()
    subjects = list(dict.fromkeys((each.subject.slug, each.subject.brand.key) for each in found))
    if len(subjects) == 1:
        return _unkept(_brands_form(request, found, serial))
    note = "several" if subjects else "unknown" if number else "unreadable"
    values = check_values(None) | {
        "found": found or products_here(request),
        "asked": Asked(serial=serial),
        "serial_value": serial,
        "note": note,
    }
    frame = general_frame(request, reverse("portal:check_any"))
    return _unkept(page(request, "check_any.html", values, frame=frame))


def _named(number: str) -> tuple[Found, ...]:
    """The products that bear the number."""
    return tuple(
        Found(subject, product)
        for live in known_recalls()
        for subject in brands_of(live)
        for product in subject.products
        if number in product.gtins
    )


def _brands_form(request: HttpRequest, found: tuple[Found, ...], serial: str) -> HttpResponse:
    """The check page of the products' brand; the model is chosen where it is the only one."""
    subject = found[0].subject
    model = found[0].product.model if len(found) == 1 else ""
    values: dict[str, Any] = check_values(subject) | photo_values(Asked())
    values |= {"asked": Asked(serial=serial, model=model), "serial_value": serial}
    values["note"] = "filled" if serial else ""
    return page(request, "check.html", values, frame=frame_of(request, subject, subject.check_url))


def _unkept(response: HttpResponse) -> HttpResponse:
    """Kept by nobody, and its address goes with no request from it."""
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
