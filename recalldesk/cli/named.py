"""From the words of a command to the rows they mean, or a message that says what there is."""

from pathlib import Path

from recalldesk.recalls.errors import RecallProblem
from recalldesk.recalls.models import Recall, RecallVersion
from recalldesk.recalls.reads import (
    every_recall,
    newest_version,
    recall_named,
    version_numbered,
)


def recall_or_refuse(slug: str) -> Recall:
    """The recall of that name."""
    recall = recall_named(slug)
    if recall is None:
        known = ", ".join(entry.slug for entry in every_recall()) or "none yet"
        raise RecallProblem(f"There is no recall {slug!r}.", f"There are: {known}.")
    return recall


def version_or_refuse(recall: Recall, number: int | None) -> RecallVersion:
    """The version of that number, or the newest one."""
    version = newest_version(recall) if number is None else version_numbered(recall, number)
    if version is None:
        raise RecallProblem(
            f"{recall.slug} has no version{'' if number is None else f' {number}'}.",
            f"`recalldesk recall show {recall.slug}` lists its versions.",
        )
    return version


def text_or_refuse(path: Path) -> str:
    """The text of a file."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise RecallProblem(
            f"{path} cannot be read: {error.strerror}.", "Check the path."
        ) from error
    except UnicodeDecodeError as error:
        raise RecallProblem(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error
