"""Contacts: listed, one opened, what was said shown, linked to a claim, scans attached."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.claims.desk.contact_export import named
from recalldesk.claims.desk.contact_list import (
    WHY_SHOWN,
    ContactFilters,
    contact_numbered,
    contacts_page,
    filing_named,
    row_of,
    show_note,
    show_scan,
)
from recalldesk.claims.desk.contacts import attach_scan, link_contact, record_contact
from recalldesk.claims.desk.told_by_owner import is_reached
from recalldesk.claims.desk_days import desk_days
from recalldesk.claims.errors import FieldProblem, FieldsRefused, NotPossibleNow
from recalldesk.claims.models import Contact, Filing
from recalldesk.claims.states import Channel, ContactAbout
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.calls.form import ContactForm, line
from recalldesk.console.large_bodies import takes_files
from recalldesk.console.queue_words import promised_words
from recalldesk.console.views.claim import picture_of
from recalldesk.evidence.errors import PhotoRefused
from recalldesk.evidence.reads import photos_of
from recalldesk.evidence.words import REFUSALS, in_one
from recalldesk.foundation import clock
from recalldesk.incidents.looking import account_shown
from recalldesk.incidents.reads import incident_of_contact, told_of_danger
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import live_recalls

LONGEST_PLACE = 18


@require_safe
def contacts(request: DeskRequest) -> HttpResponse:
    """A page of the list."""
    sent = request.GET.dict()
    filters, is_refused = filters_in(sent)
    place = sent.get("after", "")
    after = (
        int(place) if place.isascii() and place.isdigit() and len(place) < LONGEST_PLACE else None
    )
    found = contacts_page(filters, by=request.user, after=after)
    narrowed = named(filters)
    values = {
        "rows": found.rows,
        "filters": filters,
        "is_refused": is_refused,
        "is_narrowed": bool(narrowed),
        "is_first": after is None,
        "next_query": urlencode(narrowed | {"after": str(found.after)}) if found.after else "",
        "first_query": urlencode(narrowed),
        "may_export": request.user.may(Permission.EXPORT_LIST),
        "channels": Channel.choices,
        "abouts": ContactAbout.choices,
        "recalls": [live.slug for live in live_recalls()],
        "may_enter": request.user.may(Permission.ENTER_CLAIM),
        "after": after,
    }
    return page(request, "contacts.html", values)


def filters_in(sent: dict[str, str]) -> tuple[ContactFilters, bool]:
    """What the list is narrowed to; whether something that is none was left out."""
    channel, about, day = (sent.get(key, "") for key in ("channel", "about", "day"))
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        on = None
    recall = sent.get("recall", "")
    is_slug = recall.isascii() and recall.replace("-", "").isalnum() and len(recall) <= 60
    found = ContactFilters(
        recall=recall if is_slug else "",
        channel=Channel(channel) if channel in Channel.values else None,
        about=ContactAbout(about) if about in ContactAbout.values else None,
        day=on,
    )
    kept = (found.recall, found.channel, found.about, found.day)
    return found, any(
        typed and not value
        for typed, value in zip((recall, channel, about, day), kept, strict=True)
    )


class NewContactForm(ContactForm):
    """A contact without a call: a letter, a visit to a shop."""

    reference = line("Claim", hint="Its reference, where there is one.", most=20)


@require_http_methods(["GET", "HEAD", "POST"])
def new_contact(request: DeskRequest) -> HttpResponse:
    """Records one, with or without a claim."""
    recalls = live_recalls()
    if request.method != "POST":
        return _new(request, NewContactForm(), get_random_string(24))
    form = NewContactForm(data=request.POST)
    live = next((each for each in recalls if each.slug == request.POST.get("recall")), None)
    nonce = request.POST.get("nonce", "")[:64]
    try:
        if live is None:
            raise FieldsRefused({"reference": FieldProblem.NOT_OFFERED})
        contact = record_contact(
            recall=Recall.objects.get(pk=live.recall_id),
            by=request.user,
            channel=form.way,
            about=form.subject,
            nonce=nonce,
            note=form.text("note"),
            happened_at=form.moment,
            filing=_claim_of(form.text("reference"), live.recall_id),
        )
    except FieldsRefused as refused:
        form.show(refused)
        return _new(request, form, nonce or get_random_string(24), status=422)
    messages.success(request, "The contact is noted.")
    return _to(contact)


def _claim_of(reference: str, recall_id: int) -> Filing | None:
    """The claim that is named, or None where none is. Raises FieldsRefused."""
    if not reference:
        return None
    filing = filing_named(reference, recall_id=recall_id)
    if filing is None:
        raise FieldsRefused({"reference": FieldProblem.NOT_A_REFERENCE})
    return filing


def _new(
    request: DeskRequest, form: NewContactForm, nonce: str, *, status: int = 200
) -> HttpResponse:
    values = {
        "form": form,
        "nonce": nonce,
        "recalls": [live.slug for live in live_recalls()],
        "chosen": request.POST.get("recall", ""),
    }
    return page(request, "contact_new.html", values, status=status)


def _contact_or_404(request: DeskRequest, number: int) -> Contact:
    found = contact_numbered(number, by=request.user)
    if found is None:
        raise Http404
    return found


@require_safe
def contact(request: DeskRequest, number: int) -> HttpResponse:
    """One contact."""
    return _shown(request, _contact_or_404(request, number))


def _shown(
    request: DeskRequest,
    found: Contact,
    *,
    note: str | None = None,
    problem: str = "",
    typed: str = "",
    status: int = 200,
) -> HttpResponse:
    values: dict[str, Any] = {
        "contact": row_of(found),
        "note": note,
        "told_of_danger": told_of_danger(found.pk),
        "incident": incident_of_contact(found.pk),
        "problem": problem,
        "typed": typed,
        "scans": photos_of(found.evidence) if found.evidence else [],
        "may_see": request.user.may(Permission.SEE_PERSONAL),
        "may_enter": request.user.may(Permission.ENTER_CLAIM),
    }
    if found.filing is not None:
        values |= _of_claim(found.filing)
    return page(request, "contact.html", values, status=status)


def _of_claim(filing: Filing) -> dict[str, Any]:
    days = filing.claims.filter(promised_on__isnull=False).order_by("promised_on")
    first = days.values_list("promised_on", flat=True).first()
    today = desk_days(clock.now()).today(filing.recall_id)
    try:
        url = reverse("console:claim", kwargs={"reference": filing.reference, "position": 1})
    except NoReverseMatch:
        url = ""
    return {
        "claim_url": url,
        "promised": promised_words(first, today) if first else None,
        "promised_on": first,
        "is_written_to": is_reached(filing),
        "has_address": bool(filing.sealed_address),
        "language": filing.language,
    }


@require_POST
def contact_note(request: DeskRequest, number: int) -> HttpResponse:
    """What was said; the log says who looked."""
    found = _contact_or_404(request, number)
    told = account_shown(by=request.user, reason=WHY_SHOWN, contact_id=found.pk)
    said = (show_note(contact=found, by=request.user), told)
    return _shown(request, found, note="\n".join(each for each in said if each))


@require_POST
def contact_link(request: DeskRequest, number: int) -> HttpResponse:
    """Says of which claim it was."""
    found = _contact_or_404(request, number)
    typed = request.POST.get("reference", "").strip()[:40]
    try:
        filing = _claim_of(typed, found.recall_id)
    except FieldsRefused:
        filing = None
    if filing is None:
        words = "There is no claim of this reference under this recall. It looks like R-2345-ACDE."
        return _shown(request, found, problem=words, typed=typed, status=422)
    try:
        link_contact(contact=found, filing=filing, by=request.user)
    except NotPossibleNow:
        words = "This contact belongs to another claim already."
        return _shown(request, found, problem=words, typed=typed, status=409)
    messages.success(request, "The contact is linked.")
    return _to(found)


@require_safe
def contact_scan(request: DeskRequest, number: int, scan: int) -> HttpResponse:
    """The picture of a scan; the log says who looked."""
    found = show_scan(contact=_contact_or_404(request, number), number=scan, by=request.user)
    if found is None:
        raise Http404
    return picture_of(found)


@takes_files
@require_POST
def contact_scans(request: DeskRequest, number: int) -> HttpResponse:
    """Attaches scans; each is taken or refused by itself."""
    found = _contact_or_404(request, number)
    refused = []
    for file in request.FILES.getlist("scan"):
        try:
            attach_scan(contact=found, by=request.user, chunks=file.chunks())
        except PhotoRefused as problem:
            words = REFUSALS[problem.kind]
            refused.append(f"{file.name}: {in_one(words)}")
    if refused:
        return _shown(request, found, problem=" ".join(refused), status=422)
    return _to(found)


def _to(found: Contact) -> HttpResponse:
    return HttpResponseRedirect(reverse("console:contact", args=[found.pk]), status=303)
