"""What holds a publication back, in the order in which it can be known.

Guarantee: once both indexes are built, a serial that the live version covers and this one does not
is found whatever the reason was, also where no row and no line of the recall file says so.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from recalldesk.audit.states import Reason
from recalldesk.recalls.models import Override, RecallVersion
from recalldesk.recalls.reads import live_version
from recalldesk.recalls.states import VersionState
from recalldesk.units.facts import open_rejects, scope_facts
from recalldesk.units.index.version_index import is_whole, open_version
from recalldesk.units.indexing import build, index_name
from recalldesk.units.models import SerialList
from recalldesk.units.rules import Finding, findings
from recalldesk.units.verdict.uncovered import uncovered

OVERRIDES_NEEDED = 2


def basis_of(version: RecallVersion) -> tuple[object, ...]:
    """All that may still change of what the findings about an approved version are drawn from.

    Overrides are left out: the database keeps those that were seen, and more do no harm.
    """
    live = live_version(version.recall)
    lists = SerialList.objects.filter(recall=version.recall_id).order_by("pk")
    return (
        version.state,
        index_name(version),
        None if live is None else (live.pk, live.index_name),
        tuple(lists.values_list("name", "read_as")),
        tuple(open_rejects(version).order_by("pk").values_list("pk", flat=True)),
    )


@dataclass(frozen=True)
class Standing:
    """A finding and who overrides it, by name."""

    finding: Finding
    overridden_by: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether it still holds the version back."""
        return not self.finding.can_be_overridden or self.missing > 0

    @property
    def missing(self) -> int:
        """How many more people would have to override it."""
        return max(0, OVERRIDES_NEEDED - len(self.overridden_by))

    def __str__(self) -> str:
        """The finding with its name and who overrides it, as commands print it."""
        said = [self.finding.reason.value]
        if self.overridden_by:
            said.append(f"overridden by {' and '.join(self.overridden_by)}")
        if self.finding.can_be_overridden and self.missing:
            people = "one other person" if self.overridden_by else "two people"
            said.append(f"{people} would have to override it")
        return f"{self.finding.message} [{'; '.join(said)}]"


def standing_findings(version: RecallVersion) -> tuple[Standing, ...]:
    """What holds a version back today, with the overrides given for just that."""
    found = findings(scope_facts(version))
    if not any(finding.reason is Reason.SERIALS_DROPPED for finding in found):
        found += _found_by_the_indexes(version)
    return tuple(Standing(finding, _overrides(version, finding)) for finding in found)


def _overrides(version: RecallVersion, finding: Finding) -> tuple[str, ...]:
    given = Override.objects.filter(
        version=version, finding=finding.reason, facts_digest=finding.digest
    )
    return tuple(given.order_by("at").values_list("by__name", flat=True))


def _found_by_the_indexes(version: RecallVersion) -> tuple[Finding, ...]:
    """The serials that the live version covers and this one does not, once its index is built."""
    folder = Path(settings.INDEX_FOLDER) / index_name(version)
    live = live_version(version.recall)
    if live is None or live.pk == version.pk or version.state != VersionState.APPROVED:
        return ()
    if not is_whole(folder):
        return ()
    lost = uncovered(open_version(build(live)), open_version(folder))
    if not lost.count:
        return ()
    message = (
        f"{lost.count:,} serials that version {live.number} covers are not covered any more."
        if lost.is_exact
        else f"Serials that version {live.number} covers in ranges or patterns may not be covered "
        f"any more: {lost.count:,} are too many to be looked at one by one."
    )
    return (Finding(Reason.SERIALS_DROPPED, message, True),)
