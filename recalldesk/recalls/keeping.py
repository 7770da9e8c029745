"""What is written at the desk is kept: as a draft where it holds together, else beside the draft.

Guarantees: one text at a time is the recall's file, that of the newest version or the unfinished
one beside it; nobody overwrites what they have not seen; whoever wrote at an unfinished file wrote
at the version that it becomes.
"""

import hashlib
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Subject
from recalldesk.foundation import clock
from recalldesk.recalls.actions import Applied, apply_recall_file, note_contribution
from recalldesk.recalls.approval import held_version, withdraw_request
from recalldesk.recalls.errors import FileProblem, NameTaken, RecallFileProblems, RecallProblem
from recalldesk.recalls.models import Recall, RecallVersion, UnfinishedFile
from recalldesk.recalls.reads import SLUG, newest_version, recall_named
from recalldesk.recalls.recall_file import LONGEST, raw_of
from recalldesk.recalls.states import VersionState

KEPT, DROPPED = "unfinished", "dropped"


class ChangedMeanwhile(RecallProblem):
    """Somebody else changed the file after it was shown."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this recall while you wrote.", "Look at both, and save again."
        )


class AnotherFile(RecallProblem):
    """The text is the file of another recall."""

    def __init__(self, slug: str, named: str) -> None:
        super().__init__(
            f"This is the file of {named[:60]!r}, not of {slug!r}.",
            f'Let its line say recall = "{slug}", or start a new recall with it.',
        )


class CommentsAlone(RecallProblem):
    """A text says what a version says that cannot change, in other words of TOML or comments."""

    def __init__(self, version: RecallVersion) -> None:
        super().__init__(
            f"Only comments or layout differ from version {version.number}, which cannot change.",
            "Nothing was saved; what you wrote stands here still. It is kept once the recall says "
            "something else, too. Drop what is unfinished if nothing else is to change.",
        )


@dataclass(frozen=True)
class WrittenFile:
    """A recall's file as it stands now. `version` is the newest one, if there is one."""

    slug: str
    text: str
    version: RecallVersion | None
    unfinished: UnfinishedFile | None

    @property
    def digest(self) -> str:
        """Tells whether somebody changed it since."""
        return digest_of(self.text)

    @property
    def both(self) -> str:
        """Tells whether somebody changed it, or the version beside it, since."""
        return digest_of(f"{self.digest} {_digest_of_version(self.version)}")

    @property
    def was_overtaken(self) -> bool:
        """Whether another file was applied after the unfinished one was begun."""
        if self.unfinished is None:
            return False
        return self.unfinished.begun_from != _digest_of_version(self.version)


@dataclass(frozen=True)
class Kept:
    """What keeping a text did: it was applied, or it has problems and stands beside."""

    applied: Applied | None
    problems: tuple[FileProblem, ...] = ()


def digest_of(text: str) -> str:
    """A digest of a file's text."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()


def _digest_of_version(version: RecallVersion | None) -> str:
    return digest_of(version.source) if version else ""


def written_file(slug: str) -> WrittenFile | None:
    """The file of a recall, or None where there is none of that name."""
    if not SLUG.fullmatch(slug):
        return None
    recall = recall_named(slug)
    version = newest_version(recall) if recall else None
    unfinished = UnfinishedFile.objects.select_related("changed_by").filter(slug=slug).first()
    if unfinished is not None:
        return WrittenFile(slug, unfinished.text, version, unfinished)
    return WrittenFile(slug, version.source, version, None) if version else None


def never_complete() -> list[UnfinishedFile]:
    """The files of recalls that were begun and have no version yet, by name."""
    rows = UnfinishedFile.objects.select_related("changed_by").order_by("slug")
    return list(rows.exclude(slug__in=Recall.objects.values("slug")))


@transaction.atomic
def begin_recall(*, slug: str, text: str, by: Staff) -> Kept:
    """A new recall from a text, which may be unfinished. Raises NotPermitted, NameTaken or
    AnotherFile."""
    require(by, Permission.EDIT_RECALL)
    if written_file(slug) is not None or recall_named(slug) is not None:
        raise NameTaken(slug)
    return _kept(None, slug, text, by)


@transaction.atomic
def keep_text(*, slug: str, text: str, seen: str, by: Staff) -> Kept:
    """The recall's file says this from now on; where it does not hold together it is unfinished,
    and whoever was asked to approve the draft beside it is asked no longer.

    `seen` is the digest of the text that the person saw. Raises ChangedMeanwhile where that is not
    what stands there now, AnotherFile, NotPermitted, CommentsAlone where nothing could take the
    text, or RecallProblem for no such recall.
    """
    require(by, Permission.EDIT_RECALL)
    _locked(slug)
    there = written_file(slug)
    if there is None:
        raise RecallProblem(f"There is no recall {slug[:60]!r}.")
    if there.digest != seen or there.was_overtaken:
        raise ChangedMeanwhile
    return _kept(there, slug, text, by)


def _locked(slug: str) -> None:
    """One writer at a time."""
    list(Recall.objects.select_for_update().filter(slug=slug))
    list(UnfinishedFile.objects.select_for_update().filter(slug=slug))


def _kept(there: WrittenFile | None, slug: str, text: str, by: Staff) -> Kept:
    if len(text) > LONGEST:
        raise RecallProblem(
            f"The file has more than {LONGEST:,} characters.",
            "Serials stand in files of their own.",
        )
    named = _name_in(text)
    if named is not None and named != slug:
        raise AnotherFile(slug, named)
    if "\x00" in text:
        raise RecallProblem("The text holds a character that is no text.", "Take it out.")
    unfinished = there.unfinished if there else None
    try:
        applied = apply_recall_file(text=text, by=by, begins=there is None)
    except RecallFileProblems as refused:
        _keep_beside(there, slug, text, by)
        return Kept(None, refused.problems)
    if not applied.changed and applied.version.source != text:
        raise CommentsAlone(applied.version)
    if unfinished is not None:
        if applied.version.state == VersionState.DRAFT:
            for writer in unfinished.writers.all():
                note_contribution(version=applied.version, by=writer)
        unfinished.delete()
    return Kept(applied)


def _name_in(text: str) -> str | None:
    """The recall that a text names; None where that cannot be read."""
    try:
        named = raw_of(text).get("recall")
    except RecallFileProblems:
        return None
    return named if isinstance(named, str) else None


def _keep_beside(there: WrittenFile | None, slug: str, text: str, by: Staff) -> None:
    version, unfinished = (there.version, there.unfinished) if there else (None, None)
    before = KEPT if unfinished else ""
    if unfinished is None:
        unfinished = UnfinishedFile(slug=slug, begun_from=_digest_of_version(version))
    unfinished.text, unfinished.changed_by, unfinished.changed_at = text, by, clock.now()
    try:
        with transaction.atomic():
            unfinished.save()
    except IntegrityError as error:  # somebody else began one in this very moment
        raise (ChangedMeanwhile() if there else NameTaken(slug)) from error
    unfinished.writers.add(by)
    _record(unfinished, KEPT, by, version, before=before)
    if version is not None and version.state == VersionState.DRAFT:
        withdraw_request(held_version(version), by)


def _record(
    unfinished: UnfinishedFile,
    state: str,
    by: Staff,
    version: RecallVersion | None,
    *,
    before: str = KEPT,
) -> None:
    record_change(
        subject=Subject.UNFINISHED_FILE,
        subject_id=unfinished.pk,
        from_state=before,
        to_state=state,
        actor_id=by.pk,
        recall_id=version.recall_id if version else None,
    )


@transaction.atomic
def go_on_with_unfinished(*, slug: str, seen: str, by: Staff) -> None:
    """The unfinished file goes before a file that was applied since.

    `seen` is `both` of what the person saw. Raises ChangedMeanwhile where something else stands
    there now.
    """
    require(by, Permission.EDIT_RECALL)
    unfinished, version = _seen(slug, seen)
    unfinished.begun_from = _digest_of_version(version)
    unfinished.changed_by = by
    unfinished.save(update_fields=["begun_from", "changed_by"])
    unfinished.writers.add(by)
    _record(unfinished, KEPT, by, version)


@transaction.atomic
def drop_unfinished(*, slug: str, seen: str, by: Staff) -> None:
    """The unfinished file is given up; the recall says what its newest version says.

    `seen` is `both` of what the person saw. Raises ChangedMeanwhile where something else stands
    there now.
    """
    require(by, Permission.EDIT_RECALL)
    unfinished, version = _seen(slug, seen)
    _record(unfinished, DROPPED, by, version)
    unfinished.delete()


def _seen(slug: str, seen: str) -> tuple[UnfinishedFile, RecallVersion | None]:
    _locked(slug)
    there = written_file(slug)
    if there is None or there.unfinished is None or there.both != seen:
        raise ChangedMeanwhile
    return there.unfinished, there.version
