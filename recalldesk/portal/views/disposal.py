"""How a unit is got rid of, and where: guidance, the nearest places, and who was turned away.

Guarantees: what an owner types stands in no address and no log, and the answer is kept by nobody;
only this page may ask the browser for its position, and works without it; what an owner says of a
place is shown to the next at once.
"""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from recalldesk.disposal.actions import report_refusal
from recalldesk.disposal.errors import SiteUnknown
from recalldesk.disposal.reads import sites_near
from recalldesk.disposal.rules import FARTHEST_KM, FARTHEST_MILES
from recalldesk.disposal.states import Refused
from recalldesk.foundation.page_policy import POSITION_USED
from recalldesk.portal.frame import Frame, frame_of
from recalldesk.portal.place_asked import PlaceAsked, asked_at, find_place
from recalldesk.portal.sites_shown import in_miles, shown_sites
from recalldesk.portal.stand_in import is_stand_in
from recalldesk.portal.subject import Subject, subject_or_404
from recalldesk.portal.turned_away import form_of, keep_said, said_before, token_of
from recalldesk.portal.views.answering import form_answer, page, public_page
from recalldesk.portal.views.held_up import held_up
from recalldesk.portal.views.stand_in import not_answered
from recalldesk.recalls.document.remedy import UnitCondition


@public_page
def _guidance(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    subject = subject_or_404(slug, brand)
    if is_stand_in(request):
        return not_answered(request, subject)
    asked = PlaceAsked(country=subject.document.countries[0])
    return _with_position(page(request, "disposal.html", _values(subject, asked, is_chosen=False)))


@form_answer(_guidance)
def disposal(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """The page; by POST with the places near where the owner is."""
    subject = subject_or_404(slug, brand)
    asked = asked_at(request, subject)
    frame = _frame(request, subject, asked)
    held = held_up(request, asked.fields, frame=frame, subject=subject)
    return held or _with_position(_answer(request, subject, asked, frame))


@form_answer(_guidance)
def turned_away(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """Keeps that a place turned an owner away, and shows the places again."""
    subject = subject_or_404(slug, brand)
    asked = asked_at(request, subject)
    frame = _frame(request, subject, asked)
    sent = request.POST
    site = sent.get("site", "")
    site_id = int(site) if site.isascii() and site.isdecimal() and len(site) < 19 else 0
    reason = sent.get("reason", "")
    named = [("site", site[:19]), ("reason", reason[:16]), ("token", sent.get("token", "")[:600])]
    held = held_up(request, [*asked.fields, *named], frame=frame, subject=subject)
    if held is not None:
        return held
    form = form_of(sent.get("token", ""), site_id)
    is_kept = bool(form) and site_id not in said_before(request)
    is_closed = False
    if is_kept:
        try:
            report_refusal(
                site_id=site_id,
                reason=Refused(reason) if reason in Refused.values else Refused.UNSAID,
                recall_id=subject.live.recall_id,
                form=form,
            )
        except SiteUnknown:
            is_kept, is_closed = False, True  # meanwhile: it is shown to nobody any more
    note = {
        "is_thanked": bool(form) and not is_closed,
        "token_is_old": not form,
        "thanked_for": site_id if form else 0,
    }
    response = _with_position(_answer(request, subject, asked, frame, note))
    if is_kept:
        keep_said(request, response, site_id)
    return response


def _answer(
    request: HttpRequest,
    subject: Subject,
    asked: PlaceAsked,
    frame: Frame,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    found = find_place(asked)
    values = _values(subject, asked) | {"is_answer": True} | (more or {})
    if isinstance(found, str):
        values["problem"] = found
        return page(request, "disposal.html", values, frame=frame, status=422)
    near = sites_near(found.position, asked.country) if values["has_sites"] else ()
    said = said_before(request)
    sites = shown_sites(request, near, country=asked.country, is_about=found.is_about)
    values |= {
        "found": found,
        "sites": [each for each in sites if not each.refuses_often],
        "often": [each for each in sites if each.refuses_often],
        "token": token_of([each.site.pk for each in sites]) if sites else "",
        "said": [*said, (more or {}).get("thanked_for", 0)],
    }
    return page(request, "disposal.html", values, frame=frame)


def _values(subject: Subject, asked: PlaceAsked, *, is_chosen: bool = True) -> dict[str, Any]:
    """`is_chosen`: the owner said in which country the unit is; else what is said in each stands
    there, since not every page has a form that asks."""
    disposal = subject.document.disposal
    cases = disposal.cases
    of_battery = subject.document.danger is None
    is_of_damaged = any(each.condition is UnitCondition.DAMAGED for each in cases)
    damaged = disposal.guidance_of_damaged(asked.country)
    if not damaged and not of_battery:
        # The words of the page are of batteries.
        damaged = disposal.guidance_for(asked.country, UnitCondition.DAMAGED)
    return {
        "subject": subject,
        "asked": asked,
        "country": asked.country if is_chosen else "",
        "damaged": damaged,
        "asks_condition": of_battery or is_of_damaged,
        "has_sites": disposal.collection_sites,
        "reasons": [(each.value, each.label) for each in Refused],
        "in_miles": in_miles(asked.country),
        "farthest": FARTHEST_MILES if in_miles(asked.country) else FARTHEST_KM,
    }


def _frame(request: HttpRequest, subject: Subject, asked: PlaceAsked) -> Frame:
    framed = frame_of(request, subject, subject.disposal_url)
    return replace(framed, asked=tuple(asked.fields))


def _with_position(response: HttpResponse) -> HttpResponse:
    response["Permissions-Policy"] = POSITION_USED
    return response
