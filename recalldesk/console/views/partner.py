"""One partner of a recall, and what is changed of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recalldesk.accounts.models import Partner
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.partner_forms import PartnerSaidForm
from recalldesk.console.partner_shown import Forms, partner_values
from recalldesk.console.recall_named import recall_or_404, stay_on
from recalldesk.recalls.models import Recall
from recalldesk.stock.errors import PartnerRefused
from recalldesk.stock.partners.access import mail_new_link
from recalldesk.stock.partners.managing import change_partner, end_partner
from recalldesk.stock.reads.notices import partner_numbered


def partner_or_404(number: int) -> Partner:
    """The partner of that number, ended or not."""
    found = partner_numbered(number)
    if found is None:
        raise Http404(number)
    return found


@require_safe
def partner(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Where it stands, and each row that it told."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    stay_on(request, slug)
    return shown(request, recall, found)


def shown(
    request: DeskRequest, recall: Recall, found: Partner, bound: Forms | None = None
) -> HttpResponse:
    """The page, with a form that was sent and not taken."""
    values = partner_values(recall, found, request.user, bound)
    return page(request, "partners/partner.html", values, status=422 if bound else 200)


@require_POST
def change(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Changes what is said of it."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    form = PartnerSaidForm(request.POST, auto_id="said_%s")
    if form.is_valid():
        try:
            changed = change_partner(partner=found, said=form.said, by=request.user)
        except PartnerRefused as refused:
            form.show(refused)
        else:
            messages.success(request, f"{changed.name} is changed.")
            return redirect("console:partner", slug, number)
    return shown(request, recall, found, {"said_form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Asks why, and ends it."""
    recall, found, problem = recall_or_404(slug), partner_or_404(number), ""
    if request.method == "POST":
        note = request.POST.get("note", "").replace("\0", "")
        try:
            end_partner(partner=found, by=request.user, note=note)
        except PartnerRefused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"{found.name} is no partner any more. What it told stays.")
            return redirect("console:partner", slug, number)
    values = {
        "recall": recall,
        "partner": found,
        "problem": problem,
        "title": f"End {found.name} as a partner",
        "button": "End it",
        "says": "Its page, its links and its keys open nothing from now on. What it told stays.",
    }
    return page(request, "partners/reason.html", values, status=422 if problem else 200)


@require_POST
def link(request: DeskRequest, slug: str, number: int) -> HttpResponse:
    """Mails it a new link to its page."""
    recall, found = recall_or_404(slug), partner_or_404(number)
    if mail_new_link(partner=found, by=request.user):
        messages.success(request, f"A link to its page is on its way to {found.name}.")
    else:
        messages.warning(
            request,
            "Nothing is mailed: a link went out a moment ago, many did today,"
            " or it is no partner any more.",
        )
    return redirect("console:partner", recall.slug, number)
