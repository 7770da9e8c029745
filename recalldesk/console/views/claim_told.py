"""What an owner told by phone or post about a claim: that they do not agree, or where to send it.

Guarantees: whatever is refused, all that was typed stands in the form again; nothing of what is
known of the owner is shown here.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_http_methods, require_POST

from recalldesk.claims.desk.opening import leave_claim
from recalldesk.claims.desk.told_by_owner import Told, appeal_told, details_told, is_reached
from recalldesk.claims.errors import FieldsRefused
from recalldesk.claims.models import Filing
from recalldesk.claims.remedies_offered import Need, needs_of, remedy_named
from recalldesk.claims.states import Channel
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.calls.form import CallForm
from recalldesk.console.claim_going import filters_of, see, with_list
from recalldesk.console.claim_shown import address_of, name_of
from recalldesk.console.claim_values import TOLD_BY
from recalldesk.console.views.claim import number_of
from recalldesk.console.views.claim_deciding import refused
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.reads import document_of

LONGEST = 4_000
FORM_IS_OLD = Problem("The form has lost its name.", "Load this page again.")


@require_POST
def appeal(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """The owner does not agree: another person looks."""
    number = number_of(reference, position)
    try:
        appeal_told(claim_id=number, told=_told(request))
    except Problem as problem:
        return refused(request, reference, position, problem)
    leave_claim(claim_id=number, by=request.user)
    messages.success(request, "It waits under Appeals, for somebody who did not decide it before.")
    return see(with_list(address_of(reference, position), filters_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def details(request: DeskRequest, reference: str, position: int) -> HttpResponse:
    """Another address or account, and what became of it."""
    number = number_of(reference, position)
    filing = Filing.objects.select_related("version", "recall").get(claims=number)
    form = _form(request, filing)
    if request.method != "POST":
        return _shown(request, filing, position, form)
    try:
        details_told(
            claim_id=number,
            told=_told(request),
            address=form.address if form.has_address else None,
            payee_kind=form.text("payee_kind"),
            payee=form.payee if _is_money_typed(form) else None,
        )
    except FieldsRefused as problem:
        beside = {name: why for name, why in problem.fields.items() if name in form.fields}
        form.show(FieldsRefused(beside))
        return _shown(request, filing, position, form, None if beside else FORM_IS_OLD)
    except Problem as problem:
        return _shown(request, filing, position, form, problem)
    messages.success(request, "It is changed. What was to be sent goes there.")
    return see(with_list(address_of(reference, position), filters_of(request)))


def _told(request: DeskRequest) -> Told:
    named = request.POST.get("channel", "")
    return Told(
        by=request.user,
        channel=Channel(named) if named in dict(TOLD_BY) else Channel.PHONE,
        note=request.POST.get("note", "")[:LONGEST],
        nonce=request.POST.get("nonce", "")[:64],
    )


def _form(request: DeskRequest, filing: Filing) -> CallForm:
    """The fields of a call for where a remedy goes, as the owner's remedy and country have them."""
    typed = {}
    if request.method == "POST":
        sent = request.POST.copy()
        sent["remedy"] = filing.remedy_key
        typed = {"data": sent}
    document = document_of(filing.version)
    return CallForm(document=document, country=filing.country, language="en", **typed)


def _is_money_typed(form: CallForm) -> bool:
    return any(form.text(name) for name in ("payee_kind", *form.payee_names))


def _shown(
    request: DeskRequest,
    filing: Filing,
    position: int,
    form: CallForm,
    problem: Problem | None = None,
) -> HttpResponse:
    remedy = remedy_named(document_of(filing.version), filing.country, filing.remedy_key)
    values = {
        "name": name_of(filing.reference, position),
        "claim_url": with_list(address_of(filing.reference, position), filters_of(request)),
        "form": form,
        "has_money": Need.PAYEE in needs_of(remedy),
        "is_reached": is_reached(filing),
        "problem": problem,
        "typed": request.POST,
        "told_by": TOLD_BY,
        "nonce": request.POST.get("nonce") or get_random_string(24),
    }
    status = 422 if request.method == "POST" else 200
    return page(request, "claim_details.html", values, status=status)
