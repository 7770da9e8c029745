"""Lists kept under a name: saved, renamed, removed."""

from urllib.parse import parse_qsl

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from recalldesk.claims.desk_queue.errors import ViewNotSaved
from recalldesk.claims.desk_queue.filters import filters_in, query_of
from recalldesk.claims.desk_queue.views_saved import remove_view, rename_view, save_view, views_of
from recalldesk.console.access import DeskRequest, redirect_to
from recalldesk.console.answering import page


@require_POST
def save(request: DeskRequest) -> HttpResponse:
    """Keeps the list that was shown."""
    filters, _ = filters_in(dict(parse_qsl(request.POST.get("query", ""))))
    try:
        save_view(by=request.user, name=request.POST.get("name", ""), filters=filters)
    except ViewNotSaved as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, "The view is kept. You find it above the list.")
    query = query_of(filters)
    return HttpResponseRedirect(
        reverse("console:queue") + (f"?{query}" if query else ""), status=303
    )


@require_http_methods(["GET", "HEAD", "POST"])
def view(request: DeskRequest, number: int) -> HttpResponse:
    """One view: renamed or removed."""
    kept = next((each for each in views_of(request.user) if each.view_id == number), None)
    if kept is None:
        raise Http404
    problem = None
    if request.method == "POST":
        try:
            messages.success(request, _changed(request, number))
            return redirect_to("console:queue")
        except ViewNotSaved as refused:
            problem = refused
    values = {"view": kept, "problem": problem}
    return page(request, "saved_view.html", values, status=422 if problem else 200)


def _changed(request: DeskRequest, number: int) -> str:
    """Does what was asked for; returns what to say of it. Raises ViewNotSaved, or Http404."""
    asked = request.POST.get("do")
    if asked == "rename":
        rename_view(by=request.user, view_id=number, name=request.POST.get("name", ""))
        return "The view has another name."
    if asked == "remove":
        remove_view(by=request.user, view_id=number)
        return "The view is gone."
    raise Http404
