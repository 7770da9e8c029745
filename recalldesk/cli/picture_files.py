"""Files of pictures: found where a person names them, and told of when they were taken."""

from pathlib import Path

from recalldesk.accounts.models import Staff
from recalldesk.cleaning.limits import MOST_BYTES
from recalldesk.cli.screen import counted, err, plain, say
from recalldesk.pictures.actions import Became, PictureFile, TakenPictures, take_pictures
from recalldesk.pictures.errors import TOO_LARGE, PictureProblem
from recalldesk.pictures.naming import nearest
from recalldesk.pictures.reads import files_named, missing_pictures
from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import RecallVersion
from recalldesk.recalls.reads import document_of

MOST_SHOWN = 20


def files_in(paths: list[Path]) -> list[Path]:
    """The files named, and those that lie directly in the folders named; hidden ones are not."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = (each for each in path.iterdir() if each.is_file())
            found += sorted(each for each in inside if not each.name.startswith("."))
        elif path.is_file():
            found.append(path)
        else:
            raise RecallProblem(f"{path} is neither a file nor a folder.", "Check the path.")
    return found


def as_picture(path: Path) -> PictureFile:
    """A file that is read when it is looked at."""
    return PictureFile(path.name, lambda: _read(path))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise TOO_LARGE
        return path.read_bytes()
    except OSError as error:
        why = f"It cannot be read: {error.strerror}."
        raise PictureProblem(why, "Check its rights.") from error


def take_beside(file: Path, version: RecallVersion, by: Staff) -> None:
    """Takes the pictures that lie beside a recall file which was applied, and says which."""
    folder = file.resolve().parent
    named = files_named(document_of(version))
    beside = [folder / name for name in named if (folder / name).is_file()]
    if beside:
        taken = take_pictures(
            recall=version.recall, files=[as_picture(path) for path in beside], by=by
        )
        say_taken(taken)
        refuse_where_refused(taken)
    else:
        say_missing(missing_pictures(version), version.recall.slug)


def say_taken(taken: TakenPictures) -> None:
    """A line for each file that came, and one for what is missing."""
    if taken.stays is not None and taken.draft is not None:
        state = taken.stays.get_state_display().lower()
        say(f"Version {taken.stays.number} is {state} and stays as it is; this is a new draft.")
    for outcome in taken.that(Became.TAKEN):
        say(f"  {outcome.file}: taken")
    for outcome in taken.that(Became.SAME):
        say(f"  {outcome.file}: the same as before")
    for outcome in taken.that(Became.REFUSED):
        err.print(f"  {plain(outcome.name)}: not taken. {outcome.problem}", markup=False)
    _say_not_named(taken)


def _say_not_named(taken: TakenPictures) -> None:
    others = taken.that(Became.NOT_NAMED)
    for outcome in others[:MOST_SHOWN]:
        near = nearest(outcome.name, taken.missing)
        meant = f"; did you mean {near}?" if near else ""
        say(f"  {plain(outcome.name)}: the recall file does not name it{meant}")
    if len(others) > MOST_SHOWN:
        say(f"  and {len(others) - MOST_SHOWN:,} more that it does not name")


def say_missing(missing: tuple[str, ...], slug: str) -> None:
    """Which named files never came."""
    if missing:
        pictures = counted(len(missing), "picture is missing", "pictures are missing")
        say(f"{pictures}: {', '.join(missing)}.")
        say(f"Bring them before it is approved: recalldesk recall pictures {slug} FILE …")


def refuse_where_refused(taken: TakenPictures) -> None:
    """Ends the command with a failure where a file was not taken, once all are told of."""
    refused = len(taken.that(Became.REFUSED))
    if refused:
        raise RecallProblem(
            f"{counted(refused, 'file was', 'files were')} not taken; all else was kept.",
            "Mend what stands above, and bring them again.",
        )
