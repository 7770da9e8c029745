"""The second look of a check by photo: the photo comes in, and its answer is shown.

Guarantees: no page waits for a job; what was typed and read stands in no address, and these pages
are kept by nobody; an answer stands on what is live when it is shown, and is counted once.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from recalldesk.checks import photo_looks
from recalldesk.checks.counts import count_answer
from recalldesk.checks.models import PhotoLook
from recalldesk.checks.states import LookState, Source
from recalldesk.evidence.models import Photo
from recalldesk.evidence.states import PhotoKind, PhotoProblem
from recalldesk.evidence.words import PROBLEMS, Words
from recalldesk.foundation.page_policy import PAGE_THAT_SENDS
from recalldesk.foundation.serial_form import normalise
from recalldesk.portal.asking import Asked, Told, asked_from, serial_from, tell
from recalldesk.portal.frame import Frame, frame_of, general_frame
from recalldesk.portal.look_pass import give_look_pass, look_at_hand
from recalldesk.portal.photo_choosing import NO_PHOTO, photo_values
from recalldesk.portal.same_origin import same_origin
from recalldesk.portal.subject import Subject, find_subject
from recalldesk.portal.uploading.photos_busy import busy_page, too_much_page
from recalldesk.portal.uploading.receiving import Place, few_at_once, is_too_much, receive_one
from recalldesk.portal.views.answering import page, refused
from recalldesk.portal.views.checks import check_any, check_values, result_page
from recalldesk.portal.views.held_up import held_up
from recalldesk.recalls.reads import recall_named
from recalldesk.units.checking import AnswerUnavailable
from recalldesk.units.verdict.answer import Verdict, Why

FIELD = "photo"
ANOTHER = "another"
"""Of a form that sends another photo for the same question."""
SHOW = "show"
"""Of one that was asked for a proof, and then asks for the answer."""


def _for_one(view: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that answers one person alone."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            response = refused(request, "GET", "HEAD", "POST")
        else:
            response = view(request)
        response["Cache-Control"] = "no-store"
        return response

    return same_origin(answer)


@few_at_once(busy_page)
@_for_one
def photo(request: HttpRequest) -> HttpResponse:
    """Takes a photo, or shows what came of it."""
    if request.method != "POST":
        return _shown(request)
    if is_too_much(request):
        return too_much_page(request)
    if SHOW in request.POST:
        return _shown(request)
    before = look_at_hand(request) if ANOTHER in request.POST else None
    if before is not None:
        if not photo_looks.may_be_photographed_again(before):
            return _to_answer()
        asked = Asked(**photo_looks.another_question(before))
    elif ANOTHER in request.POST:
        return _over(request)
    else:
        asked = asked_from(request.POST)
    subject = find_subject(asked.recall, asked.brand)
    if subject is None or not normalise(asked.serial):
        return check_any(request)
    return _received(request, asked, subject, before)


def _received(
    request: HttpRequest, asked: Asked, subject: Subject, before: PhotoLook | None
) -> HttpResponse:
    """Leads on to the answer; or says why the photo was not taken, and asks for another."""
    file = next((file for file in request.FILES.getlist(FIELD) if file.size), None)
    recall = recall_named(subject.slug)
    if file is None or recall is None:
        return _not_taken(request, asked, subject, NO_PHOTO, before)
    look, token = photo_looks.begin_look(recall=recall, fields=dict(asked.fields), after=before)
    outcome = _taken(request, look, file)
    if not isinstance(outcome, Photo):
        photo_looks.end_look(look=look)
        return _not_taken(request, asked, subject, outcome, before)
    if before is not None:
        photo_looks.end_look(look=before)
    return give_look_pass(request, _to_answer(), token)


def _taken(
    request: HttpRequest,
    look: PhotoLook,
    file: UploadedFile,  # type: ignore[type-arg]  # it has none when it runs
) -> Photo | Words:
    return receive_one(request, Place(look.evidence_set, PhotoKind.LABEL), file.chunks())


def _not_taken(
    request: HttpRequest, asked: Asked, subject: Subject, words: Words, before: PhotoLook | None
) -> HttpResponse:
    values = photo_values(asked, is_another=before is not None) | check_values(subject)
    values |= {"asked": asked, "words": words}
    frame = _frame(request, subject)
    return page(request, "photo/not_taken.html", values, frame=frame, status=422)


@_for_one
def text(request: HttpRequest) -> HttpResponse:
    """Another text for the photo that was read."""
    look = look_at_hand(request)
    if request.method != "POST":
        return _to_answer()
    if look is None:
        return _over(request)
    serial = serial_from(request.POST, "serial")
    asked = Asked(**photo_looks.question_of(look).fields)
    subject = find_subject(asked.recall, asked.brand)
    if normalise(serial):
        held = held_up(
            request, (("serial", serial),), frame=_frame(request, subject), subject=subject
        )
        if held is not None:
            return held
        photo_looks.type_again(look=look, serial=serial)
    return _to_answer()


@_for_one
def waits(request: HttpRequest) -> HttpResponse:
    """For the page's script: whether the photo is still waiting to be read."""
    look = look_at_hand(request)
    return JsonResponse({"waits": look is not None and look.state == LookState.WAITING})


def _shown(request: HttpRequest) -> HttpResponse:
    look = look_at_hand(request)
    if look is None:
        return _over(request)
    asked = Asked(**photo_looks.question_of(look).fields)
    subject = find_subject(asked.recall, asked.brand)
    if not look.is_admitted:
        # Charged as a check is, before anything is looked at; the photo is being read meanwhile.
        held = held_up(request, ((SHOW, "1"),), frame=_frame(request, subject), subject=subject)
        if held is not None:
            return held
        photo_looks.admit_look(look=look)
    if request.method == "POST":
        return _to_answer()
    if look.state == LookState.WAITING:
        return _waiting(request, asked, subject)
    return _answered(request, look, asked, subject)


def _waiting(request: HttpRequest, asked: Asked, subject: Subject | None) -> HttpResponse:
    values = {"asked": asked, "subject": subject, "fields": asked.fields}
    response = page(request, "photo/waiting.html", values, frame=_frame(request, subject))
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response


def _answered(
    request: HttpRequest, look: PhotoLook, asked: Asked, subject: Subject | None
) -> HttpResponse:
    try:
        told = tell(asked, photo_looks.photographed(look))
    except AnswerUnavailable:
        values = {"asked": asked, "subject": subject}
        return page(request, "photo/try_later.html", values, frame=_frame(request, subject))
    if photo_looks.note_answer(look=look, second_look=told.answer.second_look):
        count_answer(told.answer, Source.PHOTO)
    return _result(request, look, asked, told)


def _result(request: HttpRequest, look: PhotoLook, asked: Asked, told: Told) -> HttpResponse:
    """The page of the verdict, with what the photo has to do with it."""
    answer, frame = told.answer, _frame(request, told.page)
    more: dict[str, Any] = {"photo_fields": None}
    if answer.verdict is Verdict.AFFECTED:
        more["by_photo"] = answer.read_as not in normalise(asked.serial)
        asked = replace(asked, serial=answer.read_as)
    elif answer.verdict is Verdict.NOT_AFFECTED:
        more["by_photo"] = answer.why is Why.PHOTOGRAPHED
    elif answer.verdict is Verdict.LOOK_AGAIN:
        more = _another_look(look, asked, told)
    elif answer.why is Why.STILL_IN_DOUBT:
        more["reason"] = gettext("Your photo does not settle it, and a mistake here matters.")
    return result_page(request, asked, told, frame=frame, more=more)


def _another_look(look: PhotoLook, asked: Asked, told: Told) -> dict[str, Any]:
    """What the page holds that asks for another photo, or for another text."""
    problem = photo_looks.seen_in(look).problem
    return photo_values(asked, is_another=True) | {
        "template": "photo/again.html",
        "may_photograph": photo_looks.may_be_photographed_again(look),
        "wants_photo": told.answer.why is not Why.READS_OTHERWISE,
        "words": PROBLEMS[PhotoProblem(problem)] if problem else None,
    }


def _over(request: HttpRequest) -> HttpResponse:
    """The page for a browser that has no look, or had one until an hour ago."""
    return page(request, "photo/over.html", {})


def _to_answer() -> HttpResponse:
    response = redirect(reverse("portal:check_photo"))
    response.status_code = 303
    return response


def _frame(request: HttpRequest, subject: Subject | None) -> Frame:
    address = reverse("portal:check_photo")
    return frame_of(request, subject, address) if subject else general_frame(request, address)
