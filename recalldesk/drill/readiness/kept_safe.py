"""Whether what is kept would outlive a broken disk, and the log a hostile administrator."""

from collections.abc import Iterator

from django.conf import settings

from recalldesk.audit.heads import newest_head
from recalldesk.audit.recipients import recipients
from recalldesk.drill.readiness.about import About
from recalldesk.drill.readiness.points import Line, Point, bad, good, look, point
from recalldesk.operating.doctor.findings import Level

OF_BACKUPS = ("rd.D006", "rd.D020", "rd.D021", "rd.D022", "rd.D023")
OF_HEADS = ("rd.D042", "rd.D043", "rd.D044")
OF_OTHERS = (
    *OF_BACKUPS,
    *OF_HEADS,
    *("rd.D040", "rd.D041", "rd.D050", "rd.D051", "rd.D056"),
)


def backups(about: About) -> Point:
    """What the doctor finds of backups."""
    return point(
        "Backups recent",
        _backups(about),
        "Set RECALLDESK_BACKUP_FOLDER on another disk, and run `recalldesk backup` each night "
        "(docs/operating.md).",
    )


def _backups(about: About) -> Iterator[Line]:
    if settings.BACKUP_FOLDER is None:
        yield bad("No folder for backups is set.")
    elif not about.found(*OF_BACKUPS):
        yield good("The last backup is not a day old, and changes since are copied elsewhere.")
    yield from _said(about, OF_BACKUPS)


def heads(about: About) -> Point:
    """Whether signed heads of the log leave this machine."""
    return point(
        "Heads of the log leaving",
        _heads(about),
        "Set RECALLDESK_LOG_HEADS_TO to people who cannot change the database, and run a worker "
        "(docs/log.md).",
    )


def _heads(about: About) -> Iterator[Line]:
    head = newest_head()
    if head is None:
        yield bad("No head of the log was made yet.")
    else:
        yield good(f"The newest head is of {head.made_at:%Y-%m-%d %H:%M} UTC.")
    if recipients():
        yield good(f"Heads are mailed to {len(recipients()):,} addresses.")
    elif settings.LOG_HEADS_FOLDER is None:
        yield bad("Heads go nowhere.")
    elif settings.LOG_HEADS_FOLDER.is_relative_to(settings.HOME):
        yield look("Heads go into a folder of this machine only.")
    else:
        yield good("Heads are written into a folder outside the data folder.")
    yield from _said(about, OF_HEADS)


def installation(about: About) -> Point:
    """Everything else that the doctor finds."""
    return point(
        "The installation itself",
        _others(about),
        "`recalldesk doctor` says what to do about each.",
    )


def _others(about: About) -> Iterator[Line]:
    if not settings.IS_PRODUCTION:
        yield bad(
            f"Its profile is {settings.PROFILE.value}: it is not for real owners "
            "(RECALLDESK_PROFILE)."
        )
    others = [each for each in about.findings if each.id not in OF_OTHERS]
    if not others:
        yield good("The doctor finds nothing else.")
    for finding in others:
        words = f"{finding.id}: {finding.words}"
        yield bad(words) if finding.level is Level.WRONG else look(words)


def _said(about: About, numbers: tuple[str, ...]) -> Iterator[Line]:
    for finding in about.found(*numbers):
        yield bad(finding.words) if finding.level is Level.WRONG else look(finding.words)
