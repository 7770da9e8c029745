"""What left in files, as the journal knows it, whatever a restore forgot."""

from collections.abc import Collection, Iterator, Mapping

from recalldesk.remedies import journal

JOURNALED = "file"


def left_in_files(remedy_ids: Collection[str]) -> Mapping[str, str]:
    """Of these remedies those that left, each with the reference of its file."""
    if not remedy_ids:
        return {}
    entries = journal.lines(JOURNALED)
    return {each["remedy"]: each["file"] for each in entries if each["remedy"] in remedy_ids}


def entries_of(marks: Collection[str], files: Collection[str]) -> Iterator[Mapping[str, str]]:
    """What the journal says of these marks, and of all lines of these files."""
    for entry in journal.lines(JOURNALED):
        if entry["mark"] in marks or entry["file"] in files:
            yield entry
