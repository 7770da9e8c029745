"""The page at the link of a notice: danger first, then one button, then the answers of one click.

Guarantees: looking changes and counts nothing, since mail programs look ahead; each answer is one
press of a button, stands on the page from then on, and is taken back by another; a page shows
nothing of whom we wrote to but product, shop and day.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from recalldesk.claims.access import mail_new_link
from recalldesk.claims.models import Filing
from recalldesk.claims.states import FilingState
from recalldesk.outreach.answering.actions import answer, take_back_answer
from recalldesk.outreach.answering.done_already import tie_claim
from recalldesk.outreach.answering.errors import AnswerFault, AnswerRefused
from recalldesk.outreach.answering.next_owner import next_owner_in, next_owners_of
from recalldesk.outreach.answering.opening import begin_claim, note_opened
from recalldesk.outreach.answering.passing_on import name_next_owner
from recalldesk.outreach.answering.seen import SeenNotice
from recalldesk.outreach.models import Answer
from recalldesk.outreach.states import AnswerKind
from recalldesk.outreach.waves.places import bought_in_words
from recalldesk.portal.claiming.steps import see
from recalldesk.portal.claiming.visitor import give_pass, visitor_of
from recalldesk.portal.frame import frame_of
from recalldesk.portal.same_origin import same_origin
from recalldesk.portal.told.answered import (
    kept_by_nobody,
    not_known,
    notice_page,
    seen_at,
    subject_of,
)
from recalldesk.portal.told.forms import FAULT_WORDS, NextOwnerForm, ReferenceForm
from recalldesk.portal.told.words import told_words
from recalldesk.portal.views.answering import refused
from recalldesk.portal.views.held_up import held_up

TOLD, SENT, NAMED, LOOKED_UP = "?told", "?sent", "?named", "?looked-up"
"""What the page says after a form, so that a reload sends nothing twice."""
Act = Callable[[HttpRequest, SeenNotice, str], HttpResponse]


@same_origin
def told(request: HttpRequest, token: str) -> HttpResponse:
    """The page, and the answer to each of its buttons."""
    if request.method not in ("GET", "HEAD", "POST"):
        return kept_by_nobody(refused(request, "GET", "HEAD", "POST"))
    seen = seen_at(token)
    if seen is None:
        return not_known(request)
    if request.method != "POST":
        return _page(request, seen, token)
    note_opened(seen.notice)
    act = ACTS.get(request.POST.get("do", ""), _page)
    return kept_by_nobody(act(request, seen, token))


def _page(
    request: HttpRequest,
    seen: SeenNotice,
    token: str,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    language = get_language() or "en"
    document = seen.live.document
    by_kind = {each.kind: each for each in seen.answers}
    sold = by_kind.get(AnswerKind.SOLD)
    values = {
        "things": [
            (each, bought_in_words(document, [each.thing], language, seen.notice.country))
            for each in seen.things
        ],
        "said": [(each, told_words(each, seen.units, document, language)) for each in seen.answers],
        "kinds": {each.value: each in by_kind for each in AnswerKind},
        "next_owners": len(next_owners_of(sold)) if sold else 0,
        "may_name_more": sold is not None and len(next_owners_of(sold)) < sold.units,
        "next_form": NextOwnerForm(),
        "reference_form": ReferenceForm(),
        "was_told": TOLD[1:] in request.GET,
        "was_sent": SENT[1:] in request.GET,
        "was_named": NAMED[1:] in request.GET,
        "was_looked_up": LOOKED_UP[1:] in request.GET,
        "units_asked": seen.units,
    }
    return notice_page(request, seen, "notice.html", values | more, token=token, status=status)


def _claim(request: HttpRequest, seen: SeenNotice, token: str) -> HttpResponse:
    """The draft that this browser began by the link, else a new one."""
    for filing in seen.filings:
        if filing.state == FilingState.DRAFT and visitor_of(request, filing.key):
            return see(reverse("portal:claim_unit", args=[filing.key]))
    held = _held_up(request, seen, token, "do")
    if held is not None:
        return held
    filing, passed = begin_claim(seen=seen, language=get_language() or "en")
    response = see(reverse("portal:claim_unit", args=[filing.key]))
    return give_pass(request, response, filing=filing, token=passed)


def _see_claim(request: HttpRequest, seen: SeenNotice, token: str) -> HttpResponse:
    """Opens a claim that this browser may see; else its link goes to whoever made it."""
    for filing in seen.filed:
        if visitor_of(request, filing.key):
            return see(reverse("portal:claim", args=[filing.key]))
    last: Filing | None = next(iter(reversed(seen.filed)), None)
    if last is not None:
        mail_new_link(filing=last)
    return see(reverse("portal:told", args=[token]) + SENT)


def _answered(kind: AnswerKind) -> Act:
    def act(request: HttpRequest, seen: SeenNotice, token: str) -> HttpResponse:
        typed = request.POST.get("units", "").strip()
        is_number = typed.isascii() and typed.isdecimal() and len(typed) < 7
        try:
            if typed and not is_number:
                raise AnswerRefused(AnswerFault.NOT_SO_MANY)
            answer(notice=seen.notice, kind=kind, units=int(typed) if typed else None)
        except AnswerRefused as problem:
            words = FAULT_WORDS[problem.fault]
            return _page(request, seen, token, 422, units_problem=words, units_asked=typed[:7])
        return see(reverse("portal:told", args=[token]) + TOLD)

    return act


def _taken_back(request: HttpRequest, seen: SeenNotice, token: str) -> HttpResponse:
    """Takes back one of the answers that stand."""
    number = request.POST.get("answer", "")
    for each in seen.answers:
        if str(each.pk) == number:
            take_back_answer(answer=each)
    return see(reverse("portal:told", args=[token]))


def _next_owner(request: HttpRequest, seen: SeenNotice, token: str) -> HttpResponse:
    sold = _standing(seen, AnswerKind.SOLD)
    form = NextOwnerForm(data=request.POST)
    if sold is None:
        return see(reverse("portal:told", args=[token]))
    try:
        owner = next_owner_in(
            name=form.text("next_name"),
            contact=form.text("next_contact"),
            countries=seen.live.document.countries,
        )
        if owner is None:
            raise AnswerRefused(AnswerFault.NO_CONTACT)
        held = _held_up(request, seen, token, "do", "next_name", "next_contact")
        if held is not None:
            return held
        name_next_owner(answer=sold, owner=owner)
    except AnswerRefused as problem:
        form.say(problem.fault)
        return _page(request, seen, token, 422, next_form=form)
    return see(reverse("portal:told", args=[token]) + NAMED)


def _reference(request: HttpRequest, seen: SeenNotice, token: str) -> HttpResponse:
    """The same is said whether or not there is such a claim."""
    if _standing(seen, AnswerKind.DONE_ALREADY) is None:
        return see(reverse("portal:told", args=[token]))
    held = _held_up(request, seen, token, "do", "reference", "contact")
    if held is not None:
        return held
    form = ReferenceForm(data=request.POST)
    reference, contact = form.text("reference"), form.text("contact")
    tie_claim(notice=seen.notice, reference=reference, contact=contact)
    return see(reverse("portal:told", args=[token]) + LOOKED_UP)


def _standing(seen: SeenNotice, kind: AnswerKind) -> Answer | None:
    return next((each for each in seen.answers if each.kind == kind), None)


def _held_up(
    request: HttpRequest, seen: SeenNotice, token: str, *names: str
) -> HttpResponse | None:
    """Charged as a check is, so that nobody makes drafts or names contacts by the thousand."""
    fields = [(name, request.POST[name]) for name in names if name in request.POST]
    subject = subject_of(seen)
    frame = frame_of(request, subject, reverse("portal:told", args=[token]))
    return held_up(request, fields, frame=frame, subject=subject)


ACTS: Mapping[str, Act] = {
    "claim": _claim,
    "see_claim": _see_claim,
    "take_back": _taken_back,
    "next_owner": _next_owner,
    "reference": _reference,
    **{kind.value: _answered(kind) for kind in AnswerKind},
}
