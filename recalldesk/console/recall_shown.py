"""What the list of recalls and the page of one show."""

from dataclasses import dataclass
from datetime import datetime

from recalldesk.accounts.models import Staff
from recalldesk.recalls.approval import has_unfinished, last_request, may_approve, waiting_for
from recalldesk.recalls.models import Recall, RecallVersion, state_of
from recalldesk.recalls.reads import document_of, live_version, newest_version, versions_of
from recalldesk.recalls.states import RecallState, RequestKind, RequestState, VersionState


@dataclass(frozen=True)
class Listed:
    """A recall in the list. `coming` is on its way; `todo` is what comes next with it."""

    slug: str
    headline: str
    state: RecallState
    live: RecallVersion | None
    coming: RecallVersion | None
    todo: str
    is_mine: bool


@dataclass(frozen=True)
class Shown:
    """A version in the table of its recall. `until`: when another took its place."""

    version: RecallVersion
    writers: str
    until: datetime | None
    sent: str


def listed(recall: Recall, person: Staff) -> Listed:
    """The recall as the list has it, for this person."""
    newest, live = newest_version(recall), live_version(recall)
    coming = newest if newest is not None and newest.published_at is None else None
    if coming is not None and coming.state == VersionState.SUPERSEDED:
        coming = None
    todo, is_mine = _todo(coming, person)
    if newest is not None and has_unfinished(newest):
        todo, is_mine = "unfinished changes: to be completed", False
    headline = ""
    if newest is not None:
        headline = next(iter(document_of(live or newest).texts.headline.values()))
    return Listed(recall.slug, headline, state_of(recall), live, coming, todo, is_mine)


def _todo(coming: RecallVersion | None, person: Staff) -> tuple[str, bool]:
    """What comes next, and whether it waits for this person."""
    if coming is None:
        return "", False
    if coming.state == VersionState.APPROVED:
        return "to be published", False
    approval = last_request(coming, RequestKind.APPROVAL)
    if approval is None or approval.state == RequestState.WITHDRAWN:
        return "to be sent for approval", False
    if approval.state == RequestState.REFUSED:
        return "sent back: to be mended", approval.by_id == person.pk
    mine = may_approve(person, coming)
    return "waits for your approval" if mine else "waits for approval", mine


def versions_shown(recall: Recall) -> list[Shown]:
    """All versions, the newest first."""
    versions = versions_of(recall)
    next_published: datetime | None = None
    found = []
    for version in versions:
        found.append(Shown(version, writers_of(version), next_published, _sent(version)))
        next_published = version.published_at or next_published
    return found


def writers_of(version: RecallVersion) -> str:
    """Who wrote at it, its first author first."""
    others = version.contributions.select_related("by").order_by("pk")
    return ", ".join(dict.fromkeys([version.author.name, *(each.by.name for each in others)]))


def _sent(version: RecallVersion) -> str:
    if version.state != VersionState.DRAFT:
        return ""
    approval = last_request(version, RequestKind.APPROVAL)
    if approval is None or approval.state == RequestState.WITHDRAWN:
        return ""
    return "waits for approval" if approval.state == RequestState.WAITING else "sent back"


@dataclass(frozen=True)
class OnStart:
    """A version that the start page names, and why."""

    version: RecallVersion
    why: str


def on_start(person: Staff) -> list[OnStart]:
    """What of recalls waits for this person: approvals, and what was sent back to them."""
    found = [
        OnStart(each.version, f"waits for your approval; {each.by.name} sent it")
        for each in waiting_for(person)
    ]
    back = "was sent back to you; the reason stands on its page"
    return found + [OnStart(version, back) for version in _sent_back_to(person)]


def _sent_back_to(person: Staff) -> list[RecallVersion]:
    drafts = RecallVersion.objects.filter(
        state=VersionState.DRAFT, requests__by=person, requests__kind=RequestKind.APPROVAL
    )
    drafts = drafts.select_related("recall").distinct().order_by("pk")
    return [
        draft
        for draft in drafts
        if (last := last_request(draft, RequestKind.APPROVAL)) is not None
        and last.state == RequestState.REFUSED
        and last.by_id == person.pk
    ]
