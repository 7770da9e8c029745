"""The seat of an authority: the recalls that it opens, one of them, and its notice.

Guarantee: a recall at which somebody has no seat answers as one that does not exist.
"""

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from recalldesk.accounts.permissions import Permission
from recalldesk.console.access import DeskRequest
from recalldesk.console.answering import page
from recalldesk.console.seat_named import ask_url, seen_recall_or_404
from recalldesk.console.seat_shown import others_of
from recalldesk.console.seat_sums import sums_of
from recalldesk.foundation import clock
from recalldesk.inquiries.reads import SeenQuestion, questions_seen
from recalldesk.inquiries.seats import from_seat, is_authority, recalls_seen_by, seat_of
from recalldesk.notices.addresses import page_address, version_address
from recalldesk.notices.changes import changes_between
from recalldesk.notices.published import versions_published
from recalldesk.notices.writing import notice_of
from recalldesk.recalls.models import Recall
from recalldesk.recalls.reads import document_of, live_version

LANGUAGE = "en"


@require_safe
def seat(request: DeskRequest) -> HttpResponse:
    """The recalls that the person may see, and what waits at each."""
    recalls = recalls_seen_by(request.user)
    asked = _questions(request)
    values = {
        "recalls": [
            {
                "recall": recall,
                "headline": headline_of(recall),
                "seat": seat_of(request.user, recall),
                "open": sum(each.is_open for each in asked if each.recall == recall.slug),
                "answered": sum(bool(each.answers) for each in asked if each.recall == recall.slug),
            }
            for recall in recalls
        ],
        "is_authority": is_authority(request.user),
    }
    return page(request, "seat/start.html", values)


def headline_of(recall: Recall) -> str:
    """What the recall is about, as its live version says it; of a draft nothing is told."""
    version = live_version(recall)
    if version is None:
        return recall.slug
    headline = document_of(version).texts.headline
    return headline.get(LANGUAGE) or next(iter(headline.values()))


def _questions(request: DeskRequest, recall: Recall | None = None) -> list[SeenQuestion]:
    """Those that the person may read; of the firm's people only whoever may answer."""
    may = request.user.may
    if not (may(Permission.ASK_FIRM) or may(Permission.ANSWER_AUTHORITY)):
        return []
    return questions_seen(by=request.user, recall=recall)


@require_safe
def seat_recall(request: DeskRequest, slug: str) -> HttpResponse:
    """One recall: what is reported of it, in the figures that matter."""
    recall = seen_recall_or_404(slug, by=request.user)
    look = from_seat(request.user, recall)
    questions = _questions(request, recall)
    published = versions_published(slug)
    values: dict[str, Any] = {
        "recall": recall,
        "headline": headline_of(recall),
        "seat": seat_of(request.user, recall),
        "sums": sums_of(recall, look, today=clock.now().date()),
        "live": published[-1] if published else None,
        "public": page_address(published[-1], LANGUAGE) if published else "",
        "others": others_of(slug),
        "open": [each for each in questions if each.is_open],
        "answered": sum(bool(each.answers) for each in questions),
        "may_ask": request.user.may(Permission.ASK_FIRM),
    }
    return page(request, "seat/recall.html", values)


@require_safe
def seat_notice(request: DeskRequest, slug: str) -> HttpResponse:
    """The public notice: every version that was published, and what each says otherwise."""
    recall = seen_recall_or_404(slug, by=request.user)
    versions = versions_published(slug)
    notices = [notice_of(each, LANGUAGE) for each in versions]
    shown = [
        {
            "version": version,
            "url": version_address(version, notice.language),
            "changes": changes_between(before, notice) if before else (),
            "is_first": before is None,
        }
        for version, notice, before in zip(versions, notices, [None, *notices], strict=False)
    ]
    values = {
        "recall": recall,
        "headline": headline_of(recall),
        "ask_url": ask_url(request, recall),
        "versions": list(reversed(shown)),
        "public": page_address(versions[-1], notices[-1].language) if versions else "",
    }
    return page(request, "seat/notice.html", values)
