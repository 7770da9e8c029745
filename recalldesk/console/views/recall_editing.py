"""The overview of a recall's file, and one section of it as a form."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from recalldesk.accounts.actions import require
from recalldesk.accounts.errors import NotPermitted
from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.large_bodies import takes_long_forms
from recalldesk.console.recall_draft import Draft, draft_or_404
from recalldesk.foundation.problem import Problem
from recalldesk.recalls.differences import table_differences
from recalldesk.recalls.editing.changing import Sent, changed
from recalldesk.recalls.editing.entries import done
from recalldesk.recalls.editing.meeting import Met, beside, fields_of, met, without_given_up
from recalldesk.recalls.editing.page import ShownSection, section_shown
from recalldesk.recalls.editing.sections import BY_NAME, SECTIONS, Section, parts_of
from recalldesk.recalls.editing.shape import is_headed
from recalldesk.recalls.editing.splicing import edited
from recalldesk.recalls.keeping import (
    ChangedMeanwhile,
    Kept,
    drop_unfinished,
    go_on_with_unfinished,
    keep_text,
)
from recalldesk.recalls.recall_file import raw_of

SAVE, NEXT = "save", "next"


@require_http_methods(["GET", "HEAD", "POST"])
def recall_edit(request: DeskRequest, slug: str) -> HttpResponse:
    """The sections, and what each lacks. By POST an unfinished file is dropped or goes first."""
    problem: Problem | None = None
    if request.method == "POST":
        seen, by = request.POST.get("seen", ""), request.user
        try:
            if request.POST.get("do") == "drop":
                drop_unfinished(slug=slug, seen=seen, by=by)
                messages.success(request, "The unfinished change is dropped.")
            else:
                go_on_with_unfinished(slug=slug, seen=seen, by=by)
                messages.success(request, "The unfinished change goes on.")
            return HttpResponseRedirect(after_drop(slug), status=303)
        except NotPermitted as denied:
            return page(request, "denied.html", {"problem": denied}, status=403)
        except ChangedMeanwhile as changed_meanwhile:
            problem = changed_meanwhile
    draft = draft_or_404(slug)
    values = frame_of(request, draft) | {"problem": problem, "differences": _overtaken(draft)}
    return page(request, "recall_edit.html", values, status=409 if problem else 200)


def after_drop(slug: str) -> str:
    """Where one goes on: a recall that never was more than unfinished is gone."""
    try:
        draft_or_404(slug)
    except Http404:
        return reverse("console:recalls")
    return reverse("console:recall_edit", args=[slug])


def _overtaken(draft: Draft) -> list[Any]:
    """What the file that was applied meanwhile says otherwise than the unfinished one."""
    version = draft.file.version
    if not draft.file.was_overtaken or version is None or draft.raw is None:
        return []
    return list(table_differences(raw_of(version.source), draft.raw))


def frame_of(request: DeskRequest, draft: Draft) -> dict[str, Any]:
    """What every page of a recall's file says around it."""
    states = draft.states
    return {
        "draft": draft,
        "file": draft.file,
        "slug": draft.file.slug,
        "states": states,
        "problem_count": len(draft.problems),
        "error_count": sum(each.errors for each in states),
        "warning_count": sum(each.warnings for each in states),
        "may_edit": request.user.may(Permission.EDIT_RECALL),
    }


@takes_long_forms
@require_http_methods(["GET", "HEAD", "POST"])
def recall_section(request: DeskRequest, slug: str, section: str) -> HttpResponse:
    """The form of one section."""
    shown_section = BY_NAME.get(section)
    if shown_section is None:
        raise Http404
    draft = draft_or_404(slug)
    if draft.raw is None:
        return HttpResponseRedirect(reverse("console:recall_file", args=[slug]), status=303)
    if request.method != "POST":
        return _form(request, draft, shown_section)
    try:
        require(request.user, Permission.EDIT_RECALL)
    except NotPermitted as denied:
        return page(request, "denied.html", {"problem": denied}, status=403)
    return _sent(request, draft, draft.raw, shown_section)


def _sent(
    request: DeskRequest, draft: Draft, raw: dict[str, Any], section: Section
) -> HttpResponse:
    sent = without_given_up(dict(request.POST.lists()))
    seen = request.POST.get("seen", "")
    if seen != draft.file.digest:
        return _both(request, draft, raw, section, sent)
    after = changed(raw, parts_of(section), sent)
    after, place = done(after, request.POST.get("do", ""))
    try:
        text = edited(draft.file.text, after, is_headed)
        kept = keep_text(slug=draft.file.slug, text=text, seen=seen, by=request.user)
    except ChangedMeanwhile:
        draft = draft_or_404(draft.file.slug)
        return _both(request, draft, draft.raw or {}, section, sent)
    except Problem as problem:
        return _form(request, draft, section, sent=sent, problem=problem)
    return _went_on(request, draft, section, kept, place)


def _went_on(
    request: DeskRequest, draft: Draft, section: Section, kept: Kept, place: str
) -> HttpResponse:
    slug, asked = draft.file.slug, request.POST.get("do", "")
    if not place:
        messages.success(request, saved_words(kept))
    target = section
    if asked == NEXT:
        here = SECTIONS.index(section)
        if here + 1 == len(SECTIONS):
            return HttpResponseRedirect(reverse("console:recall_edit", args=[slug]), status=303)
        target = SECTIONS[here + 1]
    address = reverse("console:recall_section", args=[slug, target.name])
    return HttpResponseRedirect(f"{address}#f.{place}" if place else address, status=303)


def saved_words(kept: Kept) -> str:
    """What keeping the file did."""
    if kept.applied is None:
        count = len(kept.problems)
        return f"Saved. Not yet complete: {count} problem{'' if count == 1 else 's'}."
    version = kept.applied.version
    if not kept.applied.changed:
        return f"Nothing changed: version {version.number} says the same."
    return f"Saved in the draft, version {version.number}."


def _both(
    request: DeskRequest, draft: Draft, raw: dict[str, Any], section: Section, sent: Sent
) -> HttpResponse:
    """The form once more, what somebody else wrote meanwhile beside what was typed."""
    meeting = met(section_shown(section, raw, ()), sent, _seen_in(sent))
    problem = ChangedMeanwhile()
    return _form(request, draft, section, sent=meeting.sent, problem=problem, meeting=meeting)


def _seen_in(sent: Sent) -> dict[str, str]:
    try:
        found = json.loads(sent.get("was", ["{}"])[-1])
    except ValueError:
        return {}
    return {str(name): str(each) for name, each in found.items()} if isinstance(found, dict) else {}


def _form(
    request: DeskRequest,
    draft: Draft,
    section: Section,
    *,
    sent: Sent | None = None,
    problem: Problem | None = None,
    meeting: Met | None = None,
) -> HttpResponse:
    shown = section_shown(section, draft.raw or {}, draft.remarks, sent)
    if meeting is not None:
        beside(shown, meeting)
    here = SECTIONS.index(section)
    values = frame_of(request, draft) | {
        "shown": shown,
        "section": section,
        "summary": _summary(shown),
        "was": json.dumps(shown.seen, separators=(",", ":")),
        "problem": problem,
        "left_over": meeting.left_over if meeting else (),
        "before": SECTIONS[here - 1] if here else None,
        "after": SECTIONS[here + 1] if here + 1 < len(SECTIONS) else None,
    }
    status = 409 if meeting else 422 if problem else 200
    return page(request, "recall_section.html", values, status=status)


def _summary(shown: ShownSection) -> list[tuple[str, str, str]]:
    """The problems at fields, each with the way to it."""
    return [
        (each.name, each.label, remark.words)
        for each in fields_of(shown.items)
        for remark in each.problems
    ]
