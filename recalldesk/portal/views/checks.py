"""The check: the pages that ask for a serial, and the answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from recalldesk.checks.others import others_beside
from recalldesk.checks.words import asks_for_person, reason
from recalldesk.foundation.page_policy import PAGE_THAT_IS_SOUGHT
from recalldesk.foundation.serial_form import normalise
from recalldesk.portal.asking import Asked, Told, asked_from, tell
from recalldesk.portal.frame import Frame, frame_of, general_frame
from recalldesk.portal.hints import alike_characters, alphabets_of, exact_length, readings_of
from recalldesk.portal.hosts import is_anothers, products_here, under_brand_here
from recalldesk.portal.photo_choosing import may_help, photo_values
from recalldesk.portal.search import all_products
from recalldesk.portal.stand_in import is_stand_in
from recalldesk.portal.subject import Subject, find_subject, subject_or_404
from recalldesk.portal.views.answering import form_answer, page, public_page
from recalldesk.portal.views.held_up import held_up
from recalldesk.portal.views.stand_in import none_answered, not_answered
from recalldesk.recalls.document.remedy import Remedy
from recalldesk.recalls.reads import known_recalls
from recalldesk.units.checking import AnswerUnavailable
from recalldesk.units.verdict.answer import Verdict, Why


def check_values(subject: Subject | None) -> dict[str, Any]:
    """What a page with a serial field needs."""
    products = (
        subject.products
        if subject
        else tuple(found.product for found in all_products(known_recalls()))
    )
    return {
        "subject": subject,
        "readings": readings_of(products) if subject else (),
        "alphabets": alphabets_of(products) if subject else (),
        "alike": alike_characters(products),
        "exact_length": exact_length(products),
    }


@public_page
def check(request: HttpRequest, slug: str, brand: str = "") -> HttpResponse:
    """A brand's check page."""
    subject = subject_or_404(slug, brand)
    if is_stand_in(request):
        return not_answered(request, subject)
    response = page(request, "check.html", check_values(subject) | photo_values(Asked()))
    response["Content-Security-Policy"] = PAGE_THAT_IS_SOUGHT
    return response


@public_page
def check_any(request: HttpRequest) -> HttpResponse:
    """The check page for any product, also after a reload of an answer."""
    if is_stand_in(request):
        return none_answered(request)
    values = check_values(None) | {"found": products_here(request)}
    return page(request, "check_any.html", values)


@form_answer(check_any)
def check_answer(request: HttpRequest) -> HttpResponse:
    """The answer to a serial."""
    asked = asked_from(request.POST)
    if not normalise(asked.serial):
        return _nothing_typed(request, asked)
    subject = find_subject(asked.recall, asked.brand)
    frame = _frame(request, subject, asked)
    held = held_up(request, asked.fields, frame=frame, subject=subject)
    if held is not None:
        return held
    try:
        told = tell(asked)
    except AnswerUnavailable:
        return try_later(request, asked)
    return result_page(request, asked, told)


def try_later(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The page for a moment in which only a fresh index could answer."""
    subject = find_subject(asked.recall, asked.brand)
    return page(
        request,
        "results/try_later.html",
        {"asked": asked, "subject": subject},
        frame=_frame(request, subject, asked),
    )


def result_page(
    request: HttpRequest,
    asked: Asked,
    told: Told,
    *,
    frame: Frame | None = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page of a verdict, in the frame of the recall that gave it unless another is given.

    `more` values may name another `template`.
    """
    told = _told_here(request, asked, told)
    answer, subject = told.answer, told.page
    values = {
        "asked": asked,
        "told": told,
        "answer": answer,
        "is_anothers": is_anothers(request, told.subjects),
        "others": others_beside(answer, _models(asked, told)),
        "offers": [(each, offered_in(each, asked.country)) for each in told.subjects],
        "reason": asks_for_person(answer)
        if answer.verdict is Verdict.ASK_A_PERSON
        else reason(answer, subject.products if subject else ()),
    }
    if answer.verdict is Verdict.LOOK_AGAIN:
        values |= check_values(subject)
        values["shows_products"] = answer.why in (Why.UNKNOWN_MODEL, Why.SISTER_PRODUCT)
        values["found"] = products_here(request)
    values["subject"] = subject
    if may_help(answer) and subject is not None:
        values |= photo_values(replace(asked, second_look=answer.second_look))
    values |= more or {}
    template = str(values.get("template", f"results/{answer.verdict.value}.html"))
    return page(request, template, values, frame=frame or _frame(request, subject, asked))


def _models(asked: Asked, told: Told) -> tuple[str, ...]:
    """The models that the owner may have: the one given, else those of the page."""
    if asked.model:
        return (asked.model,)
    return told.page.models if told.page and len(told.subjects) < 2 else ()


def _told_here(request: HttpRequest, asked: Asked, told: Told) -> Told:
    """Where neither page nor model says under which brand the owner knows it, the host does."""
    if asked.recall or asked.model:
        return told
    subjects = tuple(under_brand_here(request, each) for each in told.subjects)
    page = under_brand_here(request, told.page) if told.page else None
    return replace(told, subjects=subjects, page=page)


def offered_in(subject: Subject, country: str) -> list[tuple[tuple[str, ...], tuple[Remedy, ...]]]:
    """The remedies, with the countries where just these are offered: the owner's alone where it is
    known. No country is named where all have the same."""
    document = subject.document
    countries = (country,) if country in document.countries else document.countries
    offers: dict[tuple[str, ...], list[str]] = {}
    for code in countries:
        keys = tuple(remedy.key for remedy in document.remedies if code in remedy.countries)
        offers.setdefault(keys, []).append(code)
    names_countries = len(offers) > 1 or len(countries) < len(document.countries)
    return [
        (
            tuple(codes) if names_countries else (),
            tuple(remedy for remedy in document.remedies if remedy.key in keys),
        )
        for keys, codes in offers.items()
    ]


def _frame(request: HttpRequest, subject: Subject | None, asked: Asked) -> Frame:
    """The frame of an answer: in another language the same is asked again."""
    address = reverse("portal:check_any")
    frame = frame_of(request, subject, address) if subject else general_frame(request, address)
    return replace(frame, asked=asked.fields)


def _nothing_typed(request: HttpRequest, asked: Asked) -> HttpResponse:
    """The check page again, with what to do."""
    subject = find_subject(asked.recall, asked.brand)
    values = check_values(subject) | photo_values(Asked()) | {"asked": asked, "problem": "empty"}
    template = "check.html" if subject else "check_any.html"
    if subject is None:
        values["found"] = products_here(request)
    return page(request, template, values, frame=_frame(request, subject, asked), status=422)
