"""The second look of a check by photo: the photo comes in, and its answer is shown.

Guarantees: no page waits for a job; what was typed and read stands in no address, and these pages
are kept by nobody; an answer stands on what is live when it is shown, and is counted once.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, Concatenate, ParamSpec

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
from recalldesk.portal.look_pass import HeldLook, give_look_pass, held_look, new_name
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
ASK = "ask"
"""Of a form in a frame, which takes no photo there: the page that does."""
SHOW = "show"
"""Of one that was asked for a proof, and then asks for the answer."""

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def _for_one(view: View[P]) -> Callable[..., HttpResponse]:
    """A page that answers one person alone."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            response = refused(request, "GET", "HEAD", "POST")
        else:
            response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return same_origin(answered)


@few_at_once(busy_page)
@_for_one
def photo(request: HttpRequest) -> HttpResponse:
    """Takes the first photo of a check."""
    if request.method != "POST":
        return _over(request)
    if is_too_much(request):
        return too_much_page(request)
    asked = asked_from(request.POST)
    subject = find_subject(asked.recall, asked.brand)
    return _received(request, asked, subject, None) if subject else check_any(request)


@few_at_once(busy_page)
@_for_one
def answer(request: HttpRequest, name: str) -> HttpResponse:
    """Shows what came of a photo, or takes another one of the same check."""
    held = held_look(request, name)
    if request.method != "POST":
        return _shown(request, held)
    if is_too_much(request):
        return too_much_page(request)
    if held is None or SHOW in request.POST:
        return _shown(request, held)
    if not photo_looks.may_be_photographed_again(held.look):
        return _to_answer(held.name)
    asked = Asked(**photo_looks.another_question(held.look))
    subject = find_subject(asked.recall, asked.brand)
    return _received(request, asked, subject, held) if subject else _over(request)


def _received(
    request: HttpRequest, asked: Asked, subject: Subject, before: HeldLook | None
) -> HttpResponse:
    """Leads on to the answer; or says why the photo was not taken, and asks for another."""
    file = next((file for file in request.FILES.getlist(FIELD) if file.size), None)
    recall = recall_named(subject.slug)
    if file is None or recall is None:
        words = None if ASK in request.POST else NO_PHOTO
        return _not_taken(request, asked, subject, words, before)
    after = before.look if before else None
    look, token = photo_looks.begin_look(recall=recall, fields=dict(asked.fields), after=after)
    outcome = _taken(request, look, file)
    if not isinstance(outcome, Photo):
        photo_looks.end_look(look=look)
        return _not_taken(request, asked, subject, outcome, before)
    if after is not None:
        photo_looks.end_look(look=after)
    name = before.name if before else new_name()
    return give_look_pass(request, _to_answer(name), name=name, token=token)


def _taken(
    request: HttpRequest,
    look: PhotoLook,
    file: UploadedFile,  # type: ignore[type-arg]  # it has none when it runs
) -> Photo | Words:
    return receive_one(request, Place(look.evidence_set, PhotoKind.LABEL), file.chunks())


def _not_taken(
    request: HttpRequest,
    asked: Asked,
    subject: Subject,
    words: Words | None,
    before: HeldLook | None,
) -> HttpResponse:
    """The page that asks for a photo. Without words none was sent yet, and none was missed."""
    again_at = before.address() if before else ""
    values = photo_values(asked, again_at=again_at) | check_values(subject)
    values |= {"asked": asked, "words": words, "is_first": not normalise(asked.serial)}
    frame = _frame(request, subject, again_at)
    status = 422 if words else 200
    return page(request, "photo/not_taken.html", values, frame=frame, status=status)


@_for_one
def text(request: HttpRequest, name: str) -> HttpResponse:
    """Another text for the photo that was read."""
    held = held_look(request, name)
    if request.method != "POST":
        return _to_answer(name)
    if held is None:
        return _over(request)
    serial = serial_from(request.POST, "serial")
    asked = Asked(**photo_looks.question_of(held.look).fields)
    subject = find_subject(asked.recall, asked.brand)
    if normalise(serial):
        fields = (("serial", serial),)
        frame = _frame(request, subject, held.address())
        refusal = held_up(request, fields, frame=frame, subject=subject)
        if refusal is not None:
            return refusal
        photo_looks.type_again(look=held.look, serial=serial)
    return _to_answer(name)


@_for_one
def waits(request: HttpRequest, name: str) -> HttpResponse:
    """For the page's script: whether the photo is still waiting to be read."""
    held = held_look(request, name)
    return JsonResponse({"waits": held is not None and held.look.state == LookState.WAITING})


def _shown(request: HttpRequest, held: HeldLook | None) -> HttpResponse:
    if held is None:
        return _over(request)
    asked = Asked(**photo_looks.question_of(held.look).fields)
    subject = find_subject(asked.recall, asked.brand)
    if not held.look.is_admitted:
        # Charged as a check is, before anything is looked at; the photo is being read meanwhile.
        frame = _frame(request, subject, held.address())
        refusal = held_up(request, ((SHOW, "1"),), frame=frame, subject=subject)
        if refusal is not None:
            return refusal
        photo_looks.admit_look(look=held.look)
    if request.method == "POST":
        return _to_answer(held.name)
    if held.look.state == LookState.WAITING:
        return _waiting(request, held, asked, subject)
    return _answered(request, held, asked, subject)


def _waiting(
    request: HttpRequest, held: HeldLook, asked: Asked, subject: Subject | None
) -> HttpResponse:
    values = {
        "asked": asked,
        "subject": subject,
        "look_url": held.address(),
        "waits_url": held.address("check_photo_waits"),
    }
    frame = _frame(request, subject, held.address())
    response = page(request, "photo/waiting.html", values, frame=frame)
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response


def _answered(
    request: HttpRequest, held: HeldLook, asked: Asked, subject: Subject | None
) -> HttpResponse:
    try:
        told = tell(asked, photo_looks.photographed(held.look))
    except AnswerUnavailable:
        values = {"asked": asked, "subject": subject, "look_url": held.address()}
        frame = _frame(request, subject, held.address())
        return page(request, "photo/try_later.html", values, frame=frame)
    if not normalise(asked.serial) and told.answer.verdict is not Verdict.AFFECTED:
        # No answer yet: it binds no text, and is counted once there is one.
        photo_looks.note_answer(look=held.look, second_look="")
        return _asks_to_type(request, held, asked, told)
    if photo_looks.note_answer(look=held.look, second_look=told.answer.second_look):
        count_answer(told.answer, Source.PHOTO)
    return _result(request, held, asked, told)


def _asks_to_type(request: HttpRequest, held: HeldLook, asked: Asked, told: Told) -> HttpResponse:
    """The page for a photo that came before any text. It says nothing of what was read: whoever
    types must read the unit, and not our reading of it."""
    subject = find_subject(asked.recall, asked.brand)
    problem = photo_looks.seen_in(held.look).problem
    values = photo_values(asked, again_at=held.address()) | check_values(subject)
    values |= {
        "asked": asked,
        "text_url": held.address("check_photo_text"),
        "is_read": told.answer.why is Why.READS_OTHERWISE,
        "may_photograph": photo_looks.may_be_photographed_again(held.look),
        "words": PROBLEMS[PhotoProblem(problem)] if problem else None,
    }
    return page(request, "photo/type.html", values, frame=_frame(request, subject, held.address()))


def _result(request: HttpRequest, held: HeldLook, asked: Asked, told: Told) -> HttpResponse:
    """The page of the verdict, with what the photo has to do with it."""
    answer, frame = told.answer, _frame(request, told.page, held.address())
    more: dict[str, Any] = {"photo_fields": None, "text_url": held.address("check_photo_text")}
    if answer.verdict is Verdict.AFFECTED:
        more["by_photo"] = answer.read_as not in normalise(asked.serial)
        asked = replace(asked, serial=answer.read_as)
    elif answer.verdict is Verdict.NOT_AFFECTED:
        more["by_photo"] = answer.why is Why.PHOTOGRAPHED
    elif answer.verdict is Verdict.LOOK_AGAIN:
        more |= _another_look(held, asked, told)
    elif answer.why is Why.STILL_IN_DOUBT:
        more["reason"] = gettext("Your photo does not settle it, and a mistake here matters.")
    return result_page(request, asked, told, frame=frame, more=more)


def _another_look(held: HeldLook, asked: Asked, told: Told) -> dict[str, Any]:
    """What the page holds that asks for another photo, or for another text."""
    problem = photo_looks.seen_in(held.look).problem
    return photo_values(asked, again_at=held.address()) | {
        "template": "photo/again.html",
        "may_photograph": photo_looks.may_be_photographed_again(held.look),
        "wants_photo": told.answer.why is not Why.READS_OTHERWISE,
        "words": PROBLEMS[PhotoProblem(problem)] if problem else None,
    }


def _over(request: HttpRequest) -> HttpResponse:
    """The page for a browser that has no look, or had one until an hour ago."""
    return page(request, "photo/over.html", {})


def _to_answer(name: str) -> HttpResponse:
    response = redirect(reverse("portal:check_photo_answer", args=[name]))
    response.status_code = 303
    return response


def _frame(request: HttpRequest, subject: Subject | None, address: str) -> Frame:
    """The frame; in another language the answer at this address is shown, or the way to check."""
    address = address or reverse("portal:check_any")
    return frame_of(request, subject, address) if subject else general_frame(request, address)
