"""Keeping at the desk: terms, what comes due, holds, what waits, what was erased; and stubs.

Guarantee: a stub says what was erased, when and why, and names nobody; the reasons that people gave
are shown to whoever may see keeping.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.keeping_forms import TermForm
from recalldesk.foundation.problem import Problem
from recalldesk.keeping import overview
from recalldesk.keeping.kinds import Kind, days_in_words
from recalldesk.keeping.setting import set_term
from recalldesk.keeping.states import Thing
from recalldesk.keeping.stubs import erasures_of, is_whole
from recalldesk.keeping.terms import counts_from
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import LONGEST_NUMBER, every_recall, recall_named


@require_safe
def keeping(request: DeskRequest) -> HttpResponse:
    """The overview, of all recalls or of one."""
    return _page(request, _form())


def slugs() -> list[str]:
    """The recalls that a form offers."""
    return [each.slug for each in every_recall()]


def _form(sent: QueryDict | None = None) -> TermForm:
    return TermForm(sent, recalls=slugs())


def _page(request: DeskRequest, form: TermForm, *, status: int = 200) -> HttpResponse:
    by, recall = request.user, _recall(request)
    kind = request.GET.get("kind", "")
    of_kind = Kind(kind) if kind in Kind.values else None
    names = {each.pk: each.slug for each in every_recall()}
    due = [
        (each, names.get(each.recall_id or 0, ""), each.kind.label)
        for each in overview.comes_due(by=by, recall=recall)
        if of_kind in (None, each.kind)
    ]
    terms = overview.terms_in_force(by=by, recall=recall)
    is_lifted = "lifted" in request.GET
    values: dict[str, Any] = {
        "recall": recall,
        "recalls": list(names.values()),
        "kind": of_kind,
        "kinds": list(Kind),
        "terms": [each for each in terms if of_kind in (None, each.bounds.kind)],
        "due": due,
        "holds": overview.holds_seen(by=by, recall=recall, kind=of_kind, in_force=not is_lifted),
        "is_lifted": is_lifted,
        "early": overview.early_seen(by=by),
        "decided": overview.early_seen(by=by, waiting=False),
        "erased": [
            (each, overview.thing_words(each.thing, each.thing_id))
            for each in overview.erased_lately(by=by, recall=recall, kind=of_kind)
        ],
        "form": form,
        "may_hold": by.may(Permission.HOLD_DATA),
        "may_erase": by.may(Permission.ERASE_EARLY),
    }
    return page(request, "keeping/keeping.html", values, status=status)


def _recall(request: DeskRequest) -> Recall | None:
    """The recall that the list is narrowed to."""
    slug = request.GET.get("recall", "")
    found = recall_named(slug) if slug else None
    if slug and found is None:
        raise Http404
    return found


@require_POST
def term_set(request: DeskRequest) -> HttpResponse:
    """Sets how long a kind is kept."""
    form = _form(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    typed = form.cleaned_data
    try:
        found = set_term(
            kind=Kind(typed["kind"]),
            days=typed["days"],
            reason=typed["reason"],
            by=request.user,
            recall=recall_named(typed["recall"]) if typed["recall"] else None,
            country=typed["country"],
        )
    except Problem as problem:
        form.add_error(None, str(problem))
        return _page(request, form, status=422)
    kept = "as usual" if found.days is None else days_in_words(found.days)
    when = counts_from(found)
    later = f", from {when:%d %b %Y} on; till then as before" if when else ""
    messages.success(request, f"{Kind(found.kind).label}: kept {kept}{later}.")
    return redirect("console:keeping")


@require_safe
def erased(request: DeskRequest, thing: str, number: int) -> HttpResponse:
    """The stub of something that was erased, whole or in part."""
    if thing not in Thing.values or number >= 10**LONGEST_NUMBER:
        raise Http404
    rows = erasures_of(Thing(thing), number)
    if not rows:
        raise Http404
    may_see = request.user.may(Permission.SEE_KEEPING)
    values = {
        "name": overview.thing_words(thing, number),
        "rows": rows,
        "is_whole": is_whole(rows),
        "early": overview.early_of(Thing(thing), number, by=request.user) if may_see else None,
        "may_see": may_see,
    }
    return page(request, "keeping/erased.html", values)
