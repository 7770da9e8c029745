"""The partners of a recall: who was told to stop selling, who answered, and what they have."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.partner_forms import PartnerSaidForm, TellForm
from recalldesk.console.partner_shown import recall_values
from recalldesk.console.recall_named import looked_at_last, recall_or_404, stay_on
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import every_recall, live_recalls
from recalldesk.stock.errors import PartnerRefused, StockRefused
from recalldesk.stock.partners.managing import add_partner
from recalldesk.stock.reads.notices import NoticeStanding, standings_of
from recalldesk.stock.telling import tell_partner


@require_safe
def any_recall(request: DeskRequest) -> HttpResponse:
    """To the page of the recall that was looked at last, or of the newest one."""
    known = {each.slug for each in every_recall()}
    usual = [looked_at_last(request), *(each.slug for each in live_recalls()), *sorted(known)]
    slug = next((each for each in usual if each in known), None)
    if slug is None:
        return page(request, "partners/none.html")
    return redirect("console:partners", slug)


@require_safe
def partners(request: DeskRequest, slug: str) -> HttpResponse:
    """All of them."""
    recall = recall_or_404(slug)
    stay_on(request, slug)
    others = {"recalls": [each.slug for each in every_recall()]}
    return page(request, "partners/page.html", recall_values(recall, request.user) | others)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: DeskRequest, slug: str) -> HttpResponse:
    """Enters a partner; nothing is mailed yet."""
    recall = recall_or_404(slug)
    is_sent = request.method == "POST"
    form = PartnerSaidForm(request.POST if is_sent else None)
    if is_sent and form.is_valid():
        try:
            partner = add_partner(said=form.said, by=request.user)
        except PartnerRefused as refused:
            form.show(refused)
        else:
            messages.success(request, f"{partner.name} is entered. Nothing is mailed to it yet.")
            return redirect("console:partners", slug)
    values = {"recall": recall, "form": form}
    return page(request, "partners/new.html", values, status=422 if is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: DeskRequest, slug: str) -> HttpResponse:
    """Asks whom to tell and by when, and tells them."""
    recall = recall_or_404(slug)
    due = [each for each in standings_of(recall) if each.needs_notice and each.partner.is_active]
    is_sent = request.method == "POST"
    usual = {"partners": [each.partner.pk for each in due]}
    form = TellForm(due, request.POST if is_sent else None, initial=usual)
    if is_sent and form.is_valid() and _told(request, recall, form, due):
        return redirect("console:partners", slug)
    values = {"recall": recall, "form": form, "due": due}
    return page(request, "partners/tell.html", values, status=422 if is_sent else 200)


def _told(request: DeskRequest, recall: Recall, form: TellForm, due: list[NoticeStanding]) -> bool:
    """Whether all that were chosen are told; whoever was told before a refusal stays so."""
    chosen, answer_by = set(form.cleaned_data["partners"]), form.cleaned_data["answer_by"]
    count = 0
    for each in due:
        if each.partner.pk not in chosen:
            continue
        try:
            tell_partner(recall=recall, partner=each.partner, answer_by=answer_by, by=request.user)
        except (PartnerRefused, StockRefused) as refused:
            form.show(refused)
            return False
        count += 1
    told = "1 partner is" if count == 1 else f"{count} partners are"
    messages.success(request, f"{told} told to stop selling, to answer by {answer_by:%-d %b %Y}.")
    return True
