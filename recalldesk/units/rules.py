"""What holds a publication back: a pure decision over counts.

Guarantees: an empty scope, one stored under another folding, a picture that the recall file names
and that is missing, and in production a recall file with made-up parts are refused always. Open
rejects, a count other than the stated units, and serials dropped from an earlier version are
refused unless two people override, each with a reason.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recalldesk.audit.states import Reason

OVERRIDE = (
    "Mend it in a new version, or let two people override it: "
    '`recalldesk recall publish {slug} --override NAME --reason "…"`.'
)
HINTS: Mapping[Reason, tuple[str, ...]] = {
    Reason.EMPTY_SCOPE: ("Import the serials first: `recalldesk serials import {slug} FILE`.",),
    Reason.READ_OTHERWISE: (
        "Import the whole list again: "
        "`recalldesk serials import {slug} FILE --list NAME --replace`.",
    ),
    Reason.MADE_UP: (
        "Put facts in their place, empty `made_up` in the recall file, and apply it: "
        "`recalldesk recall apply FILE`.",
    ),
    Reason.PICTURES_MISSING: (
        "Bring them: `recalldesk recall pictures {slug} FILE …`; or leave them out of the recall "
        "file, and apply it.",
    ),
    Reason.REJECTS_OPEN: (
        OVERRIDE,
        "`recalldesk serials rejects {slug}` lists the lines, "
        "`recalldesk serials settle {slug}` settles them.",
    ),
}


@dataclass(frozen=True)
class ScopeFacts:
    """The counts of a version's scope.

    `empty` names lists and products with nothing in them, `read_otherwise` lists that were imported
    under another folding than the version's. `stated` and `counted` are units, None
    where not stated, or not countable (patterns); `rounding` is how far the stated units may be off
    because they are said to be "about" so many. `listed` pairs, by list, stated and counted units.
    `dropped` counts rows of lists that are no longer covered, `narrowed` names other such parts.
    `made_up` names what the recall file says is not a fact, which matters where `is_production`.
    `missing_pictures` names files of pictures that never came.
    """

    empty: tuple[str, ...]
    read_otherwise: tuple[str, ...]
    open_rejects: int
    stated: int | None
    stated_is_about: bool
    rounding: int
    counted: int | None
    listed: Mapping[str, tuple[int, int]]
    dropped: int
    narrowed: tuple[str, ...] = ()
    made_up: tuple[str, ...] = ()
    is_production: bool = False
    missing_pictures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that holds the version back."""

    reason: Reason
    message: str
    can_be_overridden: bool

    def hints(self, slug: str) -> tuple[str, ...]:
        """What to do about it, for the recall of this name, a sentence each."""
        return tuple(hint.format(slug=slug) for hint in HINTS.get(self.reason, (OVERRIDE,)))

    @property
    def digest(self) -> str:
        """Binds an override to the very facts it was given for."""
        return hashlib.sha256(f"{self.reason}\0{self.message}".encode()).hexdigest()


def rounding_of(stated: int) -> int:
    """How far a round number may be off: half of its last place that is not zero, but no more
    than one in forty, so that "about 1,000" is not 500."""
    step = 1
    while stated % (step * 10) == 0 and step * 10 <= stated:
        step *= 10
    return min(step // 2, stated // 40)


def findings(facts: ScopeFacts) -> tuple[Finding, ...]:
    """All that holds the version back, the gravest first."""
    found: list[Finding] = []
    if facts.empty:
        named = ", ".join(facts.empty)
        found.append(Finding(Reason.EMPTY_SCOPE, f"Nothing is in the scope of {named}.", False))
    if facts.read_otherwise:
        named = ", ".join(facts.read_otherwise)
        message = f"Import again with --replace, since the folding has changed: {named}."
        found.append(Finding(Reason.READ_OTHERWISE, message, False))
    if facts.made_up and facts.is_production:
        message = f"The recall file says that parts of it are made up: {'; '.join(facts.made_up)}."
        found.append(Finding(Reason.MADE_UP, message, False))
    if facts.missing_pictures:
        named = ", ".join(facts.missing_pictures)
        message = f"The recall file names pictures that are missing: {named}."
        found.append(Finding(Reason.PICTURES_MISSING, message, False))
    if facts.open_rejects:
        lines = "line is" if facts.open_rejects == 1 else "lines are"
        message = f"{facts.open_rejects:,} rejected {lines} not settled: units may be missing."
        found.append(Finding(Reason.REJECTS_OPEN, message, True))
    found += _counts(facts)
    if facts.dropped or facts.narrowed:
        gone = [f"{facts.dropped:,} serials or ranges"] if facts.dropped else []
        named = "; ".join((*gone, *facts.narrowed))
        message = f"No longer covered as in the version before: {named}."
        found.append(Finding(Reason.SERIALS_DROPPED, message, True))
    return tuple(found)


def _counts(facts: ScopeFacts) -> Sequence[Finding]:
    off: list[str] = []
    stated, counted = facts.stated, facts.counted
    if stated is not None and counted is not None and abs(stated - counted) > facts.rounding:
        about = "about " if facts.stated_is_about else ""
        off.append(f"the recall states {about}{stated:,} units, its scope has {counted:,}")
    for name, (units, found) in facts.listed.items():
        if units != found:
            off.append(f"the list {name!r} states {units:,} units and has {found:,}")
    if not off:
        return ()
    message = "; ".join(off)
    return (Finding(Reason.COUNT_DIFFERS, message[0].upper() + message[1:] + ".", True),)
