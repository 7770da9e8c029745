"""Takes files into a recall as the pictures that it names: looked at apart, then kept in its draft.

Guarantees: each file has exactly one outcome, and the bytes of none are kept as they came; files
that bring nothing leave no new version behind; brought again, a file changes nothing.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from recalldesk.accounts.actions import require
from recalldesk.accounts.models import Staff
from recalldesk.accounts.permissions import Permission
from recalldesk.audit.actions import record_change
from recalldesk.audit.states import Reason, Subject
from recalldesk.cleaning.answers import Picture as Drawn
from recalldesk.cleaning.answers import Unusable
from recalldesk.cleaning.apart import CleaningDied
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.cleaning.sizes_apart import in_sizes_apart
from recalldesk.pictures.errors import DIED, TOO_LARGE, TWICE, PictureProblem, problem_of
from recalldesk.pictures.models import Picture, PictureSize, TakenPicture
from recalldesk.pictures.naming import is_second, matched
from recalldesk.pictures.reads import Pictures, files_named, missing_pictures, pictures_of
from recalldesk.recalls.actions import draft_for_expansion, note_contribution
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import document_of, newest_version


class Became(StrEnum):
    """What became of a file."""

    TAKEN = "taken"
    SAME = "same"
    NOT_NAMED = "not_named"
    REFUSED = "refused"


@dataclass(frozen=True)
class PictureFile:
    """A file that was brought. `read` gives its bytes; it may raise PictureProblem."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Outcome:
    """What became of one file; `file` is what it stands for, `problem` why it was refused."""

    name: str
    became: Became
    file: str = ""
    problem: PictureProblem | None = None


@dataclass(frozen=True)
class TakenPictures:
    """What taking files did: the outcome of each, in their order, and what is missing now.

    `draft` is None where nothing was taken and no draft was there. `stays` is the version that was
    the newest, where a new draft was made beside it.
    """

    outcomes: tuple[Outcome, ...]
    missing: tuple[str, ...]
    draft: RecallVersion | None
    stays: RecallVersion | None

    def that(self, became: Became) -> tuple[Outcome, ...]:
        """The outcomes of one kind."""
        return tuple(each for each in self.outcomes if each.became is became)


@dataclass(frozen=True)
class _Made:
    """A picture made of a file, not kept yet."""

    name: str
    file: str
    source_digest: str
    sizes: tuple[Drawn, ...]


def take_pictures(*, recall: Recall, files: Sequence[PictureFile], by: Staff) -> TakenPictures:
    """Takes the files that the newest version names into its draft; without one, into a new one.

    Raises NotPermitted, or RecallProblem where there is no version yet or it names no pictures.
    """
    require(by, Permission.EDIT_RECALL)
    newest = newest_version(recall)
    if newest is None:
        raise RecallProblem(
            f"{recall.slug} has no version yet.", "Apply its recall file first: `recall apply`."
        )
    if not files_named(document_of(newest)):
        raise RecallProblem(
            f"The recall file of {recall.slug} names no pictures.",
            "Add [[products.photographs]] with `file` and `caption` to it, and apply it.",
        )
    looked_at = _looked_at(newest, files)
    return _kept(recall, newest, looked_at, by)


def _looked_at(newest: RecallVersion, files: Sequence[PictureFile]) -> list[Outcome | _Made]:
    named, shown = files_named(document_of(newest)), pictures_of(newest)
    meant = matched(named, [file.name for file in files])
    found: list[Outcome | _Made] = []
    for file, stands_for in zip(files, meant, strict=True):
        if stands_for is not None:
            found.append(_made(file, stands_for, shown))
        elif is_second(file.name, named):
            found.append(Outcome(file.name, Became.REFUSED, problem=TWICE))
        else:
            found.append(Outcome(file.name, Became.NOT_NAMED))
    return found


def _made(given: PictureFile, file: str, shown: Pictures) -> Outcome | _Made:
    try:
        content = given.read()
        if len(content) > MOST_BYTES:
            raise TOO_LARGE
        source = hashlib.sha256(content).hexdigest()
        if file in shown and shown[file].source_digest == source:
            return Outcome(given.name, Became.SAME, file)
        return _Made(given.name, file, source, _in_sizes(content))
    except PictureProblem as problem:
        return Outcome(given.name, Became.REFUSED, file, problem)


def _in_sizes(content: bytes) -> tuple[Drawn, ...]:
    try:
        return in_sizes_apart([content])
    except Unusable as error:
        raise problem_of(error.fault, content) from error
    except CleaningDied as error:
        raise DIED from error


@transaction.atomic
def _kept(
    recall: Recall, newest: RecallVersion, looked_at: Iterable[Outcome | _Made], by: Staff
) -> TakenPictures:
    draft = draft_for_expansion(recall=recall, by=by)
    is_new = draft.pk != newest.pk
    outcomes = tuple(
        _keep(draft, each, by) if isinstance(each, _Made) else each for each in looked_at
    )
    changed = any(each.became is Became.TAKEN for each in outcomes)
    if changed:
        note_contribution(version=draft, by=by)
        _log(draft, by)
    taken = TakenPictures(
        outcomes=outcomes,
        missing=missing_pictures(draft),
        draft=draft if changed or not is_new else None,
        stays=newest if changed and is_new else None,
    )
    if is_new and not changed:
        transaction.set_rollback(True)
    return taken


def _keep(draft: RecallVersion, made: _Made, by: Staff) -> Outcome:
    """The picture in the draft, in the place of what it had for the file."""
    if made.file not in files_named(document_of(draft)):  # the file was applied anew meanwhile
        return Outcome(made.name, Became.NOT_NAMED)
    keep_picture(
        draft=draft, file=made.file, sizes=made.sizes, source_digest=made.source_digest, by=by
    )
    return Outcome(made.name, Became.TAKEN, made.file)


@transaction.atomic
def keep_picture(
    *, draft: RecallVersion, file: str, sizes: Sequence[Drawn], source_digest: str, by: Staff
) -> None:
    """Rows of a picture that was drawn anew; the one that the draft had is forgotten if unused."""
    replaced = TakenPicture.objects.filter(version=draft, file=file)
    before = list(replaced.values_list("picture_id", flat=True))
    replaced.delete()
    picture = _picture(sizes)
    TakenPicture.objects.create(
        version=draft, file=file, picture=picture, source_digest=source_digest, by=by
    )
    for unused in Picture.objects.filter(pk__in=before, taken__isnull=True):
        unused.sizes.all().delete()
        unused.delete()


def _picture(sizes: Sequence[Drawn]) -> Picture:
    """The row of a picture, made where it is not there yet; locked, so that nobody deletes it."""
    digest = hashlib.sha256("".join(size.sha256 for size in sizes).encode()).hexdigest()
    picture, created = Picture.objects.select_for_update().get_or_create(digest=digest)
    if created:
        PictureSize.objects.bulk_create(
            PictureSize(
                picture=picture,
                width=size.width,
                height=size.height,
                digest=size.sha256,
                content=size.jpeg,
            )
            for size in sizes
        )
    return picture


def _log(draft: RecallVersion, by: Staff) -> None:
    record_change(
        subject=Subject.RECALL_VERSION,
        subject_id=draft.pk,
        from_state=draft.state,
        to_state=draft.state,
        reason=Reason.PICTURES_TAKEN,
        actor_id=by.pk,
        recall_id=draft.recall_id,
    )
