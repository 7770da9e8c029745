"""What an owner sends to the desk after a claim was filed: messages, photos, an appeal.

Guarantees: a form sent twice is one message and the same photos; whatever is not right with one
file, the text and the other files are kept; a program that dies in between leaves no claim waiting
for what came (`claims.go_on`).
"""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse

from recalldesk.claims.completeness import photos_asked
from recalldesk.claims.errors import FieldsRefused, NotPossibleNow
from recalldesk.claims.following import appeal as appeal_filing
from recalldesk.claims.following import owner_answered, owner_wrote
from recalldesk.claims.reads import seen_by_owner
from recalldesk.claims.remedying.proving import prove_disposal
from recalldesk.claims.states import ClaimState
from recalldesk.cleaning.limits import MOST_BYTES, TYPES
from recalldesk.evidence.states import PhotoKind
from recalldesk.foundation.page_policy import PAGE_THAT_SENDS
from recalldesk.portal.claiming.following_forms import AppealForm, MessageForm
from recalldesk.portal.claiming.photo_rows import marks_of
from recalldesk.portal.claiming.photo_words import KINDS
from recalldesk.portal.claiming.script_answers import field_answer
from recalldesk.portal.claiming.sent_photos import (
    has_photos,
    receive_sent,
    takes_photos,
    told_script,
)
from recalldesk.portal.claiming.standing import StandingFiling, standing_on_page
from recalldesk.portal.claiming.status import done, status_page
from recalldesk.portal.claiming.visitor import Visitor, filed_page, go_to
from recalldesk.portal.uploading.photos_busy import is_of_script
from recalldesk.portal.views.answering import page

LONGEST_NONCE = 32


@takes_photos
@filed_page(posts=True)
def message(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Keeps a message with its photos. Claims that waited for the owner go on: the one that it is
    about, or all of them.
    """
    if request.method != "POST":
        return go_to(visitor, "claim")
    nonce = nonce_of(request)
    form = MessageForm(units=visitor.seen.units, data=request.POST)
    try:
        kept = owner_wrote(
            filing_id=visitor.filing.pk,
            text=form.text("message"),
            nonce=nonce,
            position=form.position,
            has_photos=has_photos(request),
        )
    except FieldsRefused as problem:
        if is_of_script(request):
            return field_answer(problem)
        form.show(problem)
        return status_page(request, visitor, form=form, nonce=nonce, status=422)
    assert kept.evidence is not None
    received = receive_sent(request, kept.evidence, PhotoKind.OTHER)
    if received.taken:
        owner_answered(filing_id=visitor.filing.pk, position=form.position)
    if is_of_script(request) and has_photos(request):
        return told_script(visitor, received)
    if received.refused:
        return status_page(request, _anew(visitor), refused=received.refused, status=422)
    return done(visitor, "message")


def nonce_of(request: HttpRequest) -> str:
    """What the form carries so that it is taken once; a form without one is taken as a new one."""
    return request.POST.get("nonce", "")[:LONGEST_NONCE] or secrets.token_urlsafe(16)


def _anew(visitor: Visitor) -> Visitor:
    visitor.filing.refresh_from_db()
    return Visitor(visitor.opened, seen_by_owner(visitor.filing), visitor.subject)


@takes_photos
@filed_page(posts=True)
def more_photos(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """More photos of a unit, without a script: which unit, what it shows, the files."""
    standing = standing_on_page(visitor.seen)
    if not standing.can_send_photos:
        return done(visitor, "too-late")
    sent = request.POST if request.method == "POST" else request.GET
    values: dict[str, Any] = {
        "visitor": visitor,
        "subject": visitor.subject,
        "standing": standing,
        "unit": _unit_named(standing, sent.get("unit", "")),
        "kind": sent.get("kind", ""),
        "kinds": _kinds(standing),
        "to_write": _to_write(standing, sent.get("kind", "")),
        "types": ",".join(TYPES),
        "most_bytes": MOST_BYTES,
        "marks": visitor.seen.document.evidence.marks,
    }
    if request.method == "POST":
        if not has_photos(request):
            values["is_empty"] = True
        else:
            unit = values["unit"].unit
            kind = sent.get("kind", "")
            known = PhotoKind(kind) if kind in values["kinds"] else PhotoKind.OTHER
            received = receive_sent(request, unit.evidence, known)
            if received.taken:
                _go_on(visitor, unit.position, known)
            if is_of_script(request):
                return told_script(visitor, received)
            if not received.refused:
                return done(visitor, "proof" if known is PhotoKind.DISPOSAL else "photos")
            values |= {"refused": received.refused, "taken": len(received.taken)}
    status = 422 if request.method == "POST" else 200
    frame = visitor.frame(request)
    response = page(request, "claims/more_photos.html", values, frame=frame, status=status)
    response["Content-Security-Policy"] = PAGE_THAT_SENDS
    return response


def _go_on(visitor: Visitor, position: int, kind: PhotoKind) -> None:
    """A photo of how the unit was got rid of is no answer to what was asked to decide the claim."""
    if kind is PhotoKind.DISPOSAL:
        prove_disposal(filing_id=visitor.filing.pk, position=position)
    else:
        owner_answered(filing_id=visitor.filing.pk, position=position)


def _unit_named(standing: StandingFiling, position: str) -> Any:
    """The unit at a place, else the one that the page's headline is about."""
    named = [each for each in standing.units if str(each.unit.position) == position]
    return (named or [standing.foremost])[0]


def _kinds(standing: StandingFiling) -> dict[str, Any]:
    """What a photo may show: what the recall asks for, and anything else."""
    evidence = standing.seen.document.evidence
    asked = {
        kind
        for place, facts in enumerate(standing.seen.facts.units)
        for kind in photos_asked(evidence, facts, is_first=place == 0)
    }
    asked.add(PhotoKind.OTHER)
    if any(each.asks_proof for each in standing.units):
        asked.add(PhotoKind.DISPOSAL)
    return {kind.value: KINDS[kind] for kind in PhotoKind if kind in asked}


def _to_write(standing: StandingFiling, kind: str) -> list[tuple[int, tuple[str, ...]]]:
    """The units that are to be marked, and what with, line by line; nothing where the photo is to
    show something else.
    """
    evidence = standing.seen.document.evidence
    is_meant = kind in ("", PhotoKind.MARKING) and PhotoKind.MARKING in _kinds(standing)
    if not (evidence.marks and is_meant):
        return []
    return [
        (unit.position, marks_of(evidence.marks, evidence.word, unit.marking_code))
        for unit in (each.unit for each in standing.units)
    ]


@filed_page(posts=True)
def appeal(request: HttpRequest, visitor: Visitor) -> HttpResponse:
    """Asks another person to look again, with the owner's reason."""
    form = AppealForm(data=request.POST) if request.method == "POST" else AppealForm()
    nonce = nonce_of(request)
    if request.method == "POST":
        try:
            appeal_filing(filing_id=visitor.filing.pk, text=form.text("message"), nonce=nonce)
            return done(visitor, "appealed")
        except FieldsRefused as problem:
            form.show(problem)
        except NotPossibleNow:
            return done(visitor, "too-late")
    elif not standing_on_page(visitor.seen).can_appeal:
        return done(visitor, "too-late")
    values = {
        "visitor": visitor,
        "subject": visitor.subject,
        "form": form,
        "nonce": nonce,
        "was_declined": any(unit.state is ClaimState.DECLINED for unit in visitor.seen.units),
    }
    status = 422 if form.is_bound else 200
    frame = visitor.frame(request)
    return page(request, "claims/appeal.html", values, frame=frame, status=status)
