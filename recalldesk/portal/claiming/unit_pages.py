"""The page that asks which unit a claim is for, at its beginning and later on.

Guarantees: what was typed stays on the page; nothing is kept of it before it is taken.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, HttpResponse

from recalldesk.checks.words import asks_for_person, reason
from recalldesk.claims.completeness import MOST_UNITS
from recalldesk.cleaning.limits import TYPES
from recalldesk.portal.asking import Told
from recalldesk.portal.claiming.units_given import Given
from recalldesk.portal.frame import Frame
from recalldesk.portal.subject import Subject
from recalldesk.portal.views.answering import page
from recalldesk.portal.views.checks import check_values
from recalldesk.units.verdict.answer import Verdict


class Amiss(StrEnum):
    """What is wrong with what was given."""

    EMPTY = "empty"
    TOO_MANY = "too_many"


def unit_values(subject: Subject) -> dict[str, Any]:
    """What the page needs to ask for a serial, beside what is known of the claim."""
    document = subject.document
    return check_values(subject) | {
        "document": document,
        "most_units": MOST_UNITS,
        "takes_label": document.evidence.label_photo,
        "privacy_url": subject.privacy_url,
        "types": ",".join(TYPES),
    }


def asks_again(frame: Frame, given: Given) -> Frame:
    """The frame of an answer: in another language the same is sent again."""
    return replace(frame, asked=given.fields)


def several_page(
    request: HttpRequest,
    values: dict[str, Any],
    *,
    frame: Frame | None = None,
    amiss: Amiss | None = None,
) -> HttpResponse:
    """The page on which several serials are named, one a line."""
    template = "claims/several.html"
    return page(
        request, template, values | {"amiss": amiss}, frame=frame, status=422 if amiss else 200
    )


def told_page(
    request: HttpRequest, values: dict[str, Any], given: Given, told: Told, *, frame: Frame
) -> HttpResponse:
    """The page on which the owner sees what was said of the serial, and corrects it or goes on."""
    answer = told.answer
    words = (
        asks_for_person(answer)
        if answer.verdict is Verdict.ASK_A_PERSON
        else reason(answer, told.page.products if told.page else ())
    )
    told_values = {"given": given, "told": told, "answer": answer, "reason": words}
    return page(request, "claims/told.html", values | told_values, frame=asks_again(frame, given))


def nothing_given(
    request: HttpRequest, values: dict[str, Any], given: Given, *, frame: Frame
) -> HttpResponse:
    """The page again, with what to do, where it was sent empty."""
    if given.is_list:
        return several_page(request, values | {"given": given}, frame=frame, amiss=Amiss.EMPTY)
    values |= {"given": given, "problem": Amiss.EMPTY}
    return page(request, "claims/unit.html", values, frame=frame, status=422)
